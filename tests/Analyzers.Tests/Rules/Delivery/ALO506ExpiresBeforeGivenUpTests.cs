using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO506ExpiresBeforeGivenUp>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO506ExpiresBeforeGivenUpTests
{
    private const string Undecided = "Parameters: { Unknown: { Type: Number } }\nConditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }";
    private const string Lower = "Lower maxReceiveCount or VisibilityTimeout: SQS keeps no message for longer than 14 days.";

    private static string Template(
        string retention,
        string visibility = "900",
        string count = "5",
        string mapping = "Enabled: true",
        string head = "Description: Orders",
        string id = "OrdersQueue"
    ) =>
        $$"""
            {{head}}
            Resources:
              Dlq:
                Type: AWS::SQS::Queue
              {{id}}:
                Type: AWS::SQS::Queue
                Properties:
                  {{retention}}
                  VisibilityTimeout: {{visibility}}
                  RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: {{count}} }
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

    private static DiagnosticResult Expires(
        int kept,
        int receives,
        int visibility,
        string remedy,
        string where = " (template.yaml(8,31))",
        string assumption = ""
    ) =>
        Verify
            .Diagnostic()
            .WithLocation(0)
            .WithLocation(1)
            .WithArguments("OrdersQueue", kept, where, receives, visibility, receives * visibility, remedy, assumption);

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed.VerifyAsync<ALO506ExpiresBeforeGivenUp>(template, expected);

    [Fact]
    public Task The_numbers_are_in_the_message() =>
        VerifyAsync(
            Template("MessageRetentionPeriod: {|#1:3600|}"),
            Expires(3600, 5, 900, "Set MessageRetentionPeriod above 4500.")
                .WithSeverity(Warning)
                .WithMessage(
                    "Queue 'OrdersQueue' deletes a message after 3600 s (template.yaml(8,31)), but a failing one reaches the dead-letter queue only after 5 receives × visibility timeout 900 s = 4500 s: "
                        + "it is lost before. Set MessageRetentionPeriod above 4500."
                )
        );

    [Theory]
    [InlineData(4499)]
    [InlineData(4500)]
    public Task Up_to_the_last_receive_is_too_short(int retention) =>
        VerifyAsync(Template($"MessageRetentionPeriod: {{|#1:{retention}|}}"), Expires(retention, 5, 900, "Set MessageRetentionPeriod above 4500."));

    [Fact]
    public Task A_default_can_be_too_short() =>
        VerifyAsync(
            Template("DelaySeconds: 0", "43200", "8", id: "{|#1:OrdersQueue|}"),
            Expires(345600, 8, 43200, "Set MessageRetentionPeriod above 345600.", " (template.yaml(5,3))")
        );

    [Fact]
    public Task More_than_SQS_can_keep() => VerifyAsync(Template("MessageRetentionPeriod: {|#1:1209600|}", "43200", "28"), Expires(1209600, 28, 43200, Lower));

    [Fact]
    public Task The_mildest_of_all_possible_values_is_judged() =>
        VerifyAsync(
            Template("MessageRetentionPeriod: {|#1:!If [IsProd, 60, 120]|}", "!If [IsProd, 900, 30]", "!If [IsProd, 10, 4]", head: Undecided),
            Expires(120, 4, 30, "Set MessageRetentionPeriod above 120.", " (template.yaml(9,31))")
        );

    [Theory]
    [InlineData("MessageRetentionPeriod: 4501", "900", "5")]
    [InlineData("DelaySeconds: 0", "900", "5")]
    [InlineData("MessageRetentionPeriod: 60", "0", "1000")]
    [InlineData("MessageRetentionPeriod: !Ref Unknown", "900", "5")]
    [InlineData("MessageRetentionPeriod: 60", "!Ref Unknown", "5")]
    [InlineData("MessageRetentionPeriod: 60", "900", "!Ref Unknown")]
    [InlineData("MessageRetentionPeriod: !If [IsProd, 345600, 60]", "900", "5")]
    [InlineData("MessageRetentionPeriod: 59", "900", "5")]
    [InlineData("MessageRetentionPeriod: 60", "43201", "5")]
    [InlineData("MessageRetentionPeriod: 60", "900", "0")]
    public Task Long_enough_unknown_or_refused(string retention, string visibility, string count) =>
        VerifyAsync(Template(retention, visibility, count, head: Undecided));

    [Fact]
    public Task Without_a_redrive_policy_there_is_nothing_to_reach() =>
        VerifyAsync(Template("MessageRetentionPeriod: 60").Replace("      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }\n", ""));

    [Theory]
    [InlineData("MessageRetentionPeriod: {|#1:!Ref Number|}", "900", "5", 60, 5, 900)]
    [InlineData("MessageRetentionPeriod: {|#1:60|}", "!Ref Number", "5", 60, 5, 60)]
    [InlineData("MessageRetentionPeriod: {|#1:60|}", "900", "!Ref Number", 60, 60, 900)]
    public Task A_parameters_default_is_named(string retention, string visibility, string count, int kept, int receives, int hidden) =>
        VerifyAsync(
            Template(retention, visibility, count, head: "Parameters: { Number: { Type: Number, Default: 60 } }"),
            Expires(
                kept,
                receives,
                hidden,
                FormattableString.Invariant($"Set MessageRetentionPeriod above {receives * hidden}."),
                assumption: " This holds as long as the deployment keeps the default of parameter 'Number'."
            )
        );

    [Fact]
    public Task A_mapping_that_is_switched_off_receives_nothing() => VerifyAsync(Template("MessageRetentionPeriod: 60", mapping: "Enabled: false"));

    [Fact]
    public Task A_comment_silences_it() => VerifyAsync(Template("MessageRetentionPeriod: 60 # alo:disable ALO506 an old price is worth nothing"));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO506ExpiresBeforeGivenUp>(
                ("template.yaml", Template("MessageRetentionPeriod: {|#0:3600|}")),
                Deployed.NoHandler,
                Verify.Diagnostic().WithLocation(0).WithArguments("OrdersQueue", 3600, "", 5, 900, 4500, "Set MessageRetentionPeriod above 4500.", "")
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
