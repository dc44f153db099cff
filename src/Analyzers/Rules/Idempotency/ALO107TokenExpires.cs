using System.Collections.Immutable;
using System.Globalization;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>
/// A token that is forgotten before the queue delivers the message for the last time (S-20 to S-23). The last delivery begins at the latest after the visibility timeout times
/// the receives before it, and never after the retention. Moving messages back by hand does not count.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Fewer or faster deliveries, or a record of what was handled that lasts, is a decision about the work.")]
public sealed class ALO107TokenExpires : EffectRule
{
    internal const string Id = "ALO107";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "The token expires before the last redelivery",
        "The token of {0} is remembered for {1}, but queue '{2}' delivers a message again for up to {3} ({4}): a redelivery after that {5}. Remember what was handled for at least as long, or let the queue give up sooner.{6}",
        "Deduplication ids of FIFO queues and topics hold for five minutes, client request tokens of DynamoDB transactions for ten. A message that fails comes back after each visibility timeout until its receives are used up, or, without a redrive policy, until it expires."
    );

    private static readonly DiagnosticDescriptor OfClaim = Rule.Reworded(
        Descriptor,
        "The claim by '{0}' expires after {1}, but queue '{2}' delivers a message again for up to {3} ({4}): a redelivery after that {5}. Keep the claim for at least as long, or let the queue give up sooner.{6}"
    );

    private static readonly DiagnosticDescriptor OfPowertools = Rule.Reworded(
        Descriptor,
        "[Idempotent] on '{0}' remembers a call for {1}, but queue '{2}' delivers a message again for up to {3} ({4}): a redelivery after that runs it again. Set a longer time by WithExpiration, or let the queue give up sooner."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfClaim, OfPowertools);

    private protected override bool Applies(JudgedEffect effect) =>
        effect is { Repetition: { Kind: RepetitionKind.Harmless, TokenLifetime: not null }, Guard.Kind: GuardKind.None }
        || effect is { Repetition.Kind: not RepetitionKind.Harmless, ExpiringClaim: not null };

    private protected override Diagnostic? Finding(Handler handler, JudgedEffect effect, Location place, IEnumerable<Location> path)
    {
        var claim = effect.ExpiringClaim;
        var lifetime = claim?.Lifetime ?? effect.Repetition.TokenLifetime!.Value;
        return Outlasting(handler, lifetime) is var (queue, after, reckoning)
            ? Diagnostic.Create(
                claim is null ? Descriptor : OfClaim,
                place,
                claim is null ? path : path.Append(claim.Reached.Call.Syntax.GetLocation()),
                claim is null ? $"'{effect.Reached.Effect.Name}'" : claim.Name,
                Text(lifetime),
                queue,
                after,
                reckoning,
                effect.Repetition.Kind == RepetitionKind.Harmless ? effect.Reached.Effect.Again : effect.Repetition.Again,
                EffectPlaces.Reached(handler, effect.Reached)
            )
            : null;
    }

    private protected override IEnumerable<Diagnostic> FindingsBesideEffects(
        Handler handler,
        AnalysisSession session,
        SyntaxTree tree,
        CancellationToken cancellationToken
    )
    {
        if (handler.Anchor.SourceTree != tree || session.Compilation.GetTypesByMetadataName(PowertoolsIdempotency.Attribute).IsEmpty)
            yield break;
        var remembered = session
            .FlowOf(handler, cancellationToken)
            .Bodies.Select(body => body.Method)
            .FirstOrDefault(method => method.HasAttribute(PowertoolsIdempotency.Attribute));
        if (
            remembered is not null
            && PowertoolsIdempotency.Expiration(session, cancellationToken) is { } lifetime
            && Outlasting(handler, lifetime) is var (queue, after, reckoning)
        )
        {
            yield return Diagnostic.Create(
                OfPowertools,
                handler.Anchor,
                SymbolEqualityComparer.Default.Equals(remembered.OriginalDefinition, handler.Method.OriginalDefinition)
                    ? handler.Name
                    : $"{remembered.ContainingType.Name}.{remembered.Name}",
                Text(lifetime),
                queue,
                after,
                reckoning
            );
        }
    }

    // The queue that delivers a message again for longer than the time; null where none is known to.
    private static (string Queue, string After, string Reckoning)? Outlasting(Handler handler, TimeSpan lifetime)
    {
        foreach (var link in handler.Mappings)
        {
            if (link.Queue is not { } queue || LastRedelivery(queue) is not var (after, reckoning) || after <= lifetime)
                continue;
            var parameter = (queue.VisibilityTimeout.RestsOnParameter ?? queue.MessageRetentionPeriod.RestsOnParameter) is { } name
                ? $", with the default of parameter '{name}'"
                : "";
            return (queue.LogicalId, Text(after), reckoning + parameter);
        }

        return null;
    }

    // How long after the first delivery the last one may begin; null where a setting that decides it is not known.
    private static (TimeSpan After, string Reckoning)? LastRedelivery(Queue queue)
    {
        if (queue.MessageRetentionPeriod.Single() is not { } retention)
            return null;
        var kept = TimeSpan.FromSeconds(retention);
        if (queue.RedrivePolicy.IsMissing)
            return (kept, "its retention, as nothing takes the message out");
        if (queue.VisibilityTimeout.Single() is not { } visibility || queue.RedrivePolicy.Single()?.MaxReceiveCount.Single() is not { } receives)
            return null;
        var last = TimeSpan.FromSeconds((double)visibility * (receives - 1));
        return last < kept ? (last, FormattableString.Invariant($"visibility timeout {visibility} s × ({receives} receives − 1)")) : (kept, "its retention");
    }

    private static string Text(TimeSpan time) =>
        time switch
        {
            { TotalDays: >= 2 } => Number(time.TotalDays) + " days",
            { TotalHours: >= 2 } => Number(time.TotalHours) + " h",
            { TotalMinutes: >= 2 } => Number(time.TotalMinutes) + " min",
            _ => Number(time.TotalSeconds) + " s",
        };

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
