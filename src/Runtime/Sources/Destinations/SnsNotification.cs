using System.Text;
using System.Text.Json;

namespace AtLeastOnce.Runtime.Sources.Destinations;

/// <summary>A message on its way to one subscriber.</summary>
internal readonly record struct SnsDelivery(SnsMessage Message, string TopicArn, string SubscriptionArn, string Region, DateTimeOffset At);

/// <summary>Writes what SNS sends (N-1, N-2). Signatures have the right form, and verify nothing.</summary>
internal static class SnsNotification
{
    private const string Signature =
        "EXAMPLEpH+DcEwjAPg8O9mY8dReBSwksfg2S7WKQcikcNKWLQjwu6A4VbeS0QHVCkhRS7fUQvi2egU3N858fiTDN6bkkOxYDVrY0Ad8L10Hs3zH81mtnPk5uvvolIC1CXGu43obcgFxeL3khZl8IKvO61GWB6jI9b5+gLPoBc1Q=";

    /// <summary>The event of a function, with one record.</summary>
    public static string Event(SnsDelivery delivery) =>
        AwsJson.Write(json =>
        {
            json.WriteStartArray("Records");
            json.WriteStartObject();
            json.WriteString("EventSource", "aws:sns");
            json.WriteString("EventVersion", "1.0");
            json.WriteString("EventSubscriptionArn", delivery.SubscriptionArn);
            json.WriteStartObject("Sns");
            json.WriteString("Type", "Notification");
            json.WriteString("MessageId", delivery.Message.MessageId);
            json.WriteString("TopicArn", delivery.TopicArn);
            json.WriteString("Subject", delivery.Message.Subject);
            json.WriteString("Message", delivery.Message.Message);
            json.WriteString("Timestamp", AwsJson.Time(delivery.At));
            json.WriteString("SignatureVersion", "1");
            json.WriteString("Signature", Signature);
            json.WriteString("SigningCertUrl", CertificateUrl(delivery));
            json.WriteString("UnsubscribeUrl", UnsubscribeUrl(delivery));
            json.WriteStartObject("MessageAttributes");
            WriteAttributes(json, delivery.Message);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        });

    /// <summary>The envelope, as the body of a queue's message: a member a line.</summary>
    public static string Envelope(SnsDelivery delivery)
    {
        var message = delivery.Message;
        List<(string Name, string? Value)> members =
        [
            ("Type", "Notification"),
            ("MessageId", message.MessageId),
            ("TopicArn", delivery.TopicArn),
            ("Subject", message.Subject),
            ("Message", message.Message),
            ("Timestamp", AwsJson.Time(delivery.At)),
            ("SignatureVersion", "1"),
            ("Signature", Signature),
            ("SigningCertURL", CertificateUrl(delivery)),
            ("UnsubscribeURL", UnsubscribeUrl(delivery)),
        ];
        var text = new StringBuilder("{\n");
        text.AppendJoin(",\n", members.Where(member => member.Value is not null).Select(member => $"  \"{member.Name}\" : {Quoted(member.Value!)}"));
        if (message.Attributes.Count > 0)
        {
            text.Append(",\n  \"MessageAttributes\" : {\n");
            text.AppendJoin(",\n", Ordered(message).Select(attribute => $"    {Quoted(attribute.Key)} : {Attribute(attribute.Value)}"));
            text.Append("\n  }");
        }

        return text.Append("\n}").ToString();
    }

    private static IEnumerable<KeyValuePair<string, SqsAttributeValue>> Ordered(SnsMessage message) =>
        message.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal);

    private static void WriteAttributes(Utf8JsonWriter json, SnsMessage message)
    {
        foreach (var (name, value) in Ordered(message))
        {
            json.WriteStartObject(name);
            json.WriteString("Type", value.DataType);
            json.WriteString("Value", Text(value));
            json.WriteEndObject();
        }
    }

    private static string Attribute(SqsAttributeValue value) => $$"""{"Type":{{Quoted(value.DataType)}},"Value":{{Quoted(Text(value))}}}""";

    private static string Text(SqsAttributeValue value) => value.BinaryValue is { } binary ? Convert.ToBase64String(binary.Span) : value.StringValue!;

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string CertificateUrl(SnsDelivery delivery) =>
        $"https://sns.{delivery.Region}.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem";

    private static string UnsubscribeUrl(SnsDelivery delivery) =>
        $"https://sns.{delivery.Region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={delivery.SubscriptionArn}";
}
