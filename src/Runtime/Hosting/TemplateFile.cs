namespace AtLeastOnce.Runtime.Hosting;

/// <summary>Finds the template that a test means.</summary>
internal static class TemplateFile
{
    /// <summary>The file's full path.</summary>
    /// <exception cref="FileNotFoundException">It is nowhere.</exception>
    /// <param name="path">The path as the test gives it.</param>
    /// <param name="callerFile">The test's source file as its compiler knew it: a deterministic build writes <c>/_/</c> for the root of the repository.</param>
    /// <param name="testFolder">The folder that the test's assembly is in.</param>
    public static string Find(string path, string callerFile, string testFolder)
    {
        List<string> tried = [];
        foreach (var folder in Folders(callerFile, testFolder).Distinct(StringComparer.Ordinal))
        {
            var file = Path.GetFullPath(Path.Combine(folder, path));
            if (File.Exists(file))
                return file;
            if (!tried.Contains(file))
                tried.Add(file);
        }

        throw new FileNotFoundException($"No template '{path}'. These places were tried:\n{string.Join("\n", tried.Select(file => $"  {file}"))}", path);
    }

    private static IEnumerable<string> Folders(string callerFile, string testFolder)
    {
        if (CallerFolder(callerFile, testFolder) is { } callerFolder)
        {
            foreach (var folder in UpToRepository(callerFolder))
                yield return folder;
        }

        foreach (var folder in UpToRepository(testFolder))
            yield return folder;
    }

    private static string? CallerFolder(string callerFile, string testFolder)
    {
        // The folder alone tells: what was compiled from memory has no file in it.
        if (Path.GetDirectoryName(callerFile) is { Length: > 0 } folder && Directory.Exists(folder))
            return Path.GetFullPath(folder);

        // The root of a mapped path is no folder of this machine: what follows it is, somewhere above the test's assembly.
        var names = callerFile.Split('/', '\\');
        for (var start = 1; start < names.Length; start++)
        {
            var rest = Path.Combine(names[start..]);
            foreach (var above in UpToRepository(testFolder))
            {
                var file = Path.Combine(above, rest);
                if (File.Exists(file))
                    return Path.GetDirectoryName(file);
            }
        }

        return null;
    }

    private static IEnumerable<string> UpToRepository(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
            var git = Path.Combine(folder.FullName, ".git");
            if (Directory.Exists(git) || File.Exists(git))
                yield break;
        }
    }
}
