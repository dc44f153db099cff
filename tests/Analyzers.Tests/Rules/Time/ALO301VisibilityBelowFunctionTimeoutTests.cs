using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.TestKit;
using DiagnosticSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Time.ALO301VisibilityBelowFunctionTimeout>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

public sealed class ALO301VisibilityBelowFunctionTimeoutTests
{
    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed.VerifyAsync<ALO301VisibilityBelowFunctionTimeout>(template, expected);

    private static string Template(string visibility, string timeout, string mapping = "Queue: !GetAtt OrdersQueue.Arn", string head = "") =>
        $$"""
            AWSTemplateFormatVersion: '2010-09-09'
            Transform: AWS::Serverless-2016-10-31
            {{head}}
            Resources:
              {|#2:OrdersQueue|}:
                Type: AWS::SQS::Queue
                Properties:
                  DelaySeconds: 0
                  {{visibility}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  {{timeout}}
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        {{mapping}}
            """;

    private static DiagnosticResult Refused(string text, string where, int advised, string reckoning, string assumption = "") =>
        Verify
            .Diagnostic()
            .WithLocation(0)
            .WithArguments("Orders", "InvalidParameterValueException: " + text, "OrdersQueue", where, advised, reckoning, assumption);

    [Fact]
    public Task AWS_refuses_a_visibility_timeout_below_the_functions() =>
        VerifyAsync(
            Template("VisibilityTimeout: {|#1:60|}", "Timeout: 180", "{ Queue: !GetAtt OrdersQueue.Arn, MaximumBatchingWindowInSeconds: 5 }"),
            Refused(
                    "Queue visibility timeout: 60 seconds is less than Function timeout: 180 seconds",
                    " (template.yaml(9,26))",
                    1085,
                    "6 × function timeout 180 s + batching window 5 s"
                )
                .WithLocation(1)
                .WithMessage(
                    "AWS refuses mapping 'Orders', and the deployment fails: \"InvalidParameterValueException: Queue visibility timeout: 60 seconds is less than Function timeout: 180 seconds\". "
                        + "Raise the visibility timeout of queue 'OrdersQueue' (template.yaml(9,26)) to 1085 s, 6 × function timeout 180 s + batching window 5 s."
                )
        );

    [Fact]
    public Task Equal_timeouts_are_accepted() => VerifyAsync(Template("VisibilityTimeout: 180", "Timeout: 180"));

    [Fact]
    public Task The_default_visibility_timeout_is_30_seconds() =>
        VerifyAsync(
            Template("", "Timeout: 31"),
            Refused("Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds", " (template.yaml(5,3))", 186, "6 × function timeout 31 s")
                .WithLocation(2)
        );

    [Fact]
    public Task The_default_function_timeout_is_3_seconds() =>
        VerifyAsync(
            Template("VisibilityTimeout: {|#1:2|}", ""),
            Refused("Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds", " (template.yaml(9,26))", 18, "6 × function timeout 3 s")
                .WithLocation(1)
        );

    [Fact]
    public Task The_default_timeouts_fit() => VerifyAsync(Template("", ""));

    [Fact]
    public Task Functions_inherit_their_timeout_from_the_globals() =>
        VerifyAsync(
            Template("VisibilityTimeout: {|#1:60|}", "", head: "Globals: { Function: { Timeout: 61 } }"),
            Refused(
                    "Queue visibility timeout: 60 seconds is less than Function timeout: 61 seconds",
                    " (template.yaml(9,26))",
                    366,
                    "6 × function timeout 61 s"
                )
                .WithLocation(1)
        );

    [Fact]
    public Task A_parameter_without_default_is_not_known() =>
        VerifyAsync(Template("VisibilityTimeout: 10", "Timeout: !Ref Longest", head: "Parameters: { Longest: { Type: Number } }"));

    [Fact]
    public Task A_parameters_default_makes_it_a_warning() =>
        VerifyAsync(
            Template("VisibilityTimeout: {|#1:10|}", "Timeout: !Ref Longest", head: "Parameters: { Longest: { Type: Number, Default: 20 } }"),
            Refused(
                    "Queue visibility timeout: 10 seconds is less than Function timeout: 20 seconds",
                    " (template.yaml(9,26))",
                    120,
                    "6 × function timeout 20 s",
                    " This holds as long as the deployment keeps the default of parameter 'Longest'."
                )
                .WithLocation(1)
                .WithSeverity(DiagnosticSeverity.Warning)
        );

    [Theory]
    [InlineData("!If [IsProd, 30, 10]", false)]
    [InlineData("!If [IsProd, 19, 10]", true)]
    public Task All_values_of_an_undecided_condition_must_be_refused(string visibility, bool isRefused) =>
        VerifyAsync(
            Template(
                "VisibilityTimeout: {|#1:" + visibility + "|}",
                "Timeout: 20",
                head: "Parameters: { Stage: { Type: String } }\nConditions: { IsProd: !Equals [!Ref Stage, prod] }"
            ),
            isRefused
                ?
                [
                    Refused(
                            "Queue visibility timeout: 19 seconds is less than Function timeout: 20 seconds",
                            " (template.yaml(10,26))",
                            120,
                            "6 × function timeout 20 s"
                        )
                        .WithLocation(1),
                ]
                : []
        );

    [Fact]
    public Task A_queue_of_another_stack_is_not_known() => VerifyAsync(Template("VisibilityTimeout: 10", "Timeout: 20", "Queue: !ImportValue OrdersQueueArn"));

    [Fact]
    public Task An_unknown_window_is_left_out_of_the_advice() =>
        VerifyAsync(
            Template(
                "VisibilityTimeout: {|#1:10|}",
                "Timeout: 20",
                "{ Queue: !GetAtt OrdersQueue.Arn, MaximumBatchingWindowInSeconds: !Ref Window }",
                "Parameters: { Window: { Type: Number } }"
            ),
            Refused(
                    "Queue visibility timeout: 10 seconds is less than Function timeout: 20 seconds",
                    " (template.yaml(9,26))",
                    120,
                    "6 × function timeout 20 s"
                )
                .WithLocation(1)
        );

    [Fact]
    public Task The_factor_of_the_project_is_advised()
    {
        var test = Deployed.Test<ALO301VisibilityBelowFunctionTimeout>(
            Template("VisibilityTimeout: {|#1:10|}", "Timeout: 20"),
            Refused(
                    "Queue visibility timeout: 10 seconds is less than Function timeout: 20 seconds",
                    " (template.yaml(9,26))",
                    160,
                    "8 × function timeout 20 s"
                )
                .WithLocation(1)
        );
        test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Editor().Option("alo302.visibility_factor", "8"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
