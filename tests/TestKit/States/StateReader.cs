using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>Reads the marks of a stated project and resolves the expected diagnostics to places.</summary>
internal sealed class StateReader
{
    private readonly MarkupMode _markup;
    private readonly ProjectState? _formsOf;
    private readonly Dictionary<int, Place> _marks = [];
    private readonly List<(string? Id, Place Place)> _marked = [];

    private StateReader(MarkupMode markup, ProjectState? formsOf)
    {
        _markup = markup;
        _formsOf = formsOf;
    }

    /// <summary>Reads a state.</summary>
    /// <param name="state">The stated project.</param>
    /// <param name="descriptors">The descriptors whose default severities hold where a test states none.</param>
    /// <param name="defaultId">The id of <c>[|…|]</c>; asked only if that mark occurs.</param>
    /// <param name="formsOf">The state whose files lend encoding and checksum algorithm to files of the same path, or null.</param>
    /// <exception cref="VerificationException">The stated project contradicts itself.</exception>
    internal static ProjectState Read(TestState state, IReadOnlyCollection<DiagnosticDescriptor> descriptors, Func<string> defaultId, ProjectState? formsOf = null)
    {
        var reader = new StateReader(state.MarkupHandling, formsOf);
        var sources = reader.Files(state.Sources);
        var additional = reader.Files(state.AdditionalFiles);
        var config = reader.Files(state.AnalyzerConfigFiles);

        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in sources.Concat(additional).Concat(config))
        {
            if (!paths.Add(file.Path))
                throw new VerificationException($"The file {TestPaths.Short(file.Path)} is stated twice.");
        }

        var results = reader._marked
            .Select(marked => (Result: Marked(marked.Id ?? defaultId()), Places: ImmutableArray.Create(marked.Place)))
            .Concat(state.ExpectedDiagnostics.Select(result => (Result: result, Places: result.Locations.Select(location => reader.Resolve(location, sources)).ToImmutableArray())));
        return new ProjectState(sources, additional, config, [.. state.AdditionalReferences],
            [.. results.Select(expected => new ExpectedDiagnostic(expected.Result, Severity(expected.Result, descriptors), expected.Places))]);
    }

    private static DiagnosticResult Marked(string id)
        => DiagnosticText.IsCompilerId(id) ? new DiagnosticResult(id).IgnoringAdditionalLocations().IgnoringSeverity() : new DiagnosticResult(id).IgnoringAdditionalLocations();

    private static DiagnosticSeverity? Severity(DiagnosticResult result, IReadOnlyCollection<DiagnosticDescriptor> descriptors)
        => result.IgnoresSeverity ? null : result.Severity ?? descriptors.FirstOrDefault(descriptor => descriptor.Id == result.Id)?.DefaultSeverity;

    private ImmutableArray<ProjectFile> Files(TestFileCollection files)
    {
        var read = ImmutableArray.CreateBuilder<ProjectFile>(files.Count);
        foreach (var file in files.Files)
        {
            var form = file.Form ?? FormOf(file.Path) ?? TextForm.Default;
            var markup = file.IsVerbatim || _markup == MarkupMode.None ? new MarkupText(file.Text, []) : MarkupText.Parse(file.Path, file.Text);
            var text = form.Apply(markup.Text);
            foreach (var span in markup.Spans)
            {
                var place = Place.Of(file.Path, text, span.Span);
                if (span.Key is not { } key)
                    _marked.Add((span.Name.Length == 0 ? null : span.Name, place));
                else if (!_marks.TryAdd(key, place))
                    throw new VerificationException($"The mark {{|#{key}:…|}} occurs twice.");
            }

            read.Add(new ProjectFile(file.Path, text));
        }

        return read.ToImmutable();
    }

    private TextForm? FormOf(string path) => _formsOf?.Files.FirstOrDefault(file => file.Path == path) is { } file ? TextForm.Of(file.Text) : null;

    private Place Resolve(ExpectedLocation location, ImmutableArray<ProjectFile> sources)
    {
        if (location.MarkupKey is { } key)
        {
            return _marks.TryGetValue(key, out var place) ? place
                : throw new VerificationException($"No file holds the mark {{|#{key}:…|}} that an expected diagnostic names.");
        }

        var path = location.Path is null ? sources.FirstOrDefault()?.Path ?? TestPaths.DefaultSource(0) : TestPaths.Root(location.Path);
        return new Place(path, location.Start, location.End);
    }
}
