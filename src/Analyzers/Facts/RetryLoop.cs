using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>A loop that tries the work on one record again: another turn of it is not about another record.</summary>
internal sealed class RetryLoop
{
    private readonly SyntaxNode loop;

    private RetryLoop(SyntaxNode loop) => this.loop = loop;

    /// <summary>The innermost <c>for</c>, <c>while</c> or <c>do</c> around a node, unless it goes through records; null where another loop is nearer, or none.</summary>
    public static RetryLoop? Around(SyntaxNode? node, RecordValues values)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax:
                    return values.Iterations.Any(iteration => iteration.Operation.Syntax == current) ? null : new(current);
                case CommonForEachStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Whether a block that the flow comes back to belongs to it.</summary>
    public bool Holds(BasicBlock block) => (block.Operations.FirstOrDefault() ?? block.BranchValue)?.Syntax is { } first && loop.Span.Contains(first.Span);
}
