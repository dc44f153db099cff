using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>One service in several files that disagree: a finding that rests on one of them names the other's place.</summary>
public sealed class OtherDescriptionTests
{
    private const string Throttled = "When invocations are throttled, a message can come back while it is being worked on";

    private static string Sam(string visibility = "30", string timeout = "30", string function = "", string queue = "", string mapping = "") =>
        $$"""
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: {{visibility}}
                  {{queue}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  Timeout: {{timeout}}
                  {{function}}
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        {{mapping}}
            """;

    private static string Terraform(string visibility = "300", string timeout = "30", string function = "", string queue = "", string mapping = "") =>
        $$"""
            resource "aws_sqs_queue" "orders" {
              visibility_timeout_seconds = {{visibility}}
              {{queue}}
            }

            resource "aws_lambda_function" "orders" {
              handler = "Orders::OrdersFunction::Handle"
              runtime = "dotnet8"
              timeout = {{timeout}}
              {{function}}
            }

            resource "aws_lambda_event_source_mapping" "orders" {
              event_source_arn = aws_sqs_queue.orders.arn
              function_name    = aws_lambda_function.orders.arn
              {{mapping}}
            }
            """;

    private static CSharpAnalyzerTest<TAnalyzer> Test<TAnalyzer>(string source, (string, string)[] files, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer> { AssemblyName = "Orders", TestState = { Sources = { source } } };
        foreach (var file in files)
            test.TestState.AdditionalFiles.Add(file);
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }

    private static Task VerifyAsync<TAnalyzer>((string, string)[] files, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        Test<TAnalyzer>(expected.Length == 0 ? Deployed.PlainHandler : Deployed.Handler, files, expected).RunAsync(TestContext.Current.CancellationToken);

    private static DiagnosticResult Below(string place, string more) =>
        new DiagnosticResult("ALO302")
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithLocation(0)
            .WithLocation(1)
            .WithMessage(
                $"The visibility timeout of queue 'OrdersQueue', 30 s ({place}), is below 2 × function timeout 30 s; AWS advises 6 × = 180 s. {Throttled}.{more}"
            );

    private static string Twice(string said) =>
        $" The service is described twice, and the descriptions disagree: {said}. It depends on which of them is deployed; make them agree.";

    [Fact]
    public Task The_setting_at_fault_is_named_with_both_places() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [("template.yaml", Sam("{|#1:30|}")), ("main.tf", Terraform("{|#2:300|}"))],
            Below("template.yaml(5,26)", Twice("VisibilityTimeout is 30 in template.yaml(5,26) and 300 in main.tf(2,32)")).WithLocation(2)
        );

