using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit;

/// <summary>What one analysis of a project said.</summary>
/// <param name="Analyzers">The diagnostics of the tested analyzers.</param>
/// <param name="Companions">The diagnostics of the companions.</param>
/// <param name="Compiler">The diagnostics of the compiler.</param>
internal sealed record AnalysisOutcome(ImmutableArray<Diagnostic> Analyzers, ImmutableArray<Diagnostic> Companions, ImmutableArray<Diagnostic> Compiler);

/// <summary>Runs analyzers on a project. An analyzer that throws fails the test at once, whichever run it was.</summary>
/// <param name="analyzers">The tested analyzers.</param>
/// <param name="companions">Analyzers that only must not throw.</param>
internal sealed class AnalyzerDriver(ImmutableArray<DiagnosticAnalyzer> analyzers, ImmutableArray<DiagnosticAnalyzer> companions)
{
    /// <summary>Analyses the whole project as a build does.</summary>
    /// <param name="project">The project.</param>
    /// <param name="what">What is analysed, for the message of a crash.</param>
    /// <param name="withCompanions">Whether the companions run too.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="VerificationException">An analyzer threw.</exception>
    internal async Task<AnalysisOutcome> AnalyseAsync(Project project, string what, bool withCompanions, CancellationToken cancellationToken)
    {
        var run = await StartAsync(project, withCompanions, cancellationToken).ConfigureAwait(false);
        var compiler = run.Compilation.GetDiagnostics(cancellationToken);
        if (run.Analyzers is null)
            return new AnalysisOutcome([], [], compiler);

        var result = await run.Analyzers.GetAnalysisResultAsync(cancellationToken).ConfigureAwait(false);
        run.ThrowOnCrash(what, result.GetAllDiagnostics());
        return new AnalysisOutcome(
            [.. analyzers.SelectMany(analyzer => result.GetAllDiagnostics(analyzer))],
            withCompanions ? [.. companions.SelectMany(companion => result.GetAllDiagnostics(companion))] : [],
            compiler
        );
    }

    /// <summary>Analyses each file for itself, as an editor does, and gives what is said about the analysed file.</summary>
    internal async Task<ImmutableArray<Diagnostic>> AnalyseEachFileAsync(Project project, string what, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var documents = project.Documents.Select(document => document.Id).ToArray();
        foreach (var id in documents)
        {
            var run = await StartAsync(project, withCompanions: false, cancellationToken).ConfigureAwait(false);
            var tree = (await project.GetDocument(id)!.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false))!;
            var model = run.Compilation.GetSemanticModel(tree);
            await AddAsync(run, found, run.Analyzers!.GetAnalyzerSyntaxDiagnosticsAsync(tree, cancellationToken)).ConfigureAwait(false);
            await AddAsync(run, found, run.Analyzers.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var file in project.AnalyzerOptions.AdditionalFiles)
        {
            var run = await StartAsync(project, withCompanions: false, cancellationToken).ConfigureAwait(false);
            var result = await run.Analyzers!.GetAnalysisResultAsync(file, cancellationToken).ConfigureAwait(false);
            run.ThrowOnCrash(what, result.GetAllDiagnostics());
            found.AddRange(
                result.AdditionalFileDiagnostics.TryGetValue(file, out var byAnalyzer) ? byAnalyzer.Values.SelectMany(diagnostics => diagnostics) : []
            );
        }

        return found.ToImmutable();

        async Task AddAsync(Run run, ImmutableArray<Diagnostic>.Builder to, Task<ImmutableArray<Diagnostic>> analysis)
        {
            var diagnostics = await analysis.ConfigureAwait(false);
            run.ThrowOnCrash(what, diagnostics);
            to.AddRange(diagnostics);
        }
    }

    private async Task<Run> StartAsync(Project project, bool withCompanions, CancellationToken cancellationToken)
    {
        var compilation = (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!;
        var run = new Run(compilation);
        run.Attach(withCompanions ? analyzers.AddRange(companions) : analyzers, project.AnalyzerOptions);
        return run;
    }

    private sealed class Run(Compilation compilation)
    {
        private readonly ConcurrentQueue<(DiagnosticAnalyzer Analyzer, Exception Exception)> _crashes = new();

        internal Compilation Compilation { get; } = compilation;

        internal CompilationWithAnalyzers? Analyzers { get; private set; }

        internal void Attach(ImmutableArray<DiagnosticAnalyzer> attached, AnalyzerOptions options)
        {
            if (attached.IsEmpty)
                return;
            Analyzers = new CompilationWithAnalyzers(
                Compilation,
                attached,
                new CompilationWithAnalyzersOptions(
                    options,
                    onAnalyzerException: (exception, analyzer, _) => _crashes.Enqueue((analyzer, exception)),
                    concurrentAnalysis: true,
                    logAnalyzerExecutionTime: false,
                    reportSuppressedDiagnostics: false,
                    analyzerExceptionFilter: exception => exception is not OperationCanceledException
                )
            );
        }

        internal void ThrowOnCrash(string what, ImmutableArray<Diagnostic> diagnostics)
        {
            if (_crashes.TryPeek(out var crash))
                throw new VerificationException(
                    $"AD0001: {crash.Analyzer.GetType().FullName} threw while {what} was analysed:\n{crash.Exception}",
                    crash.Exception
                );
            if (diagnostics.FirstOrDefault(diagnostic => diagnostic.Id.StartsWith("AD0", StringComparison.Ordinal)) is { } reported)
                throw new VerificationException($"{reported.Id} while {what} was analysed: {reported.GetMessage(CultureInfo.InvariantCulture)}");
        }
    }
}
