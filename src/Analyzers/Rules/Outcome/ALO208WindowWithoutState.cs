using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>A handler of tumbling windows whose response has no <c>state</c>, or leaves it null so that it is not written: every invocation counts as failed (W-3, X-4).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("What is to be known of a window in its next invocation, only the work tells.")]
public sealed class ALO208WindowWithoutState : BatchFlowRule
{
    internal const string Id = "ALO208";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        "The response to a tumbling window has no state",
        "'{0}' works on a tumbling window, but returns {1}: Lambda takes a response without \"state\" for a failed invocation and has the same batch read again and again, and its shard waits until the retries are used up or the records expire. {2}.",
        "Each invocation of a tumbling window returns the state that the window's next invocation gets. Without it Lambda treats the invocation as failed. AWS's serializers of System.Text.Json write no null, so a state that is null is missing."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.WorksOnWindow;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        if (flow.MissingState is not { } missing)
            return;
        report(
            Diagnostic.Create(
                Descriptor,
                missing.Creation is { } creation && creation.Syntax.SyntaxTree == handler.Anchor.SourceTree ? creation.Syntax.GetLocation() : handler.Anchor,
                Windows(handler),
                Findings.About(handler),
                handler.Name,
                Returned(handler, missing),
                missing.Creation is null ? $"Return {handler.ResponseName} with a State" : "Set its State, to an empty dictionary if there is nothing to keep"
            )
        );
    }

    private static string Returned(Handler handler, MissingWindowState missing) =>
        handler.Response.Type is not { } type ? "nothing"
        : missing.Creation is null ? $"'{type.ToDisplayString(NullableFlowState.None, SymbolDisplayFormat.MinimallyQualifiedFormat)}'"
        : $"a '{type.Name}' whose State is null";

    private static IEnumerable<Location> Windows(Handler handler) =>
        handler
            .Mappings.Select(link => link.Mapping.TumblingWindow)
            .Where(window => window.IsExplicit)
            .Select(window => window.Place.ToLocation())
            .Where(location => location != Location.None)
            .Take(1);
}
