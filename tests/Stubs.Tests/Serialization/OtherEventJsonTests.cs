using System.Text;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Lambda.KafkaEvents;
using Amazon.Lambda.MQEvents;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SNSEvents;

namespace AtLeastOnce.Stubs.Tests.Serialization;

/// <summary>The events of the other sources land in their members (E-30, E-33, E-34).</summary>
public class OtherEventJsonTests
{
    private static readonly DefaultLambdaJsonSerializer Serializer = new();

    [Fact]
    public void A_kafka_event_is_read()
    {
        var kafkaEvent = Serializer.Read<KafkaEvent>(
            """
            {"eventSource":"aws:kafka","eventSourceArn":"arn:k","bootstrapServers":"b-1:9092","records":{"topic-0":[{"topic":"topic","partition":0,"offset":15,
            "timestamp":1545084650987,"timestampType":"CREATE_TIME","key":"aw==","value":"dg==","headers":[{"headerKey":[104,-1]}]}]}}
            """
        );

        Assert.Equal(("aws:kafka", "arn:k", "b-1:9092"), (kafkaEvent.EventSource, kafkaEvent.EventSourceArn, kafkaEvent.BootstrapServers));
        var record = Assert.Single(kafkaEvent.Records["topic-0"]);
        Assert.Equal(("topic", 0, 15L), (record.Topic, record.Partition, record.Offset));
        Assert.Equal((1545084650987L, "CREATE_TIME"), (record.Timestamp, record.TimestampType));
        Assert.Equal(("aw==", "v"), (record.Key, Encoding.UTF8.GetString(record.Value.ToArray())));
        Assert.Equal([104, -1], Assert.Single(record.Headers)["headerKey"].Select(part => (int)part));
    }

    [Fact]
    public void The_events_of_both_brokers_are_read()
    {
        var active = Serializer.Read<ActiveMQEvent>(
            """
            {"eventSource":"aws:mq","eventSourceArn":"arn:a","messages":[{"messageID":"ID:1","messageType":"jms/text-message","redelivered":true,
            "destination":{"physicalName":"q"},"data":"dg==","timestamp":1,"brokerInTime":2,"brokerOutTime":3,"properties":{"a":"b"}}]}
            """
        );
        var rabbit = Serializer.Read<RabbitMQEvent>(
            """
            {"eventSource":"aws:rmq","eventSourceArn":"arn:r","rmqMessagesByQueue":{"q::/":[{"basicProperties":{"contentType":"text/plain","deliveryMode":1,"bodySize":80},
            "redelivered":false,"data":"dg=="}]}}
            """
        );

        var message = Assert.Single(active.Messages);
        Assert.Equal(("ID:1", "q", "dg==", true), (message.MessageId, message.Destination.PhysicalName, message.Data, message.Redelivered));
        Assert.Equal((1L, 2L, 3L, "b"), (message.Timestamp, message.BrokerInTime, message.BrokerOutTime, message.Properties["a"]));
        var delivery = Assert.Single(rabbit.RmqMessagesByQueue["q::/"]);
        Assert.Equal(("dg==", false), (delivery.Data, delivery.Redelivered));
        Assert.Equal(("text/plain", 1, 80), (delivery.BasicProperties.ContentType, delivery.BasicProperties.DeliveryMode, delivery.BasicProperties.BodySize));
    }

    [Fact]
    public void Notifications_and_scheduled_events_are_read()
    {
        var s3 = Serializer
            .Read<S3Event>("""{"Records":[{"responseElements":{"x-amz-id-2":"i"},"s3":{"bucket":{"name":"b"},"object":{"key":"a+b","size":7}}}]}""")
            .Records[0];
        var sns = Serializer.Read<SNSEvent>("""{"Records":[{"EventSource":"aws:sns","Sns":{"MessageId":"m","Message":"text","TopicArn":"arn:t"}}]}""").Records[
            0
        ];
        var scheduled = Serializer.Read<ScheduledEvent>(
            """{"id":"e","detail-type":"Scheduled Event","source":"aws.events","resources":["arn:rule"],"detail":{}}"""
        );

        Assert.Equal(("b", "i"), (s3.S3.Bucket.Name, s3.ResponseElements.XAmzId2));
        Assert.Equal(("a+b", "a b", 7L), (s3.S3.Object.Key, s3.S3.Object.KeyDecoded, s3.S3.Object.Size));
        Assert.Equal(("aws:sns", "m", "text", "arn:t"), (sns.EventSource, sns.Sns.MessageId, sns.Sns.Message, sns.Sns.TopicArn));
        Assert.Equal(("e", "Scheduled Event", "aws.events", "arn:rule"), (scheduled.Id, scheduled.DetailType, scheduled.Source, scheduled.Resources[0]));
    }
}
