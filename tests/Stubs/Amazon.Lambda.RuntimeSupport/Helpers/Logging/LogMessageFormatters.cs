namespace Amazon.Lambda.RuntimeSupport.Helpers.Logging;

/// <summary>Writes a log message as text.</summary>
public interface ILogMessageFormatter
{
    string FormatMessage(MessageState state);
}

/// <summary>What formatters share. A look-alike leaves a message's placeholders as they are.</summary>
public abstract class AbstractLogMessageFormatter : ILogMessageFormatter
{
    public virtual IReadOnlyList<MessageProperty> ParseProperties(string messageTemplate) => [];

    public abstract string FormatMessage(MessageState state);

    public string ApplyMessageProperties(string messageTemplate, IReadOnlyList<MessageProperty> messageProperties, object[] messageArguments) =>
        messageTemplate;

    public bool UsingPositionalArguments(IReadOnlyList<MessageProperty> messageProperties) => false;
}

/// <summary>Writes a log message as a line.</summary>
public class DefaultLogMessageFormatter(bool addPrefix) : AbstractLogMessageFormatter
{
    public bool AddPrefix { get; } = addPrefix;

    public override string FormatMessage(MessageState state) => state.MessageTemplate;
}

/// <summary>Writes a log message as JSON in reality; here as its template.</summary>
public class JsonLogMessageFormatter : AbstractLogMessageFormatter
{
    public override string FormatMessage(MessageState state) => state.MessageTemplate;
}