    [Fact]
    public Task Settings_have_the_names_of_the_file_at_fault() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [("template.yaml", Sam("{|#2:300|}")), ("main.tf", Terraform("{|#1:30|}"))],
            new DiagnosticResult("ALO302")
                .WithLocation(0)
                .WithLocation(1)
                .WithLocation(2)
                .WithMessage(
                    $"The visibility timeout of queue 'aws_sqs_queue.orders', 30 s (main.tf(2,32)), is below 2 × function timeout 30 s; AWS advises 6 × = 180 s. {Throttled}."
                        + Twice("visibility_timeout_seconds is 30 in main.tf(2,32) and 300 in template.yaml(5,26)")
                )
        );

    [Fact]
    public Task Another_setting_makes_the_difference() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [("template.yaml", Sam("{|#1:30|}")), ("main.tf", Terraform("30", "{|#2:5|}"))],
            Below("template.yaml(5,26)", Twice("Timeout is 30 in template.yaml(12,16) and 5 in main.tf(9,13)")).WithLocation(2)
        );

    [Fact]
    public Task The_tools_defaults_describe_the_function_alone() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [
                ("template.yaml", Sam("{|#1:30|}")),
                (
                    "aws-lambda-tools-defaults.json",
                    """
                    { "function-handler": "Orders::OrdersFunction::Handle", "function-runtime": "dotnet8", "function-timeout": {|#2:5|} }
                    """
                ),
            ],
            Below("template.yaml(5,26)", Twice("Timeout is 30 in template.yaml(12,16) and 5 in aws-lambda-tools-defaults.json(1,108)")).WithLocation(2)
        );

    [Fact]
    public Task Files_of_one_name_are_told_apart_by_their_folders() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [("one/template.yaml", Sam("{|#1:30|}")), ("two/template.yaml", Sam("{|#2:300|}"))],
            Below("template.yaml(5,26)", Twice("VisibilityTimeout is 30 in one/template.yaml(5,26) and 300 in two/template.yaml(5,26)")).WithLocation(2)
        );

    [Fact]
    public Task A_finding_about_a_queue()
    {
        var sound = Terraform(
            queue: "redrive_policy = {|#2:jsonencode({ deadLetterTargetArn = \"arn:aws:sqs:eu-west-1:123456789012:dlq\", maxReceiveCount = 5 })|}"
        );
        return VerifyAsync<ALO501NoDeadLetterQueue>(
            [("template.yaml", Sam("300").Replace("OrdersQueue:", "{|#1:OrdersQueue|}:", StringComparison.Ordinal)), ("main.tf", sound)],
            new DiagnosticResult("ALO501").WithLocation(0).WithLocation(1).WithLocation(2)
        );
    }

    [Fact]
    public Task A_finding_about_code_and_mapping()
    {
        var source = Deployed.ReportingHandler.Replace("SQSBatchResponse Handle(", "SQSBatchResponse {|#0:Handle|}(", StringComparison.Ordinal);
        var files = new[]
        {
            ("template.yaml", Sam("300").Replace("        Orders:", "        {|#1:Orders|}:", StringComparison.Ordinal)),
            ("main.tf", Terraform(mapping: "function_response_types = {|#2:[\"ReportBatchItemFailures\"]|}")),
        };
        return Test<ALO202FailuresIgnoredByMapping>(
                source,
                files,
                new DiagnosticResult("ALO202")
                    .WithSeverity(DiagnosticSeverity.Error)
                    .WithLocation(0)
                    .WithLocation(1)
                    .WithLocation(2)
                    .WithMessage(
                        "'Handle' reports failed messages, but its mapping 'Orders' does not set ReportBatchItemFailures, so Lambda ignores the report and deletes the failed messages (template.yaml(15,9)). Add FunctionResponseTypes: [ReportBatchItemFailures]."
                            + Twice("FunctionResponseTypes is not set in template.yaml(15,9) and ReportBatchItemFailures in main.tf(16,29)")
                    )
            )
            .RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Two_that_are_both_at_fault_are_told_each() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [("template.yaml", Sam("{|#1:30|}")), ("main.tf", Terraform("{|#2:31|}"))],
            Below("template.yaml(5,26)", ""),
            new DiagnosticResult("ALO302")
                .WithLocation(0)
                .WithLocation(2)
                .WithMessage(
                    $"The visibility timeout of queue 'aws_sqs_queue.orders', 31 s (main.tf(2,32)), is below 2 × function timeout 30 s; AWS advises 6 × = 180 s. {Throttled}."
                )
        );

    [Theory]
    [InlineData("FunctionName: orders-a", "", "function_name = \"orders-b\"", "")]
    [InlineData("", "QueueName: orders-a", "", "name = \"orders-b\"")]
    public Task Names_that_differ_are_two_deployments(string function, string queue, string otherFunction, string otherQueue) =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [("template.yaml", Sam("{|#1:30|}", function: function, queue: queue)), ("main.tf", Terraform(function: otherFunction, queue: otherQueue))],
            Below("template.yaml(5,26)", "")
        );

    [Fact]
    public Task Names_that_agree_are_one_service() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [
                ("template.yaml", Sam("{|#1:30|}", function: "FunctionName: orders")),
                ("main.tf", Terraform("{|#2:300|}", function: "function_name = \"orders\"")),
            ],
            Below("template.yaml(5,26)", Twice("VisibilityTimeout is 30 in template.yaml(5,26) and 300 in main.tf(2,32)")).WithLocation(2)
        );

    [Fact]
    public async Task What_the_finding_does_not_rest_on_is_not_named()
    {
        var policy = "redrive_policy = jsonencode({ deadLetterTargetArn = \"arn:aws:sqs:eu-west-1:123456789012:dlq\", maxReceiveCount = 5 })";
        await VerifyAsync<ALO302VisibilityBelowAdvice>(
            [
                ("template.yaml", Sam("{|#1:30|}")),
                ("main.tf", Terraform("var.visibility", mapping: "batch_size = 5", queue: policy) + "\nvariable \"visibility\" {}\n"),
            ],
            Below("template.yaml(5,26)", "")
        );
        var source = Deployed.ReportingHandler.Replace("SQSBatchResponse Handle(", "SQSBatchResponse {|#0:Handle|}(", StringComparison.Ordinal);
        var files = new[]
        {
            ("template.yaml", Sam("300").Replace("        Orders:", "        {|#1:Orders|}:", StringComparison.Ordinal)),
            (
                "aws-lambda-tools-defaults.json",
                """{ "function-handler": "Orders::OrdersFunction::Handle", "function-runtime": "dotnet8", "function-timeout": 5 }"""
            ),
        };
        await Test<ALO202FailuresIgnoredByMapping>(source, files, new DiagnosticResult("ALO202").WithLocation(0).WithLocation(1))
            .RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task What_is_not_known_is_no_disagreement() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [("template.yaml", Sam("{|#1:30|}")), ("main.tf", Terraform("var.visibility") + "\nvariable \"visibility\" {}\n")],
            Below("template.yaml(5,26)", "")
        );

    [Fact]
    public Task A_handler_of_another_name_is_another_service() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [
                ("template.yaml", Sam("{|#1:30|}")),
                ("main.tf", Terraform().Replace("Orders::OrdersFunction", "Refunds::RefundsFunction", StringComparison.Ordinal)),
            ],
            Below("template.yaml(5,26)", "")
        );

    [Fact]
    public Task Of_several_mappings_that_could_be_meant_none_is() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            [
                ("template.yaml", Sam("{|#1:30|}")),
                (
                    "main.tf",
                    Terraform()
                        + """

                        resource "aws_sqs_queue" "more" {
                          visibility_timeout_seconds = 300
                        }

                        resource "aws_lambda_event_source_mapping" "more" {
                          event_source_arn = aws_sqs_queue.more.arn
                          function_name    = aws_lambda_function.orders.arn
                        }
                        """
                ),
            ],
            Below("template.yaml(5,26)", "")
        );

    [Fact]
    public Task Two_sound_descriptions_are_silent() => VerifyAsync<ALO302VisibilityBelowAdvice>([("template.yaml", Sam("180")), ("main.tf", Terraform())]);
}
