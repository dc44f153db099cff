namespace AtLeastOnce.Stubs.Tests.Api;

/// <summary>The listings read off the real assemblies, which lie beside the checkout where they are at hand.</summary>
internal static class SharedListings
{
    internal const string WhyAbsent = "The listings of the real assemblies (shared/aws-api beside the checkout) are not here.";

    private static readonly string? Folder = FolderAbove(Path.Combine("shared", "aws-api"));

    internal static bool AreHere => Folder is not null;

    /// <summary>The text of a listing; asked for only where <see cref="AreHere"/>.</summary>
    internal static string Read(string name) => File.ReadAllText(Path.Combine(Folder!, name + ".txt"));

    /// <summary>The nearest folder of that name beside or above the tests.</summary>
    internal static string? FolderAbove(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, relative);
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
