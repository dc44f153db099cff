using System.Globalization;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>Messages call what is to be written as the dialect does in which it is to be written.</summary>
public sealed class DialectAdviceTests
{
    private const string Handlers =
        Deployed.ReportingHandler
        + """


            public class ClicksFunction
            {
                public void Handle(Amazon.Lambda.KinesisEvents.KinesisEvent batch) { }
            }

            """;

    private const string Terraform = """
        resource "aws_lambda_function" "orders" {
          function_name                  = "orders"
          handler                        = "Orders::OrdersFunction::Handle"
          runtime                        = "dotnet8"
          reserved_concurrent_executions = 3
        }

        resource "aws_lambda_function" "clicks" {
          function_name = "clicks"
          handler       = "Orders::ClicksFunction::Handle"
          runtime       = "dotnet8"
        }

        resource "aws_lambda_event_source_mapping" "orders" {
          event_source_arn = aws_sqs_queue.orders.arn
          function_name    = aws_lambda_function.orders.arn
          batch_size       = 20
        }

        resource "aws_lambda_event_source_mapping" "jobs" {
          event_source_arn = aws_sqs_queue.jobs.arn
          function_name    = aws_lambda_function.orders.arn
        }

        resource "aws_lambda_event_source_mapping" "clicks" {
          event_source_arn  = aws_kinesis_stream.clicks.arn
          function_name     = aws_lambda_function.clicks.arn
          starting_position = "LATEST"
        }

        resource "aws_kinesis_stream" "clicks" {
          name = "clicks"
        }

        resource "aws_sqs_queue" "orders" {}

        resource "aws_sqs_queue" "jobs" {
          redrive_policy = jsonencode({
            deadLetterTargetArn = aws_sqs_queue.dead.arn
            maxReceiveCount     = 1
          })
        }

        resource "aws_sqs_queue" "dead" {
          message_retention_seconds = 60
        }
        """;

    private const string Resources = """
        Resources:
          Clicks: { Type: AWS::Kinesis::Stream }
          Orders: { Type: AWS::SQS::Queue }
          Jobs: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 1 } } }
          Dead: { Type: AWS::SQS::Queue, Properties: { MessageRetentionPeriod: 60 } }
        """;

    private const string Functions = """
          OrdersFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Orders::OrdersFunction::Handle
              Runtime: dotnet8
              ReservedConcurrentExecutions: 3
              Events:
                Orders: { Type: SQS, Properties: { Queue: !GetAtt Orders.Arn, BatchSize: 20 } }
                Jobs: { Type: SQS, Properties: { Queue: !GetAtt Jobs.Arn } }
          ClicksFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Orders::ClicksFunction::Handle
              Runtime: dotnet8
              Events:
                Clicks: { Type: Kinesis, Properties: { Stream: !GetAtt Clicks.Arn, StartingPosition: LATEST } }
        """;

    private const string Service = """
        service: orders
        provider: { name: aws, runtime: dotnet8, timeout: 3 }
        functions:
          orders:
            handler: Orders::OrdersFunction::Handle
            reservedConcurrency: 3
            events:
              - sqs: { arn: !GetAtt Orders.Arn, batchSize: 20 }
              - sqs: { arn: !GetAtt Jobs.Arn }
          clicks:
            handler: Orders::ClicksFunction::Handle
            events:
              - stream: { arn: !GetAtt Clicks.Arn }
        resources:

        """;

