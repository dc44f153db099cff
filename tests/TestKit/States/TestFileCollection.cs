using System.Collections;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit;

/// <summary>A file of a test as it was given.</summary>
/// <param name="Path">Its path; a relative one lies under <c>/0/</c>.</param>
/// <param name="Text">Its text, with marks unless <paramref name="IsVerbatim"/>.</param>
/// <param name="IsVerbatim">The text is taken as it is: it holds no marks.</param>
/// <param name="Form">Encoding and checksum algorithm if they were stated: then they are also compared in the fixed state.</param>
internal sealed record TestFile(string Path, string Text, bool IsVerbatim, TextForm? Form);

/// <summary>
/// Files of one kind. Marks are read in all of them; in a template or a configuration file <c>[|</c> and <c>{|id:</c> open a mark just as in C#.
/// A text that needs those pairs for itself is added with <see cref="AddVerbatim(string, string)"/> and its diagnostics are stated with <c>WithSpan</c>.
/// </summary>
public sealed class TestFileCollection : IEnumerable
{
    private readonly List<TestFile> _files = [];
    private readonly Func<int, string>? _defaultPath;

    internal TestFileCollection(Func<int, string>? defaultPath = null) => _defaultPath = defaultPath;

    /// <summary>How many files there are.</summary>
    public int Count => _files.Count;

    internal IReadOnlyList<TestFile> Files => _files;

    /// <summary>Adds a source under the next default path, <c>/0/Test0.cs</c> and so on.</summary>
    /// <exception cref="InvalidOperationException">This kind of file has no default path.</exception>
    public void Add(string content) =>
        Add(
            (_defaultPath ?? throw new InvalidOperationException("Additional and configuration files need a path: Add((path, content))."))(_files.Count),
            content
        );

    /// <summary>Adds a file with marks, in UTF-8 without a byte order mark.</summary>
    public void Add(string path, string content) => _files.Add(new(TestPaths.Root(path), content, IsVerbatim: false, Form: null));

    /// <summary>Adds a file with marks, in the encoding and with the checksum algorithm of <paramref name="content"/>.</summary>
    public void Add(string path, SourceText content) => _files.Add(new(TestPaths.Root(path), content.ToString(), IsVerbatim: false, TextForm.Of(content)));

    /// <inheritdoc cref="Add(string, string)"/>
    public void Add((string Path, string Content) file) => Add(file.Path, file.Content);

    /// <inheritdoc cref="Add(string, SourceText)"/>
    public void Add((string Path, SourceText Content) file) => Add(file.Path, file.Content);

    /// <summary>Adds a configuration file.</summary>
    public void Add(AnalyzerConfig config) => AddVerbatim(config.Path, config.ToString());

    /// <summary>Adds a file in which nothing is a mark.</summary>
    public void AddVerbatim(string path, string content) => _files.Add(new(TestPaths.Root(path), content, IsVerbatim: true, Form: null));

    /// <summary>Adds a file in which nothing is a mark, in the encoding and with the checksum algorithm of <paramref name="content"/>.</summary>
    public void AddVerbatim(string path, SourceText content) =>
        _files.Add(new(TestPaths.Root(path), content.ToString(), IsVerbatim: true, TextForm.Of(content)));

    /// <inheritdoc/>
    public IEnumerator GetEnumerator() => _files.Select(file => (file.Path, file.Text)).GetEnumerator();

    internal void SetFirst(string content)
    {
        var file = new TestFile(_defaultPath!(0), content, IsVerbatim: false, Form: null);
        if (_files.Count == 0)
            _files.Add(file);
        else
            _files[0] = file;
    }
}
