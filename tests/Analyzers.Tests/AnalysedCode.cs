namespace AtLeastOnce.Analyzers.Tests;

/// <summary>C# files of this project that are analysed by tests, not compiled into them.</summary>
internal static class AnalysedCode
{
    /// <summary>The files of a folder, by name.</summary>
    public static IReadOnlyList<(string Name, string Text)> In(string folder) =>
        [
            .. typeof(AnalysedCode)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => (name[(folder.Length + 1)..], Read(name))),
        ];

    /// <summary>A file, by its name in the assembly.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(AnalysedCode).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
