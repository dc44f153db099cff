using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes;

public sealed class InitializersTests
{
    private static string With(string creation, params MemberAssignment[] added)
    {
        var text = SourceText.From($"var made = {creation};\n");
        var root = CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);
        var node = root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().First();
        var changed = text.WithChanges(Initializers.Add(text, node, added).OrderBy(change => change.Span.Start)).ToString();
        return changed["var made = ".Length..^";\n".Length];
    }

    [Theory]
    [InlineData("new Failure()", "new Failure { Id = id }")]
    [InlineData("new Failure(reason)", "new Failure(reason) { Id = id }")]
    [InlineData("new()", "new() { Id = id }")]
    [InlineData("new(reason)", "new(reason) { Id = id }")]
    [InlineData("new Failure { }", "new Failure { Id = id }")]
    [InlineData("new Failure(reason) { }", "new Failure(reason) { Id = id }")]
    [InlineData("new Failure { Reason = reason }", "new Failure { Reason = reason, Id = id }")]
    [InlineData("new(reason) { At = at, }", "new(reason) { At = at, Id = id, }")]
    [InlineData("new Failure\n{\n    At = at // then\n}", "new Failure\n{\n    At = at, // then\n    Id = id\n}")]
    [InlineData("new Failure\n{\n    At = at, // then\n}", "new Failure\n{\n    At = at, // then\n    Id = id,\n}")]
    public void A_member_is_added_and_what_is_there_stays(string creation, string changed) =>
        Assert.Equal(changed, With(creation, new MemberAssignment("Id", new("id"))));

    [Fact]
    public void Values_may_have_members_of_their_own() =>
        Assert.Equal(
            "new Failure(reason) { Id = id, At = new Place { Line = 1, Column = 2 } }",
            With("new Failure(reason)", new("Id", new("id")), new("At", new("new Place", "Line = 1", "Column = 2")))
        );
}
