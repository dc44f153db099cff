using AtLeastOnce.Analyzers.Facts.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Claims;

/// <summary>How a refusal arrives in a method.</summary>
internal enum RefusalKind
{
    /// <summary>As an exception.</summary>
    Throws,

    /// <summary>In the result of a call, or not at all.</summary>
    Returns,
}

/// <summary>How the refusal of a claim arrives in one method.</summary>
/// <param name="Body">The method.</param>
/// <param name="Frame">How the handler gets there.</param>
/// <param name="Point">The claim, or the call that leads to it.</param>
/// <param name="Kind">How it arrives.</param>
/// <param name="Taker">The clause that takes the exception; null when none does.</param>
internal sealed record Refusal(MethodBody Body, Frame Frame, IOperation Point, RefusalKind Kind, CatchTarget? Taker)
{
    /// <summary>The clause that takes it, in source; null when none does.</summary>
    public CatchClauseSyntax? Clause => Taker?.Syntax as CatchClauseSyntax;

    /// <summary>Whether the work, which runs after <see cref="Point"/>, does not run when the claim is refused.</summary>
    public bool Skips(IOperation work, ControlDependence dependence)
    {
        if (Kind == RefusalKind.Returns)
            return dependence.Conditions().Any(decision => Guards.Uses(decision.Condition, (IInvocationOperation)Point, Body.Root));
        if (Taker is null)
            return true;
        if (Clause is not { Parent: TryStatementSyntax attempt } clause)
            return false;
        if (attempt.Block.Span.Contains(work.Syntax.Span) || Leaves(clause))
            return true;
        var set = Body
            .Root.Descendants()
            .OfType<ISimpleAssignmentOperation>()
            .Where(assignment => clause.Block.Span.Contains(assignment.Syntax.Span))
            .Select(assignment => (assignment.Target as ILocalReferenceOperation)?.Local)
            .ToList();
        return dependence
            .Conditions()
            .Any(decision =>
                decision
                    .Condition.DescendantsAndSelf()
                    .OfType<ILocalReferenceOperation>()
                    .Any(local => set.Exists(target => SymbolEqualityComparer.Default.Equals(target, local.Local)))
            );
    }

    /// <summary>Whether control does not get past the clause.</summary>
    public static bool Leaves(CatchClauseSyntax clause) =>
        clause.Block.Statements.LastOrDefault()
            is ReturnStatementSyntax
                or ThrowStatementSyntax
                or ContinueStatementSyntax
                or BreakStatementSyntax
                or GotoStatementSyntax;
}

/// <summary>Follows the refusal of a claim outwards, from method to method.</summary>
internal sealed class Refusals(MethodBodies bodies, CancellationToken cancellationToken)
{
    /// <summary>
    /// How the refusal arrives in the claim's own method and in those that lead to it, as far as it can be told: it ends where a filter decides, and at a lambda, whose
    /// caller may do anything with an exception.
    /// </summary>
    /// <param name="call">The claim.</param>
    /// <param name="frame">Where it stands.</param>
    /// <param name="rejection">The exception that refuses it; null where its result says so.</param>
    public IReadOnlyList<Refusal> Of(IInvocationOperation call, Frame frame, ITypeSymbol? rejection)
    {
        var refusals = new List<Refusal>();
        var kind = rejection is null ? RefusalKind.Returns : RefusalKind.Throws;
        IOperation point = call;
        for (var current = frame; current is not null; current = current.Caller)
        {
            if (bodies.Of(current.Method, cancellationToken) is not { } body || ControlDependence.BlockOf(body.Graph, point) is not { } block)
                return refusals;
            var taker = kind == RefusalKind.Throws ? ExceptionRoutes.From(block, point.Syntax, rejection).Catches.FirstOrDefault() : null;
            if (taker is { HasFilter: true } && !Names(taker, rejection!))
                return refusals;
            refusals.Add(new(body, current, point, kind, taker));
            if (current.Method.MethodKind == MethodKind.AnonymousFunction || current.Call is not IInvocationOperation next)
                return refusals;
            if (taker?.Syntax is CatchClauseSyntax clause && clause.Block.Statements.LastOrDefault() is not ThrowStatementSyntax)
                kind = RefusalKind.Returns;
            point = next;
        }

        return refusals;
    }

    // when (exception.ErrorCode == "ConditionalCheckFailedException")
    private static bool Names(CatchTarget taker, ITypeSymbol rejection) =>
        taker.Syntax is CatchClauseSyntax { Filter: { } filter }
        && filter.ToString().IndexOf(rejection.Name.Replace("Exception", ""), StringComparison.OrdinalIgnoreCase) >= 0;
}
