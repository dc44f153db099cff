using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>A record that is reported as failed where its work has succeeded: it comes again, is worked on again, and never ends but in the dead-letter queue.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Where the report belongs, only the work tells.")]
public sealed class ALO211SuccessReported : BatchFlowRule
{
    internal const string Id = "ALO211";

    private const string Title = "A record is reported as failed although its work succeeded";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "The message is reported as failed also when '{0}' has succeeded: it comes again and is worked on again, until it ends in the dead-letter queue or expires. Report it only where its work has failed.{1}",
        "Lambda leaves every message that batchItemFailures names in the queue. What is named on the path of success too is worked on with each delivery, and never deleted."
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "The record is reported as failed also when '{0}' has succeeded: it and all behind it in the batch are read and worked on again, and its shard waits until its retries are used up or it expires. Report it only where its work has failed.{1}",
        "Lambda goes back to the first record that batchItemFailures names. What is named on the path of success too is worked on again and again."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfStream);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.Response.CarriesFailures;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        var places = new HashSet<SyntaxNode>();
        foreach (var found in flow.ReportedSuccesses)
        {
            if (found.Scope.PlaceIn(handler.Anchor.SourceTree, found.Report.Syntax) is not { } place || !places.Add(place))
                continue;
            report(
                Diagnostic.Create(
                    handler.IsStream ? OfStream : Descriptor,
                    place.GetLocation(),
                    [found.Work.Syntax.GetLocation()],
                    Findings.About(handler),
                    found.Work.TargetMethod.Name,
                    Wording.Path(handler, found.Scope.Path)
                )
            );
        }
    }
}
