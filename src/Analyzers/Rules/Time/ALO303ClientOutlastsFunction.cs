using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Time;

/// <summary>
/// A call whose own timeout is not shorter than the function's (R-18, G-104): when the other side does not answer, Lambda ends the invocation before the client gives up.
/// A timeout that the code sets is a warning; that of a client that nobody has configured is advice.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("How long an answer may take is for the person to say who knows the other side.")]
public sealed class ALO303ClientOutlastsFunction : HandlerRule
{
    internal const string Id = "ALO303";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A client's timeout is not shorter than the function's",
        "This call may wait {0} ({1}), but Lambda ends '{2}' after {3} s{4}: when no answer comes, the invocation times out before the call fails, and the whole batch {5}, with the {6}s that are done. Give the call less time than the function has.{7}{8}",
        "A function that times out has failed for its whole batch, whatever it has done before. A call that fails in time can be reported as the failure of one record. HttpClient gives up after 100 s unless told otherwise, and so does a client of the AWS SDK, for each attempt.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool IsAboutDeployments => true;

    private protected override bool Applies(Handler handler) => !handler.Mappings.IsEmpty;

    private protected override void Check(Handler handler, AnalysisSession session, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (TimeVerdict.Of(handler, session, cancellationToken) is not { Cause: TimeCause.Client, Call: { } call } verdict)
            return;
        report(
            Diagnostic.Create(
                Descriptor,
                TimePlaces.Of(handler, call.Frame, call.Operation.Syntax),
                TimePlaces.Grade(handler, session, verdict.IsCertain),
                call.Limit.Place is { } place ? [place.GetLocation()] : [],
                Findings.About(handler),
                WorstCase.Text(call.Limit.Longest),
                call.Limit.Name,
                handler.Name,
                verdict.Limit,
                TimePlaces.Where(verdict.Link.Function!.Timeout),
                handler.IsStream ? "is read again" : "returns to the queue",
                handler.RecordName,
                TimePlaces.Path(handler, call.Frame),
                TimePlaces.Assumption(verdict.Parameter)
            )
        );
    }
}
