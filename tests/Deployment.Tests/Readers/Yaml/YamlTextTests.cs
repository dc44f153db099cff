using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Tests.Readers.Yaml;

public sealed class YamlTextTests
{
    private static YamlText Read(string text) => YamlText.Read(text, TestContext.Current.CancellationToken);

    private static YamlMapping Root(string text) => Assert.IsType<YamlMapping>(Read(text).Root);

    private static string ValueOf(string text, string key = "a") => Root(text)[key]!.Value is var node ? text[node.Start..node.End] : "";

    [Theory]
    [InlineData("a: 1 # c\n", "1")]
    [InlineData("a: 'x # y'  \n", "'x # y'")]
    [InlineData("a: \"q\\u0041\"\n", "\"q\\u0041\"")]
    [InlineData("a: !Ref X\n", "!Ref X")]
    [InlineData("a: !Ref\nb: 1\n", "!Ref")]
    [InlineData("a: &n !Ref X\n", "&n !Ref X")]
    [InlineData("a: one\n  two\n\nb: 1\n", "one\n  two")]
    [InlineData("a: |\n  x\n  y\n\n\nb: 1\n", "|\n  x\n  y")]
    [InlineData("a: >-\r\n  x\r\n\r\nb: 1\r\n", ">-\r\n  x")]
    [InlineData("a: {b: 1, c: [2]} # c\n", "{b: 1, c: [2]}")]
    [InlineData("a: {b: 1,\n  c: 2,\n }\n", "{b: 1,\n  c: 2,\n }")]
    [InlineData("a: {b: 1 # c\n }\n", "{b: 1 # c\n }")]
    [InlineData("a: !If [A, 1, !Ref B]\n", "!If [A, 1, !Ref B]")]
    [InlineData("a: []\n", "[]")]
    [InlineData("a: {}\n", "{}")]
    [InlineData("a: [{b: 1}, {c: [x]}]\n", "[{b: 1}, {c: [x]}]")]
    [InlineData("a:\n  b: 1\n  # c\n\nd: 2\n", "b: 1")]
    [InlineData("a:\n  b:\n    c: 1\n\n  d:\n\ne: 2\n", "b:\n    c: 1\n\n  d:")]
    [InlineData("a: !Sub\n  - x\n  - {y: 1}\nb: 2\n", "!Sub\n  - x\n  - {y: 1}")]
    [InlineData("a:\n- x\n- y: 1\nb: 2\n", "- x\n- y: 1")]
    [InlineData("a:\n", "")]
    [InlineData("a: *n\n", null)]
    [InlineData("n: &n {x: 1}\na: *n\n", "*n")]
    [InlineData("\uFEFFb: 1\na: 2\n", "2")]
    [InlineData("b: 😀x\na: é😀\n", "é😀")]
    [InlineData("{\n\t\"a\": [1, {\"d\": null}]\n}", "[1, {\"d\": null}]")]
    [InlineData("{\"a\":{\"b\":1}}", "{\"b\":1}")]
    public void A_value_is_exactly_its_text(string text, string? expected)
    {
        if (expected is null)
            Assert.Equal("The alias 'n' names no anchor before it.", Read(text).Fault!.Text);
        else
            Assert.Equal(expected, ValueOf(text));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_key()
    {
        var key = Root("\uFEFFa: 1\n").Entries[0].Key;
        Assert.Equal((1, 2, "a"), (key.Start, key.End, key.Value));
    }

    [Fact]
    public void Lines_end_where_Roslyn_ends_them()
    {
        var map = new TextMap("p", "a\r\nb\rc\nd\u0085e\u2028f\u2029g");
        Assert.Equal(7, map.LineCount);
        var place = map.PlaceOf(8, 9);
        Assert.Equal((3, 1, 4, 0), (place.StartLine, place.StartColumn, place.EndLine, place.EndColumn));
        Assert.Equal((0, 0), (map.PlaceOf(-5, -1).Start, map.PlaceOf(-5, -1).Length));
        Assert.Equal((14, 0), (map.PlaceOf(99, 100).Start, map.PlaceOf(99, 100).Length));
    }

    [Fact]
    public void Of_equal_keys_the_last_counts_and_is_doubted()
    {
        const string Text = "a: 1\nb: 2\na: 3\n";
        var yaml = Read(Text);
        Assert.Equal("3", ((YamlScalar)((YamlMapping)yaml.Root!)["a"]!.Value).Value);
        var doubt = Assert.Single(yaml.Doubts);
        Assert.Equal((10, 11, "The key 'a' is written twice; the last one counts."), (doubt.Start, doubt.End, doubt.Text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(40)]
    public void Of_equal_keys_the_last_counts_among_few_and_among_many(int others)
    {
        var names = Enumerable.Range(0, others).Select(number => $"k{number}").ToList();
        var yaml = Read($"a: 1\n{string.Concat(names.Select(name => $"{name}: {name}\n"))}a: 2\nb: 3\na: 4\n");
        var root = Assert.IsType<YamlMapping>(yaml.Root);
        Assert.Equal(["a", .. names, "b"], root.Members.Select(entry => entry.Key.Value));
        Assert.Equal(["4", .. names, "3"], root.Members.Select(entry => ((YamlScalar)entry.Value).Value));
        Assert.All(root.Members, entry => Assert.Same(entry, root[entry.Key.Value]));
        Assert.Null(root["c"]);
        Assert.Equal(2, yaml.Doubts.Count);
    }

    [Fact]
    public void A_key_that_is_no_text_is_passed_over()
    {
        var yaml = Read("? {x: 1}\n: 2\na: 1\n");
        Assert.Equal(["a"], ((YamlMapping)yaml.Root!).ByName.Keys);
        Assert.Equal("A key that is no text is passed over.", Assert.Single(yaml.Doubts).Text);
    }

    [Fact]
    public void Merge_keys_are_followed_and_own_keys_win()
    {
        const string Text = "one: &one {a: 1, b: 2}\ntwo: &two {b: 3, c: 4}\nthree:\n  <<: [*one, *two]\n  a: 9\nfour:\n  <<: *two\n";
        var root = Root(Text);
        var three = Assert.IsType<YamlMapping>(root["three"]!.Value);
        Assert.Equal(
            ["a=9", "b=2", "c=4"],
            three.Members.OrderBy(entry => entry.Key.Value).Select(entry => $"{entry.Key.Value}={((YamlScalar)entry.Value).Value}")
        );
        Assert.Equal(["b", "c"], Assert.IsType<YamlMapping>(root["four"]!.Value).ByName.Keys);
        Assert.True(three.Entries[0].Value is YamlSequence { Items: [{ IsAlias: true }, { IsAlias: true }] });
    }

    [Fact]
    public void Only_the_first_document_is_read()
    {
        Assert.Equal(["a"], Root("---\na: 1\n---\nb: [\n").ByName.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# nothing\n")]
    [InlineData("\uFEFF")]
    public void An_empty_text_has_no_root_and_no_fault(string text) => Assert.Equal((null, null), (Read(text).Root, Read(text).Fault));

    [Fact]
    public void Cancellation_passes_through()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => YamlText.Read("a: 1\n", source.Token));
    }
}
