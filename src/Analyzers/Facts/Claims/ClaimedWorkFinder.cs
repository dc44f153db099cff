using System.Text.RegularExpressions;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Claims;

/// <summary>Finds the work behind a claim that is lost when it fails once.</summary>
internal sealed class ClaimedWorkFinder(
    MethodBodies bodies,
    Calls calls,
    Dispatchers dispatchers,
    EffectCatalogue catalogue,
    INamedTypeSymbol? handlerType,
    CancellationToken cancellationToken
)
{
    private const int DeepestCall = 6;

    // What asks or finishes is not the work that a claim stands for.
    private static readonly Regex NoWork = new(
        "^(Get|Find|Query|Read|Load|Exists|Is[A-Z]|Has[A-Z]|Count|List|Fetch|Describe|Check|Validate|Wait|Delay|Open|Connect|Begin|Init|Create.*(Client|Connection|Scope)"
            + "|Commit|Complete|Finish|Confirm|Ack|Mark|Release|Unlock|Close|Dispose|Flush|DeleteMessage|ChangeMessageVisibility|Raise|Throw|Map|Parse|Deserialize|Serialize|EnsureSuccess)",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)
    );

    private readonly ClaimRelease release = new(bodies, calls, catalogue, handlerType, cancellationToken);

    /// <summary>The first work that is lost when it fails; null when there is none, or when that cannot be told.</summary>
    public ClaimedWork? LostBehind(Claim claim, IReadOnlyList<Refusal> refusals)
    {
        if (claim.Expires || claim.IsWork || ClaimRelease.IsInTransaction(claim))
            return null;
        foreach (var refusal in refusals)
        {
            // A clause that looks at what is there may well go on with it.
            if (refusal.Clause is { } clause && release.DoesSomething(clause, refusal.Body.Root, refusal.Frame))
                return null;
            foreach (var call in refusal.Body.Invocations)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (
                    call.Syntax.SpanStart < refusal.Point.Syntax.Span.End
                    || IsAside(call, refusal.Body.Root)
                    || !IsWork(call, DeepestCall, [])
                    || ControlDependence.Of(refusal.Body.Graph, call) is not { } dependence
                    || !dependence.Precedes(refusal.Point)
                    || !refusal.Skips(call, dependence)
                )
                {
                    continue;
                }

                return release.IsReleased(call, refusal.Frame, claim) ? null : new(call, refusal.Frame, NameOf(call));
            }
        }

        return null;
    }

    private bool IsWork(IInvocationOperation call, int depth, HashSet<IMethodSymbol> seen)
    {
        if (SafeCalls.IsLogging(call) || StoreClaims.Is(call))
            return false;
        if (catalogue.Find(call.TargetMethod) is { } effect)
            return effect.Kind != EffectKind.Reads;
        if (calls.TargetOf(call, handlerType) is { } target)
        {
            return depth > 0
                && seen.Add(target)
                && bodies.Of(target, cancellationToken) is { } body
                && body.Invocations.Any(inner => !IsAside(inner, body.Root) && IsWork(inner, depth - 1, seen));
        }

        return dispatchers.HandlersOf(call).Any() || IsUnseenWork(call);
    }

    private static bool IsUnseenWork(IInvocationOperation call) =>
        !SafeCalls.IsSafe(call)
        && !NoWork.IsMatch(call.TargetMethod.Name)
        && call.TargetMethod.ReturnType is { SpecialType: SpecialType.System_Void } or { Name: "Task" or "ValueTask" }
        && call.TargetMethod.ContainingType is { } type
        && (type.Name == "HttpClient" || !type.IsIn("System"))
        && !type.IsIn("Microsoft.Extensions")
        && !type.IsIn("Amazon.Lambda");

    // In a clause, in a finally block, or in a function that something else calls.
    private static bool IsAside(IOperation operation, IOperation root)
    {
        foreach (var node in operation.Syntax.Ancestors().TakeWhile(node => node != root.Syntax))
        {
            if (node is CatchClauseSyntax or FinallyClauseSyntax or LocalFunctionStatementSyntax)
                return true;
        }

        for (var current = operation.Parent; current is not null && current != root; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation)
                return true;
        }

        return false;
    }

    private string NameOf(IInvocationOperation call) =>
        catalogue.Find(call.TargetMethod)?.Name ?? $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
}
