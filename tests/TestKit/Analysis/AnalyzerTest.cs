using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit;

/// <summary>
/// Runs analyzers on a stated project and compares everything they say with what is expected. Besides, each run checks that the input compiles, that no
/// analyzer throws, that only listed descriptors are reported, that diagnostics vanish under <c>#pragma warning disable</c> and in generated code, that
/// each is reported while its own document is analysed, and that the result depends neither on the order of the files nor on an earlier compilation.
/// </summary>
public class AnalyzerTest
{
    /// <summary>A test of these analyzer instances; the same instances serve all runs of the test.</summary>
    public AnalyzerTest(params DiagnosticAnalyzer[] analyzers) => Analyzers = [.. analyzers];

    /// <summary>The analyzers that every test runs besides its own; a test project sets it once, for example to all analyzers of the product.</summary>
    public static Func<IEnumerable<DiagnosticAnalyzer>> DefaultCompanionAnalyzers { get; set; } = static () => [];

    /// <summary>Which of the automatic extra runs are left out, if a test does not say it itself; none.</summary>
    public static TestBehaviors DefaultTestBehaviors { get; set; }

    /// <summary>The tested analyzers.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    /// <summary>Analyzers that run on every state: what they report is not compared, but one that throws fails the test. Those of a tested type are left
    /// out.</summary>
    public IList<DiagnosticAnalyzer> CompanionAnalyzers { get; } = [.. DefaultCompanionAnalyzers()];

    /// <summary>The first source, with marks.</summary>
    public string TestCode
    {
        set => TestState.Sources.SetFirst(value);
    }

    /// <summary>The project that is analysed.</summary>
    public TestState TestState { get; } = new();

    /// <summary>The diagnostics that are expected beside the marked ones.</summary>
    public List<DiagnosticResult> ExpectedDiagnostics => TestState.ExpectedDiagnostics;

    /// <summary>The framework and the assemblies that the project references.</summary>
    public References ReferenceAssemblies { get; set; } = References.Default;

    /// <summary>Library or program; top-level statements need <see cref="OutputKind.ConsoleApplication"/>.</summary>
    public OutputKind OutputKind { get; set; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>The name of the project and of its assembly.</summary>
    public string AssemblyName { get; set; } = "TestProject";

    /// <summary>The version of C#; by default the newest that the compiler at hand knows.</summary>
    public LanguageVersion LanguageVersion { get; set; } = LanguageVersion.Latest;

    /// <summary>The nullable context; enabled by default, as in a new project.</summary>
    public NullableContextOptions NullableContextOptions { get; set; } = NullableContextOptions.Enable;

    /// <summary>Which compiler diagnostics must be declared; errors by default.</summary>
    public CompilerDiagnostics CompilerDiagnostics { get; set; } = CompilerDiagnostics.Errors;

    /// <summary>Which of the automatic extra runs are left out.</summary>
    public TestBehaviors TestBehaviors { get; set; } = DefaultTestBehaviors;

    /// <summary>Ids that are switched off for the whole compilation.</summary>
    public List<string> DisabledDiagnostics { get; } = [];

    /// <summary>The id that <c>[|…|]</c> stands for; needed when the analyzers have more than one.</summary>
    public string? DefaultDiagnosticId { get; set; }

    /// <summary>
    /// Changes to the solution before it is analysed. Every run makes its project anew and applies them again, so in a test of a code fix they must not add or
    /// change documents.
    /// </summary>
    public List<Func<Solution, ProjectId, Solution>> SolutionTransforms { get; } = [];

    internal ImmutableArray<DiagnosticDescriptor> Descriptors => [.. Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)];

    /// <summary>Runs the test.</summary>
    /// <exception cref="VerificationException">Something is not as stated.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var companions = CompanionAnalyzers.Where(companion => Analyzers.All(analyzer => analyzer.GetType() != companion.GetType()));
        var session = new TestSession(this, new ProjectFactory(this), new AnalyzerDriver(Analyzers, [.. companions]), cancellationToken);
        await RunAsync(session).ConfigureAwait(false);
    }

    internal virtual async Task RunAsync(TestSession session)
    {
        ExportCheck.VerifyAnalyzers(Analyzers);
        var state = StateReader.Read(TestState, Descriptors, DefaultId);
        var outcome = await session.VerifyAsync(state, "the input").ConfigureAwait(false);
        await ExtraRuns.VerifyAsync(session, state, outcome).ConfigureAwait(false);
    }

    internal virtual string DefaultId() =>
        DefaultDiagnosticId
        ?? (
            Descriptors.Select(descriptor => descriptor.Id).Distinct().ToArray() is [var only]
                ? only
                : throw new VerificationException("[|…|] needs analyzers with exactly one id, or a DefaultDiagnosticId; write {|id:…|}.")
        );

    internal bool Includes(Diagnostic compilerDiagnostic, ProjectState state) =>
        compilerDiagnostic.Severity
            >= CompilerDiagnostics switch
            {
                CompilerDiagnostics.None => (DiagnosticSeverity)int.MaxValue,
                CompilerDiagnostics.Errors => DiagnosticSeverity.Error,
                CompilerDiagnostics.Warnings => DiagnosticSeverity.Warning,
                CompilerDiagnostics.Suggestions => DiagnosticSeverity.Info,
                _ => DiagnosticSeverity.Hidden,
            }
        || (CompilerDiagnostics != CompilerDiagnostics.None && state.Expected.Any(expected => expected.Result.Id == compilerDiagnostic.Id));
}
