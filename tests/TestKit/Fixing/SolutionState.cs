using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>Reads a changed solution back to files, and compares files.</summary>
internal static class SolutionState
{
    /// <summary>The files of a project after a fix. They are parsed anew from their text afterwards, as they would be when saved and opened.</summary>
    internal static async Task<ProjectState> ReadAsync(Solution solution, ProjectId id, ProjectState before, CancellationToken cancellationToken)
    {
        var project = solution.GetProject(id) ?? throw new VerificationException("The fix removes the project.");
        return before with
        {
            Sources = await FilesAsync(project.Documents, cancellationToken).ConfigureAwait(false),
            AdditionalFiles = await FilesAsync(project.AdditionalDocuments, cancellationToken).ConfigureAwait(false),
            ConfigFiles = await FilesAsync(project.AnalyzerConfigDocuments.Where(config => config.FilePath != ProjectFactory.OptInPath), cancellationToken)
                .ConfigureAwait(false),
        };
    }

    internal static bool SameTexts(ProjectState one, ProjectState other) =>
        one.Files.Select(file => (file.Path, Text: file.Text.ToString())).SequenceEqual(other.Files.Select(file => (file.Path, Text: file.Text.ToString())));

    /// <summary>What differs, as text; null if nothing does.</summary>
    internal static string? Differences(ProjectState expected, ProjectState actual)
    {
        var text = new StringBuilder();
        Compare("source", expected.Sources, actual.Sources);
        Compare("additional file", expected.AdditionalFiles, actual.AdditionalFiles);
        Compare("configuration file", expected.ConfigFiles, actual.ConfigFiles);
        return text.Length == 0 ? null : text.ToString();

        void Compare(string kind, ImmutableArray<ProjectFile> expectedFiles, ImmutableArray<ProjectFile> actualFiles)
        {
            foreach (var path in expectedFiles.Concat(actualFiles).Select(file => file.Path).Distinct(StringComparer.Ordinal))
            {
                var name = TestPaths.Short(path);
                switch (expectedFiles.FirstOrDefault(file => file.Path == path), actualFiles.FirstOrDefault(file => file.Path == path))
                {
                    case ({ } expectedFile, { } actualFile):
                        CompareFile(text, name, expectedFile, actualFile, isSource: expectedFiles == expected.Sources);
                        break;
                    case (null, _):
                        text.Append("The ").Append(kind).Append(' ').Append(name).Append(" is not expected.\n");
                        break;
                    default:
                        text.Append("The ").Append(kind).Append(' ').Append(name).Append(" is missing.\n");
                        break;
                }
            }
        }
    }

    private static void CompareFile(StringBuilder text, string name, ProjectFile expected, ProjectFile actual, bool isSource)
    {
        if (UnifiedDiff.Of(name, expected.Text.ToString(), actual.Text.ToString()) is { } diff)
            text.Append(diff);
        if (EncodingName(expected) is var stated && EncodingName(actual) is var found && stated != found)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{name}: the encoding is {found}, expected is {stated}.\n");
        if (actual.Text.ChecksumAlgorithm != expected.Text.ChecksumAlgorithm && !(isSource && actual.Text.ChecksumAlgorithm == TextForm.AfterSyntaxEdit))
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{name}: the checksum algorithm is {actual.Text.ChecksumAlgorithm}, expected is {expected.Text.ChecksumAlgorithm}.\n"
            );
    }

    private static string EncodingName(ProjectFile file) =>
        file.Text.Encoding is { } encoding ? encoding.WebName + (encoding.GetPreamble().Length > 0 ? " with a byte order mark" : "") : "none";

    private static async Task<ImmutableArray<ProjectFile>> FilesAsync(IEnumerable<TextDocument> documents, CancellationToken cancellationToken)
    {
        var files = ImmutableArray.CreateBuilder<ProjectFile>();
        foreach (var document in documents)
        {
            var path = document.FilePath ?? TestPaths.Root(Path.Combine([.. document.Folders, document.Name]));
            files.Add(new ProjectFile(path, await document.GetTextAsync(cancellationToken).ConfigureAwait(false)));
        }

        return files.ToImmutable();
    }
}
