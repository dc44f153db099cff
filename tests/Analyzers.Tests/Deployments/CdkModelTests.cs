using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Tests;
using static AtLeastOnce.Analyzers.Tests.Deployments.CdkPrograms;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>The service of the other dialects as a CDK stack: the model says the same. Single settings beside it.</summary>
public sealed class CdkModelTests
{
    private const string Golden = """
        var lost = new Queue(this, "LostQueue", new QueueProps { QueueName = "lost", RetentionPeriod = Duration.Days(14) });
        var orders = new Queue(this, "OrdersQueue", new QueueProps
        {
            QueueName = "orders-queue",
            VisibilityTimeout = Duration.Minutes(3),
            RetentionPeriod = Duration.Days(1),
            DeliveryDelay = Duration.Seconds(5),
            ReceiveMessageWaitTime = Duration.Seconds(20),
            DeadLetterQueue = new DeadLetterQueue { Queue = lost, MaxReceiveCount = 5 },
        });
        var payments = new Queue(this, "PaymentsQueue", new QueueProps
        {
            QueueName = "payments.fifo",
            Fifo = true,
            ContentBasedDeduplication = true,
            DeduplicationScope = DeduplicationScope.MESSAGE_GROUP,
            FifoThroughputLimit = FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
            VisibilityTimeout = Duration.Seconds(180),
        });
        var clicks = new Amazon.CDK.AWS.Kinesis.Stream(this, "ClicksStream", new StreamProps { StreamName = "clicks", ShardCount = 4, RetentionPeriod = Duration.Hours(48) });
        var reader = new StreamConsumer(this, "ClicksReader", new StreamConsumerProps { StreamConsumerName = "clicks-reader", Stream = clicks });
        var table = new Table(this, "OrdersTable", new TableProps
        {
            TableName = "orders-table",
            PartitionKey = new Attribute { Name = "customer", Type = AttributeType.STRING },
            SortKey = new Attribute { Name = "order", Type = AttributeType.STRING },
            Stream = StreamViewType.NEW_AND_OLD_IMAGES,
            TimeToLiveAttribute = "expires",
        });
        new Topic(this, "NewsTopic", new TopicProps { TopicName = "news" });
        var function = new Function(this, "OrdersFunction", new FunctionProps
        {
            FunctionName = "orders",
            Runtime = Runtime.DOTNET_8,
            Handler = "Orders::Orders.Function::HandleAsync",
            Code = Code.FromAsset("out"),
            Timeout = Duration.Seconds(30),
            MemorySize = 512,
            ReservedConcurrentExecutions = 20,
            DeadLetterQueue = lost,
        });
        var live = new Alias(this, "LiveAlias", new AliasProps { AliasName = "live", Version = function.CurrentVersion });
        live.AddEventSource(new SqsEventSource(orders, new SqsEventSourceProps
        {
            BatchSize = 20,
            MaxBatchingWindow = id == "busy" ? Duration.Seconds(5) : Duration.Seconds(10),
            ReportBatchItemFailures = true,
            MaxConcurrency = 10,
            Filters = new[] { FilterCriteria.Filter(new Dictionary<string, object> { ["body"] = new Dictionary<string, object> { { "kind", FilterRule.IsEqual("order") } } }) },
        }));
        live.AddEventSource(new SqsEventSource(payments, new SqsEventSourceProps
        {
            Enabled = false,
            BatchSize = 5,
            ReportBatchItemFailures = true,
            ProvisionedPollerConfig = new ProvisionedPollerConfig { MinimumPollers = 2, MaximumPollers = 20 },
        }));
        live.AddEventSource(new KinesisConsumerEventSource(reader, new KinesisEventSourceProps
        {
            StartingPosition = StartingPosition.AT_TIMESTAMP,
            StartingPositionTimestamp = 1700000000.5,
            BatchSize = 200,
            MaxBatchingWindow = Duration.Seconds(1),
            ParallelizationFactor = 4,
            BisectBatchOnError = true,
            RetryAttempts = 3,
            MaxRecordAge = Duration.Hours(1),
            TumblingWindow = Duration.Seconds(0),
            ReportBatchItemFailures = true,
            OnFailure = new SqsDlq(lost),
        }));
        live.AddEventSource(new DynamoEventSource(table, new DynamoEventSourceProps { StartingPosition = StartingPosition.TRIM_HORIZON }));
        """;

