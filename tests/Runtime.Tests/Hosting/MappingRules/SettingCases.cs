using static AtLeastOnce.Runtime.Tests.Hosting.MappingRules.MappingCase;

namespace AtLeastOnce.Runtime.Tests.Hosting.MappingRules;

/// <summary>Values and combinations of a mapping's own settings.</summary>
internal static class SettingCases
{
    private const string WindowNeeded = "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10";
    private const string BadPattern = "Invalid filter pattern definition.";
    private const string RecordAge = "MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)";
    private const string NoPosition = "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.";
    private const string Positions = "Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]";
    private const string FromStart = "StartingPosition: TRIM_HORIZON";

    private static readonly string LongPattern = $$"""{"body":["{{new string('x', 4096)}}"]}""";

    private static readonly string LongArn = "arn:aws:sqs:us-east-1:123456789012:" + new string('x', 350);

    public static IEnumerable<MappingCase> All => [.. Ranges, .. Filters, .. Queues, .. Positioned, .. OfAnotherSource];

    private static IEnumerable<MappingCase> Ranges =>
        [
            OfQueue("P-4", "a batch of none", m => m.BatchSize = 0, AtLeast(0, "batchSize", 1)),
            OfStream("P-4", "a batch above 10,000", m => m.BatchSize = 10_001, AtMost(10_001, "batchSize", 10_000)),
            InTemplate("P-4", "a batch of none", "Q", "BatchSize: 0", AtLeast(0, "batchSize", 1)),
            OfQueue("P-5", "a window above 5 min", m => m.BatchingWindow = Of(301), AtMost(301, "maximumBatchingWindowInSeconds", 300)),
            OfTable("P-5", "a negative window", m => m.BatchingWindow = Of(-1), AtLeast(-1, "maximumBatchingWindowInSeconds", 0)),
            InTemplate("P-5", "a window above 5 min", "Q", "MaximumBatchingWindowInSeconds: 301", AtMost(301, "maximumBatchingWindowInSeconds", 300)),
            InTemplate(
                "P-8",
                "an unknown response type",
                "Q",
                "FunctionResponseTypes: [ReportFailures]",
                Constraint(
                    "[ReportFailures]",
                    "functionResponseTypes",
                    "Member must satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures]]"
                )
            ),
            InTemplate(
                "P-8",
                "two response types",
                "Q",
                "FunctionResponseTypes: [ReportBatchItemFailures, ReportBatchItemFailures]",
                NotLonger("[ReportBatchItemFailures, ReportBatchItemFailures]", "functionResponseTypes", 1)
            ),
            OfQueue("P-9", "a concurrency of 1", m => m.MaximumConcurrency = 1, AtLeast(1, "scalingConfig.maximumConcurrency", 2)),
            OfQueue("P-9", "a concurrency of 1,001", m => m.MaximumConcurrency = 1001, AtMost(1001, "scalingConfig.maximumConcurrency", 1000)),
            InTemplate("P-9", "a concurrency of 1", "Q", "ScalingConfig: { MaximumConcurrency: 1 }", AtLeast(1, "scalingConfig.maximumConcurrency", 2)),
            OfQueue("P-10", "one poller", m => m.MinimumPollers = 1, AtLeast(1, "provisionedPollerConfig.minimumPollers", 2)),
            InTemplate(
                "P-10",
                "201 pollers at least",
                "Q",
                "ProvisionedPollerConfig: { MinimumPollers: 201 }",
                AtMost(201, "provisionedPollerConfig.minimumPollers", 200)
            ),
            OfQueue("P-11", "10,001 pollers at most", m => m.MaximumPollers = 10_001, AtMost(10_001, "provisionedPollerConfig.maximumPollers", 10_000)),
            OfQueue(
                "P-11",
                "more pollers at least than at most",
                m => (m.MinimumPollers, m.MaximumPollers) = (9, 3),
                Refused("MinimumPollers must be less than or equal to MaximumPollers.")
            ),
            InTemplate(
                "P-11",
                "one poller at most",
                "Q",
                "ProvisionedPollerConfig: { MaximumPollers: 1 }",
                AtLeast(1, "provisionedPollerConfig.maximumPollers", 2)
            ),
            OfStream("P-15", "11 batches a shard", m => m.ParallelizationFactor = 11, AtMost(11, "parallelizationFactor", 10)),
            InTemplate("P-15", "no batch a shard", "Orders", $"{FromStart}, ParallelizationFactor: 0", AtLeast(0, "parallelizationFactor", 1)),
            OfStream("P-17", "-2 retries", m => m.MaximumRetryAttempts = -2, AtLeast(-2, "maximumRetryAttempts", -1)),
            InTemplate("P-17", "10,001 retries", "S", $"{FromStart}, MaximumRetryAttempts: 10001", AtMost(10_001, "maximumRetryAttempts", 10_000)),
            OfStream("P-18", "an age above 7 days", m => m.MaximumRecordAge = Of(604_801), AtMost(604_801, "maximumRecordAgeInSeconds", 604_800)),
            InTemplate("P-18", "an age of -2", "S", $"{FromStart}, MaximumRecordAgeInSeconds: -2", AtLeast(-2, "maximumRecordAgeInSeconds", -1)),
            OfStream("P-19b", "a window above 15 min", m => m.TumblingWindow = Of(901), AtMost(901, "tumblingWindowInSeconds", 900)),
            InTemplate("P-19b", "a negative window", "Orders", $"{FromStart}, TumblingWindowInSeconds: -1", AtLeast(-1, "tumblingWindowInSeconds", 0)),
            OfTable("P-25", "an age of 59 s", m => m.MaximumRecordAge = Of(59), Refused(RecordAge)),
            InTemplate("P-25", "an age of 0", "Orders", $"{FromStart}, MaximumRecordAgeInSeconds: 0", Refused(RecordAge)),
            OfStream("P-25", "an age of 60 s", m => m.MaximumRecordAge = Of(60), null),
            OfStream("P-47", "11 batches a shard", m => m.ParallelizationFactor = 11, AtMost(11, "parallelizationFactor", 10)),
            InTemplate("P-47", "a window of 301 s", "Q", "MaximumBatchingWindowInSeconds: 301", AtMost(301, "maximumBatchingWindowInSeconds", 300)),
        ];

