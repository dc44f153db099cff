using System.Text;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>
/// Writes a configuration file. <see cref="Global"/> is what MSBuild and a user's <c>.globalconfig</c> give the compiler: properties, item metadata,
/// severities for all
/// files (also for diagnostics that lie in a template). <see cref="Editor"/> is an <c>.editorconfig</c>, which only reaches C# files.
/// </summary>
public sealed class AnalyzerConfig
{
    private readonly StringBuilder _text = new();
    private string _section = "";

    private AnalyzerConfig(string path, string head)
    {
        Path = path;
        _text.Append(head).Append('\n');
    }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>A global configuration.</summary>
    public static AnalyzerConfig Global(string path = ".globalconfig") => new(path, "is_global = true");

    /// <summary>An editor configuration that begins with a section for all files.</summary>
    public static AnalyzerConfig Editor(string path = ".editorconfig") => new AnalyzerConfig(path, "root = true").Section("*");

    /// <summary>Begins a section; in a global configuration it is the absolute path of a file, in an editor configuration a pattern.</summary>
    public AnalyzerConfig Section(string pattern)
    {
        if (_section != pattern)
            _text.Append('[').Append(pattern).Append("]\n");
        _section = pattern;
        return this;
    }

    /// <summary>Adds a line to the current section.</summary>
    public AnalyzerConfig Option(string key, string value)
    {
        _text.Append(key).Append(" = ").Append(value).Append('\n');
        return this;
    }

    /// <summary>A property of the build, as <c>CompilerVisibleProperty</c> hands it on. Must come before any <see cref="Metadata"/>.</summary>
    public AnalyzerConfig Property(string name, string value) => Option("build_property." + name, value);

    /// <summary>Metadata of one additional file, as <c>CompilerVisibleItemMetadata</c> hands it on.</summary>
    public AnalyzerConfig Metadata(string additionalFile, string name, string value) =>
        Section(TestPaths.Root(additionalFile)).Option("build_metadata.AdditionalFiles." + name, value);

    /// <summary>The severity of a rule in the current section.</summary>
    public AnalyzerConfig Severity(string id, ReportDiagnostic severity) =>
        Option(
            $"dotnet_diagnostic.{id}.severity",
            severity switch
            {
                ReportDiagnostic.Error => "error",
                ReportDiagnostic.Warn => "warning",
                ReportDiagnostic.Info => "suggestion",
                ReportDiagnostic.Hidden => "silent",
                ReportDiagnostic.Suppress => "none",
                _ => "default",
            }
        );

    /// <summary>The text of the file.</summary>
    public override string ToString() => _text.ToString();
}
