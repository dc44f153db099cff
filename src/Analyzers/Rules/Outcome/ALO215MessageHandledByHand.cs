using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// A handler that deletes its message before the work on it is done, so that a failure loses it (S-5), or that changes its visibility to see it again later and then
/// returns normally, so that Lambda deletes it (S-2).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether the call is to go, to move or to be followed by a report is a decision about the work.")]
public sealed class ALO215MessageHandledByHand : BatchFlowRule
{
    internal const string Id = "ALO215";

    private const string Title = "A message is deleted before its work is done, or although it is to come again";

    private static readonly DiagnosticDescriptor Deleted = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' deletes the message {1}: when that fails, nothing delivers the message again, whatever '{2}' reports. Leave it to Lambda, which deletes what is not reported.{3}",
        "Lambda's pollers delete the messages of a batch that succeeded. What the handler has deleted itself is gone, also if the batch fails or the message is reported afterwards."
    );

    private static readonly DiagnosticDescriptor BackedOff = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' puts the message off, but '{2}' goes on without reporting it: it returns normally, so Lambda deletes the message, whatever its visibility timeout is. {1}.{3}",
        "A changed visibility timeout only tells when a message comes again that nobody deletes. Lambda deletes every message that the function does not report as failed."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Deleted, BackedOff);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.Source == EventSourceKind.Sqs;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        var places = new HashSet<SyntaxNode>();
        foreach (var found in flow.QueueCalls)
        {
            if (found.Scope.PlaceIn(handler.Anchor.SourceTree, found.Call.Syntax) is not { } place || !places.Add(place))
                continue;
            report(
                Diagnostic.Create(
                    found.Fault == QueueCallFault.BackedOffButAcknowledged ? BackedOff : Deleted,
                    place.GetLocation(),
                    place == found.Call.Syntax ? Enumerable.Empty<Location>() : [found.Call.Syntax.GetLocation()],
                    Findings.About(handler),
                    found.Call.TargetMethod.Name,
                    found.Fault switch
                    {
                        QueueCallFault.DeletedBeforeWork => $"before '{found.Work!.TargetMethod.Name}' has worked on it",
                        QueueCallFault.DeletedAfterFailure => $"also when '{found.Work!.TargetMethod.Name}' has failed",
                        _ when handler.Response.CarriesFailures => "Report it as failed",
                        _ => "Return SQSBatchResponse and report it as failed, or throw",
                    },
                    handler.Name,
                    Wording.Path(handler, found.Scope.Path)
                )
            );
        }
    }
}
