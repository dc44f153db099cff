using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO508DiscardedWithoutDestination>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO508DiscardedWithoutDestinationTests
{
    private const string Retries = " (template.yaml(18,35))";
    private const string Age = " (template.yaml(18,40))";
    private const string Dropped = "they are dropped for good, and nothing tells which records they were";
    private const string WouldBeDropped =
        "as soon as its retries or the age of its records are limited, what it gives up is dropped for good, and nothing tells which records they were";

    private static DiagnosticResult Dropping(string when, string where = Retries, string assumption = "") =>
        Verify
            .Diagnostic()
            .WithLocation(0)
            .WithLocation(1)
            .WithArguments("Orders", where, $"gives records up {when}, and has no OnFailure destination", Dropped, "OnFailure", assumption);

    private static DiagnosticResult Advice(string assumption = "") =>
        Verify
            .Diagnostic()
            .WithSeverity(Info)
            .WithLocation(0)
            .WithLocation(1)
            .WithArguments("Orders", " (template.yaml(13,9))", "has no OnFailure destination", WouldBeDropped, "OnFailure", assumption);

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed
            .Test<ALO508DiscardedWithoutDestination>(("template.yaml", template), Streams.Handler, expected)
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task What_is_given_up_is_dropped_for_good() =>
        VerifyAsync(
            Streams.Kinesis("MaximumRetryAttempts: {|#1:3|}"),
            Dropping("after 4 failed attempts")
                .WithMessage(
                    "Mapping 'Orders' (template.yaml(18,35)) gives records up after 4 failed attempts, and has no OnFailure destination: they are dropped for good, "
                        + "and nothing tells which records they were. Add an OnFailure destination, such as a queue that keeps messages for 14 days."
                )
        );

    [Theory]
    [InlineData("MaximumRetryAttempts: {|#1:0|}", "after 1 failed attempt", Retries)]
    [InlineData("MaximumRecordAgeInSeconds: {|#1:3600|}", "when they are 1 hour old", Age)]
    [InlineData("MaximumRecordAgeInSeconds: {|#1:90|}\n            MaximumRetryAttempts: !Ref Unknown", "when they are 90 s old", Age)]
    [InlineData("MaximumRetryAttempts: {|#1:1|}\n            MaximumRecordAgeInSeconds: 86400", "after 2 failed attempts, or when they are 1 day old", Retries)]
    [InlineData("MaximumRetryAttempts: {|#1:!If [IsProd, 3, 5]|}", "when their retries are used up", Retries)]
    [InlineData("MaximumRecordAgeInSeconds: {|#1:!If [IsProd, 60, 90]|}", "when they are too old", Age)]
    public Task It_says_when_records_are_given_up(string settings, string when, string where) => VerifyAsync(Streams.Kinesis(settings), Dropping(when, where));

    [Theory]
    [InlineData("BatchSize: 10")]
    [InlineData("MaximumRetryAttempts: -1")]
    [InlineData("MaximumRetryAttempts: !If [IsProd, 3, -1]")]
    public Task Where_nothing_need_be_given_up_it_is_advice(string settings) => VerifyAsync(Streams.Kinesis(settings, id: "{|#1:Orders|}"), Advice());

    [Fact]
    public Task Advice_says_what_would_come() =>
        VerifyAsync(
            Streams.Kinesis("BatchSize: 10", id: "{|#1:Orders|}"),
            Advice()
                .WithMessage(
                    "Mapping 'Orders' (template.yaml(13,9)) has no OnFailure destination: as soon as its retries or the age of its records are limited, what it gives up is "
                        + "dropped for good, and nothing tells which records they were. Add an OnFailure destination, such as a queue that keeps messages for 14 days."
                )
        );

    [Theory]
    [InlineData("MaximumRetryAttempts: !Ref Unknown")]
    [InlineData("MaximumRecordAgeInSeconds: !Ref Unknown")]
    [InlineData("MaximumRetryAttempts: 3\n            DestinationConfig: { OnFailure: { Destination: !GetAtt Failures.Arn } }")]
    [InlineData("MaximumRetryAttempts: 3\n            DestinationConfig: { OnFailure: { Destination: !ImportValue Failures } }")]
    [InlineData(
        "MaximumRetryAttempts: 3\n            DestinationConfig: { OnFailure: { Destination: !If [IsProd, !GetAtt Failures.Arn, !Ref AWS::NoValue] } }"
    )]
    [InlineData("MaximumRetryAttempts: 3\n            Enabled: false")]
    public Task What_is_told_unknown_or_switched_off_is_not_judged(string settings) => VerifyAsync(Streams.Kinesis(settings));

    [Theory]
    [InlineData("MaximumRetryAttempts: {|#1:!Ref Three|}", "after 4 failed attempts", Retries, "Three")]
    [InlineData("MaximumRecordAgeInSeconds: {|#1:!Ref Days|}\n            MaximumRetryAttempts: !Ref Given", "when they are 2 days old", Age, "Days")]
    public Task A_parameters_default_is_named(string settings, string when, string where, string parameter) =>
        VerifyAsync(Streams.Kinesis(settings), Dropping(when, where, $" This holds as long as the deployment keeps the default of parameter '{parameter}'."));

    [Fact]
    public Task One_limit_that_is_certain_is_enough() =>
        VerifyAsync(
            Streams.Kinesis("MaximumRetryAttempts: {|#1:!Ref Three|}\n            MaximumRecordAgeInSeconds: 3600"),
            Dropping("after 4 failed attempts, or when they are 1 hour old")
        );

    [Fact]
    public Task Advice_names_the_parameter_too() =>
        VerifyAsync(
            Streams.Kinesis("MaximumRetryAttempts: !Ref Given", id: "{|#1:Orders|}"),
            Advice(" This holds as long as the deployment keeps the default of parameter 'Given'.")
        );

    [Fact]
    public Task A_queue_has_its_own_dead_letter_queue() =>
        Deployed.VerifyAsync<ALO508DiscardedWithoutDestination>(
            Streams
                .Kinesis("BatchSize: 10")
                .Replace("Type: Kinesis\n", "Type: SQS\n")
                .Replace("Stream: !GetAtt OrdersStream.Arn", "Queue: !GetAtt Failures.Arn")
        );

    /// <summary>Somebody meant the function's target for what the stream gives up: that is ALO503.</summary>
    [Fact]
    public Task Where_the_function_has_a_target_that_is_never_used_that_is_the_finding() =>
        VerifyAsync(
            Streams
                .Kinesis("MaximumRetryAttempts: 3")
                .Replace("Runtime: dotnet8", "Runtime: dotnet8\n      DeadLetterQueue: { Type: SQS, TargetArn: 'arn:aws:sqs:eu-west-1:123456789012:dead' }")
        );

    [Fact]
    public Task A_comment_silences_it() => VerifyAsync(Streams.Kinesis("MaximumRetryAttempts: 3 # alo:disable ALO508 metrics, a lost one does no harm"));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO508DiscardedWithoutDestination>(
                ("template.yaml", Streams.Kinesis("MaximumRetryAttempts: {|#0:3|}")),
                Deployed.NoHandler,
                Verify
                    .Diagnostic()
                    .WithLocation(0)
                    .WithArguments("Orders", "", "gives records up after 4 failed attempts, and has no OnFailure destination", Dropped, "OnFailure", "")
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
