using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Order;

/// <summary>Makes Powertools' batch processor stop at the first failed record.</summary>
internal static class PowertoolsPolicy
{
    private const string Enumeration = "AWS.Lambda.Powertools.BatchProcessing.BatchProcessorErrorHandlingPolicy";
    private const string Stops = "StopOnFirstBatchItemFailure";

    /// <summary>The changes; null where the policy is set elsewhere.</summary>
    public static FixEdit? Stop(FixTarget target, PowertoolsBatch batch)
    {
        var edits = new TextEdits();
        var names = new TypeNames(target.Model, batch.Place.SpanStart, edits);
        var scope = batch.Place is AttributeSyntax ? batch.Place : batch.Place.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault();
        var written = scope
            ?.DescendantNodes()
            .OfType<SimpleNameSyntax>()
            .FirstOrDefault(name => name.Identifier.ValueText is "ContinueOnBatchItemFailure" or "DeriveFromEvent");
        switch (batch.Place)
        {
            case var _ when written is not null:
                edits.Replace(written.Span, Stops);
                return new(edits);
            case AttributeSyntax { ArgumentList: { Arguments: [.., var last] } arguments }
                when arguments.Arguments.All(argument => argument.NameEquals?.Name.Identifier.ValueText != "ErrorHandlingPolicy"):
                edits.Insert(last.Span.End, $", ErrorHandlingPolicy = {names.Of(Enumeration)}.{Stops}");
                return new(edits);
            case not AttributeSyntax when scope is InvocationExpressionSyntax { ArgumentList.Arguments: [_, var last] }:
                edits.Insert(
                    last.Span.End,
                    $", new {names.Of("AWS.Lambda.Powertools.BatchProcessing.ProcessingOptions")} {{ ErrorHandlingPolicy = {names.Of(Enumeration)}.{Stops} }}"
                );
                return new(edits);
            default:
                return null;
        }
    }
}
