namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>Fields with a client of every service that the catalogue knows.</summary>
internal static class EveryClient
{
    public const string Fields = """
        private readonly Amazon.S3.IAmazonS3 s3 = null!;
        private readonly Amazon.S3.Transfer.ITransferUtility transfer = null!;
        private readonly Amazon.SimpleNotificationService.IAmazonSimpleNotificationService sns = null!;
        private readonly Amazon.EventBridge.IAmazonEventBridge bus = null!;
        private readonly Amazon.Kinesis.IAmazonKinesis kinesis = null!;
        private readonly Amazon.KinesisFirehose.IAmazonKinesisFirehose firehose = null!;
        private readonly Amazon.StepFunctions.IAmazonStepFunctions steps = null!;
        private readonly Amazon.Lambda.IAmazonLambda functions = null!;
        private readonly Amazon.MediaConvert.IAmazonMediaConvert media = null!;
        private readonly Amazon.TranscribeService.IAmazonTranscribeService transcribe = null!;
        private readonly Amazon.SimpleEmail.IAmazonSimpleEmailService ses = null!;
        private readonly Amazon.SimpleEmailV2.IAmazonSimpleEmailServiceV2 ses2 = null!;
        private readonly Amazon.DynamoDBv2.DataModel.IDynamoDBContext objects = null!;
        private readonly Amazon.DynamoDBv2.DocumentModel.ITable table = null!;
        private readonly System.Data.IDbConnection db = null!;
        private readonly Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade ef = null!;
        private readonly StackExchange.Redis.IDatabase redis = null!;
        private readonly StackExchange.Redis.ISubscriber subscriber = null!;
        private readonly MongoDB.Driver.IMongoCollection<Note> notes = null!;
        private readonly MailKit.Net.Smtp.SmtpClient mail = null!;
        private readonly System.Net.Mail.SmtpClient smtp = null!;
        private readonly SendGrid.ISendGridClient grid = null!;
        private readonly RabbitMQ.Client.IChannel channel = null!;
        private readonly Confluent.Kafka.IProducer<string, string> kafka = null!;
        private readonly MassTransit.IPublishEndpoint endpoint = null!;
        private readonly AWS.Messaging.IMessagePublisher publisher = null!;

        private static string NewId() => Guid.NewGuid().ToString();

        private static string Prefixed(string id) => "order-" + id;

        public sealed record Line(string Key, int Size);

        public sealed class Note
        {
            public string? Id { get; set; }
        }

        public sealed class Fresh
        {
            public string Id { get; set; } = Guid.NewGuid().ToString();
        }

        public sealed class Made
        {
            public Made()
            {
                Id = NewId();
            }

            public string Id { get; }
        }
        """;
}
