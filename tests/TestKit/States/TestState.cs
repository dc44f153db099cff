using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>Whether marks are read.</summary>
public enum MarkupMode
{
    /// <summary>Marks are read in every file that was not added verbatim.</summary>
    Allow,

    /// <summary>Nothing is a mark.</summary>
    None,
}

/// <summary>A project as a test states it: its files, and the diagnostics expected in it.</summary>
public sealed class TestState
{
    /// <summary>The C# files.</summary>
    public TestFileCollection Sources { get; } = new(TestPaths.DefaultSource);

    /// <summary>The additional files, such as templates.</summary>
    public TestFileCollection AdditionalFiles { get; } = new();

    /// <summary>The <c>.editorconfig</c> and <c>.globalconfig</c> files.</summary>
    public TestFileCollection AnalyzerConfigFiles { get; } = new();

    /// <summary>References beside those of the test's <see cref="AnalyzerTest.ReferenceAssemblies"/>.</summary>
    public List<MetadataReference> AdditionalReferences { get; } = [];

    /// <summary>The diagnostics that are expected beside the marked ones.</summary>
    public List<DiagnosticResult> ExpectedDiagnostics { get; } = [];

    /// <summary>Whether marks are read in this state.</summary>
    public MarkupMode MarkupHandling { get; set; }

    internal bool IsEmpty => Sources.Count + AdditionalFiles.Count + AnalyzerConfigFiles.Count + ExpectedDiagnostics.Count == 0;
}
