using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.TestUtilities;

/// <summary>Keeps what is logged in <see cref="Buffer"/>, and writes it to the console.</summary>
public class TestLambdaLogger : ILambdaLogger
{
    public StringBuilder Buffer { get; } = new();

    public void Log(string message)
    {
        Buffer.Append(message);
        Console.Write(message);
    }

    public void LogLine(string message)
    {
        Buffer.AppendLine(message);
        Console.WriteLine(message);
    }

    public void Log(string level, string message) => LogLine($"{level}: {message}");

    public void Log(string level, string message, params object[] args) => LogLine(Entry(level, message, args).ToString());

    public void Log(string level, Exception exception, string message, params object[] args)
    {
        var entry = Entry(level, message, args);
        if (exception is not null)
            entry.AppendLine().AppendLine(exception.ToString());
        LogLine(entry.ToString());
    }

    private static StringBuilder Entry(string level, string message, object[] args)
    {
        var entry = new StringBuilder($"{level}: {message}");
        if (args is { Length: > 0 })
        {
            entry.AppendLine();
            foreach (var argument in args)
                entry.Append('\t').Append(argument).AppendLine();
        }

        return entry;
    }
}
