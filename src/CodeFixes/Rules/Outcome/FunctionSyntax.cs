using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>A method, local function or lambda, seen alike.</summary>
/// <param name="Node">The declaration.</param>
internal sealed record FunctionSyntax(SyntaxNode Node)
{
    /// <summary>The body in braces.</summary>
    public BlockSyntax? Block =>
        Node switch
        {
            BaseMethodDeclarationSyntax method => method.Body,
            LocalFunctionStatementSyntax local => local.Body,
            AnonymousFunctionExpressionSyntax lambda => lambda.Block,
            _ => null,
        };

    /// <summary>The body that is an expression.</summary>
    public ExpressionSyntax? Expression =>
        Node switch
        {
            BaseMethodDeclarationSyntax method => method.ExpressionBody?.Expression,
            LocalFunctionStatementSyntax local => local.ExpressionBody?.Expression,
            AnonymousFunctionExpressionSyntax lambda => lambda.ExpressionBody,
            _ => null,
        };

    /// <summary>The arrow before <see cref="Expression"/>.</summary>
    public SyntaxToken Arrow =>
        Node switch
        {
            BaseMethodDeclarationSyntax { ExpressionBody: { } body } => body.ArrowToken,
            LocalFunctionStatementSyntax { ExpressionBody: { } body } => body.ArrowToken,
            LambdaExpressionSyntax lambda => lambda.ArrowToken,
            _ => default,
        };

    /// <summary>The semicolon behind <see cref="Expression"/>; none for lambdas.</summary>
    public SyntaxToken Semicolon =>
        Node switch
        {
            BaseMethodDeclarationSyntax method => method.SemicolonToken,
            LocalFunctionStatementSyntax local => local.SemicolonToken,
            _ => default,
        };

    /// <summary>The return type as written; null for most lambdas.</summary>
    public TypeSyntax? ReturnType =>
        Node switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            LocalFunctionStatementSyntax local => local.ReturnType,
            ParenthesizedLambdaExpressionSyntax lambda => lambda.ReturnType,
            _ => null,
        };

    /// <summary>The parameters in parentheses.</summary>
    public ParameterListSyntax? Parameters =>
        Node switch
        {
            BaseMethodDeclarationSyntax method => method.ParameterList,
            LocalFunctionStatementSyntax local => local.ParameterList,
            ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList,
            _ => null,
        };

    /// <summary>Whether it is a lambda.</summary>
    public bool IsLambda => Node is AnonymousFunctionExpressionSyntax;

    /// <summary>Whether it is <c>async</c>.</summary>
    public bool IsAsync => Modifiers.Any(SyntaxKind.AsyncKeyword);

    /// <summary>Where <c>async</c> would be inserted.</summary>
    public int AsyncPosition => ReturnType?.SpanStart ?? Node.SpanStart;

    /// <summary>Its own <c>return</c> statements, without those of functions inside it.</summary>
    public IEnumerable<ReturnStatementSyntax> Returns => Own<ReturnStatementSyntax>();

    /// <summary>Whether code that a directive switches off leaves the function or a loop: what is changed for one configuration would not compile in another.</summary>
    public bool HidesJumps =>
        Node.DescendantTrivia()
            .Any(trivia =>
                trivia.IsKind(SyntaxKind.DisabledTextTrivia)
                && SyntaxFactory
                    .ParseTokens(trivia.ToString())
                    .Any(token =>
                        token.Kind()
                            is SyntaxKind.ReturnKeyword
                                or SyntaxKind.BreakKeyword
                                or SyntaxKind.GotoKeyword
                                or SyntaxKind.YieldKeyword
                                or SyntaxKind.TryKeyword
                                or SyntaxKind.CatchKeyword
                    )
            );

    /// <summary>Whether control can reach the end of a function's block.</summary>
    public static bool IsEndReachable(BlockSyntax block, SemanticModel model) =>
        block.Statements.Count == 0 || model.AnalyzeControlFlow(block.Statements[0], block.Statements.Last()) is { Succeeded: true, EndPointIsReachable: true };

    private SyntaxTokenList Modifiers =>
        Node switch
        {
            BaseMethodDeclarationSyntax method => method.Modifiers,
            LocalFunctionStatementSyntax local => local.Modifiers,
            AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
            _ => default,
        };

    /// <summary>The function around a node; null outside of any.</summary>
    public static FunctionSyntax? Around(SyntaxNode node) => node.Ancestors().FirstOrDefault(IsFunction) is { } function ? new(function) : null;

    /// <summary>Whether the node declares a function.</summary>
    public static bool IsFunction(SyntaxNode node) => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    /// <summary>The nodes of one kind in the body, without those of functions inside it.</summary>
    public IEnumerable<T> Own<T>()
        where T : SyntaxNode => Node.DescendantNodes(node => node == Node || !IsFunction(node)).OfType<T>();
}
