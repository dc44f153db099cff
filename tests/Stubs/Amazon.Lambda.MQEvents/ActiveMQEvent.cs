namespace Amazon.Lambda.MQEvents;

/// <summary>A batch of messages of an ActiveMQ broker.</summary>
public class ActiveMQEvent
{
    public string EventSource { get; set; }
    public string EventSourceArn { get; set; }
    public IList<ActiveMQMessage> Messages { get; set; }

    /// <summary>One delivery of a message; its data is base64.</summary>
    public class ActiveMQMessage
    {
        public string MessageId { get; set; }
        public string MessageType { get; set; }
        public string Data { get; set; }
        public string ConnectionId { get; set; }
        public bool? Redelivered { get; set; }
        public bool? Persistent { get; set; }
        public Destination Destination { get; set; }
        public long? Timestamp { get; set; }
        public long? BrokerInTime { get; set; }
        public long? BrokerOutTime { get; set; }
        public IDictionary<string, string> Properties { get; set; }
    }

    /// <summary>The queue.</summary>
    public class Destination
    {
        public string PhysicalName { get; set; }
    }
}
