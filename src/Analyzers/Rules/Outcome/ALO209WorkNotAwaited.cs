using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// Work on a record that nobody waits for: the batch is acknowledged before it is done, and Lambda freezes the environment (S-2, G-13).
/// Logging and waiting are no work; nor is what only methods do that cannot fail. An <c>async void</c> that the constructor begins is found too: its exception ends
/// the process, whatever batch is there.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO209WorkNotAwaited : BatchFlowRule
{
    internal const string Id = "ALO209";

    private const string Title = "Work is not awaited before the batch is acknowledged";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "{0}: when '{1}' returns, Lambda deletes the message as processed and freezes what still runs{2}. {3}.{4}",
        "When the function returns without an error, Lambda deletes the messages of the batch and freezes the execution environment. Work that still runs goes on during a later invocation or never; an exception of it is no failure of the batch."
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "{0}: when '{1}' returns, Lambda moves on past the record as processed and freezes what still runs{2}. {3}.{4}",
        "When the function returns without an error, Lambda moves its checkpoint past the batch and freezes the execution environment. Work that still runs goes on during a later invocation or never; an exception of it is no failure of the batch."
    );

    private static readonly DiagnosticDescriptor OfConstructor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' is async void and the constructor begins it, so nobody can wait for it: '{1}' may run before it is done, and an exception in it ends the process, with whatever batch is there by then. Return a Task and wait for it, in the constructor or in '{1}'.",
        "Nobody can wait for an async void method, and an exception that leaves it ends the process. Lambda then takes the invocation that runs by that time as failed: its whole batch comes again."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfStream, OfConstructor);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        CheckConstructor(handler, flow, report);
        var places = new HashSet<SyntaxNode>();
        foreach (var (work, scope) in flow.Unawaited)
        {
            if (scope.PlaceIn(handler.Anchor.SourceTree, work.Root.Syntax) is not { } place || !places.Add(place))
                continue;
            report(
                Diagnostic.Create(
                    handler.IsStream ? OfStream : Descriptor,
                    place.GetLocation(),
                    place == work.Root.Syntax ? Enumerable.Empty<Location>() : [work.Root.Syntax.GetLocation()],
                    Findings.About(handler),
                    Reason(work),
                    handler.Name,
                    Failure(work.Kind),
                    Remedy(work.Kind),
                    Wording.Path(handler, scope.Path)
                )
            );
        }
    }

    private static void CheckConstructor(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        foreach (var work in flow.Startup)
        {
            var place = work.PlaceIn(handler.Anchor.SourceTree);
            report(
                Diagnostic.Create(
                    OfConstructor,
                    place?.GetLocation() ?? handler.Anchor,
                    place == work.Call.Syntax ? Enumerable.Empty<Location>() : [work.Call.Syntax.GetLocation()],
                    Findings.About(handler),
                    work.Call.TargetMethod.Name,
                    handler.Name
                )
            );
        }
    }

    private static string Reason(UnawaitedWork work) =>
        work.Kind switch
        {
            UnawaitedKind.AsyncVoid => $"'{Name(work)}' is async void, so nobody can wait for it",
            UnawaitedKind.AsyncVoidDelegate => $"'{Name(work)}' calls an async void, so it does not wait for it",
            UnawaitedKind.NeverBegun => "Nobody enumerates these tasks, so their work never begins",
            _ => "Nobody awaits this task",
        };

    private static string Failure(UnawaitedKind kind) =>
        kind switch
        {
            UnawaitedKind.AsyncVoid or UnawaitedKind.AsyncVoidDelegate => "; an exception in it ends the process, with whatever batch is there by then",
            UnawaitedKind.NeverBegun => "",
            _ => "; an exception in it is seen by nobody",
        };

    private static string Remedy(UnawaitedKind kind) =>
        kind switch
        {
            UnawaitedKind.AsyncVoid => "Return a Task and await it",
            UnawaitedKind.AsyncVoidDelegate => "Await each call in a foreach loop",
            UnawaitedKind.NeverBegun => "Await them with Task.WhenAll, or each in a foreach loop",
            _ => "Await it",
        };

    private static string Name(UnawaitedWork work) => ((IInvocationOperation)work.Root).TargetMethod.Name;
}
