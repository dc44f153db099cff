using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO507PoisonRecordBlocks>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO507PoisonRecordBlocksTests
{
    private const string Declared = " (template.yaml(13,9))";
    private const string ToFailures = "DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Failures.Arn } }";
    private const string Untold = " without its OnFailure destination being told";
    private const string All = "MaximumRetryAttempts, BisectBatchOnFunctionError and an OnFailure destination";

    private static DiagnosticResult Blocked(
        string where = Declared,
        string bisect = "",
        string part = "its shard",
        string after = " after 1 day",
        string lost = " without a trace",
        string remedy = All,
        string assumption = ""
    ) => Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("Orders", where, bisect, part, after, lost, remedy, assumption);

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed.Test<ALO507PoisonRecordBlocks>(("template.yaml", template), Streams.Handler, expected).RunAsync(TestContext.Current.CancellationToken);

    private static string Default(string settings = "BatchSize: 10", string stream = "{ ShardCount: 1 }") => Streams.Kinesis(settings, stream, "{|#1:Orders|}");

    [Fact]
    public Task By_default_a_record_that_always_fails_blocks_its_shard() =>
        VerifyAsync(
            Default(),
            Blocked()
                .WithMessage(
                    "Mapping 'Orders' (template.yaml(13,9)) tries a failed batch again without end: a record that always fails holds up all that come behind it in its shard "
                        + "until it expires after 1 day, and then it is lost without a trace. Set MaximumRetryAttempts, BisectBatchOnFunctionError and an OnFailure destination."
                )
        );

    [Fact]
    public Task The_value_is_pointed_at_where_it_is_written() =>
        VerifyAsync(Streams.Kinesis("MaximumRetryAttempts: {|#1:-1|}\n            MaximumRecordAgeInSeconds: -1"), Blocked(" (template.yaml(18,35))"));

    [Fact]
    public Task Splitting_the_batch_does_not_help() =>
        VerifyAsync(
            Default("BisectBatchOnFunctionError: true"),
            Blocked(bisect: ", and splitting it only narrows it down to the record that fails", remedy: "MaximumRetryAttempts and an OnFailure destination")
        );

    [Fact]
    public Task A_destination_is_never_told() =>
        VerifyAsync(Default(ToFailures), Blocked(lost: Untold, remedy: "MaximumRetryAttempts and BisectBatchOnFunctionError"));

    [Fact]
    public Task With_both_only_the_retries_are_left_to_set() =>
        VerifyAsync(
            Default("BisectBatchOnFunctionError: true\n            " + ToFailures),
            Blocked(bisect: ", and splitting it only narrows it down to the record that fails", lost: Untold, remedy: "MaximumRetryAttempts")
        );

    [Theory]
    [InlineData("{ ShardCount: 1, RetentionPeriodHours: 168 }", " after 7 days")]
    [InlineData("{ ShardCount: 1, RetentionPeriodHours: 36 }", " after 36 hours")]
    [InlineData("{ ShardCount: 1, RetentionPeriodHours: !Ref Unknown }", "")]
    public Task It_says_how_long(string stream, string after) => VerifyAsync(Default(stream: stream), Blocked(after: after));

    [Fact]
    public Task Of_a_stream_of_another_stack_it_is_not_known_how_long() =>
        VerifyAsync(Default().Replace("!GetAtt OrdersStream.Arn", "!ImportValue OrdersStream"), Blocked(after: ""));

    [Fact]
    public Task With_several_batches_a_shard_a_part_of_it_is_blocked() =>
        VerifyAsync(Default("ParallelizationFactor: 10"), Blocked(part: "its part of the shard"));

    [Fact]
    public Task A_tables_stream_keeps_a_record_for_a_day() =>
        Deployed
            .Test<ALO507PoisonRecordBlocks>(
                ("template.yaml", Streams.Table("BatchSize: 10", id: "{|#1:Orders|}")),
                Streams.Handler.Replace("KinesisEvents", "DynamoDBEvents").Replace("KinesisEvent", "DynamoDBEvent"),
                Blocked()
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("MaximumRetryAttempts: 3")]
    [InlineData("MaximumRetryAttempts: 0")]
    [InlineData("MaximumRecordAgeInSeconds: 3600")]
    [InlineData("MaximumRetryAttempts: !Ref Unknown")]
    [InlineData("MaximumRecordAgeInSeconds: !Ref Unknown")]
    [InlineData("MaximumRetryAttempts: !If [IsProd, 3, -1]")]
    [InlineData("MaximumRetryAttempts: !If [IsProd, 3, !Ref AWS::NoValue]")]
    [InlineData("Enabled: false")]
    [InlineData("MaximumRetryAttempts: -2")]
    public Task What_is_limited_unknown_or_switched_off_is_not_judged(string settings) => VerifyAsync(Streams.Kinesis(settings));

    [Fact]
    public Task Every_possible_value_is_unlimited() =>
        VerifyAsync(Streams.Kinesis("MaximumRetryAttempts: {|#1:!If [IsProd, -1, !Ref AWS::NoValue]|}"), Blocked(" (template.yaml(18,35))"));

    [Theory]
    [InlineData("MaximumRetryAttempts: {|#1:!Ref Given|}", "Orders", " (template.yaml(18,35))")]
    [InlineData("MaximumRecordAgeInSeconds: !Ref Given", "{|#1:Orders|}", Declared)]
    public Task A_parameters_default_is_named(string settings, string id, string where) =>
        VerifyAsync(
            Streams.Kinesis(settings, id: id),
            Blocked(where, assumption: " This holds as long as the deployment keeps the default of parameter 'Given'.")
        );

    [Fact]
    public Task A_queue_has_no_shards() =>
        Deployed.VerifyAsync<ALO507PoisonRecordBlocks>(
            Streams
                .Kinesis("BatchSize: 10")
                .Replace("Type: Kinesis\n", "Type: SQS\n")
                .Replace("Stream: !GetAtt OrdersStream.Arn", "Queue: !GetAtt Failures.Arn")
        );

    [Theory]
    [InlineData("MaximumRetryAttempts: -1 # alo:disable ALO507 nothing may be passed over")]
    [InlineData("# alo:disable ALO507 nothing may be passed over\n            MaximumRetryAttempts: -1")]
    public Task A_comment_silences_it(string settings) => VerifyAsync(Streams.Kinesis(settings));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO507PoisonRecordBlocks>(
                ("template.yaml", Streams.Kinesis("BatchSize: 10", id: "{|#0:Orders|}")),
                Deployed.NoHandler,
                Verify.Diagnostic().WithLocation(0).WithArguments("Orders", "", "", "its shard", " after 1 day", " without a trace", All, "")
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