    private static IEnumerable<MappingCase> Filters =>
        [
            OfQueue(
                "P-6",
                "eleven filters",
                m => m.Filters = [.. Enumerable.Repeat("""{"body":{"a":[1]}}""", 11)],
                NotLonger("11 filters", "filterCriteria.filters", 5)
            ),
            OfStream("P-6", "a long pattern", m => m.Filters = [LongPattern], NotLonger(LongPattern, "filterCriteria.filters.1.member.pattern", 4096)),
            InTemplate(
                "P-6",
                "a long pattern",
                "Q",
                $"FilterCriteria: {{ Filters: [{{ Pattern: '{LongPattern}' }}] }}",
                NotLonger(LongPattern, "filterCriteria.filters.1.member.pattern", 4096)
            ),
            OfQueue("P-30", "plain text", m => m.Filters = ["order"], Refused(BadPattern)),
            OfQueue("P-30", "malformed JSON", m => m.Filters = ["""{"body":"""], Refused(BadPattern)),
            OfTable("P-30", "a leaf that is no array", m => m.Filters = ["""{"eventSource":"aws:sqs"}"""], Refused(BadPattern)),
            OfStream("P-30", "an empty array", m => m.Filters = ["""{"eventSource":[]}"""], Refused(BadPattern)),
            OfQueue("P-30", "no pattern", m => m.Filters = [null!], Refused(BadPattern)),
            InTemplate("P-30", "plain text", "Q", "FilterCriteria: { Filters: [{ Pattern: order }] }", Refused(BadPattern)),
            OfQueue("P-31", "an empty list of filters", m => m.Filters = [], null),
            InTemplate("P-31", "an empty list of filters", "Q", "FilterCriteria: { Filters: [] }", null),
        ];

