using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO505DeadLettersExpireEarly>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO505DeadLettersExpireEarlyTests
{
    private const string Undecided = "Parameters: { Unknown: { Type: Number } }\nConditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }";

    private static string Template(
        string deadLetterQueue,
        string queue = "DelaySeconds: 0",
        string mapping = "Enabled: true",
        string head = "Description: Orders",
        string id = "Dlq"
    ) =>
        $$"""
            {{head}}
            Resources:
              {{id}}:
                Type: AWS::SQS::Queue
                Properties:
                  {{deadLetterQueue}}
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  {{queue}}
                  RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        {{mapping}}
            """;

    private static DiagnosticResult Shorter(string left = "1 day", string kept = "4 days", string where = " (template.yaml(6,31))", string assumption = "") =>
        Verify
            .Diagnostic()
            .WithLocation(0)
            .WithLocation(1)
            .WithArguments(
                "Dlq",
                left,
                where,
                $"less than the {kept} of",
                "OrdersQueue",
                $"one that is older than {left} when it is given up is deleted at once, before anybody has seen it",
                "MessageRetentionPeriod",
                1209600,
                assumption
            );

    private static DiagnosticResult Equal(string where, string left = "4 days", string assumption = "") =>
        Verify
            .Diagnostic()
            .WithSeverity(Info)
            .WithLocation(0)
            .WithLocation(1)
            .WithArguments(
                "Dlq",
                left,
                where,
                "no longer than",
                "OrdersQueue",
                $"there it has only what its tries have left of the {left}",
                "MessageRetentionPeriod",
                1209600,
                assumption
            );

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed.VerifyAsync<ALO505DeadLettersExpireEarly>(template, expected);

    private static Task VerifyFixAsync(string template, string expected) =>
        Deployed
            .Fix<ALO505DeadLettersExpireEarly, ALO505DeadLettersExpireEarlyFix>(
                template,
                expected,
                source: Deployed.PlainHandler.Replace("Handle(", "[|Handle|](")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Shorter_is_a_warning() =>
        VerifyAsync(
            Template("MessageRetentionPeriod: {|#1:86400|}"),
            Shorter()
                .WithSeverity(Warning)
                .WithMessage(
                    "Dead-letter queue 'Dlq' keeps messages for 1 day (template.yaml(6,31)), less than the 4 days of its source 'OrdersQueue': a message keeps the time of its first sending when it is moved, "
                        + "so one that is older than 1 day when it is given up is deleted at once, before anybody has seen it. Set MessageRetentionPeriod of 'Dlq' to 1209600 (14 days)."
                )
        );

    [Fact]
    public Task Equal_is_advice() => VerifyAsync(Template("MessageRetentionPeriod: {|#1:345600|}"), Equal(" (template.yaml(6,31))"));

    [Fact]
    public Task Two_defaults_are_equal() => VerifyAsync(Template("DelaySeconds: 1", id: "{|#1:Dlq|}"), Equal(" (template.yaml(3,3))"));

    [Theory]
    [InlineData("MessageRetentionPeriod: 90000", "MessageRetentionPeriod: {|#1:7200|}", "2 hours", "25 hours")]
    [InlineData("MessageRetentionPeriod: 86400", "MessageRetentionPeriod: {|#1:60|}", "60 s", "1 day")]
    [InlineData("MessageRetentionPeriod: !If [IsProd, 345600, 172800]", "MessageRetentionPeriod: {|#1:!If [IsProd, 86400, 3600]|}", "1 day", "2 days")]
    public Task The_mildest_of_all_possible_values_is_judged(string queue, string deadLetterQueue, string left, string kept) =>
        VerifyAsync(Template(deadLetterQueue, queue, head: Undecided), Shorter(left, kept, " (template.yaml(7,31))"));

    [Theory]
    [InlineData("DelaySeconds: 0", "MessageRetentionPeriod: 345601")]
    [InlineData("DelaySeconds: 0", "MessageRetentionPeriod: 1209600")]
    [InlineData("MessageRetentionPeriod: 1209600", "MessageRetentionPeriod: 1209600")]
    [InlineData("MessageRetentionPeriod: !Ref Unknown", "MessageRetentionPeriod: 60")]
    [InlineData("DelaySeconds: 0", "MessageRetentionPeriod: !Ref Unknown")]
    [InlineData("DelaySeconds: 0", "MessageRetentionPeriod: !If [IsProd, 1209600, 60]")]
    [InlineData("MessageRetentionPeriod: !If [IsProd, 1209600, 60]", "MessageRetentionPeriod: 7200")]
    [InlineData("DelaySeconds: 0", "MessageRetentionPeriod: 59")]
    [InlineData("FifoQueue: true", "FifoQueue: true\n      MessageRetentionPeriod: 60")]
    [InlineData("FifoQueue: !Ref Unknown", "MessageRetentionPeriod: 60")]
    public Task Longer_the_longest_unknown_refused_or_FIFO(string queue, string deadLetterQueue) =>
        VerifyAsync(Template(deadLetterQueue, queue, head: Undecided));

    [Fact]
    public Task A_queue_of_another_stack_keeps_who_knows_how_long() =>
        VerifyAsync(Template("MessageRetentionPeriod: 60").Replace("!GetAtt Dlq.Arn", "!ImportValue Dead"));

    [Fact]
    public Task A_parameters_default_is_named() =>
        VerifyAsync(
            Template("MessageRetentionPeriod: {|#1:!Ref Kept|}", head: "Parameters: { Kept: { Type: Number, Default: 86400 } }"),
            Shorter(assumption: " This holds as long as the deployment keeps the default of parameter 'Kept'.")
        );

    [Fact]
    public Task A_mapping_that_is_switched_off_gives_nothing_up() => VerifyAsync(Template("MessageRetentionPeriod: 60", mapping: "Enabled: false"));

    [Fact]
    public Task A_comment_silences_it() => VerifyAsync(Template("MessageRetentionPeriod: 60 # alo:disable ALO505 only counted, never read"));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO505DeadLettersExpireEarly>(
                ("template.yaml", Template("MessageRetentionPeriod: {|#0:345600|}")),
                Deployed.NoHandler,
                Verify
                    .Diagnostic()
                    .WithSeverity(Info)
                    .WithLocation(0)
                    .WithArguments(
                        "Dlq",
                        "4 days",
                        "",
                        "no longer than",
                        "OrdersQueue",
                        "there it has only what its tries have left of the 4 days",
                        "MessageRetentionPeriod",
                        1209600,
                        ""
                    )
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("MessageRetentionPeriod: 86400 # a day", "MessageRetentionPeriod: 1209600 # a day")]
    [InlineData("DelaySeconds: 1", "DelaySeconds: 1\n      MessageRetentionPeriod: 1209600")]
    public Task The_fix_keeps_dead_letters_for_14_days(string before, string after) =>
        VerifyFixAsync(Template(before, "MessageRetentionPeriod: 432000"), Template(after, "MessageRetentionPeriod: 432000"));

    [Fact]
    public Task The_fix_sets_the_default_of_the_parameter() =>
        VerifyFixAsync(
            Template("MessageRetentionPeriod: !Ref Kept", head: "Parameters: { Kept: { Type: Number, Default: 86400 } }"),
            Template("MessageRetentionPeriod: !Ref Kept", head: "Parameters: { Kept: { Type: Number, Default: 1209600 } }")
        );
}
