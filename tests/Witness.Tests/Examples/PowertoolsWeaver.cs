using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>
/// What the build of a project with Powertools does to its <c>[Idempotent]</c> methods: each call goes through <see cref="RememberedCalls"/>, with the parameter marked by
/// <c>[IdempotencyKey]</c>, or else the first one, as the payload.
/// </summary>
internal sealed class PowertoolsWeaver : CSharpSyntaxRewriter
{
    private const string Body = "NotRemembered";

    /// <summary>Weaves the methods of a file.</summary>
    public static string Weave(string code) => new PowertoolsWeaver().Visit(CSharpSyntaxTree.ParseText(code).GetRoot()).ToFullString();

    /// <inheritdoc/>
    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        if (!Has(node.AttributeLists, "Idempotent"))
            return node;
        var parameters = node.ParameterList.Parameters;
        var payload = parameters.FirstOrDefault(parameter => Has(parameter.AttributeLists, "IdempotencyKey")) ?? parameters[0];
        var body = node.Body?.ToFullString() ?? $"{node.ExpressionBody!.ToFullString()};";
        var woven = (BlockSyntax)
            SyntaxFactory.ParseStatement(
                $$"""
                {
                    return global::{{typeof(RememberedCalls).FullName}}.CallAsync("{{node.Identifier}}", {{payload.Identifier}}, {{Body}});

                    {{node.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.AsyncKeyword))}} {{node.ReturnType}} {{Body}}() {{body}}
                }
                """
            );
        return node.WithModifiers(SyntaxFactory.TokenList(node.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword))))
            .WithBody(woven)
            .WithExpressionBody(null)
            .WithSemicolonToken(default);
    }

    private static bool Has(SyntaxList<AttributeListSyntax> lists, string name) =>
        lists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == name);
}
