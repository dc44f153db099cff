using System.Reflection;

namespace AtLeastOnce.Docs.Tests.Repository;

/// <summary>The files of the repository that the tests are built from, without what builds and tools leave behind.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] Left = ["bin", "obj", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>The root folder.</summary>
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>What every help link starts with, as the build says it.</summary>
    public static string HelpLinkBase { get; } = Metadata("RuleHelpLinkBase");

    /// <summary>The full path of a file.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The text of a file; null where there is none.</summary>
    public static string? TextOf(string relative) => File.Exists(PathOf(relative)) ? File.ReadAllText(PathOf(relative)) : null;

    /// <summary>The files of a kind, as paths from the root with <c>/</c>, in order.</summary>
    /// <param name="extension">With its dot.</param>
    /// <param name="folder">The folder to look in; empty for the root.</param>
    public static IReadOnlyList<string> All(string extension, string folder = "") =>
        !Directory.Exists(PathOf(folder))
            ? []
            :
            [
                .. Below(new(PathOf(folder)))
                    .Where(file => file.Extension == extension)
                    .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
                    .Order(StringComparer.Ordinal),
            ];

    private static IEnumerable<FileInfo> Below(DirectoryInfo folder) =>
        folder
            .EnumerateFiles()
            .Concat(folder.EnumerateDirectories().Where(inner => !inner.Name.StartsWith('.') && !Left.Contains(inner.Name)).SelectMany(Below));

    private static string Metadata(string key) =>
        typeof(RepositoryFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
