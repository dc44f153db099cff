using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// Mappings of queues that start more invocations than the function's reserved concurrency lets run (P-48, C-1, C-4, C-5): what is received beyond it is throttled, and the
/// receive counts (S-7, S-8). Silent on streams, whose throttled batches wait in place (R-26), on FIFO queues without a limit of their own, whose groups limit them (C-7), in
/// provisioned mode, and where ALO502 says it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether the function may take more, or the mapping must start less, cannot be known.")]
public sealed class ALO512ReservedConcurrencyExceeded : DeploymentRule
{
    internal const string Id = "ALO512";

    // C-1: the concurrent invocations that a queue's mapping starts with.
    private const int Start = 5;

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Mappings start more than the function's reserved concurrency",
        "Function '{0}' has reserved concurrency {1}, but {2}{3}: what is received beyond it is throttled, and each throttled message uses up a receive although no code ran{4}. {5}{6}",
        "Lambda's pollers receive messages before they know whether the function can take them. An invocation beyond the reserved concurrency is throttled, the message comes back after its visibility timeout, and its receive count has risen. MaximumConcurrency keeps a mapping's pollers from receiving more than it says; the sum over a function's mappings should not be above the function's reserved concurrency. AWS does not refuse it."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } =
        ImmutableArray.Create("ReservedConcurrentExecutions", "ScalingConfig.MaximumConcurrency");

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        var mapping = deployed.Mapping;
        if (mapping.Kind != EventSourceKind.Sqs || mapping.IsOff || deployed.Function is not { } function || !function.ReservedConcurrency.IsDecided())
            return [];
        var reserved = function.ReservedConcurrency.Values.Max(value => value.Value);
        var finding =
            mapping.MaximumConcurrency.IsMissing ? OfUnlimited(deployed, function, reserved)
            : IsAbove(mapping, reserved) ? OfOne(deployed, function, reserved)
            : OfSum(deployed, function, reserved);
        return finding is null ? [] : [finding];
    }

    private static bool IsAbove(EventSourceMapping mapping, int reserved) =>
        mapping.MaximumConcurrency.All(most => most > reserved && Limits.MaximumConcurrency.Contains(most));

    private static DeploymentFinding? OfUnlimited(DeployedMapping deployed, Function function, int reserved)
    {
        var mapping = deployed.Mapping;
        var isProvisioned = !mapping.MinimumPollers.IsMissing || !mapping.MaximumPollers.IsMissing;
        if (
            reserved >= Start
            || isProvisioned
            || deployed.Link.ReadsFifo != false
            || (deployed.Queue is { } queue && ALO502TooFewReceives.CountsThrottling(queue))
        )
            return null;
        return Finding(
            deployed,
            function.ReservedConcurrency.Place,
            reserved,
            FormattableString.Invariant($"mapping '{mapping.DisplayName}' has no {Most(deployed)} and starts with {Start} invocations at once"),
            reserved >= Limits.MaximumConcurrency.Least ? FormattableString.Invariant($"Set {Most(deployed)} to {reserved}.") : TooFew(deployed, reserved)
        );
    }

    private static DeploymentFinding OfOne(DeployedMapping deployed, Function function, int reserved)
    {
        var most = deployed.Mapping.MaximumConcurrency;
        var least = most.Values.Min(value => value.Value);
        var finding = Finding(
            deployed,
            most.Place,
            reserved,
            FormattableString.Invariant($"mapping '{deployed.Mapping.DisplayName}' starts up to {least} invocations at once"),
            reserved >= Limits.MaximumConcurrency.Least
                ? FormattableString.Invariant($"Set {Most(deployed)} to at most {reserved}, or reserve at least {least}.")
                : TooFew(deployed, reserved)
        );
        return finding with { RestsOnParameter = finding.RestsOnParameter ?? most.RestsOnParameter };
    }

    // Spoken about once, on the function's first mapping.
    private static DeploymentFinding? OfSum(DeployedMapping deployed, Function function, int reserved)
    {
        var mappings = deployed.Template.MappingsOf(function).Where(mapping => mapping.Kind == EventSourceKind.Sqs && !mapping.IsOff).ToList();
        if (
            mappings.Count < 2
            || mappings[0] != deployed.Mapping
            || mappings.Exists(mapping =>
                !mapping.Enabled.All(enabled => enabled)
                || !mapping.MaximumConcurrency.All(Limits.MaximumConcurrency.Contains)
                || mapping.Condition != mappings[0].Condition
                || IsAbove(mapping, reserved)
            )
        )
            return null;
        var each = mappings.ConvertAll(mapping => mapping.MaximumConcurrency.Values.Min(value => value.Value));
        if (each.Sum() <= reserved)
            return null;
        var names = string.Join(", ", mappings.Select(mapping => $"'{mapping.DisplayName}'"));
        var finding = Finding(
            deployed,
            function.ReservedConcurrency.Place,
            reserved,
            FormattableString.Invariant($"its mappings {names} start up to {string.Join(" + ", each)} = {each.Sum()} invocations at once"),
            FormattableString.Invariant($"Lower their {Most(deployed)} to at most {reserved} together, or reserve at least {each.Sum()}.")
        );
        return finding with
        {
            RestsOnParameter =
                finding.RestsOnParameter ?? mappings.Select(mapping => mapping.MaximumConcurrency.RestsOnParameter).FirstOrDefault(name => name is not null),
        };
    }

    private static DeploymentFinding Finding(DeployedMapping deployed, Place place, int reserved, string starts, string remedy)
    {
        var function = deployed.Function!;
        var hasDeadLetterQueue = deployed.Queue is { } queue && queue.RedrivePolicy.IsDecided();
        return new(
            Descriptor,
            place,
            function.LogicalId,
            reserved,
            starts,
            deployed.Where(place),
            hasDeadLetterQueue ? ", until it lies in the dead-letter queue unprocessed" : "",
            remedy
        )
        {
            RestsOnParameter = function.ReservedConcurrency.RestsOnParameter,
        };
    }

    private static string TooFew(DeployedMapping deployed, int reserved) =>
        reserved == 0
            ? "With 0 the function never runs: disable the mapping instead, so that messages wait in the queue."
            : FormattableString.Invariant($"Reserve at least {Limits.MaximumConcurrency.Least}, the least {Most(deployed)} that there is, and set that.");

    private static string Most(DeployedMapping deployed) => deployed.Words.Name("ScalingConfig.MaximumConcurrency");
}
