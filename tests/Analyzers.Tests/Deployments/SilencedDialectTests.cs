using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>A comment at the mapping or the queue silences what is said on the handler, whatever the deployment is written in.</summary>
public sealed class SilencedDialectTests
{
    private const string Sam = """
        Resources:
          QUEUE
          OrdersQueue:
            Type: AWS::SQS::Queue
            Properties: { VisibilityTimeout: 30 }
          OrdersFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Orders::OrdersFunction::Handle
              Runtime: dotnet10
              Timeout: 30
              Events:
                MAPPING
                Orders:
                  Type: SQS
                  Properties: { Queue: !GetAtt OrdersQueue.Arn }
        """;

    private const string Serverless = """
        service: orders
        provider: { name: aws, runtime: dotnet8, timeout: 30 }
        functions:
          orders:
            handler: Orders::OrdersFunction::Handle
            events:
              MAPPING
              - sqs: { arn: !GetAtt OrdersQueue.Arn }
        resources:
          Resources:
            QUEUE
            OrdersQueue:
              Type: AWS::SQS::Queue
              Properties: { VisibilityTimeout: 30 }
        """;

    private const string Terraform = """
        QUEUE
        resource "aws_sqs_queue" "orders" {
          visibility_timeout_seconds = 30
        }

        resource "aws_lambda_function" "orders" {
          handler = "Orders::OrdersFunction::Handle"
          runtime = "dotnet8"
          timeout = 30
        }

        MAPPING
        resource "aws_lambda_event_source_mapping" "orders" {
          event_source_arn = aws_sqs_queue.orders.arn
          function_name    = aws_lambda_function.orders.arn
        }
        """;

    private const string Json = """
        { "Resources": {
          "OrdersQueue": {
            "Type": "AWS::SQS::Queue",
            QUEUE
            "Properties": { "VisibilityTimeout": 30 }
          },
          "OrdersFunction": {
            "Type": "AWS::Serverless::Function",
            "Properties": { "Handler": "Orders::OrdersFunction::Handle", "Runtime": "dotnet8", "Timeout": 30 }
          },
          "Orders": {
            "Type": "AWS::Lambda::EventSourceMapping",
            MAPPING
            "Properties": { "EventSourceArn": { "Fn::GetAtt": ["OrdersQueue", "Arn"] }, "FunctionName": { "Ref": "OrdersFunction" } }
          }
        } }
        """;

    /// <summary>File, text, and how a line in it silences a rule.</summary>
    public static TheoryData<string, string, string> Dialects { get; } =
        new()
        {
            { "template.yaml", Sam, "# alo:disable {0} drained by hand" },
            { "serverless.yml", Serverless, "# alo:disable {0} drained by hand" },
            { "main.tf", Terraform, "# alo:disable {0} drained by hand" },
            { "main.tf", Terraform, "// alo:disable {0} drained by hand" },
            { "main.tf", Terraform, "/* alo:disable {0} drained by hand */" },
            { "serverless.template", Json, "\"Metadata\": {{ \"alo:disable\": \"{0} drained by hand\" }}," },
            { "serverless.template", Json, "\"Metadata\": {{ \"alo:disable\": [\"ALO501 replayed\", \"{0} drained by hand\"] }}," },
        };

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_finding_about_the_queue(string path, string text, string line)
    {
        var silenced = string.Format(System.Globalization.CultureInfo.InvariantCulture, line, "ALO302");
        await VerifyAsync<ALO302VisibilityBelowAdvice>(path, text, "", "", "ALO302");
        await VerifyAsync<ALO302VisibilityBelowAdvice>(path, text, silenced, "");
        await VerifyAsync<ALO302VisibilityBelowAdvice>(path, text, "", silenced);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_finding_about_the_mapping(string path, string text, string line)
    {
        var silenced = string.Format(System.Globalization.CultureInfo.InvariantCulture, line, "ALO202");
        await VerifyAsync<ALO202FailuresIgnoredByMapping>(path, text, "", "", "ALO202");
        await VerifyAsync<ALO202FailuresIgnoredByMapping>(path, text, "", silenced);
        await VerifyAsync<ALO202FailuresIgnoredByMapping>(path, text, silenced, "", "ALO202");
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Another_id_silences_nothing(string path, string text, string line)
    {
        var silenced = string.Format(System.Globalization.CultureInfo.InvariantCulture, line, "ALO301");
        await VerifyAsync<ALO302VisibilityBelowAdvice>(path, text, silenced, silenced, "ALO302");
        await VerifyAsync<ALO202FailuresIgnoredByMapping>(path, text, silenced, silenced, "ALO202");
    }

    private static Task VerifyAsync<TAnalyzer>(string path, string text, string atQueue, string atMapping, params string[] found)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var source = Deployed.ReportingHandler.Replace("SQSBatchResponse Handle(", "SQSBatchResponse {|#0:Handle|}(", StringComparison.Ordinal);
        var template = text.Replace("QUEUE", atQueue, StringComparison.Ordinal).Replace("MAPPING", atMapping, StringComparison.Ordinal);
        var test = Deployed.Test<TAnalyzer>(
            (path, template),
            found.Length > 0 ? source : Deployed.ReportingHandler,
            [.. found.Select(id => new DiagnosticResult(id).WithLocation(0).IgnoringAdditionalLocations())]
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
