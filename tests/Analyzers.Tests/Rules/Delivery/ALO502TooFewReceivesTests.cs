using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO502TooFewReceives>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO502TooFewReceivesTests
{
    private static string Template(string count, string function = "MemorySize: 256", string mapping = "Enabled: true", string head = "Description: Orders") =>
        $$"""
            {{head}}
            Resources:
              Dlq:
                Type: AWS::SQS::Queue
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  RedrivePolicy:
                    deadLetterTargetArn: !GetAtt Dlq.Arn
                    maxReceiveCount: {{count}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  {{function}}
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        {{mapping}}
            """;

    private static DiagnosticResult GivenUp(string receives, string throttled = "", string assumption = "", string where = " (template.yaml(10,26))") =>
        Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("OrdersQueue", receives, where, throttled, "maxReceiveCount", assumption);

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) => Deployed.VerifyAsync<ALO502TooFewReceives>(template, expected);

    [Fact]
    public Task A_single_receive_is_a_warning() =>
        VerifyAsync(
            Template("{|#1:1|}"),
            GivenUp("1 receive")
                .WithMessage(
                    "Queue 'OrdersQueue' gives a message up after 1 receive (template.yaml(10,26)): a throttled invocation, or a crash that another message of its batch caused, uses one up, "
                        + "so a good message can reach the dead-letter queue without ever having been processed. Set maxReceiveCount to at least 5."
                )
        );

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public Task Up_to_four_receives_are_advice(int count) => VerifyAsync(Template($"{{|#1:{count}|}}"), GivenUp($"{count} receives").WithSeverity(Info));

    [Theory]
    [InlineData("5")]
    [InlineData("1000")]
    [InlineData("!Ref Unknown")]
    [InlineData("0")]
    [InlineData("many")]
    public Task Five_receives_are_enough_and_what_is_unknown_is_no_evidence(string count) =>
        VerifyAsync(Template(count, head: "Parameters: { Unknown: { Type: Number } }"));

    [Theory]
    [InlineData("{|#1:2|}", "2 receives")]
    [InlineData("{|#1:1|}", "1 receive")]
    public Task Reserved_concurrency_makes_two_receives_a_warning(string count, string receives) =>
        VerifyAsync(
            Template(count, "ReservedConcurrentExecutions: 3"),
            GivenUp(receives, " (and function 'OrdersFunction' is throttled: it has reserved concurrency, and mapping 'Orders' no MaximumConcurrency)")
        );

    [Theory]
    [InlineData("ReservedConcurrentExecutions: 3", "ScalingConfig: { MaximumConcurrency: 3 }")]
    [InlineData("ReservedConcurrentExecutions: 3", "ScalingConfig: { MaximumConcurrency: !Ref Unknown }")]
    [InlineData("ReservedConcurrentExecutions: !Ref Unknown", "Enabled: true")]
    [InlineData("MemorySize: 256", "Enabled: true")]
    public Task Without_known_throttling_two_receives_are_advice(string function, string mapping) =>
        VerifyAsync(Template("{|#1:2|}", function, mapping, "Parameters: { Unknown: { Type: Number } }"), GivenUp("2 receives").WithSeverity(Info));

    [Fact]
    public Task Three_receives_are_advice_under_throttling_too() =>
        VerifyAsync(Template("{|#1:3|}", "ReservedConcurrentExecutions: 3"), GivenUp("3 receives").WithSeverity(Info));

    [Fact]
    public Task A_parameters_default_is_named() =>
        VerifyAsync(
            Template("{|#1:!Ref Receives|}", head: "Parameters: { Receives: { Type: Number, Default: 1 } }"),
            GivenUp("1 receive", assumption: " This holds as long as the deployment keeps the default of parameter 'Receives'.")
        );

    [Theory]
    [InlineData("!If [IsProd, 5, 1]", "")]
    [InlineData("{|#1:!If [IsProd, 3, 1]|}", "3 receives")]
    public Task The_mildest_of_all_possible_values_is_judged(string count, string receives) =>
        VerifyAsync(
            Template(count, head: "Conditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }"),
            receives.Length == 0 ? [] : [GivenUp(receives).WithSeverity(Info)]
        );

    [Fact]
    public Task Without_a_redrive_policy_nothing_is_given_up() =>
        VerifyAsync(
            Template("5").Replace("      RedrivePolicy:\n        deadLetterTargetArn: !GetAtt Dlq.Arn\n        maxReceiveCount: 5\n", "      DelaySeconds: 0\n")
        );

    [Fact]
    public Task A_mapping_that_is_switched_off_receives_nothing() => VerifyAsync(Template("1", mapping: "Enabled: false"));

    [Fact]
    public Task A_comment_silences_it() => VerifyAsync(Template("1 # alo:disable ALO502 a second try would be wrong"));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO502TooFewReceives>(
                ("template.yaml", Template("{|#0:1|}")),
                Deployed.NoHandler,
                Verify.Diagnostic().WithLocation(0).WithArguments("OrdersQueue", "1 receive", "", "", "maxReceiveCount", "")
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
