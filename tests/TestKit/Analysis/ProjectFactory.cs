using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.TestKit;

/// <summary>Makes a workspace project of a stated one.</summary>
internal sealed class ProjectFactory(AnalyzerTest test)
{
    internal const string OptInPath = TestPaths.Folder + "rules-off-by-default.globalconfig";

    internal Project Create(ProjectState state, bool loadReferencesAnew = false)
    {
        var references = loadReferencesAnew ? test.ReferenceAssemblies.ResolveAnew() : test.ReferenceAssemblies.Resolve();
        var id = ProjectId.CreateNewId(test.AssemblyName);
        var solution = new AdhocWorkspace().CurrentSolution.AddProject(
            ProjectInfo.Create(
                id,
                VersionStamp.Default,
                test.AssemblyName,
                test.AssemblyName,
                LanguageNames.CSharp,
                filePath: TestPaths.Root(test.AssemblyName + ".csproj"),
                compilationOptions: CompilationOptions(),
                parseOptions: new CSharpParseOptions(test.LanguageVersion, DocumentationMode.Diagnose),
                metadataReferences: [.. references, .. state.AdditionalReferences]
            )
        );

        foreach (var file in state.Sources)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), Name(file), file.Text, filePath: file.Path);
        foreach (var file in state.AdditionalFiles)
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), Name(file), file.Text, filePath: file.Path);
        foreach (var file in state.ConfigFiles.Concat(OptIn()))
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), Name(file), file.Text, filePath: file.Path);
        foreach (var transform in test.SolutionTransforms)
            solution = transform(solution, id);

        return solution.GetProject(id)!;
    }

    private CSharpCompilationOptions CompilationOptions() =>
        new CSharpCompilationOptions(test.OutputKind, allowUnsafe: true, nullableContextOptions: test.NullableContextOptions).WithSpecificDiagnosticOptions(
            test.DisabledDiagnostics.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))
        );

    /// <summary>
    /// Rules that are off by default are tested as if a user had switched them on, by a global configuration that gives way to any other.
    /// (The options of the compilation do not do it: beside the tree options of a workspace they leave such a rule off.)
    /// </summary>
    private IEnumerable<ProjectFile> OptIn()
    {
        var config = AnalyzerConfig.Global(OptInPath).Option("global_level", "-1000");
        var off = test.Descriptors.Where(descriptor => !descriptor.IsEnabledByDefault).DistinctBy(descriptor => descriptor.Id).ToArray();
        foreach (var descriptor in off)
            config.Severity(descriptor.Id, Report(descriptor.DefaultSeverity));
        return off.Length == 0 ? [] : [new ProjectFile(OptInPath, TextForm.Default.Apply(config.ToString()))];
    }

    private static string Name(ProjectFile file) => Path.GetFileName(file.Path);

    private static ReportDiagnostic Report(DiagnosticSeverity severity) =>
        severity switch
        {
            DiagnosticSeverity.Error => ReportDiagnostic.Error,
            DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
            DiagnosticSeverity.Info => ReportDiagnostic.Info,
            _ => ReportDiagnostic.Hidden,
        };
}
