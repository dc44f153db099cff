namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>An event could not be read, or a response not written.</summary>
public class JsonSerializerException : Exception
{
    public JsonSerializerException(string message)
        : base(message) { }

    public JsonSerializerException(string message, Exception exception)
        : base(message, exception) { }
}

internal static class SerializerFailure
{
    internal static JsonSerializerException Writing<T>(Exception cause) =>
        new($"Error converting the response object of type {typeof(T).FullName} from the Lambda function to JSON: {cause.Message}", cause);

    internal static JsonSerializerException Reading<T>(Exception cause) =>
        new($"Error converting the Lambda event JSON payload to type {typeof(T).FullName}: {cause.Message}", cause);
}
