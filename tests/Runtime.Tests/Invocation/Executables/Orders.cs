namespace AtLeastOnce.Runtime.Tests.Invocation.Executables;

/// <summary>The function of tests/Runtime.Executable, with limits of real time that a busy machine keeps, and the journal that it writes.</summary>
internal sealed class Orders : IDisposable
{
    private readonly string journal = Path.GetTempFileName();

    public Orders(params string[] arguments)
    {
        Executable = new("AtLeastOnce.Runtime.Executable.dll", arguments) { TimeoutScale = 40, StartLimit = TimeSpan.FromMinutes(2) };
        Executable.EnvironmentVariables["JOURNAL"] = journal;
    }

    public LambdaExecutable Executable { get; }

    public string[] Journal => File.ReadAllLines(journal);

    /// <summary>The process that wrote the last line.</summary>
    public int ProcessId => ProcessIn(Journal[^1]);

    public void Dispose() => File.Delete(journal);

    /// <summary>The process that a line of the journal tells of.</summary>
    public static int ProcessIn(string line) => int.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the process is gone; nothing but its end is waited for.</summary>
    public static bool IsGone(int processId)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(processId);
            return process.WaitForExit(TimeSpan.FromMinutes(1));
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