    private const string Cdk = """
        public class OrdersStack : Amazon.CDK.Stack
        {
            public OrdersStack(Constructs.Construct scope, string id) : base(scope, id)
            {
                var dead = new Amazon.CDK.AWS.SQS.Queue(this, "Dead", new Amazon.CDK.AWS.SQS.QueueProps { RetentionPeriod = Amazon.CDK.Duration.Seconds(60) });
                var jobs = new Amazon.CDK.AWS.SQS.Queue(this, "Jobs", new Amazon.CDK.AWS.SQS.QueueProps
                {
                    DeadLetterQueue = new Amazon.CDK.AWS.SQS.DeadLetterQueue { Queue = dead, MaxReceiveCount = 1 },
                });
                var queue = new Amazon.CDK.AWS.SQS.Queue(this, "Orders");
                var stream = new Amazon.CDK.AWS.Kinesis.Stream(this, "Clicks");
                var orders = new Amazon.CDK.AWS.Lambda.Function(this, "OrdersFunction", new Amazon.CDK.AWS.Lambda.FunctionProps
                {
                    Runtime = Amazon.CDK.AWS.Lambda.Runtime.DOTNET_8,
                    Handler = "Orders::OrdersFunction::Handle",
                    Code = Amazon.CDK.AWS.Lambda.Code.FromAsset("out"),
                    ReservedConcurrentExecutions = 3,
                });
                orders.AddEventSource(new Amazon.CDK.AWS.Lambda.EventSources.SqsEventSource(queue, new Amazon.CDK.AWS.Lambda.EventSources.SqsEventSourceProps { BatchSize = 20 }));
                orders.AddEventSource(new Amazon.CDK.AWS.Lambda.EventSources.SqsEventSource(jobs));
                var clicks = new Amazon.CDK.AWS.Lambda.Function(this, "ClicksFunction", new Amazon.CDK.AWS.Lambda.FunctionProps
                {
                    Runtime = Amazon.CDK.AWS.Lambda.Runtime.DOTNET_8,
                    Handler = "Orders::ClicksFunction::Handle",
                    Code = Amazon.CDK.AWS.Lambda.Code.FromAsset("out"),
                });
                clicks.AddEventSource(new Amazon.CDK.AWS.Lambda.EventSources.KinesisEventSource(stream, new Amazon.CDK.AWS.Lambda.EventSources.KinesisEventSourceProps
                {
                    StartingPosition = Amazon.CDK.AWS.Lambda.StartingPosition.LATEST,
                }));
            }
        }
        """;

    private const string Pulumi = """
        public class OrdersStack : Pulumi.Stack
        {
            public OrdersStack()
            {
                var dead = new Pulumi.Aws.Sqs.Queue("Dead", new() { MessageRetentionSeconds = 60 });
                var jobs = new Pulumi.Aws.Sqs.Queue("Jobs", new()
                {
                    RedrivePolicy = dead.Arn.Apply(arn => System.Text.Json.JsonSerializer.Serialize(new { deadLetterTargetArn = arn, maxReceiveCount = 1 })),
                });
                var queue = new Pulumi.Aws.Sqs.Queue("Orders");
                var stream = new Pulumi.Aws.Kinesis.Stream("Clicks");
                var orders = new Pulumi.Aws.Lambda.Function("OrdersFunction", new() { Runtime = "dotnet8", Handler = "Orders::OrdersFunction::Handle", ReservedConcurrentExecutions = 3 });
                new Pulumi.Aws.Lambda.EventSourceMapping("Orders", new() { EventSourceArn = queue.Arn, FunctionName = orders.Name, BatchSize = 20 });
                new Pulumi.Aws.Lambda.EventSourceMapping("Jobs", new() { EventSourceArn = jobs.Arn, FunctionName = orders.Name });
                var clicks = new Pulumi.Aws.Lambda.Function("ClicksFunction", new() { Runtime = "dotnet8", Handler = "Orders::ClicksFunction::Handle" });
                new Pulumi.Aws.Lambda.EventSourceMapping("Clicks", new() { EventSourceArn = stream.Arn, FunctionName = clicks.Name, StartingPosition = "LATEST" });
            }
        }
        """;

