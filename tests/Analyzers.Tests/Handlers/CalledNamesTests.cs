using AtLeastOnce.Analyzers.Handlers;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Analyzers.Tests.Handlers;

/// <summary>The names that a text may call something by.</summary>
public sealed class CalledNamesTests
{
    [Theory]
    [InlineData("Handle(batch);")]
    [InlineData("await this.Handle (batch).ConfigureAwait(false);")]
    [InlineData("next?.Handle(batch);")]
    [InlineData("@Handle(batch);")]
    [InlineData("Handle<SQSEvent>(batch);")]
    [InlineData("Handle<IDictionary<string, (int, string)[]>> (batch);")]
    [InlineData("Handle\n    (batch);")]
    [InlineData("if (a < b && c > (d)) Handle(batch);")]
    [InlineData("records.ForEach(record => Handle(record));")]
    public void Calls(string statement)
    {
        var names = Of($"class Function {{ void Run() {{ {statement} }} }}");

        Assert.Contains(CalledNames.HashOf("Handle"), names.Hashes);
        Assert.False(names.IsUnclear);
    }

    [Theory]
    [InlineData("")]
    [InlineData("records.ForEach(Handle);")]
    [InlineData("HandleAll(batch); ReHandle(batch);")]
    [InlineData("var count = a > (b);")]
    [InlineData("Func<int, int> twice = Handle => (Handle * 2);")]
    public void A_declaration_or_a_mention_is_no_call(string statement)
    {
        var names = Of($"class Function {{ void Handle(SQSEvent batch) {{ {statement} }} void Handle<T>(T one) {{ }} }}");

        Assert.DoesNotContain(CalledNames.HashOf("Handle"), names.Hashes);
        Assert.False(names.IsUnclear);
    }

    [Theory]
    [InlineData("Handle /* all of it */ (batch);")]
    [InlineData("Handle // all of it\n(batch);")]
    public void What_a_comment_hides_may_be_any_name(string statement) => Assert.True(Of($"class Function {{ void Run() {{ {statement} }} }}").IsUnclear);

    [Theory]
    [InlineData("Handle(1); Handle /* here */ (2); Other.Handle<int>(3); Others.HandleAll(4);", 3)]
    [InlineData("var text = \"Handle(1)\"; // Handle(2)", 0)]
    public void The_calls_are_those_of_the_syntax(string statements, int count)
    {
        var tree = CSharpSyntaxTree.ParseText($"class Function {{ void Run() {{ {statements} }} }}");

        Assert.Equal(count, CalledNames.Calls(tree, ["Handle"], CancellationToken.None).Count());
    }

    private static CalledNames Of(string text) =>
        new(text, CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Select(method => method.Identifier.ValueText));
}
