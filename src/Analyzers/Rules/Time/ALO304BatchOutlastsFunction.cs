using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Time;

/// <summary>
/// A full batch that may take longer than the function may run (G-91): by timeouts, delays and retries that the code spells out. Silent where the handler looks at the time
/// that is left. With <see cref="TimeBudgetOptions.AssumedSecondsPerCall"/> also calls of which nothing is known count; that is advice.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("A smaller batch, shorter timeouts, a longer function timeout or an earlier stop: which is right hangs on the work.")]
public sealed class ALO304BatchOutlastsFunction : HandlerRule
{
    internal const string Id = "ALO304";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A full batch may take longer than the function may run",
        "A full batch may take {0}: {1}. Lambda ends '{2}' after {3} s{4}, and the whole batch {5}, with the {6}s that are done. {7}, or stop when context.RemainingTime runs out and report the rest.{8}{9}",
        "A function that times out has failed for its whole batch, whatever it has done before: all of its records come again, and those that were done are done twice. What a batch may take is the batch size times what one record may take, when the records are worked on one after the other.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool IsAboutDeployments => true;

    private protected override bool Applies(Handler handler) => !handler.Mappings.IsEmpty;

    private protected override void Check(Handler handler, AnalysisSession session, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (TimeVerdict.Of(handler, session, cancellationToken) is not { Cause: TimeCause.Batch } verdict)
            return;
        var time = session.TimeOf(handler, cancellationToken);
        bool IsWanted(TimePart part) => verdict.IsCertain ? part.Source == LimitSource.Explicit : part.Source != LimitSource.Default;
        var pass = TimeVerdict.LongestPass(time, verdict.BatchSize, IsWanted);
        var record = pass.Record.From(IsWanted);
        report(
            Diagnostic.Create(
                Descriptor,
                TimePlaces.Of(handler, pass.Frame, pass.Place),
                TimePlaces.Grade(handler, session, verdict.IsCertain),
                record.Parts.Select(part => part.Operation.Syntax.GetLocation()).Distinct(),
                Findings.About(handler),
                WorstCase.Text(verdict.Total),
                Reckoning(handler, time, verdict, pass, record),
                handler.Name,
                verdict.Limit,
                TimePlaces.Where(verdict.Link.Function!.Timeout),
                handler.IsStream ? "is read again" : "returns to the queue",
                handler.RecordName,
                Remedy(verdict, pass, record),
                TimePlaces.Path(handler, pass.Frame),
                TimePlaces.Assumption(verdict.Parameter)
            )
        );
    }

    private static string Reckoning(Handler handler, HandlerTime time, TimeVerdict verdict, TimedPass pass, WorstCase record)
    {
        var turns = pass.TurnsOf(verdict.BatchSize);
        var records =
            turns == 1 && pass.Degree is null ? $"{verdict.BatchSize} {handler.RecordName}s at once"
            : turns == verdict.BatchSize ? $"{turns} {handler.RecordName}{(turns == 1 ? "" : "s")}"
            : $"{verdict.BatchSize} {handler.RecordName}s, {pass.Degree} at once";
        var more = time.Passes.Length > 1 ? ", and the other passes over the batch" : "";
        return $"{records}, each {WorstCase.Text(record.Total)} = {record.Reckoning}{more}";
    }

    // The largest batch size with which the same work is over before the function's timeout.
    private static string Remedy(TimeVerdict verdict, TimedPass pass, WorstCase record)
    {
        var fitting = record.Total > TimeSpan.Zero ? ((int)Math.Ceiling(verdict.Limit / record.Total.TotalSeconds) - 1) * (pass.Degree ?? 1) : 0;
        return fitting >= 1 && fitting < verdict.BatchSize && pass.Degree is not null
            ? $"Set {verdict.Link.Words.Name("BatchSize")} to {fitting} or less"
            : "Give a record's work less time than the function has";
    }
}
