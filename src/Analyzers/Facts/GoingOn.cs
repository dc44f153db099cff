using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>A failure of a record that is reported, and after which the loop goes on with the next record.</summary>
/// <param name="Failure">The failure.</param>
/// <param name="Iteration">The loop.</param>
/// <param name="After">The clause that takes the failure, or the call in the loop that hides it.</param>
internal sealed record SurvivedFailure(RecordFailure Failure, RecordIteration Iteration, SyntaxNode After);

/// <summary>
/// Finds the loops over records that go on after a record has failed. Only what is certain counts: nothing that follows the failure leaves the loop, and nothing that
/// the failure changes is read where the next record is worked on, as a flag or a set of stopped groups would be.
/// </summary>
internal static class GoingOn
{
    /// <summary>The failures after which a handler surely goes on, each place once.</summary>
    public static IEnumerable<SurvivedFailure> In(BatchFlow flow, KnownTypes types)
    {
        var places = new HashSet<SyntaxNode>();
        foreach (var failure in flow.FailuresThat(FailureFate.Reported))
        {
            if (SurvivedIn(flow, failure, types) is { } survived && places.Add(survived.After))
                yield return survived;
        }
    }

    private static SurvivedFailure? SurvivedIn(BatchFlow flow, RecordFailure failure, KnownTypes types)
    {
        if (failure.Catch?.Syntax is not CatchClauseSyntax { Parent: TryStatementSyntax { } guarded } clause)
            return null;
        var path = failure.Calls.Add(failure.Operation);
        for (var index = path.Length - 1; index >= 0; index--)
        {
            if (LoopAround(flow, path[index].Syntax, types) is not { Operation: ILoopOperation loop } iteration)
                continue;
            // A clause around the loop, or around a call that leads to it, takes the failure when the loop is over.
            var isInLoop = iteration.Includes(clause);
            if (!isInLoop && path.Take(index + 1).Any(place => Contains(guarded.Block, place.Syntax)))
                return null;
            var after = isInLoop ? (SyntaxNode)clause : path[index].Syntax;
            var region = FailureRegion.After(after, iteration.Region);
            if (region is null || region.Any(LeavesLoop(iteration)))
                return null;
            var inner = isInLoop ? [] : flow.Bodies.Where(body => Contains(body.Root.Syntax, clause)).Select(body => (body.Root, Region: RegionOf(clause)));
            return inner.Prepend((loop, region)).Any(scope => IsLookedAt(scope.Item1, scope.Item2, after, iteration, types))
                ? null
                : new(failure, iteration, after);
        }

        return null;
    }

    private static IReadOnlyList<SyntaxNode> RegionOf(CatchClauseSyntax clause) => [clause];

    private static RecordIteration? LoopAround(BatchFlow flow, SyntaxNode place, KnownTypes types) =>
        flow
            .Iterations.Where(iteration => iteration.Includes(place) && GivesRecords(iteration, types))
            .OrderBy(iteration => iteration.Region.Span.Length)
            .FirstOrDefault();

    private static bool GivesRecords(RecordIteration iteration, KnownTypes types) =>
        iteration.Operation switch
        {
            IForEachLoopOperation loop => loop.Locals.Any(local => types.IsRecord(local.Type)),
            IForLoopOperation loop => loop
                .Body.Descendants()
                .Any(operation => operation is IPropertyReferenceOperation { Property.IsIndexer: true } && types.IsRecord(operation.Type)),
            _ => false,
        };

    private static Func<SyntaxNode, bool> LeavesLoop(RecordIteration iteration) =>
        region =>
            region
                .DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                .Any(node =>
                    node switch
                    {
                        ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax => true,
                        BreakStatementSyntax => node.Ancestors().First(IsBreakable).Span.Contains(iteration.Region.Span),
                        _ => false,
                    }
                );

    private static bool IsBreakable(SyntaxNode node) =>
        node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or SwitchStatementSyntax;

