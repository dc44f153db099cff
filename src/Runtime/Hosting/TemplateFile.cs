namespace AtLeastOnce.Runtime.Hosting;

/// <summary>Finds the template that a test means.</summary>
internal static class TemplateFile
{
    /// <summary>The file's full path.</summary>
    /// <exception cref="FileNotFoundException">It is nowhere.</exception>
    public static string Find(string path, string? callerFolder)
    {
        List<string> tried = [];
        foreach (var folder in Folders(callerFolder).Distinct(StringComparer.Ordinal))
        {
            var file = Path.GetFullPath(Path.Combine(folder, path));
            if (File.Exists(file))
                return file;
            if (!tried.Contains(file))
                tried.Add(file);
        }

        throw new FileNotFoundException($"No template '{path}'. These places were tried:\n{string.Join("\n", tried.Select(file => $"  {file}"))}", path);
    }

    private static IEnumerable<string> Folders(string? callerFolder)
    {
        // A build may have mapped source paths away, so that the caller's folder does not exist here.
        if (!string.IsNullOrEmpty(callerFolder) && Directory.Exists(callerFolder))
        {
            foreach (var folder in UpToRepository(callerFolder))
                yield return folder;
        }

        foreach (var folder in UpToRepository(AppContext.BaseDirectory))
            yield return folder;
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
