using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>Rules judge a deployment whatever it is written in; the file's name tells the dialect.</summary>
public sealed class DialectTests
{
    private const string Functions = """
        resource "aws_lambda_function" "orders" {
          function_name = "orders"
          handler       = "Orders::OrdersFunction::Handle"
          runtime       = "dotnet8"
          timeout       = 20
        }

        resource "aws_lambda_event_source_mapping" "orders" {
          event_source_arn = aws_sqs_queue.orders.arn
          function_name    = aws_lambda_function.orders.arn
        }
        """;

    private const string Queues = """
        resource "aws_sqs_queue" "orders" {
          visibility_timeout_seconds = {|#1:var.visibility|}
        }

        variable "visibility" {
          default = 10
        }
        """;

    private static CSharpAnalyzerTest<ALO301VisibilityBelowFunctionTimeout> Test(DiagnosticSeverity severity, params (string Path, string Text)[] files)
    {
        var test = new CSharpAnalyzerTest<ALO301VisibilityBelowFunctionTimeout> { AssemblyName = "Orders", TestState = { Sources = { Deployed.Handler } } };
        foreach (var file in files)
            test.TestState.AdditionalFiles.Add(file);
        test.ExpectedDiagnostics.Add(new DiagnosticResult("ALO301").WithSeverity(severity).WithLocation(0).WithLocation(1));
        return test;
    }

    [Fact]
    public Task The_files_of_a_folder_are_one_Terraform_module() =>
        Test(DiagnosticSeverity.Warning, ("infra/queues.tf", Queues), ("infra/functions.tf", Functions)).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Files_of_two_folders_are_two_modules()
    {
        var test = new CSharpAnalyzerTest<ALO301VisibilityBelowFunctionTimeout>
        {
            AssemblyName = "Orders",
            TestState =
            {
                Sources = { Deployed.PlainHandler },
                AdditionalFiles = { ("infra/queues.tf", Queues.Replace("{|#1:", "").Replace("|}", "")), ("other/functions.tf", Functions) },
            },
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_value_that_Terraform_loads_itself_counts() =>
        Test(
                DiagnosticSeverity.Warning,
                ("infra/queues.tf", Queues.Replace("default = 10", "type = number")),
                ("infra/functions.tf", Functions),
                ("infra/terraform.tfvars", "visibility = 10")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task A_service_of_the_Serverless_Framework() =>
        Test(
                DiagnosticSeverity.Error,
                (
                    "serverless.yml",
                    """
                    service: orders
                    provider: { name: aws, runtime: dotnet8, timeout: 20 }
                    functions:
                      orders:
                        handler: Orders::OrdersFunction::Handle
                        events:
                          - sqs: { arn: !GetAtt OrdersQueue.Arn }
                    resources:
                      Resources:
                        OrdersQueue:
                          Type: AWS::SQS::Queue
                          Properties: { VisibilityTimeout: {|#1:10|} }
                    """
                )
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Without_a_handler_the_finding_sits_in_the_file_that_declares_the_queue()
    {
        var test = new CSharpAnalyzerTest<ALO501NoDeadLetterQueue>
        {
            AssemblyName = "Orders",
            TestState =
            {
                Sources = { Deployed.NoHandler },
                AdditionalFiles =
                {
                    ("infra/functions.tf", Functions),
                    ("infra/queues.tf", "{|#0:resource \"aws_sqs_queue\" \"orders\"|} {\n  visibility_timeout_seconds = 120\n}\n"),
                },
            },
        };
        test.ExpectedDiagnostics.Add(new DiagnosticResult("ALO501").WithLocation(0));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_broken_file_of_a_module_is_told_where_it_is_broken()
    {
        var test = new CSharpAnalyzerTest<ALO500TemplateCannotBeRead>
        {
            AssemblyName = "Orders",
            TestState =
            {
                Sources = { Deployed.PlainHandler },
                AdditionalFiles =
                {
                    ("infra/functions.tf", Functions),
                    ("infra/queues.tf", "resource \"aws_sqs_queue\" \"orders\" {\n  visibility_timeout_seconds = {|#0:\n|}}\n"),
                },
            },
        };
        test.ExpectedDiagnostics.Add(new DiagnosticResult("ALO500").WithLocation(0));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
