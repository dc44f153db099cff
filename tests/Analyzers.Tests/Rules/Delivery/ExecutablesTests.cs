using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Time.ALO301VisibilityBelowFunctionTimeout>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

/// <summary>Functions whose <c>Handler</c> names no assembly, as on <c>provided.al2023</c>: where the code comes from tells whose they are, in every dialect.</summary>
public sealed class ExecutablesTests
{
    private const string Refusal = "InvalidParameterValueException: Queue visibility timeout: 10 seconds is less than Function timeout: 20 seconds";

    private const string Sam = """
        Resources:
          OrdersQueue:
            Type: AWS::SQS::Queue
            Properties:
              VisibilityTimeout: {|#1:10|}
          OrdersFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: bootstrap
              Runtime: provided.al2023
              CodeUri: CODE
              Timeout: 20
              Events:
                Orders:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt OrdersQueue.Arn
        """;

    private const string Serverless = """
        service: shop
        provider: { name: aws, runtime: provided.al2023, timeout: 20 }
        functions:
          orders:
            handler: bootstrap
            package: { artifact: CODE }
            events:
              - sqs: { arn: !GetAtt OrdersQueue.Arn }
        resources:
          Resources:
            OrdersQueue:
              Type: AWS::SQS::Queue
              Properties:
                VisibilityTimeout: {|#1:10|}
        """;

    private const string Terraform = """
        data "archive_file" "orders" {
          type        = "zip"
          source_dir  = "${path.module}/CODE"
          output_path = "${path.module}/orders.zip"
        }
        resource "aws_sqs_queue" "orders" {
          visibility_timeout_seconds = {|#1:10|}
        }
        resource "aws_lambda_function" "orders" {
          handler  = "bootstrap"
          runtime  = "provided.al2023"
          timeout  = 20
          filename = data.archive_file.orders.output_path
        }
        resource "aws_lambda_event_source_mapping" "orders" {
          event_source_arn = aws_sqs_queue.orders.arn
          function_name    = aws_lambda_function.orders.arn
        }
        """;

    private const string Program = """
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.RuntimeSupport;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Amazon.Lambda.SQSEvents;

        await LambdaBootstrapBuilder.Create<SQSEvent, SQSBatchResponse>(Function.Handle, new DefaultLambdaJsonSerializer()).Build().RunAsync();

        public static class Function
        {
            public static SQSBatchResponse {|#0:Handle|}(SQSEvent batch, ILambdaContext context) => new();
        }
        """;

    public static TheoryData<string, string, string> Places =>
        new()
        {
            { "template.yaml", Sam, "src/Orders" },
            { "template.yaml", Sam, "src/Orders/bin/Release/net10.0/publish/" },
            { "serverless.yml", Serverless, "src/Orders/bin/release/orders.zip" },
            { "main.tf", Terraform, "src/Orders/publish" },
            { "main.tf", Terraform.Replace("data.archive_file.orders.output_path", "\"CODE\""), "src/Orders/artifacts/orders.zip" },
        };

    [Theory]
    [MemberData(nameof(Places))]
    public Task The_only_handler_of_the_program_is_the_functions(string path, string template, string code)
    {
        var (mapping, queue, place) = path switch
        {
            "template.yaml" => ("Orders", "OrdersQueue", "5,26"),
            "serverless.yml" => ("orders.sqs", "OrdersQueue", "14,28"),
            _ => ("aws_lambda_event_source_mapping.orders", "aws_sqs_queue.orders", "7,32"),
        };
        var test = Test(path, template.Replace("CODE", code));
        test.ExpectedDiagnostics.Add(
            Verify
                .Diagnostic()
                .WithLocation(0)
                .WithLocation(1)
                .WithArguments(mapping, Refusal, queue, $" ({path}({place}))", "120", "6 × function timeout 20 s", "")
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("template.yaml", Sam, "src/Refunds")]
    [InlineData("template.yaml", Sam, "src/Orders/Inner")]
    [InlineData("serverless.yml", Serverless, "bin/orders.zip")]
    [InlineData("main.tf", Terraform, "src/Refunds/publish")]
    public Task A_function_whose_code_lies_elsewhere_is_another_projects(string path, string template, string code) =>
        Test(path, template.Replace("CODE", code).Replace("{|#1:10|}", "10"), Program.Replace("{|#0:Handle|}", "Handle"))
            .RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("src", false)]
    [InlineData(".", false)]
    [InlineData("src/Orders", true)]
    public Task Of_several_functions_with_code_in_a_folder_above_none_is_certain(string code, bool isOnHandler)
    {
        var refunds =
            $"\n  RefundsFunction: {{ Type: AWS::Serverless::Function, Properties: {{ Handler: bootstrap, Runtime: provided.al2023, CodeUri: {code} }} }}";
        var test = Test("template.yaml", Sam.Replace("CODE", code) + refunds, isOnHandler ? Program : Program.Replace("{|#0:Handle|}", "Handle"));
        var finding = isOnHandler ? Verify.Diagnostic().WithLocation(0).WithLocation(1) : Verify.Diagnostic().WithLocation(1);
        test.ExpectedDiagnostics.Add(
            finding.WithArguments("Orders", Refusal, "OrdersQueue", isOnHandler ? " (template.yaml(5,26))" : "", "120", "6 × function timeout 20 s", "")
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static CSharpAnalyzerTest<ALO301VisibilityBelowFunctionTimeout> Test(string path, string template, string source = Program)
    {
        var test = Deployed.Test<ALO301VisibilityBelowFunctionTimeout>((path, template), source);
        test.AssemblyName = "Shop.Orders";
        test.OutputKind = OutputKind.ConsoleApplication;
        test.TestState.AnalyzerConfigFiles.Add(Deployed.InFolder("/0/src/Orders/"));
        return test;
    }
}
