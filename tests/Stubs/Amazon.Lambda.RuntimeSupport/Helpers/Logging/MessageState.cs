namespace Amazon.Lambda.RuntimeSupport.Helpers.Logging;

/// <summary>A log message and what is known about it.</summary>
public class MessageState
{
    public DateTime TimeStamp { get; set; }
    public string AwsRequestId { get; set; }
    public string TenantId { get; set; }
    public string TraceId { get; set; }
    public string MessageTemplate { get; set; }
    public object[] MessageArguments { get; set; }
    public LogLevelLoggerWriter.LogLevel? Level { get; set; }
    public Exception Exception { get; set; }
}

/// <summary>A placeholder of a log message.</summary>
public class MessageProperty(ReadOnlySpan<char> messageToken)
{
    public string MessageToken { get; private set; } = messageToken.ToString();
    public string Name { get; private set; } = messageToken.Trim("{}@").ToString();
    public string FormatArgument { get; private set; }
    public Directive FormatDirective { get; private set; }

    /// <summary>How a value is written.</summary>
    public enum Directive
    {
        Default,
        JsonSerialization,
    }

    public string FormatForMessage(object value) => ApplyFormatArgument(value, FormatArgument);

    public static string ApplyFormatArgument(object value, string formatArgument) =>
        value is IFormattable formattable ? formattable.ToString(formatArgument, System.Globalization.CultureInfo.InvariantCulture) : value?.ToString();

    public static string FormatByteArray(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);
}
