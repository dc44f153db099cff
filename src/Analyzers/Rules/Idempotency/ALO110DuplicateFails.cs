using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Facts.Claims;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>
/// A guard's own rejection of a record that was handled before is no failure, but is treated as one. Silent where work behind the claim may be lost (ALO104): there the
/// duplicate need not be harmless.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO110DuplicateFails : ClaimRule
{
    internal const string Id = "ALO110";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A duplicate is reported as a failure",
        "When a {0} is delivered again, '{1}' refuses it with {2}, which {3}: a harmless duplicate {4}. Catch {2} and go on as after a success.{5}",
        "A condition that refuses what was handled before has done its part. If its exception counts as a failure, every record that is delivered twice is tried again until it is given up."
    );

    private static readonly DiagnosticDescriptor OfEvent = Rule.Reworded(
        Descriptor,
        "When an event is run again, '{0}' refuses it with {1}, which {2}: a harmless duplicate fails at every retry, and the event counts as failed. Catch {1} and go on as after a success.{3}"
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfEvent);

    /// <summary>The clause that takes the rejection for any other failure; null when it leaves the handler.</summary>
    /// <returns>Whether it becomes a failure at all.</returns>
    internal static (bool Fails, CatchClauseSyntax? Clause) FateOf(JudgedClaim claim, BatchFlow flow)
    {
        if (claim is not { Claim: { Expires: false, RefusesOnlyDuplicates: true, Rejection: { } rejection }, Lost: null })
            return (false, null);
        if (claim.Claim.DuplicateClause is { } own)
            return (IsFailure(own, flow), own);
        if (claim.Refusals.Count == 0)
            return (false, null);
        var decisive = claim.Refusals.FirstOrDefault(refusal => refusal.Taker is not null);
        if (decisive is null)
        {
            var last = claim.Refusals[claim.Refusals.Count - 1];
            return (last.Frame.Caller is null && flow is { IsSeen: true, IsLeftToLibrary: false }, null);
        }

        if (decisive.Clause is not { } clause)
            return (false, null);

        // The exception of a database says many things: only who looks into it tells the duplicate apart.
        var isToldApart = claim.Claim.IsOfDatabase
            ? DuplicateKeys.Mentions(clause)
            : SymbolEqualityComparer.Default.Equals(decisive.Taker!.Type, rejection) || Mentions(clause, rejection);
        return isToldApart ? (false, null) : (IsFailure(clause, flow), clause);
    }

    private static bool IsFailure(CatchClauseSyntax clause, BatchFlow flow)
    {
        var fates = flow.Failures.Where(failure => failure.Catch?.Syntax == clause).Select(failure => failure.Fate).ToList();
        return fates.Count > 0 && fates.TrueForAll(fate => fate is FailureFate.Reported or FailureFate.Escapes);
    }

    private protected override Diagnostic? Finding(
        Handler handler,
        JudgedClaim claim,
        AnalysisSession session,
        Location place,
        CancellationToken cancellationToken
    )
    {
        if (claim.Claim.Rejection is not { } rejection || !claim.Claim.RefusesOnlyDuplicates)
            return null;
        var (fails, clause) = FateOf(claim, session.FlowOf(handler, cancellationToken));
        if (!fails)
            return null;
        var path = EffectPlaces.Path(place, claim.Claim.Reached).Concat(clause is null ? [] : [clause.CatchKeyword.GetLocation()]);
        var refusal = claim.Claim.IsOfDatabase ? $"{rejection.Name} for a duplicate key" : rejection.Name;
        var how = clause is null ? "nothing catches" : $"'{Head(clause)}' takes for a failure";
        var reached = EffectPlaces.Reached(handler, claim.Claim.Reached);
        return handler.IsAsynchronous
            ? Diagnostic.Create(OfEvent, place, path, claim.Claim.Name, refusal, how, reached)
            : Diagnostic.Create(
                Descriptor,
                place,
                path,
                handler.RecordName,
                claim.Claim.Name,
                refusal,
                how,
                handler.Source == EventSourceKind.Sqs ? "is tried again until it ends in the dead-letter queue" : "is tried again and blocks its shard",
                reached
            );
    }

    // catch (AmazonServiceException e) { if (e.ErrorCode == "ConditionalCheckFailedException") … }
    private static bool Mentions(CatchClauseSyntax clause, INamedTypeSymbol rejection) =>
        clause.ToString().IndexOf(rejection.Name.Replace("Exception", ""), StringComparison.OrdinalIgnoreCase) >= 0;

    private static string Head(CatchClauseSyntax clause) => clause.Declaration is { } declaration ? $"catch ({declaration.Type})" : "catch";
}