    private static IEnumerable<MappingCase> Queues =>
        [
            OfQueue("P-20", "11 messages without a window", m => m.BatchSize = 11, Refused(WindowNeeded)),
            InTemplate("P-20", "11 messages without a window", "Q", "BatchSize: 11", Refused(WindowNeeded)),
            OfQueue("P-20", "11 messages with a window", m => (m.BatchSize, m.BatchingWindow) = (11, Of(1)), null),
            OfFifo("P-21", "a window", m => (m.BatchSize, m.BatchingWindow) = (100, Of(5)), Refused("Batching window is not supported for FIFO queues")),
            InTemplate(
                ["P-21"],
                "a window of a FIFO queue",
                OfFifoInTemplate("MaximumBatchingWindowInSeconds: 5"),
                Refused("Batching window is not supported for FIFO queues")
            ),
            OfFifo("P-22", "11 messages", m => m.BatchSize = 11, Refused(WindowNeeded)),
            InTemplate(["P-22"], "11 messages of a FIFO queue", OfFifoInTemplate("BatchSize: 11"), Refused(WindowNeeded)),
            OfQueue("P-46", "a concurrency and pollers", m => (m.MaximumConcurrency, m.MinimumPollers) = (5, 2), Refused(NotTogether)),
            InTemplate(
                "P-46",
                "a concurrency and pollers",
                "Q",
                "ScalingConfig: { MaximumConcurrency: 5 }, ProvisionedPollerConfig: { MinimumPollers: 2 }",
                Refused(NotTogether)
            ),
            OfQueue("P-49", "100 messages with a window, which once was too much", m => (m.BatchSize, m.BatchingWindow) = (100, Of(1)), null),
        ];

    private static IEnumerable<MappingCase> Positioned =>
        [
            OfTable("P-13", "an unknown position", m => m.StartingPosition = (StartingPosition)7, Constraint(7, "startingPosition", Positions)),
            InTemplate("P-13", "no position", "S", "BatchSize: 5", Refused(NoPosition)),
            OfStream(
                "P-14",
                "a time without the position by time",
                m => m.StartingPositionTimestamp = DateTimeOffset.UnixEpoch,
                Refused("StartingPositionTimestamp is only valid when StartingPosition is AT_TIMESTAMP.")
            ),
            InTemplate(
                "P-14",
                "no time with the position by time",
                "S",
                "StartingPosition: AT_TIMESTAMP",
                Refused("StartingPositionTimestamp is required when StartingPosition is AT_TIMESTAMP.")
            ),
            InTemplate(
                "P-14",
                "a time in the future",
                "S",
                "StartingPosition: AT_TIMESTAMP, StartingPositionTimestamp: 4102444800",
                Refused("StartingPositionTimestamp cannot be in the future.")
            ),
            OfQueue(
                "P-26",
                "a position of a queue",
                m => m.StartingPosition = StartingPosition.Latest,
                Refused("StartingPosition is not valid for SQS event sources.")
            ),
            InTemplate("P-26", "a position of a queue", "Q", FromStart, Refused("StartingPosition is not valid for SQS event sources.")),
            OfStream("P-27", "no position", m => m.StartingPosition = null, Refused(NoPosition)),
            InTemplate("P-27", "no position", "Orders", "BatchSize: 5", Refused(NoPosition)),
            OfStream("P-28", "an unknown position", m => m.StartingPosition = (StartingPosition)7, Constraint(7, "startingPosition", Positions)),
            InTemplate("P-28", "an unknown position", "S", "StartingPosition: invalid", Constraint("invalid", "startingPosition", Positions)),
            OfTable(
                "P-29",
                "a table by time",
                m => (m.StartingPosition, m.StartingPositionTimestamp) = (StartingPosition.AtTimestamp, DateTimeOffset.UnixEpoch),
                Refused("Unsupported starting position for arn type: arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000")
            ),
            InTemplate(
                "P-29",
                "a table by time",
                "Orders",
                "StartingPosition: AT_TIMESTAMP",
                Refused("Unsupported starting position for arn type: arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000")
            ),
        ];

