namespace AtLeastOnce.TestKit;

/// <summary>Every file of a test lies under <c>/0/</c>, so that configuration sections and locations can name it by an absolute path.</summary>
internal static class TestPaths
{
    internal const string Folder = "/0/";

    internal static string Root(string path) => Path.IsPathRooted(path) ? path : Folder + path;

    /// <summary>The path as a test would write it.</summary>
    internal static string Short(string path) => path.StartsWith(Folder, StringComparison.Ordinal) ? path[Folder.Length..] : path;

    internal static string DefaultSource(int index) => FormattableString.Invariant($"{Folder}Test{index}.cs");
}