    private static async Task<ILookup<string, string>> MessagesAsync(string source, params (string Path, string Text)[] files)
    {
        var tree = CSharpSyntaxTree.ParseText(source, path: "/0/Function.cs", cancellationToken: TestContext.Current.CancellationToken);
        var references = References.Default.And("Constructs", "Amazon.CDK.Lib", "Pulumi", "Pulumi.Aws").Resolve();
        var compilation = CSharpCompilation.Create("Orders", [tree], references, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var options = new AnalyzerOptions([.. files.Select(file => new Text(file.Path, file.Text))]);
        var said = await compilation.WithAnalyzers([.. TestSetup.AllRules()], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return said.ToLookup(diagnostic => diagnostic.Id, diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    private static void AssertAdvice(ILookup<string, string> messages, params (string Id, string Advice)[] expected) =>
        Assert.All(expected, advice => Assert.Contains(messages[advice.Id], message => message.EndsWith(advice.Advice, StringComparison.Ordinal)));

    [Fact]
    public async Task CloudFormation_says_it_in_its_own_words() =>
        AssertAdvice(
            await MessagesAsync(Handlers, ("/0/template.yaml", Resources + "\n" + Functions)),
            ("ALO202", " Add FunctionResponseTypes: [ReportBatchItemFailures]."),
            ("ALO501", " Add a RedrivePolicy with a dead-letter queue that keeps messages for 14 days."),
            ("ALO502", " Set maxReceiveCount to at least 5."),
            ("ALO505", " Set MessageRetentionPeriod of 'Dead' to 1209600 (14 days)."),
            ("ALO507", " Set MaximumRetryAttempts, BisectBatchOnFunctionError and an OnFailure destination."),
            ("ALO510", " Set MaximumBatchingWindowInSeconds to at least 1, or BatchSize to at most 10."),
            ("ALO512", " Set MaximumConcurrency to 3.")
        );

    [Fact]
    public async Task Terraform_says_it_in_its_own_words() =>
        AssertAdvice(
            await MessagesAsync(Handlers, ("/0/main.tf", Terraform)),
            ("ALO202", " Add function_response_types = [\"ReportBatchItemFailures\"]."),
            ("ALO501", " Add a redrive_policy with a dead-letter queue that keeps messages for 14 days."),
            ("ALO502", " Set maxReceiveCount to at least 5."),
            ("ALO505", " Set message_retention_seconds of 'aws_sqs_queue.dead' to 1209600 (14 days)."),
            ("ALO507", " Set maximum_retry_attempts, bisect_batch_on_function_error and an on_failure destination."),
            ("ALO510", " Set maximum_batching_window_in_seconds to at least 1, or batch_size to at most 10."),
            ("ALO512", " Set maximum_concurrency to 3.")
        );

    [Fact]
    public async Task The_Serverless_Framework_says_it_in_its_own_words() =>
        AssertAdvice(
            await MessagesAsync(Handlers, ("/0/serverless.yml", Service + "  " + Resources.Replace("\n", "\n  "))),
            ("ALO202", " Add functionResponseType: ReportBatchItemFailures."),
            ("ALO501", " Add a RedrivePolicy with a dead-letter queue that keeps messages for 14 days."),
            ("ALO502", " Set maxReceiveCount to at least 5."),
            ("ALO505", " Set MessageRetentionPeriod of 'Dead' to 1209600 (14 days)."),
            ("ALO507", " Set maximumRetryAttempts, bisectBatchOnFunctionError and an onFailure destination."),
            ("ALO510", " Set maximumBatchingWindow to at least 1, or batchSize to at most 10."),
            ("ALO512", " Set maximumConcurrency to 3.")
        );

    [Fact]
    public async Task The_CDK_says_it_in_its_own_words() =>
        AssertAdvice(
            await MessagesAsync("using Amazon.CDK;\n" + Handlers + Cdk),
            ("ALO202", " Add ReportBatchItemFailures = true."),
            ("ALO501", " Add a DeadLetterQueue with a queue that keeps messages for 14 days."),
            ("ALO502", " Set MaxReceiveCount to at least 5."),
            ("ALO505", " Set RetentionPeriod of 'Dead' to 1209600 s (14 days)."),
            ("ALO510", " Set MaxBatchingWindow to at least 1 s, or BatchSize to at most 10."),
            ("ALO512", " Set MaxConcurrency to 3.")
        );

    [Fact]
    public async Task Pulumi_says_it_in_its_own_words() =>
        AssertAdvice(
            await MessagesAsync("using Pulumi;\n" + Handlers + Pulumi),
            ("ALO202", " Add FunctionResponseTypes = { \"ReportBatchItemFailures\" }."),
            ("ALO501", " Add a RedrivePolicy with a dead-letter queue that keeps messages for 14 days."),
            ("ALO502", " Set maxReceiveCount to at least 5."),
            ("ALO505", " Set MessageRetentionSeconds of 'Dead' to 1209600 (14 days)."),
            ("ALO507", " Set MaximumRetryAttempts, BisectBatchOnFunctionError and an OnFailure destination."),
            ("ALO510", " Set MaximumBatchingWindowInSeconds to at least 1, or BatchSize to at most 10."),
            ("ALO512", " Set MaximumConcurrency to 3.")
        );

    private sealed class Text(string path, string text) : AdditionalText
    {
        private readonly SourceText source = SourceText.From(text);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => source;
    }
}
