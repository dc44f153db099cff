namespace AtLeastOnce.Demo;

/// <summary>Where the sources of samples are.</summary>
public static class SampleFolder
{
    /// <summary>The folder of a sample: the sources lie beside the build's output, wherever the command was started from.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is none above the build's output.</exception>
    public static string Of(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var sample = Path.Combine(folder.FullName, "samples", name);
            if (Directory.Exists(sample))
                return sample;
        }

        throw new DirectoryNotFoundException($"There is no folder samples/{name} above {AppContext.BaseDirectory}.");
    }
}
