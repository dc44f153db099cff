using AtLeastOnce.Analyzers.Effects;

namespace AtLeastOnce.Analyzers.Tests.Effects;

public sealed class AccessPathTests
{
    [Theory]
    [InlineData("key", "key", "", "key")]
    [InlineData("request.Key", "request", "Key", "Key")]
    [InlineData("*.ClientToken", "*", "ClientToken", "ClientToken")]
    [InlineData("this.CommandText", "this", "CommandText", "CommandText")]
    [InlineData("request.Item.Id", "request", "Item,Id", "Id")]
    public void A_parameter_and_members(string text, string parameter, string members, string name)
    {
        var path = AccessPath.Parse(text);

        Assert.Equal((parameter, members, name), (path.Parameter, string.Join(",", path.Members), path.Name));
    }
}
