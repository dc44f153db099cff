using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A setting or combination that AWS refuses (sections 1.1, 1.2 and 4.3): the deployment fails. One finding a refusal, with AWS's own text; in quotes where it is
/// recorded, else in the form that the service's validation gives. A visibility timeout below the function's timeout (P-23) is ALO301, a dead-letter queue that does not fit ALO504.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Which of the values that contradict each other was meant cannot be known.")]
public sealed class ALO510RefusedByAws : DeploymentRule
{
    internal const string Id = "ALO510";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        "AWS refuses the setting",
        "AWS refuses {0}{1}, and the deployment fails: {2}. {3}{4}",
        "Lambda and SQS check the settings of event source mappings and queues when these are created or updated. What they refuse makes the deployment fail and roll back.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } =
        ImmutableArray.Create(
            "BatchSize",
            "MaximumBatchingWindowInSeconds",
            "ScalingConfig.MaximumConcurrency",
            "ParallelizationFactor",
            "TumblingWindowInSeconds",
            "MaximumRetryAttempts",
            "MaximumRecordAgeInSeconds"
        );

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options) =>
        EventSourceMappingValidation
            .ValidateIn(deployed.Template, deployed.Mapping)
            .Where(refusal => refusal.RuleId != "P-23")
            .Select(refusal => Finding(deployed, $"mapping '{deployed.Mapping.DisplayName}'", refusal, deployed.Mapping.Declaration));

    private protected override IEnumerable<DeploymentFinding> Check(DeployedQueue deployed, DeploymentRuleOptions options) =>
        QueueValidation
            .Validate(deployed.Queue, deployed.Template.DeadLetterQueueOf(deployed.Queue))
            .Where(refusal => !ALO504DeadLetterQueueDoesNotFit.IsAbout(refusal))
            .Select(refusal => Finding(deployed, $"queue '{deployed.Queue.LogicalId}'", refusal, deployed.Queue.Declaration));

    private static DeploymentFinding Finding(DeploymentSubject subject, string what, Refusal refusal, Place declaration)
    {
        var place = refusal.Place.IsNone ? declaration : refusal.Place;
        var text = refusal.IsRecordedText ? $"\"{refusal}\"" : refusal.ToString().TrimEnd('.');
        return new(Descriptor, place, what, subject.Where(place), text, RefusalRemedies.For(refusal, subject.Words))
        {
            Grade = refusal.IsRaisableQuota ? DiagnosticSeverity.Warning : null,
            RestsOnParameter = refusal.RestsOnParameter,
        };
    }
}