    private static IEnumerable<MappingCase> OfAnotherSource =>
        [
            InTemplate(
                "P-19",
                "a long destination",
                "S",
                $"{FromStart}, DestinationConfig: {{ OnFailure: {{ Destination: '{LongArn}' }} }}",
                NotLonger(LongArn, "destinationConfig.onFailure.destination", 350)
            ),
            OfStream(
                "P-19",
                "a FIFO destination",
                m => m.OnFailure = new SqsQueue("failures.fifo"),
                Refused("FIFO queues and topics are not supported as OnFailure destination: arn:aws:sqs:us-east-1:123456789012:failures.fifo")
            ),
            InTemplate(
                "P-19",
                "a FIFO destination",
                "S",
                $"{FromStart}, DestinationConfig: {{ OnFailure: {{ Destination: 'arn:aws:sqs:us-east-1:123456789012:failures.fifo' }} }}",
                Refused("FIFO queues and FIFO topics are not supported as on-failure destinations.")
            ),
            InTemplate(
                ["P-19a", "P-39"],
                "what succeeds is told",
                OnSuccess,
                Refused("Unsupported DestinationConfig parameter for given event source mapping type.")
            ),
            OfQueue("P-16", "a split batch of a queue", m => m.BisectBatchOnFunctionError = false, Unsupported("BisectBatchOnFunctionError")),
            InTemplate("P-16", "a split batch of a queue", "Q", "BisectBatchOnFunctionError: true", Unsupported("BisectBatchOnFunctionError")),
            OfQueue("P-40", "retries of a queue", m => m.MaximumRetryAttempts = 3, Unsupported("MaximumRetryAttempts")),
            OfQueue("P-40", "an age of a queue", m => m.MaximumRecordAge = Of(60), Unsupported("MaximumRecordAgeInSeconds")),
            OfQueue("P-40", "shards of a queue", m => m.ParallelizationFactor = 2, Unsupported("ParallelizationFactor")),
            OfQueue("P-40", "a tumbling window of a queue", m => m.TumblingWindow = Of(60), Unsupported("TumblingWindowInSeconds")),
            OfStream("P-40", "a concurrency of a stream", m => m.MaximumConcurrency = 5, Unsupported("ScalingConfig")),
            OfTable("P-40", "pollers of a table", m => m.MaximumPollers = 5, Unsupported("ProvisionedPollerConfig")),
            InTemplate("P-40", "retries of a queue", "Q", "MaximumRetryAttempts: 3", Unsupported("MaximumRetryAttempts")),
            InTemplate("P-40", "a concurrency of a stream", "S", $"{FromStart}, ScalingConfig: {{ MaximumConcurrency: 5 }}", Unsupported("ScalingConfig")),
            OfStream("P-50", "100 records without a window", m => m.BatchSize = 100, null),
            InTemplate("P-50", "100 records without a window", "Orders", $"{FromStart}, BatchSize: 100", null),
        ];

    private const string NotTogether = "ScalingConfig and ProvisionedPollerConfig cannot be used together.";

    private const string OnSuccess =
        "M: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref F, EventSourceArn: !GetAtt Q.Arn, DestinationConfig: { OnSuccess: { Destination: !GetAtt Q.Arn } } } }";

    private static MappingCase OfFifo(string row, string name, Action<EventSourceMappingOptions> configure, string? refusal) =>
        InCode(
            row,
            name + " of a FIFO queue",
            () =>
            {
                new LambdaTestHost().Map(new SqsQueue("orders.fifo"), new("ship", () => { }), configure);
            },
            refusal
        );

    private static string OfFifoInTemplate(string properties) =>
        "Fifo: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true } }\n"
        + $"M: {{ Type: AWS::Lambda::EventSourceMapping, Properties: {{ FunctionName: !Ref F, EventSourceArn: !GetAtt Fifo.Arn, {properties} }} }}";

    private static TimeSpan Of(int seconds) => TimeSpan.FromSeconds(seconds);
}
