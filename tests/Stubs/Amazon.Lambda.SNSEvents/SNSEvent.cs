namespace Amazon.Lambda.SNSEvents;

/// <summary>Messages of a topic.</summary>
public class SNSEvent
{
    public IList<SNSRecord> Records { get; set; }

    /// <summary>A message attribute's type and value.</summary>
    public class MessageAttribute
    {
        public string Type { get; set; }
        public string Value { get; set; }
    }

    /// <summary>The message.</summary>
    public class SNSMessage
    {
        public string Message { get; set; }
        public IDictionary<string, MessageAttribute> MessageAttributes { get; set; }
        public string MessageId { get; set; }
        public string Signature { get; set; }
        public string SignatureVersion { get; set; }
        public string SigningCertUrl { get; set; }
        public string Subject { get; set; }
        public DateTime Timestamp { get; set; }
        public string TopicArn { get; set; }
        public string Type { get; set; }
        public string UnsubscribeUrl { get; set; }
    }

    /// <summary>One delivery of a message.</summary>
    public class SNSRecord
    {
        public string EventSource { get; set; }
        public string EventSubscriptionArn { get; set; }
        public string EventVersion { get; set; }
        public SNSMessage Sns { get; set; }
    }
}
