namespace Amazon.Lambda.RuntimeSupport.Helpers;

/// <summary>Writes what a function logs.</summary>
public interface IConsoleLoggerWriter
{
    void SetRuntimeHeaders(IRuntimeApiHeaders runtimeApiHeaders);
    void FormattedWriteLine(string message);
    void FormattedWriteLine(string level, string message, params object[] args);
    void FormattedWriteLine(string level, Exception exception, string message, params object[] args);
}

/// <summary>Writes to the console, errors too.</summary>
public class LogLevelLoggerWriter : IConsoleLoggerWriter
{
    private readonly TextWriter _output;

    public LogLevelLoggerWriter(IEnvironmentVariables environmentVariables)
        : this(Console.Out, Console.Error) { }

    public LogLevelLoggerWriter(TextWriter stdOutWriter, TextWriter stdErrorWriter) => _output = stdOutWriter;

    /// <summary>How serious a log message is.</summary>
    public enum LogLevel
    {
        Trace = 0,
        Debug = 1,
        Information = 2,
        Warning = 3,
        Error = 4,
        Critical = 5,
    }

    public void SetRuntimeHeaders(IRuntimeApiHeaders runtimeApiHeaders) { }

    public void FormattedWriteLine(string message) => _output.WriteLine(message);

    public void FormattedWriteLine(string level, string message, params object[] args) => _output.WriteLine($"{level}: {message}");

    public void FormattedWriteLine(string level, Exception exception, string message, params object[] args)
    {
        FormattedWriteLine(level, message, args);
        _output.WriteLine(exception);
    }
}

/// <summary>Opens the log pipe that Lambda gives a function. There is none here.</summary>
public static class FileDescriptorLogFactory
{
    public static StreamWriter GetWriter(IEnvironmentVariables environmentVariables, string fileDescriptorId) =>
        throw new NotSupportedException("A look-alike of Amazon.Lambda.RuntimeSupport has no log pipe.");
}

/// <summary>Waits for a debugger when Lambda's tools ask for it; they do not here.</summary>
public class RuntimeSupportDebugAttacher
{
    public Task TryAttachDebugger() => Task.CompletedTask;
}