    // Nobody else can grant anything.
    private const string Program = "    public static void Main() => new OrdersStack(new App(), \"Orders\");";

    // What of the service's text is about resources that the CDK's reader does not read, or says what constructs cannot.
    private static readonly string[] NotRead = ["Bucket ", "asynchronous ", "trigger "];

    private static string Expected =>
        string.Join(
            "\n",
            AnalysedCode
                .Read("Golden/orders.txt")
                .Replace("\r\n", "\n", StringComparison.Ordinal)
                .Replace("20@Batch", "20", StringComparison.Ordinal)
                .Replace("5?Window | 10?Window", "5 | 10", StringComparison.Ordinal)
                // Two constructs cannot be made with each other.
                .Replace("byQueue [orders-queue]", "-", StringComparison.Ordinal)
                .Split("\n\n")
                .Where(block => !NotRead.Any(kind => block.StartsWith(kind, StringComparison.Ordinal)))
                .Select(block => block.TrimEnd('\n') + "\n")
        );

    private static EventSourceMapping Mapping(string filters) =>
        Assert.Single(
            Read(
                $$"""
                var orders = new Queue(this, "OrdersQueue");
                var function = new Function(this, "OrdersFunction", new FunctionProps());
                function.AddEventSource(new SqsEventSource(orders, new SqsEventSourceProps { Filters = new[] { {{filters}} } }));
                """
            ).Mappings
        );

    [Fact]
    public void A_stack_gives_the_same_model() => Assert.Equal(Expected, ModelText.Of(Read(Golden, Program)));

    [Theory]
    [InlineData("RetryAttempts = 3", "RetryAttempts = 4")]
    [InlineData("FilterRule.IsEqual(\"order\")", "FilterRule.IsEqual(\"refund\")")]
    [InlineData("MinimumPollers = 2", "MinimumPollers = 3")]
    [InlineData("new SqsEventSource(orders", "new SqsEventSource(lost")]
    [InlineData("AliasName = \"live\"", "AliasName = \"next\"")]
    [InlineData("Name = \"customer\"", "Name = \"client\"")]
    [InlineData("DeduplicationScope.MESSAGE_GROUP", "DeduplicationScope.QUEUE")]
    [InlineData("new KinesisConsumerEventSource(reader", "new KinesisEventSource(clicks")]
    public void What_differs_is_seen(string setting, string other)
    {
        Assert.Contains(setting, Golden, StringComparison.Ordinal);
        Assert.NotEqual(Expected, ModelText.Of(Read(Golden.Replace(setting, other, StringComparison.Ordinal), Program)));
    }

    [Theory]
    [InlineData("FilterRule.Or(\"a\", \"b\")", "[\"a\",\"b\"]")]
    [InlineData("FilterRule.IsEqual(5)", "[{\"numeric\":[\"=\",5]}]")]
    [InlineData("FilterRule.IsEqual(-0.5)", "[{\"numeric\":[\"=\",-0.5]}]")]
    [InlineData("FilterRule.IsEqual(\"5\")", "[\"5\"]")]
    [InlineData("FilterRule.IsEqual(true)", "[true]")]
    [InlineData("FilterRule.NotEquals(\"a\")", "[{\"anything-but\":[\"a\"]}]")]
    [InlineData("FilterRule.BeginsWith(\"a\")", "[{\"prefix\":\"a\"}]")]
    [InlineData("FilterRule.Between(1, 2)", "[{\"numeric\":[\">\",1,\"<=\",2]}]")]
    [InlineData("FilterRule.Exists()", "[{\"exists\":true}]")]
    [InlineData("FilterRule.NotExists()", "[{\"exists\":false}]")]
    [InlineData("FilterRule.Empty()", "[\"\"]")]
    [InlineData("new object[] { \"a\\\"b\", true }", "[\"a\\\"b\",true]")]
    public void Filters(string rule, string json)
    {
        var filters = Mapping($"FilterCriteria.Filter(new Dictionary<string, object> {{ [\"body\"] = {rule} }})").Filters.Single();
        Assert.Equal($"{{\"body\":{json}}}", Assert.Single(filters!.Patterns).Single());
    }

#if !OLDER_COMPILER
    [Fact]
    public void Filters_in_a_collection_expression()
    {
        var model = Read(
            """
            var orders = new Queue(this, "OrdersQueue");
            var function = new Function(this, "OrdersFunction", new FunctionProps());
            function.AddEventSource(new SqsEventSource(orders, new SqsEventSourceProps { Filters = [FilterCriteria.Filter(new Dictionary<string, object> { ["body"] = FilterRule.Exists() })] }));
            """
        );
        var filters = Assert.Single(model.Mappings).Filters.Single();
        Assert.Equal("{\"body\":[{\"exists\":true}]}", Assert.Single(filters!.Patterns).Single());
    }
#endif

