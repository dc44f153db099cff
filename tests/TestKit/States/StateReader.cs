using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>Reads the marks of a stated project and resolves the expected diagnostics to places.</summary>
internal sealed class StateReader
{
    private readonly ProjectState? _formsOf;
    private readonly Dictionary<int, Place> _marks = [];
    private readonly List<(string Id, Place Place)> _marked = [];
    private readonly Func<string> _defaultId;

    private StateReader(Func<string> defaultId, ProjectState? formsOf)
    {
        _defaultId = defaultId;
        _formsOf = formsOf;
    }

    /// <summary>Reads a state.</summary>
    /// <param name="state">The stated project.</param>
    /// <param name="descriptors">The descriptors whose default severities hold where a test states none.</param>
    /// <param name="defaultId">The id of <c>[|…|]</c>; asked only if that mark occurs.</param>
    /// <exception cref="VerificationException">The stated project contradicts itself.</exception>
    internal static ProjectState Read(TestState state, IReadOnlyCollection<DiagnosticDescriptor> descriptors, Func<string> defaultId) =>
        new StateReader(defaultId, formsOf: null).Read(state, inherited: null, descriptors, isGone: static _ => false);

    /// <summary>Reads the state after fixes, which takes from the input what it does not state itself.</summary>
    /// <param name="state">The state after fixes.</param>
    /// <param name="input">The state before.</param>
    /// <param name="descriptors">The descriptors whose default severities hold where a test states none.</param>
    /// <param name="defaultId">The id of <c>[|…|]</c>.</param>
    /// <param name="isFixable">Whether a diagnostic of the input is gone in the fixed state.</param>
    /// <param name="formsOf">The files that lend encoding and checksum algorithm to those of the same path.</param>
    /// <exception cref="VerificationException">The stated project contradicts itself.</exception>
    internal static ProjectState ReadFixed(
        TestState state,
        TestState input,
        IReadOnlyCollection<DiagnosticDescriptor> descriptors,
        Func<string> defaultId,
        Func<string, bool> isFixable,
        ProjectState formsOf
    ) => state.IsEmpty ? formsOf : new StateReader(defaultId, formsOf).Read(state, input, descriptors, isFixable);

    private ProjectState Read(TestState state, TestState? inherited, IReadOnlyCollection<DiagnosticDescriptor> descriptors, Func<string, bool> isGone)
    {
        var sources = Files(of => of.Sources);
        var additional = Files(of => of.AdditionalFiles);
        var config = Files(of => of.AnalyzerConfigFiles);
        VerifyDistinct(sources.Concat(additional).Concat(config));

        var stated =
            inherited is null || state.ExpectedDiagnostics.Count > 0
                ? state.ExpectedDiagnostics
                : inherited.ExpectedDiagnostics.Where(result => !isGone(result.Id));
        var results = _marked
            .Select(marked => (Result: Marked(marked.Id), Places: ImmutableArray.Create(marked.Place)))
            .Concat(stated.Select(result => (Result: result, Places: result.Locations.Select(location => Resolve(location, sources)).ToImmutableArray())));
        return new ProjectState(
            sources,
            additional,
            config,
            [.. (inherited ?? state).AdditionalReferences],
            [.. results.Select(expected => new ExpectedDiagnostic(expected.Result, Severity(expected.Result, descriptors), expected.Places))]
        );

        ImmutableArray<ProjectFile> Files(Func<TestState, TestFileCollection> of) =>
            inherited is null || of(state).Count > 0
                ? ReadFiles(of(state), state.MarkupHandling, static _ => false)
                : ReadFiles(of(inherited), inherited.MarkupHandling, isGone);
    }

    private static void VerifyDistinct(IEnumerable<ProjectFile> files)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!paths.Add(file.Path))
                throw new VerificationException($"The file {TestPaths.Short(file.Path)} is stated twice.");
        }
    }

    private static DiagnosticResult Marked(string id) =>
        DiagnosticText.IsCompilerId(id)
            ? new DiagnosticResult(id).IgnoringAdditionalLocations().IgnoringSeverity()
            : new DiagnosticResult(id).IgnoringAdditionalLocations();

    private static DiagnosticSeverity? Severity(DiagnosticResult result, IReadOnlyCollection<DiagnosticDescriptor> descriptors) =>
        result.IgnoresSeverity ? null : result.Severity ?? descriptors.FirstOrDefault(descriptor => descriptor.Id == result.Id)?.DefaultSeverity;

    private ImmutableArray<ProjectFile> ReadFiles(TestFileCollection files, MarkupMode markupMode, Func<string, bool> isGone)
    {
        var read = ImmutableArray.CreateBuilder<ProjectFile>(files.Count);
        foreach (var file in files.Files)
        {
            var form = file.Form ?? FormOf(file.Path) ?? TextForm.Default;
            var markup = file.IsVerbatim || markupMode == MarkupMode.None ? new MarkupText(file.Text, []) : MarkupText.Parse(file.Path, file.Text);
            var text = form.Apply(markup.Text);
            foreach (var span in markup.Spans)
                AddMark(span, Place.Of(file.Path, text, span.Span), isGone);
            read.Add(new ProjectFile(file.Path, text));
        }

        return read.ToImmutable();
    }

    private void AddMark(MarkedSpan span, Place place, Func<string, bool> isGone)
    {
        if (span.Key is { } key)
        {
            if (!_marks.TryAdd(key, place))
                throw new VerificationException($"The mark {{|#{key}:…|}} occurs twice.");
            return;
        }

        var id = span.Name.Length == 0 ? _defaultId() : span.Name;
        if (!isGone(id))
            _marked.Add((id, place));
    }

    private TextForm? FormOf(string path) => _formsOf?.Files.FirstOrDefault(file => file.Path == path) is { } file ? TextForm.Of(file.Text) : null;

    private Place Resolve(ExpectedLocation location, ImmutableArray<ProjectFile> sources)
    {
        if (location.MarkupKey is { } key)
        {
            return _marks.TryGetValue(key, out var place)
                ? place
                : throw new VerificationException($"No file holds the mark {{|#{key}:…|}} that an expected diagnostic names.");
        }

        var path = location.Path is null ? sources.FirstOrDefault()?.Path ?? TestPaths.DefaultSource(0) : TestPaths.Root(location.Path);
        return new Place(path, location.Start, location.End);
    }
}
