using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// An age limit that no record of the stream can reach (B-42): a record that waits expires before it is given up, so nobody is told of it (R-37). With unlimited retries it
/// holds up its shard until then (R-30).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether records are to be kept longer or to be given up sooner is a decision about the data.")]
public sealed class ALO509AgeBeyondRetention : DeploymentRule
{
    internal const string Id = "ALO509";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Stream records expire before they are given up",
        "Mapping '{0}' gives a record up when it is {1} old{2}, but the stream keeps it for {3} only{4}: {5}, {6}. {7}.{8}",
        "A record that expires in its stream vanishes: it is not sent to the OnFailure destination of a mapping, and not counted as dropped. A DynamoDB stream keeps records for 24 hours, which cannot be changed; a Kinesis stream for 24 hours, unless its retention period is set to more, up to 365 days."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } = ImmutableArray.Create("MaximumRecordAgeInSeconds");

    // How long a stream of another stack keeps records is not known.
    private protected override bool CanJudge(DeploymentSubject subject) =>
        base.CanJudge(subject)
        && (
            subject is not DeployedMapping mapping
            || !Defaults.IsStream(mapping.Mapping.Kind)
            || mapping.Template.StreamRetentionOf(mapping.Mapping).IsDecided()
        );

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        var mapping = deployed.Mapping;
        var (age, retention) = (mapping.MaximumRecordAge, deployed.Template.StreamRetentionOf(mapping));
        if (!Defaults.IsStream(mapping.Kind) || mapping.IsOff)
            yield break;
        if (!retention.IsDecided() || !age.All(seconds => Limits.MaximumRecordAge.Contains(seconds) && retention.All(kept => seconds > kept)))
            yield break;
        var (least, longest) = (age.Values.Min(value => value.Value), retention.Values.Max(value => value.Value));
        var blocks = mapping.MaximumRetryAttempts.All(count => count == Defaults.Unlimited);
        yield return new(
            Descriptor,
            age.Place,
            mapping.DisplayName,
            Periods.Of(least),
            deployed.Where(age.Place),
            Periods.Of(longest),
            retention.IsExplicit ? deployed.Where(retention.Place) : "",
            blocks
                ? "a record that always fails holds up its shard until it expires"
                : "a record that waits for so long, as it does while invocations are throttled, expires before it is given up",
            mapping.OnFailure.IsMissing ? "and is gone without a trace" : $"and the {deployed.Words.OnFailure} destination is never told",
            mapping.Kind == EventSourceKind.DynamoDb
                ? $"Set {deployed.Words.Name("MaximumRecordAgeInSeconds")} below {deployed.Words.Seconds(longest)}"
                : $"Set {deployed.Words.Name("MaximumRecordAgeInSeconds")} below {deployed.Words.Seconds(longest)}, or raise {deployed.Words.Name("RetentionPeriodHours")} of the stream"
        )
        {
            RestsOnParameter = age.RestsOnParameter ?? retention.RestsOnParameter,
        };
    }
}
