using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A stream's mapping that tries a failed batch again without end: a record that always fails holds up its shard until it expires, and then nobody is told
/// . Splitting the batch only narrows it down to that record. Silent where only an attribute says that there is a mapping: it cannot say otherwise (ALO517).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO507PoisonRecordBlocks : DeploymentRule
{
    internal const string Id = "ALO507";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A record that always fails blocks its shard",
        "Mapping '{0}'{1} tries a failed batch again without end{2}: a record that always fails holds up all that come behind it in {3} until it expires{4}, and then it is lost{5}. Set {6}.{7}",
        "The retries of a stream's mapping and the age of its records are unlimited unless they are set. Lambda keeps the order of a shard, so nothing behind a failing batch is delivered until that batch succeeds, is given up, or has expired in the stream. Records that expire are not sent to the OnFailure destination."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } = ImmutableArray.Create("MaximumRetryAttempts", "MaximumRecordAgeInSeconds");

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        var mapping = deployed.Mapping;
        var (retries, age) = (mapping.MaximumRetryAttempts, mapping.MaximumRecordAge);
        if (!Defaults.IsStream(mapping.Kind) || mapping.IsOff || deployed.Link.IsUnlimitedByAttribute)
            yield break;
        if (!mapping.IsUnlimited)
            yield break;
        var place = retries.IsExplicit ? retries.Place : mapping.Declaration;
        var bisects = mapping.BisectBatchOnFunctionError.All(bisect => bisect);
        yield return new(
            Descriptor,
            place,
            mapping.DisplayName,
            deployed.Where(place),
            bisects ? ", and splitting it only narrows it down to the record that fails" : "",
            mapping.ParallelizationFactor.All(factor => factor == 1) ? "its shard" : "its part of the shard",
            Periods.After(deployed.Template.StreamRetentionOf(mapping)),
            mapping.OnFailure.IsMissing ? " without a trace" : $" without its {deployed.Words.OnFailure} destination being told",
            Remedy(deployed.Words, bisects, mapping.OnFailure.IsMissing)
        )
        {
            RestsOnParameter = retries.RestsOnParameter ?? age.RestsOnParameter,
        };
    }

    private static string Remedy(DialectWords words, bool bisects, bool hasNoDestination)
    {
        var (retries, bisect) = (words.Name("MaximumRetryAttempts"), words.Name("BisectBatchOnFunctionError"));
        return (bisects, hasNoDestination) switch
        {
            (true, true) => $"{retries} and an {words.OnFailure} destination",
            (true, false) => retries,
            (false, true) => $"{retries}, {bisect} and an {words.OnFailure} destination",
            (false, false) => $"{retries} and {bisect}",
        };
    }
}
