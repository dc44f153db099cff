using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Where an exception that is thrown at a place of a method can go.</summary>
internal static class ExceptionRoutes
{
    /// <summary>The clauses that may take the exception, in the order they are asked, and whether it may pass them all.</summary>
    /// <param name="block">The block in which it is thrown.</param>
    /// <param name="node">The syntax that throws.</param>
    /// <param name="thrown">Its type if that is known; null for any exception.</param>
    public static (ImmutableArray<CatchTarget> Catches, bool MayLeave) From(BasicBlock block, SyntaxNode node, ITypeSymbol? thrown)
    {
        var catches = ImmutableArray.CreateBuilder<CatchTarget>();
        var statements = node.AncestorsAndSelf()
            .OfType<TryStatementSyntax>()
            .Where(statement => statement.Catches.Count > 0 && statement.Block.Span.Contains(node.Span))
            .GetEnumerator();
        foreach (var region in block.Regions())
        {
            if (region.Kind is ControlFlowRegionKind.Finally)
                break;
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { Kind: ControlFlowRegionKind.TryAndCatch } parent)
                continue;
            var statement = statements.MoveNext() ? statements.Current : null;
            for (var index = 1; index < parent.NestedRegions.Length; index++)
            {
                var handler = parent.NestedRegions[index];
                var hasFilter = handler.Kind == ControlFlowRegionKind.FilterAndHandler;
                var body = hasFilter ? handler.NestedRegions[handler.NestedRegions.Length - 1] : handler;
                var type = handler.ExceptionType;
                var clause = statement is not null && index - 1 < statement.Catches.Count ? statement.Catches[index - 1] : null;
                var target = new CatchTarget(body, type, hasFilter && !TakesAlmostAll(clause), clause);
                if (!CanTake(target, thrown))
                    continue;
                catches.Add(target);
                if (target.TakesAll || thrown is not null && !target.HasFilter && DerivesFrom(thrown, type))
                    return (catches.ToImmutable(), false);
            }
        }

        return (catches.ToImmutable(), true);
    }

    // catch (Exception e) when (e is not OperationCanceledException): everything but a cancellation.
    private static bool TakesAlmostAll(CatchClauseSyntax? clause) =>
        clause?.Filter?.FilterExpression switch
        {
            IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax } => true,
            PrefixUnaryExpressionSyntax { Operand: ParenthesizedExpressionSyntax { Expression: BinaryExpressionSyntax or IsPatternExpressionSyntax } } => true,
            _ => false,
        };

    private static bool CanTake(CatchTarget target, ITypeSymbol? thrown) =>
        thrown is null || target.Kind == CatchKind.Everything || DerivesFrom(thrown, target.Type) || DerivesFrom(target.Type, thrown);

    private static bool DerivesFrom(ITypeSymbol? type, ITypeSymbol? ancestor)
    {
        if (ancestor is null || ancestor.SpecialType == SpecialType.System_Object || ancestor.Is("System.Exception"))
            return true;
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, ancestor))
                return true;
        }

        return false;
    }
}
