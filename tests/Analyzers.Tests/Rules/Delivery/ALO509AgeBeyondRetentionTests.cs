using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO509AgeBeyondRetention>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO509AgeBeyondRetentionTests
{
    private const string Place = " (template.yaml(18,40))";
    private const string Blocks = "a record that always fails holds up its shard until it expires";
    private const string Waits = "a record that waits for so long, as it does while invocations are throttled, expires before it is given up";

    private static DiagnosticResult Expiring(
        string age = "2 days",
        string kept = "1 day",
        string set = "",
        string what = Blocks,
        string lost = "and is gone without a trace",
        int seconds = 86400,
        string assumption = ""
    ) =>
        Verify
            .Diagnostic()
            .WithLocation(0)
            .WithLocation(1)
            .WithArguments(
                "Orders",
                age,
                Place,
                kept,
                set,
                what,
                lost,
                $"Set MaximumRecordAgeInSeconds below {seconds}, or raise RetentionPeriodHours of the stream",
                assumption
            );

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed.Test<ALO509AgeBeyondRetention>(("template.yaml", template), Streams.Handler, expected).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task A_record_expires_before_it_is_given_up() =>
        VerifyAsync(
            Streams.Kinesis("MaximumRecordAgeInSeconds: {|#1:172800|}"),
            Expiring()
                .WithMessage(
                    "Mapping 'Orders' gives a record up when it is 2 days old (template.yaml(18,40)), but the stream keeps it for 1 day only: a record that always fails "
                        + "holds up its shard until it expires, and is gone without a trace. Set MaximumRecordAgeInSeconds below 86400, or raise RetentionPeriodHours of the stream."
                )
        );

    [Fact]
    public Task With_limited_retries_it_is_about_records_that_wait() =>
        VerifyAsync(Streams.Kinesis("MaximumRecordAgeInSeconds: {|#1:172800|}\n            MaximumRetryAttempts: 3"), Expiring(what: Waits));

    [Fact]
    public Task The_destination_is_never_told() =>
        VerifyAsync(
            Streams.Kinesis("MaximumRecordAgeInSeconds: {|#1:172800|}\n            DestinationConfig: { OnFailure: { Destination: !GetAtt Failures.Arn } }"),
            Expiring(lost: "and the OnFailure destination is never told")
        );

    [Fact]
    public Task The_retention_is_pointed_at_where_it_is_written() =>
        VerifyAsync(
            Streams.Kinesis("MaximumRecordAgeInSeconds: {|#1:604800|}", "{ ShardCount: 1, RetentionPeriodHours: 48 }"),
            Expiring("7 days", "2 days", " (template.yaml(4,98))", seconds: 172800)
        );

    [Fact]
    public Task A_tables_stream_keeps_a_record_for_a_day() =>
        Deployed
            .Test<ALO509AgeBeyondRetention>(
                ("template.yaml", Streams.Table("MaximumRecordAgeInSeconds: {|#1:86401|}")),
                Streams.Handler.Replace("KinesisEvents", "DynamoDBEvents").Replace("KinesisEvent", "DynamoDBEvent"),
                Verify
                    .Diagnostic()
                    .WithLocation(0)
                    .WithLocation(1)
                    .WithArguments(
                        "Orders",
                        "86401 s",
                        Place,
                        "1 day",
                        "",
                        Blocks,
                        "and is gone without a trace",
                        "Set MaximumRecordAgeInSeconds below 86400",
                        ""
                    )
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("MaximumRecordAgeInSeconds: 86400", "{ ShardCount: 1 }")]
    [InlineData("MaximumRecordAgeInSeconds: -1", "{ ShardCount: 1 }")]
    [InlineData("BatchSize: 10", "{ ShardCount: 1 }")]
    [InlineData("MaximumRecordAgeInSeconds: !Ref Unknown", "{ ShardCount: 1 }")]
    [InlineData("MaximumRecordAgeInSeconds: 172800", "{ ShardCount: 1, RetentionPeriodHours: !Ref Unknown }")]
    [InlineData("MaximumRecordAgeInSeconds: 172800", "{ ShardCount: 1, RetentionPeriodHours: 48 }")]
    [InlineData("MaximumRecordAgeInSeconds: 172800", "{ ShardCount: 1, RetentionPeriodHours: !If [IsProd, 168, 24] }")]
    [InlineData("MaximumRecordAgeInSeconds: !If [IsProd, 172800, 3600]", "{ ShardCount: 1 }")]
    [InlineData("MaximumRecordAgeInSeconds: !If [IsProd, 172800, !Ref AWS::NoValue]", "{ ShardCount: 1 }")]
    [InlineData("MaximumRecordAgeInSeconds: 604801", "{ ShardCount: 1 }")]
    [InlineData("MaximumRecordAgeInSeconds: 172800\n            Enabled: false", "{ ShardCount: 1 }")]
    public Task What_can_be_given_up_in_time_is_unknown_or_switched_off_is_not_judged(string settings, string stream) =>
        VerifyAsync(Streams.Kinesis(settings, stream));

    [Fact]
    public Task Of_a_stream_of_another_stack_the_retention_is_not_known() =>
        VerifyAsync(Streams.Kinesis("MaximumRecordAgeInSeconds: 604800").Replace("!GetAtt OrdersStream.Arn", "!ImportValue OrdersStream"));

    [Fact]
    public Task The_mildest_of_all_possible_values_is_judged() =>
        VerifyAsync(
            Streams.Kinesis("MaximumRecordAgeInSeconds: {|#1:!If [IsProd, 604800, 345600]|}", "{ ShardCount: 1, RetentionPeriodHours: !If [IsProd, 48, 24] }"),
            Expiring("4 days", "2 days", " (template.yaml(4,98))", seconds: 172800)
        );

    [Fact]
    public Task A_parameters_default_is_named() =>
        VerifyAsync(
            Streams.Kinesis("MaximumRecordAgeInSeconds: {|#1:!Ref Days|}"),
            Expiring(assumption: " This holds as long as the deployment keeps the default of parameter 'Days'.")
        );

    [Fact]
    public Task A_comment_silences_it() =>
        VerifyAsync(Streams.Kinesis("MaximumRecordAgeInSeconds: 604800 # alo:disable ALO509 the retention is raised by hand"));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO509AgeBeyondRetention>(
                ("template.yaml", Streams.Kinesis("MaximumRecordAgeInSeconds: {|#0:172800|}")),
                Deployed.NoHandler,
                Verify
                    .Diagnostic()
                    .WithLocation(0)
                    .WithArguments(
                        "Orders",
                        "2 days",
                        "",
                        "1 day",
                        "",
                        Blocks,
                        "and is gone without a trace",
                        "Set MaximumRecordAgeInSeconds below 86400, or raise RetentionPeriodHours of the stream",
                        ""
                    )
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
