using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AtLeastOnce.Runtime.Invocation.Executables;

/// <summary>Finds what is to be run, and how.</summary>
internal static class ExecutableFile
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The full path of an executable.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidHandlerException">It cannot be executed.</exception>
    public static string Find(string path)
    {
        string[] tried = [.. Places(path).Distinct()];
        var found = Array.Find(tried, File.Exists);
        if (found is null)
        {
            throw new FileNotFoundException(
                $"The executable '{path}' was not found. Is it built before the tests run? Tried:{string.Concat(tried.Select(place => $"\n  {place}"))}",
                path
            );
        }

        if (!IsLibrary(found) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(found) & AnyExecute) == 0)
        {
            throw new InvalidHandlerException(
                $"'{found}' cannot be executed: its file mode has no execute permission. Set it with chmod +x, or name the program that runs it and pass the file as an argument."
            );
        }

        return found;
    }

    /// <summary>How to start it; output is redirected.</summary>
    public static ProcessStartInfo StartInfo(LambdaExecutable executable)
    {
        var isLibrary = IsLibrary(executable.Path);
        var info = new ProcessStartInfo(isLibrary ? DotNet() : executable.Path)
        {
            WorkingDirectory = Path.GetDirectoryName(executable.Path),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (isLibrary)
            info.ArgumentList.Add(executable.Path);
        foreach (var argument in executable.Arguments)
            info.ArgumentList.Add(argument);
        return info;
    }

    private static bool IsLibrary(string path) => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Places(string path)
    {
        if (Path.IsPathFullyQualified(path))
            return [path];
        var places = new[] { AppContext.BaseDirectory, Environment.CurrentDirectory }.Select(folder => Path.GetFullPath(path, folder));
        if (Path.GetFileName(path) == path)
            places = places.Concat(
                (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).SelectMany(InFolder)
            );
        return places;

        IEnumerable<string> InFolder(string folder)
        {
            var place = Path.Combine(folder, path);
            return OperatingSystem.IsWindows() && !Path.HasExtension(path) ? [place + ".exe", place] : [place];
        }
    }

    // The host of the running framework, which lies three folders above the framework's own; else the one on the PATH.
    private static string DotNet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(host) ? host : name;
    }
}