    // Whether something that may change because of the failure is read outside of what follows it: where the next record is worked on, or where the loop decides to go on.
    private static bool IsLookedAt(IOperation scope, IReadOnlyList<SyntaxNode> region, SyntaxNode after, RecordIteration iteration, KnownTypes types)
    {
        var operations = WithoutLogging(scope).ToList();
        var changed = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in operations.Where(operation => IsIn(region, operation.Syntax)))
            changed.UnionWith(ChangedBy(operation).Where(symbol => Outlives(symbol, iteration, types)));
        return operations.Any(operation =>
            SymbolOf(operation) is { } symbol
            && changed.Contains(symbol)
            && (!IsIn(region, operation.Syntax) || IsBefore(after, operation.Syntax))
            && !IsUsedForItsEffect(operation)
        );
    }

    private static IEnumerable<IOperation> WithoutLogging(IOperation operation)
    {
        yield return operation;
        if (operation is IInvocationOperation invocation && SafeCalls.IsLogging(invocation))
            yield break;
        foreach (var child in operation.ChildOperations)
        {
            foreach (var inner in WithoutLogging(child))
                yield return inner;
        }
    }

    private static IEnumerable<ISymbol> ChangedBy(IOperation operation) =>
        operation switch
        {
            IAssignmentOperation assignment => SymbolsIn(assignment.Target),
            IIncrementOrDecrementOperation increment => SymbolsIn(increment.Target),
            IInvocationOperation invocation when !SafeCalls.IsLogging(invocation) => GivenTo(invocation),
            IObjectCreationOperation creation => creation.Arguments.SelectMany(GivenTo),
            _ => [],
        };

    private static IEnumerable<ISymbol> SymbolsIn(IOperation operation) =>
        WithoutLogging(operation).Select(SymbolOf).Where(symbol => symbol is not null).Select(symbol => symbol!);

    // A number or a text that is given by value stays what it is.
    private static IEnumerable<ISymbol> GivenTo(IOperation operation) =>
        WithoutLogging(operation)
            .Where(part =>
                part.Type is { IsValueType: false, SpecialType: not SpecialType.System_String }
                || part.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }
            )
            .Select(SymbolOf)
            .Where(symbol => symbol is not null)
            .Select(symbol => symbol!);

    private static ISymbol? SymbolOf(IOperation operation) =>
        operation switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } field =>
                field.Field,
            IPropertyReferenceOperation
            {
                Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }
            } property => property.Property,
            _ => null,
        };

    // What is made anew for each record tells the next one nothing; the batch and the context do not change.
    private static bool Outlives(ISymbol symbol, RecordIteration iteration, KnownTypes types)
    {
        var type = symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol { IsConst: false } field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        return type is not null
            && !types.IsRecord(type)
            && types.EventKind(type) == Deployment.Model.EventSourceKind.Unknown
            && !types.IsLambdaContext(type)
            && !(symbol is ILocalSymbol && symbol.DeclaringSyntaxReferences.Any(reference => iteration.Includes(reference.GetSyntax())));
    }

    // list.Add(…); as a statement gives nothing back; neither does an assignment.
    private static bool IsUsedForItsEffect(IOperation operation)
    {
        var current = operation;
        while (current.Parent is IConversionOperation or IPropertyReferenceOperation or IFieldReferenceOperation)
            current = current.Parent;
        if (current.Parent is IAssignmentOperation { Parent: IExpressionStatementOperation } assignment && assignment.Target == current)
            return true;
        if (current.Parent is IIncrementOrDecrementOperation { Parent: IExpressionStatementOperation })
            return true;
        if (current.Parent is not IInvocationOperation call || call.Instance != current)
            return false;
        IOperation whole = call;
        while (whole.Parent is IAwaitOperation or IConversionOperation || whole.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
            whole = whole.Parent;
        return whole.Parent is IExpressionStatementOperation;
    }

    private static bool IsIn(IReadOnlyList<SyntaxNode> region, SyntaxNode node) => region.Any(part => Contains(part, node));

    // if (failures.Any() || !await TryAsync(message)): the statement that holds the call begins before it.
    private static bool IsBefore(SyntaxNode call, SyntaxNode node) => node.SyntaxTree == call.SyntaxTree && node.Span.End <= call.SpanStart;

    private static bool Contains(SyntaxNode outer, SyntaxNode inner) => outer.SyntaxTree == inner.SyntaxTree && outer.Span.Contains(inner.Span);
}

/// <summary>What runs after a failure until the loop comes to the next record.</summary>
internal static class FailureRegion
{
    /// <summary>The nodes that run after a clause took the failure, or after a call hid it; null where that cannot be told.</summary>
    /// <param name="start">The clause or the call.</param>
    /// <param name="body">The body of the loop.</param>
    public static IReadOnlyList<SyntaxNode>? After(SyntaxNode start, SyntaxNode body)
    {
        var region = new List<SyntaxNode>();
        var statement = start is CatchClauseSyntax clause
            ? (StatementSyntax)clause.Parent!
            : start.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault();
        if (statement is null || !body.Span.Contains(statement.Span))
            return null;
        region.Add(start is CatchClauseSyntax ? start : statement);
        if (start is CatchClauseSyntax { Block.Statements: [.., ContinueStatementSyntax last] } && IsOf(last, body))
            return region;
        for (SyntaxNode current = statement; current != body && current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case BlockSyntax block:
                    region.AddRange(block.Statements.Where(other => other.SpanStart >= current.Span.End));
                    break;
                case TryStatementSyntax { Finally: { } always }:
                    region.Add(always);
                    break;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax:
                    return null;
            }
        }

        return region;
    }

    private static bool IsOf(ContinueStatementSyntax statement, SyntaxNode body) =>
        statement
            .Ancestors()
            .First(node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
            .Span.Contains(body.Span);
}
