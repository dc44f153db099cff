using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Time;

/// <summary>
/// A visibility timeout below six times the function's timeout and the batching window (S-20, S-7): a message that is held up by throttling outlives it. Below twice it is
/// a warning, else advice. The factor is <see cref="VisibilityTimeouts.Factor"/>. Silent where AWS refuses the mapping anyway (ALO301).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO302VisibilityBelowAdvice : DeploymentRule
{
    internal const string Id = "ALO302";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Visibility timeout below what AWS advises",
        "The visibility timeout of queue '{0}', {1} s{2}, is below {3}. When invocations are throttled, a message can come back while it is being worked on{4}.{5}{6}",
        "The visibility timeout begins when Lambda's poller receives a message, not when the function starts. While a batch fills or its invocation is throttled and tried again, that time passes. AWS advises six times the function's timeout plus the batching window. The factor can be set by alo302.visibility_factor in .editorconfig, or by the MSBuild property Alo302VisibilityFactor (1 to 40).",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } =
        ImmutableArray.Create("VisibilityTimeout", "Timeout", "MaximumBatchingWindowInSeconds");

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        if (deployed.Function is not { } function || deployed.Queue is not { } queue || deployed.Mapping.IsOff)
            yield break;
        var factor = options[VisibilityTimeouts.Factor];
        if (
            VisibilityAdvice.For(deployed.Mapping, function, queue, factor) is not { } advice
            || EventSourceMappingValidation.ValidateVisibility(function, queue) is not null
        )
            yield break;
        var place = VisibilityTimeouts.PlaceOf(queue);
        yield return new(
            Descriptor,
            place,
            queue.LogicalId,
            advice.Visibility,
            deployed.Where(place),
            Comparison(advice, factor),
            queue.RedrivePolicy.IsMissing ? "" : ", or reach the dead-letter queue without ever having run",
            queue.IsFifo.All(fifo => fifo) ? " On this FIFO queue a message's group waits as long as its visibility timeout after each failure." : ""
        )
        {
            Grade = advice.Grade == VisibilityGrade.BelowTwice ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            RestsOnParameter = advice.RestsOnParameter,
            Value = advice.Advised,
        };
    }

    private static string Comparison(VisibilityAdvice advice, int factor)
    {
        var advises = factor == VisibilityAdvice.Factor ? "AWS advises" : $"{VisibilityTimeouts.Factor.Key} asks for";
        var window = advice.BatchingWindow == 0 ? "" : " + window";
        return advice.Grade == VisibilityGrade.BelowTwice
            ? FormattableString.Invariant($"{Reckoning(VisibilityAdvice.LeastFactor)}; {advises} {factor} ×{window} = {advice.Advised} s")
            : FormattableString.Invariant($"the {advice.Advised} s that {advises}: {Reckoning(factor)}");

        string Reckoning(int times) => VisibilityTimeouts.Reckoning(times, advice.FunctionTimeout, advice.BatchingWindow);
    }
}
