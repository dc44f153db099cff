using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A redrive policy that SQS refuses: to a dead-letter queue of the other type (S-25), or without a maxReceiveCount (P-48a). It is refused when the queue is made, whether
/// or not a mapping is enabled. Everything else that SQS refuses is ALO510.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Which of the two queues has the wrong type, and how often a message may be tried, cannot be known.")]
public sealed class ALO504DeadLetterQueueDoesNotFit : DeploymentRule
{
    internal const string Id = "ALO504";
    private const string OtherType = "S-25";
    private const string NoCount = "P-48a";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        "SQS refuses the redrive policy",
        "SQS refuses the redrive policy of queue '{0}'{1}, and the deployment fails: {2} (\"{3}\"). {4}{5}",
        "The dead-letter queue of a FIFO queue must be a FIFO queue, that of a standard queue a standard queue. A redrive policy must say after how many receives a message is given up: the default that the API's page names does not exist in practice."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } = ImmutableArray.Create("FifoQueue", "RedrivePolicy.maxReceiveCount");

    /// <summary>Whether a refusal is this rule's.</summary>
    internal static bool IsAbout(Refusal refusal) => refusal.RuleId is OtherType or NoCount;

    private protected override bool CanJudge(DeploymentSubject subject) => base.CanJudge(subject) && DescribedSettings.KnowsDeadLetterQueue(subject);

    private protected override IEnumerable<DeploymentFinding> Check(DeployedQueue deployed, DeploymentRuleOptions options)
    {
        var queue = deployed.Queue;
        foreach (var refusal in QueueValidation.Validate(queue, deployed.Template.DeadLetterQueueOf(queue)).Where(IsAbout))
        {
            var place = refusal.Place.IsNone ? queue.Declaration : refusal.Place;
            var (reason, remedy) = refusal.RuleId == OtherType ? Types(queue) : Count(deployed);
            yield return new(Descriptor, place, queue.LogicalId, deployed.Where(place), reason, refusal, remedy)
            {
                RestsOnParameter = refusal.RestsOnParameter,
            };
        }
    }

    private static (string Reason, string Remedy) Count(DeployedQueue deployed) =>
        (
            "it does not say after how many receives a message is given up",
            $"Add {deployed.Words.Name("RedrivePolicy.maxReceiveCount")}; AWS advises at least 5."
        );

    private static (string Reason, string Remedy) Types(Queue queue)
    {
        var isFifo = queue.IsFifo.All(fifo => fifo);
        var (own, other) = isFifo ? ("a FIFO queue", "a standard queue") : ("a standard queue", "a FIFO queue");
        var target = queue.RedrivePolicy.Single()!.DeadLetter;
        return ($"it is {own}, and its dead-letter queue '{target}' {other}", $"Name {own} as its dead-letter queue.");
    }
}