    [Theory]
    [InlineData("FilterCriteria.Filter(new Dictionary<string, object> { [id] = FilterRule.Exists() })")]
    [InlineData("FilterCriteria.Filter(new Dictionary<string, object> { [\"body\"] = FilterRule.IsEqual(id) })")]
    [InlineData("FilterCriteria.Filter(new Dictionary<string, object> { [\"body\"] = FilterRule.Null() })")]
    [InlineData("FilterCriteria.Filter(id.Length > 1 ? new Dictionary<string, object>() : null)")]
    public void Filters_that_are_computed_or_hang_on_the_version_of_the_CDK_are_unknown(string filter) =>
        Assert.Equal(SettingState.Unknown, Mapping(filter).Filters.State);

    [Fact]
    public void An_alias_that_a_function_makes_leads_to_the_function()
    {
        var model = Read(
            """
            var orders = new Queue(this, "OrdersQueue");
            var function = new Function(this, "OrdersFunction", new FunctionProps());
            var live = function.AddAlias("live");
            live.AddEventSource(new SqsEventSource(orders));
            """
        );
        var mapping = Assert.Single(model.Mappings);
        Assert.Equal(("OrdersFunction", "live"), (mapping.Function.LogicalId, mapping.Function.Qualifier));
        Assert.Same(Assert.Single(model.Functions), model.FunctionOf(mapping));
    }

    [Fact]
    public void An_alias_of_a_version_that_is_not_seen_is_unknown()
    {
        var model = Read(
            """
            var orders = new Queue(this, "OrdersQueue");
            var alias = new Alias(this, "LiveAlias", new AliasProps { AliasName = "live", Version = new Amazon.CDK.AWS.Lambda.Version(this, "Version") });
            alias.AddEventSource(new SqsEventSource(orders));
            """
        );
        Assert.True(Assert.Single(model.Mappings).Function.IsUnknown);
    }

    [Theory]
    [InlineData("SourceQueues = new IQueue[] { orders }", "byQueue", "OrdersQueue")]
    [InlineData("RedrivePermission = RedrivePermission.DENY_ALL", "denyAll", null)]
    [InlineData("", "allowAll", null)]
    public void Who_may_give_messages_up_to_a_queue(string policy, string permission, string? source)
    {
        var model = Read(
            $$"""
            var orders = new Queue(this, "OrdersQueue");
            var lost = new Queue(this, "LostQueue", new QueueProps { RedriveAllowPolicy = new RedriveAllowPolicy { {{policy}} } });
            """
        );
        var allowed = Assert.IsType<Queue>(model.Find("LostQueue")).RedriveAllowPolicy.Single();
        Assert.Equal(permission, allowed!.Permission.Single());
        Assert.Equal(source, allowed.Sources.SingleOrDefault()?.LogicalId);
    }

    [Fact]
    public void A_stream_on_demand_has_no_shards()
    {
        var stream = Assert.Single(
            Read("new Queue(this, \"Q\"); new Amazon.CDK.AWS.Kinesis.Stream(this, \"Clicks\", new StreamProps { StreamMode = StreamMode.ON_DEMAND });").Streams
        );
        Assert.Equal(KinesisStream.OnDemand, stream.Mode.Single());
        Assert.True(stream.ShardCount.IsMissing);
    }
}
