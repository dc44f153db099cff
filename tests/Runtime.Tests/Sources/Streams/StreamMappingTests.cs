using AtLeastOnce.Runtime.Tests.Rules;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>What AWS refuses of a stream's mapping is refused when it is made, in AWS's words (sections 1.1 and 1.2).</summary>
public class StreamMappingTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static (string, string) Refused(EventSource source, Action<EventSourceMappingOptions> configure)
    {
        var exception = Assert.ThrowsAny<AwsRefusalException>(() => new LambdaTestHost().Map(source, new("ship", Nothing), configure));
        return (exception.RuleId, exception.Message);
    }

    private static void Refused(string rule, string message, Action<EventSourceMappingOptions> configure)
    {
        Assert.Equal((rule, message), Refused(new KinesisStream("clicks"), Configure));
        Assert.Equal((rule, message), Refused(new DynamoDBTable("orders"), Configure));

        void Configure(EventSourceMappingOptions mapping)
        {
            mapping.StartingPosition = StartingPosition.TrimHorizon;
            configure(mapping);
        }
    }

    private static string OutOfRange(string name, int value, string than, int limit) =>
        $"ValidationException: 1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: Member must have value {than} than or equal to {limit}";

    [Fact]
    public void P27_a_starting_position_is_needed() =>
        Refused(
            "P-27",
            "InvalidParameterValueException: 1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
            m => m.StartingPosition = null
        );

    [Fact]
    public void P28_an_unknown_starting_position() =>
        Refused(
            "P-28",
            "ValidationException: 1 validation error detected: Value '7' at 'startingPosition' failed to satisfy constraint: Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]",
            m => m.StartingPosition = (StartingPosition)7
        );

    [Fact]
    public void P29_a_table_has_no_position_by_time() =>
        Assert.Equal(
            (
                "P-29",
                "InvalidParameterValueException: Unsupported starting position for arn type: arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000"
            ),
            Refused(new DynamoDBTable("orders"), m => (m.StartingPosition, m.StartingPositionTimestamp) = (StartingPosition.AtTimestamp, Start))
        );

    [Fact]
    public void P14_a_timestamp_and_the_position_by_time_go_together()
    {
        Assert.Equal(
            ("P-14", "InvalidParameterValueException: StartingPositionTimestamp is required when StartingPosition is AT_TIMESTAMP."),
            Refused(new KinesisStream("clicks"), m => m.StartingPosition = StartingPosition.AtTimestamp)
        );
        Assert.Equal(
            ("P-14", "InvalidParameterValueException: StartingPositionTimestamp is only valid when StartingPosition is AT_TIMESTAMP."),
            Refused(new KinesisStream("clicks"), m => (m.StartingPosition, m.StartingPositionTimestamp) = (StartingPosition.Latest, Start))
        );
    }

    [Fact]
    public void P4_P15_P17_P18_P19b_P47_values_out_of_range()
    {
        Refused("P-4", OutOfRange("batchSize", 0, "greater", 1), m => m.BatchSize = 0);
        Refused("P-15", OutOfRange("parallelizationFactor", 11, "less", 10), m => m.ParallelizationFactor = 11);
        Refused("P-15", OutOfRange("parallelizationFactor", 0, "greater", 1), m => m.ParallelizationFactor = 0);
        Refused("P-17", OutOfRange("maximumRetryAttempts", -2, "greater", -1), m => m.MaximumRetryAttempts = -2);
        Refused("P-17", OutOfRange("maximumRetryAttempts", 10001, "less", 10000), m => m.MaximumRetryAttempts = 10_001);
        Refused("P-18", OutOfRange("maximumRecordAgeInSeconds", 604801, "less", 604800), m => m.MaximumRecordAge = Seconds(604_801));
        Refused("P-19b", OutOfRange("tumblingWindowInSeconds", 901, "less", 900), m => m.TumblingWindow = Seconds(901));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(59)]
    public void P25_an_age_below_a_minute(int seconds) =>
        Refused(
            "P-25",
            "InvalidParameterValueException: MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)",
            m => m.MaximumRecordAge = Seconds(seconds)
        );

    [Fact]
    public void P40_what_only_queues_have() =>
        Refused(
            "P-40",
            "InvalidParameterValueException: Unsupported 'ScalingConfig' parameter for given event source mapping type.",
            m => m.MaximumConcurrency = 5
        );

    [Fact]
    public void W11_a_tumbling_window_needs_a_factor_of_one()
    {
        Refused(
            "W-11",
            "InvalidParameterValueException: ParallelizationFactor must be 1 when TumblingWindowInSeconds is greater than 0.",
            m => (m.TumblingWindow, m.ParallelizationFactor) = (Seconds(60), 2)
        );
        _ = Clicks(Nothing, m => (m.TumblingWindow, m.ParallelizationFactor) = (Seconds(60), 1)).Host;
    }

    [Fact]
    [Rule("R-49")]
    public void P26_P40_what_only_streams_have_is_refused_for_a_queue()
    {
        const string Unsupported = "InvalidParameterValueException: Unsupported '{0}' parameter for given event source mapping type.";
        (Action<EventSourceMappingOptions> Configure, string Setting)[] settings =
        [
            (m => m.BisectBatchOnFunctionError = false, "BisectBatchOnFunctionError"),
            (m => m.MaximumRecordAge = Seconds(60), "MaximumRecordAgeInSeconds"),
            (m => m.MaximumRetryAttempts = -1, "MaximumRetryAttempts"),
            (m => m.ParallelizationFactor = 1, "ParallelizationFactor"),
            (m => m.TumblingWindow = TimeSpan.Zero, "TumblingWindowInSeconds"),
            (m => m.OnFailure = new SnsTopic("t"), "DestinationConfig"),
        ];

        Assert.All(
            settings,
            pair => Assert.Equal(("P-40", Unsupported.Replace("{0}", pair.Setting, StringComparison.Ordinal)), Refused(new SqsQueue("orders"), pair.Configure))
        );
        Assert.Equal(
            ("P-26", "InvalidParameterValueException: StartingPosition is not valid for SQS event sources."),
            Refused(new SqsQueue("orders"), m => m.StartingPosition = StartingPosition.Latest)
        );
    }

    [Fact]
    public void P33_a_stream_is_mapped_to_a_function_once()
    {
        var (stream, function) = (new KinesisStream("clicks"), new LambdaFunction("ship", Nothing));
        var host = new LambdaTestHost().Map(stream, function, m => m.StartingPosition = StartingPosition.Latest);

        var exception = Assert.Throws<ResourceConflictException>(() => host.Map(stream, function, m => m.StartingPosition = StartingPosition.Latest));

        Assert.Equal("P-33", exception.RuleId);
        Assert.Matches(
            "^ResourceConflictException: The event source arn \\(\" arn:aws:kinesis:us-east-1:123456789012:stream/clicks \"\\) and function \\(\" ship \"\\) provided mapping already exists\\. "
                + "Please update or delete the existing mapping with UUID [0-9a-f-]{36}$",
            exception.Message
        );
    }

    [Fact]
    public void P50_a_large_batch_needs_no_window()
    {
        var host = Clicks(Nothing, m => m.BatchSize = 10_000).Host;
        var mapping = host.Mapping("ship");

        Assert.Equal(
            (1, -1, null, false, TimeSpan.Zero, null, null),
            (
                mapping.ParallelizationFactor,
                mapping.MaximumRetryAttempts,
                mapping.MaximumRecordAge,
                mapping.BisectBatchOnFunctionError,
                mapping.TumblingWindow,
                mapping.OnFailure,
                mapping.Consumer
            )
        );
    }

    [Fact]
    public void What_is_no_setting_of_AWS_is_refused_in_our_own_words()
    {
        (Action Call, string Message)[] refused =
        [
            (() => _ = Clicks(Nothing, m => m.TumblingWindow = Seconds(0.5)).Host, "A tumbling window is whole seconds (P-19b)."),
            (() => _ = Clicks(Nothing, m => m.MaximumRecordAge = Seconds(60.5)).Host, "A maximum record age is whole seconds (P-18)."),
            (() => _ = Clicks(Nothing, m => m.Consumer = " ").Host, "A consumer's name is not empty."),
            (() => _ = Orders(Nothing, m => m.Consumer = "c").Host, "The table 'orders' has no consumers: enhanced fan-out is of Kinesis (B-30)."),
        ];

        Assert.All(refused, pair => Assert.StartsWith(pair.Message, Assert.Throws<ArgumentException>(pair.Call).Message, StringComparison.Ordinal));
        LambdaTestHostOptions[] options =
        [
            new() { StreamPollInterval = TimeSpan.Zero },
            new() { TablePollInterval = TimeSpan.Zero },
            new() { StreamRetryDelay = TimeSpan.Zero },
            new() { MaximumStreamRetryDelay = TimeSpan.Zero },
            new() { StreamReadLatency = Seconds(-1) },
            new() { EnhancedFanOutLatency = Seconds(-1) },
            new() { StartingPositionDelay = Seconds(-1) },
            new() { TumblingWindowIdleWait = Seconds(-1) },
            new() { TableShardLifetime = TimeSpan.Zero },
        ];
        Assert.All(options, option => Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(option)));
    }

    [Fact]
    public async Task Settings_can_be_changed_until_the_first_run_and_a_destination_set_late_comes_into_the_host()
    {
        await using var scenario = Clicks(void () => throw new InvalidOperationException());
        var failures = new SqsQueue("failures");
        scenario.Host.Mapping("ship").OnFailure = failures;
        scenario.Host.Mapping("ship").MaximumRetryAttempts = 0;

        var run = await scenario.RunAsync("1");

        Assert.Single(run.Queue("failures").Messages);
        Assert.Throws<InvalidOperationException>(() => scenario.Host.Mapping("ship").OnFailure = null);
    }
}
