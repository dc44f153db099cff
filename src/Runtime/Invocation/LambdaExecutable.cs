using AtLeastOnce.Runtime.Invocation.Executables;

namespace AtLeastOnce.Runtime;

/// <summary>
/// A function that is a program of its own: an executable assembly, a Native AOT binary, a custom runtime's <c>bootstrap</c>. Each execution environment is a process
/// that asks a Lambda Runtime API on the loopback interface for its events, as it does in Lambda.
/// </summary>
/// <remarks>
/// Its code runs in real time, so that a run with it says <see cref="EsmRun.UsedRealTime"/>. The virtual clock stands still meanwhile; what an invocation takes in virtual
/// time is said by <see cref="LambdaFunction.Takes"/>. The processes end with their host.
/// </remarks>
public sealed class LambdaExecutable
{
    private double timeoutScale = 1;
    private TimeSpan startLimit = TimeSpan.FromSeconds(30);

    /// <summary>A program.</summary>
    /// <param name="path">
    /// The file; a <c>.dll</c> is run by <c>dotnet</c>. A relative path is looked for in the folder of the test's assembly and in the current one; a bare name also on the
    /// <c>PATH</c>.
    /// </param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="FileNotFoundException">There is no such file; the message lists the places that were tried.</exception>
    /// <exception cref="InvalidHandlerException">The file cannot be executed.</exception>
    public LambdaExecutable(string path, params string[] arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(arguments);
        Path = ExecutableFile.Find(path);
        Arguments = [.. arguments];
    }

    /// <summary>The file that was found.</summary>
    public string Path { get; }

    /// <summary>The arguments.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>
    /// The function's own environment variables. The process also has those of the test, without <c>AWS_…</c>, and those that Lambda sets, with credentials that open nothing;
    /// a variable given here wins, except <c>AWS_LAMBDA_RUNTIME_API</c>.
    /// </summary>
    public IDictionary<string, string> EnvironmentVariables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the variable <c>_HANDLER</c> says; null (the default) for the template's handler, or else the file's name.</summary>
    public string? Handler { get; set; }

    /// <summary>
    /// Real seconds that the process is given for each second of the function's timeout; more than zero. Default 1. A debugger or a busy machine asks for more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero, or not finite.</exception>
    public double TimeoutScale
    {
        get => timeoutScale;
        set =>
            timeoutScale =
                value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A scale is more than zero.");
    }

    /// <summary>
    /// The real time after which a process that has not asked for an event is given up, as a function that times out; more than zero. Default 30 s. Lambda gives 10 s, and
    /// then tries once more within the function's timeout.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero, or more than a day.</exception>
    public TimeSpan StartLimit
    {
        get => startLimit;
        set =>
            startLimit =
                value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit is more than zero and at most a day.");
    }
}
