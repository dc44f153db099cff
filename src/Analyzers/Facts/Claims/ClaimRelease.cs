using System.Text.RegularExpressions;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Claims;

/// <summary>Whether something takes care of a claim when the work behind it fails.</summary>
internal sealed class ClaimRelease(
    MethodBodies bodies,
    Calls calls,
    EffectCatalogue catalogue,
    INamedTypeSymbol? handlerType,
    CancellationToken cancellationToken
)
{
    private const int DeepestCall = 4;

    private static readonly Regex Releases = new(
        "Delete|Remove|Release|Unlock|Rollback|RollBack|Undo|Unclaim|Abandon|Revert|Reset|Compensat|Clear|Evict|Expire",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)
    );
    private static readonly string[] Transactions =
    [
        "BeginTransaction",
        "BeginTransactionAsync",
        "StartTransaction",
        "StartSession",
        "StartSessionAsync",
        "CreateTransaction",
        "UseTransaction",
        "UseTransactionAsync",
        "WithTransaction",
        "WithTransactionAsync",
    ];

    /// <summary>Whether the claim is part of a transaction that is begun on the way to it.</summary>
    public static bool IsInTransaction(Claim claim)
    {
        for (var frame = claim.Reached.Frame; frame is not null; frame = frame.Caller)
        {
            if (frame.Root.Descendants().Any(IsTransaction))
                return true;
        }

        return false;
    }

    /// <summary>Whether a failure of the work gives the claim up, or hands the record over to somebody: in a clause or a finally block around it, or in the work itself.</summary>
    public bool IsReleased(IInvocationOperation work, Frame frame, Claim claim)
    {
        if (calls.TargetOf(work, handlerType) is { } target && HasRelease(target, DeepestCall, []))
            return true;
        IOperation point = work;
        for (var current = frame; current is not null; current = current.Caller)
        {
            foreach (var attempt in current.Root.Descendants().OfType<ITryOperation>())
            {
                if (!attempt.Body.Syntax.Span.Contains(point.Syntax.Span))
                    continue;
                var clauses = attempt.Catches.Where(clause => !SymbolEqualityComparer.Default.Equals(clause.ExceptionType, claim.Rejection));
                if (clauses.Any(clause => ActsIn(clause.Handler, DeepestCall, [])) || attempt.Finally is { } always && ReleasesIn(always, DeepestCall, []))
                    return true;
            }

            if (current.Call is not { } call)
                return false;
            point = call;
        }

        return false;
    }

    /// <summary>Whether a clause does more than tell somebody and note the failure.</summary>
    public bool DoesSomething(SyntaxNode clause, IOperation root, Frame frame)
    {
        var handler = root.Descendants().OfType<ICatchClauseOperation>().FirstOrDefault(candidate => candidate.Syntax == clause);
        return handler is not null && ActsIn(handler.Handler, DeepestCall, [frame.Method]);
    }

    private static bool IsTransaction(IOperation operation) =>
        operation switch
        {
            IInvocationOperation invocation => Transactions.Contains(invocation.TargetMethod.Name),
            IObjectCreationOperation creation => creation.Type?.Name is "TransactionScope" or "CommittableTransaction",
            _ => false,
        };

    // A call that may change something: of the store, of an error queue, of what cannot be seen.
    private bool ActsIn(IOperation root, int depth, HashSet<IMethodSymbol> seen) =>
        root.DescendantsAndSelf()
            .OfType<IInvocationOperation>()
            .Any(call =>
            {
                if (SafeCalls.IsLogging(call))
                    return false;
                if (catalogue.Find(call.TargetMethod) is { } effect)
                    return true;
                if (calls.TargetOf(call, handlerType) is not { } target)
                    return !SafeCalls.IsSafe(call);
                return depth > 0 && seen.Add(target) && bodies.Of(target, cancellationToken) is { } body && ActsIn(body.Root, depth - 1, seen);
            });

    private bool ReleasesIn(IOperation root, int depth, HashSet<IMethodSymbol> seen) =>
        root.DescendantsAndSelf()
            .OfType<IInvocationOperation>()
            .Any(call =>
                Releases.IsMatch(call.TargetMethod.Name) && call.TargetMethod.ContainingType?.Name != "SemaphoreSlim"
                || calls.TargetOf(call, handlerType) is { } target
                    && depth > 0
                    && seen.Add(target)
                    && bodies.Of(target, cancellationToken) is { } body
                    && ReleasesIn(body.Root, depth - 1, seen)
            );

    // A method whose own clauses or finally blocks give the claim up.
    private bool HasRelease(IMethodSymbol method, int depth, HashSet<IMethodSymbol> seen)
    {
        if (depth == 0 || !seen.Add(method) || bodies.Of(method, cancellationToken) is not { } body)
            return false;
        return body
            .Root.Descendants()
            .Any(operation =>
                operation switch
                {
                    ICatchClauseOperation clause => ActsIn(clause.Handler, DeepestCall, []),
                    ITryOperation { Finally: { } always } => ReleasesIn(always, DeepestCall, []),
                    IInvocationOperation call when calls.TargetOf(call, handlerType) is { } target => HasRelease(target, depth - 1, seen),
                    _ => false,
                }
            );
    }
}
