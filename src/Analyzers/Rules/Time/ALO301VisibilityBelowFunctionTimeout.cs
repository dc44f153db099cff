using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Aws.Validation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Time;

/// <summary>A queue that hides a message for a shorter time than the function may run: AWS refuses the mapping (P-23).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO301VisibilityBelowFunctionTimeout : DeploymentRule
{
    internal const string Id = "ALO301";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        "AWS refuses the mapping: visibility timeout below function timeout",
        "AWS refuses mapping '{0}', and the deployment fails: \"{1}\". Raise the visibility timeout of queue '{2}'{3} to {4} s, {5}.{6}",
        "A message must stay invisible at least as long as an invocation may run, or it would be delivered again while it is being worked on. Lambda checks that when an event source mapping is created or updated, and refuses a queue whose visibility timeout is shorter than the function's timeout."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } = ImmutableArray.Create("VisibilityTimeout", "Timeout");

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        if (deployed.Function is not { } function || deployed.Queue is not { } queue)
            yield break;
        if (EventSourceMappingValidation.ValidateVisibility(function, queue) is not { } refusal)
            yield break;

        // The window may be unknown; the refusal hangs on the two timeouts alone.
        var window = deployed.Mapping.MaximumBatchingWindow.Values.Select(value => value.Value).DefaultIfEmpty(0).Min();
        var timeout = function.Timeout.Values.Min(value => value.Value);
        var factor = options[VisibilityTimeouts.Factor];
        var advised = VisibilityAdvice.AdvisedFor(timeout, window, factor);
        var place = VisibilityTimeouts.PlaceOf(queue);
        yield return new(
            Descriptor,
            place,
            deployed.Mapping.DisplayName,
            refusal.ToString(),
            queue.LogicalId,
            deployed.Where(place),
            advised,
            VisibilityTimeouts.Reckoning(factor, timeout, window)
        )
        {
            RestsOnParameter = refusal.RestsOnParameter,
            Value = advised,
        };
    }
}
