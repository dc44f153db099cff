using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Model;

public sealed class PlaceTests
{
    [Theory]
    [InlineData("template.yaml", "template.yaml(31,9)")]
    [InlineData("a/b/template.yaml", "template.yaml(31,9)")]
    [InlineData("C:\\a\\template.yaml", "template.yaml(31,9)")]
    public void It_is_written_with_the_files_name_and_counts_from_one(string path, string expected) =>
        Assert.Equal(expected, new Place(path, 100, 3, 30, 8, 30, 11).ToString());

    [Fact]
    public void None_is_nothing()
    {
        Assert.True(Place.None.IsNone);
        Assert.Equal("", Place.None.ToString());
        Assert.Equal("", Place.None.In("text"));
        Assert.False(Place.None.Contains(Place.None));
    }

    [Fact]
    public void It_contains_what_lies_in_it()
    {
        var outer = new Place("a", 10, 5, 0, 10, 0, 15);
        Assert.True(outer.Contains(outer));
        Assert.True(outer.Contains(outer with { Start = 12, Length = 3 }));
        Assert.False(outer.Contains(outer with { Start = 12, Length = 4 }));
        Assert.False(outer.Contains(outer with { Path = "b" }));
    }
}
