using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A stream's mapping without a destination for what it gives up (R-32): a warning where its retries or the age of its records are limited, so that it does give records
/// up; advice where both are unlimited.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO508DiscardedWithoutDestination : DeploymentRule
{
    internal const string Id = "ALO508";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Stream records given up without a destination",
        "Mapping '{0}'{1} {2}: {3}. Add an {4} destination, such as a queue that keeps messages for 14 days.{5}",
        "When the retries of a batch are used up, or its records are too old, Lambda moves on in the shard. It tells the OnFailure destination of the mapping which records it gave up, and so they can be read from the stream again while it still has them. Without a destination nothing is left but a metric that counts them.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } =
        ImmutableArray.Create("DestinationConfig.OnFailure", "MaximumRetryAttempts", "MaximumRecordAgeInSeconds");

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        var mapping = deployed.Mapping;
        if (!Defaults.IsStream(mapping.Kind) || !mapping.OnFailure.IsMissing || mapping.IsOff || deployed.Link.IsUnlimitedByAttribute)
            yield break;
        var (retries, age) = (mapping.MaximumRetryAttempts, mapping.MaximumRecordAge);
        Setting<int>[] limits = [.. new[] { retries, age }.Where(limit => limit.All(IsLimit))];
        if (limits.Length == 0 && !(retries.IsDecided() && age.IsDecided()))
            yield break;

        // Somebody meant the function's own target for it: that is the finding.
        if (UnusedFailureTargets.Mislead(deployed.Template, deployed.Link))
            yield break;
        var givesUp = limits.Length > 0;
        var place = givesUp ? limits[0].Place : mapping.Declaration;
        yield return new(
            Descriptor,
            place,
            mapping.DisplayName,
            deployed.Where(place),
            givesUp
                ? $"gives records up {string.Join(", or ", limits.Select(limit => limit == retries ? AfterRetries(limit) : WithAge(limit)))}, and has no {deployed.Words.OnFailure} destination"
                : $"has no {deployed.Words.OnFailure} destination",
            givesUp
                ? "they are dropped for good, and nothing tells which records they were"
                : "as soon as its retries or the age of its records are limited, what it gives up is dropped for good, and nothing tells which records they were",
            deployed.Words.OnFailure
        )
        {
            Grade = givesUp ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            RestsOnParameter =
                !givesUp ? retries.RestsOnParameter ?? age.RestsOnParameter
                : limits.All(limit => limit.RestsOnParameter is not null) ? limits[0].RestsOnParameter
                : null,
        };
    }

    // What is out of range is refused (ALO510).
    private static bool IsLimit(int value) => value > Defaults.Unlimited;

    // R-22: the first attempt is none of the retries.
    private static string AfterRetries(Setting<int> retries) =>
        retries.Single() is not { } count ? "when their retries are used up"
        : count == 0 ? "after 1 failed attempt"
        : FormattableString.Invariant($"after {count + 1} failed attempts");

    private static string WithAge(Setting<int> age) => age.Single() is { } seconds ? $"when they are {Periods.Of(seconds)} old" : "when they are too old";
}
