using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Outcome;
using AtLeastOnce.CodeFixes.Rules.Time;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>Fixes of templates in other dialects than CloudFormation: the finding goes, no other comes, and the files are changed no more than needed.</summary>
public sealed class DialectFixTests
{
    private const string Function = """
        resource "aws_lambda_function" "orders" {
          function_name = "orders"
          handler       = "Orders::OrdersFunction::Handle"
          runtime       = "dotnet8"
          timeout       = 20
        }

        """;

    private const string Mapping = """

        resource "aws_lambda_event_source_mapping" "orders" {
          event_source_arn = aws_sqs_queue.orders.arn # all orders
          function_name    = aws_lambda_function.orders.arn
        }
        """;

    private const string Listening = """

        resource "aws_lambda_event_source_mapping" "orders" {
          event_source_arn        = aws_sqs_queue.orders.arn # all orders
          function_name           = aws_lambda_function.orders.arn
          function_response_types = ["ReportBatchItemFailures"]
        }
        """;

    private const string Stream = """

        resource "aws_kinesis_stream" "orders" {
          name = "orders"
        }

        resource "aws_lambda_event_source_mapping" "orders" {
          event_source_arn  = aws_kinesis_stream.orders.arn
          function_name     = aws_lambda_function.orders.arn
          starting_position = "LATEST"LIMITS
        }
        """;

    private const string Destination = """


          destination_config {
            on_failure {
              destination_arn = aws_sqs_queue.orders_failures.arn
            }
          }
        }

        resource "aws_sqs_queue" "orders_failures" {
          name_prefix               = "orders-failures-"
          message_retention_seconds = 1209600
        }
        """;

    private static string Queue(string body, string name = "orders") => $"resource \"aws_sqs_queue\" \"{name}\" {{\n{body}}}\n";

    private static async Task VerifyAsync<TAnalyzer, TFix>(
        DiagnosticResult[] findings,
        string source,
        (string Path, string Text)[] files,
        params (string Path, string Text)[] fixedFiles
    )
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix> { AssemblyName = "Orders", TestState = { Sources = { source } } };
        foreach (var file in files)
            test.TestState.AdditionalFiles.Add(file);
        foreach (var file in fixedFiles)
            test.FixedState.AdditionalFiles.Add(file);
        test.ExpectedDiagnostics.AddRange(findings.Select(finding => finding.IgnoringAdditionalLocations()));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static DiagnosticResult[] OnHandler(string id) => [new DiagnosticResult(id).WithSpan(5, 29, 5, 35)];

    private static DiagnosticResult[] OnStreamHandler(string id) => [new DiagnosticResult(id).WithSpan(5, 33, 5, 39)];

    private static DiagnosticResult[] OnReporting(string id) => [new DiagnosticResult(id).WithSpan(16, 29, 16, 35)];

    [Fact]
    public Task A_module_listens_to_reported_failures() =>
        VerifyAsync<ALO202FailuresIgnoredByMapping, ALO202FailuresIgnoredByMappingFix>(
            OnReporting("ALO202"),
            Deployed.ReportingHandler,
            [("infra/main.tf", Function + Mapping), ("infra/queues.tf", Queue("  visibility_timeout_seconds = 120\n"))],
            ("infra/main.tf", Function + Listening),
            ("infra/queues.tf", Queue("  visibility_timeout_seconds = 120\n"))
        );

    [Fact]
    public Task What_AWS_refuses_is_raised_where_the_variable_is_declared() =>
        VerifyAsync<ALO301VisibilityBelowFunctionTimeout, ALO301VisibilityBelowFunctionTimeoutFix>(
            [new DiagnosticResult("ALO301").WithSeverity(Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithSpan(5, 29, 5, 35)],
            Deployed.PlainHandler,
            [
                ("infra/main.tf", Function + Mapping),
                ("infra/queues.tf", Queue("  visibility_timeout_seconds = var.visibility\n")),
                ("infra/variables.tf", "variable \"visibility\" {\n  default = 10 # s\n}\n"),
            ],
            ("infra/main.tf", Function + Mapping),
            ("infra/queues.tf", Queue("  visibility_timeout_seconds = var.visibility\n")),
            ("infra/variables.tf", "variable \"visibility\" {\n  default = 120 # s\n}\n")
        );

    [Fact]
    public Task The_advised_timeout_is_set_in_the_file_of_the_queue() =>
        VerifyAsync<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>(
            OnHandler("ALO302"),
            Deployed.PlainHandler,
            [("infra/main.tf", Function + Mapping), ("infra/queues.tf", Queue("  name = \"orders\"\n"))],
            ("infra/main.tf", Function + Mapping),
            ("infra/queues.tf", Queue("  name                       = \"orders\"\n  visibility_timeout_seconds = 120\n"))
        );

    [Fact]
    public Task Queues_of_one_module_get_dead_letter_queues_all_at_once()
    {
        const string Refunds =
            "\n\nresource \"aws_lambda_event_source_mapping\" \"refunds\" {\n  event_source_arn = aws_sqs_queue.refunds.arn\n  function_name    = aws_lambda_function.orders.arn\n}\n";
        const string Time = "  visibility_timeout_seconds = 120\n";
        static string Redrive(string name) =>
            $"  redrive_policy = jsonencode({{\n    deadLetterTargetArn = aws_sqs_queue.{name}_dead_letter.arn\n    maxReceiveCount     = 5\n  }})\n";
        static string Dead(string name) =>
            "\n" + Queue($"  name_prefix               = \"{name}-dead-letter-\"\n  message_retention_seconds = 1209600\n", name + "_dead_letter");
        return VerifyAsync<ALO501NoDeadLetterQueue, ALO501NoDeadLetterQueueFix>(
            [.. OnHandler("ALO501"), .. OnHandler("ALO501")],
            Deployed.PlainHandler,
            [("infra/main.tf", Function + Mapping + Refunds), ("infra/orders.tf", Queue(Time)), ("infra/refunds.tf", Queue(Time, "refunds"))],
            ("infra/main.tf", Function + Mapping + Refunds),
            ("infra/orders.tf", Queue(Time + Redrive("orders")) + Dead("orders")),
            ("infra/refunds.tf", Queue(Time + Redrive("refunds"), "refunds") + Dead("refunds"))
        );
    }

    [Fact]
    public Task Dead_letters_of_a_module_are_kept_longer()
    {
        const string Source =
            "  visibility_timeout_seconds = 120\n  redrive_policy = jsonencode({\n    deadLetterTargetArn = aws_sqs_queue.dead.arn\n    maxReceiveCount     = 5\n  })\n";
        return VerifyAsync<ALO505DeadLettersExpireEarly, ALO505DeadLettersExpireEarlyFix>(
            OnHandler("ALO505"),
            Deployed.PlainHandler,
            [("infra/main.tf", Function + Mapping), ("infra/queues.tf", Queue(Source) + Queue("  message_retention_seconds = 60 # s\n", "dead"))],
            ("infra/main.tf", Function + Mapping),
            ("infra/queues.tf", Queue(Source) + Queue("  message_retention_seconds = 1209600 # s\n", "dead"))
        );
    }

    [Fact]
    public Task Retries_of_a_module_are_limited() =>
        VerifyAsync<ALO507PoisonRecordBlocks, ALO507PoisonRecordBlocksFix>(
            OnStreamHandler("ALO507"),
            Streams.PlainHandler,
            [("main.tf", Function + Stream.Replace("LIMITS", "", StringComparison.Ordinal))],
            (
                "main.tf",
                Function
                    + Stream
                        .Replace("event_source_arn  ", "event_source_arn               ", StringComparison.Ordinal)
                        .Replace("function_name     = aws_l", "function_name                  = aws_l", StringComparison.Ordinal)
                        .Replace("starting_position ", "starting_position              ", StringComparison.Ordinal)
                        .Replace(
                            "LIMITS\n}",
                            "\n  maximum_retry_attempts         = 10\n  bisect_batch_on_function_error = true" + Destination,
                            StringComparison.Ordinal
                        )
            )
        );

    [Fact]
    public Task What_a_module_gives_up_is_kept() =>
        VerifyAsync<ALO508DiscardedWithoutDestination, ALO508DiscardedWithoutDestinationFix>(
            OnStreamHandler("ALO508"),
            Streams.PlainHandler,
            [("main.tf", Function + Stream.Replace("LIMITS", "\n\n  maximum_retry_attempts = 3", StringComparison.Ordinal))],
            ("main.tf", Function + Stream.Replace("LIMITS\n}", "\n\n  maximum_retry_attempts = 3" + Destination, StringComparison.Ordinal))
        );

    private static string Service(string orders, string queue = "", string more = "") =>
        "service: orders\nprovider: { name: aws, runtime: dotnet8, timeout: 20 }\nfunctions:\n  orders:\n    handler: Orders::OrdersFunction::Handle\n    events:\n"
        + orders
        + "resources:\n  Resources:\n    OrdersStream: { Type: AWS::Kinesis::Stream }\n    OrdersQueue:\n      Type: AWS::SQS::Queue\n      Properties:\n        VisibilityTimeout: 120\n"
        + queue
        + more;

    private static string Dead(string id) => $"    {id}:\n      Type: AWS::SQS::Queue\n      Properties:\n        MessageRetentionPeriod: 1209600\n";

    [Fact]
    public Task A_service_listens_to_reported_failures() =>
        VerifyAsync<ALO202FailuresIgnoredByMapping, ALO202FailuresIgnoredByMappingFix>(
            OnReporting("ALO202"),
            Deployed.ReportingHandler,
            [("serverless.yml", Service("      - sqs: !GetAtt OrdersQueue.Arn # all\n"))],
            ("serverless.yml", Service("      - sqs:\n          arn: !GetAtt OrdersQueue.Arn # all\n          functionResponseType: ReportBatchItemFailures\n"))
        );

    [Fact]
    public Task A_queue_of_a_service_gets_its_time() =>
        VerifyAsync<ALO301VisibilityBelowFunctionTimeout, ALO301VisibilityBelowFunctionTimeoutFix>(
            OnHandler("ALO301"),
            Deployed.PlainHandler,
            [("serverless.yml", Service("      - sqs: { arn: !GetAtt OrdersQueue.Arn }\n").Replace(": 120", ": 10 # s", StringComparison.Ordinal))],
            ("serverless.yml", Service("      - sqs: { arn: !GetAtt OrdersQueue.Arn }\n").Replace(": 120", ": 120 # s", StringComparison.Ordinal))
        );

    [Fact]
    public Task A_queue_of_a_service_gets_a_dead_letter_queue() =>
        VerifyAsync<ALO501NoDeadLetterQueue, ALO501NoDeadLetterQueueFix>(
            OnHandler("ALO501"),
            Deployed.PlainHandler,
            [("serverless.yml", Service("      - sqs: { arn: !GetAtt OrdersQueue.Arn }\n"))],
            (
                "serverless.yml",
                Service(
                    "      - sqs: { arn: !GetAtt OrdersQueue.Arn }\n",
                    "        RedrivePolicy:\n          deadLetterTargetArn: !GetAtt OrdersDeadLetterQueue.Arn\n          maxReceiveCount: 5\n",
                    Dead("OrdersDeadLetterQueue")
                )
            )
        );

    [Fact]
    public Task Dead_letters_of_a_service_are_kept_longer()
    {
        const string Redrive = "        RedrivePolicy: { deadLetterTargetArn: !GetAtt OrdersDlq.Arn, maxReceiveCount: 5 }\n";
        const string Events = "      - sqs: { arn: !GetAtt OrdersQueue.Arn }\n";
        return VerifyAsync<ALO505DeadLettersExpireEarly, ALO505DeadLettersExpireEarlyFix>(
            OnHandler("ALO505"),
            Deployed.PlainHandler,
            [("serverless.yml", Service(Events, Redrive, Dead("OrdersDlq").Replace("1209600", "60", StringComparison.Ordinal)))],
            ("serverless.yml", Service(Events, Redrive, Dead("OrdersDlq")))
        );
    }

    [Fact]
    public Task Retries_of_a_service_are_limited() =>
        VerifyAsync<ALO507PoisonRecordBlocks, ALO507PoisonRecordBlocksFix>(
            OnStreamHandler("ALO507"),
            Streams.PlainHandler,
            [("serverless.yml", Service("      - stream:\n          arn: !GetAtt OrdersStream.Arn\n          maximumRetryAttempts: -1\n"))],
            (
                "serverless.yml",
                Service(
                    "      - stream:\n          arn: !GetAtt OrdersStream.Arn\n          maximumRetryAttempts: 10\n          bisectBatchOnFunctionError: true\n"
                        + "          destinations:\n            onFailure:\n              type: sqs\n              arn: !GetAtt OrdersStreamFailureQueue.Arn\n",
                    "",
                    Dead("OrdersStreamFailureQueue")
                )
            )
        );

    [Fact]
    public Task A_plan_is_told_about_and_left_alone()
    {
        const string Plan = """
            {
              "format_version": "1.2",
              "planned_values": { "root_module": { "resources": [
                { "address": "aws_lambda_function.orders", "mode": "managed", "type": "aws_lambda_function", "name": "orders",
                  "values": { "function_name": "orders", "handler": "Orders::OrdersFunction::Handle", "runtime": "dotnet8", "timeout": 20 } },
                { "address": "aws_sqs_queue.orders", "mode": "managed", "type": "aws_sqs_queue", "name": "orders", "values": { "visibility_timeout_seconds": 10 } },
                { "address": "aws_lambda_event_source_mapping.orders", "mode": "managed", "type": "aws_lambda_event_source_mapping", "name": "orders", "values": { "batch_size": 10 } }
              ] } },
              "configuration": { "root_module": { "resources": [
                { "address": "aws_lambda_event_source_mapping.orders", "mode": "managed", "type": "aws_lambda_event_source_mapping", "name": "orders",
                  "expressions": { "event_source_arn": { "references": ["aws_sqs_queue.orders.arn", "aws_sqs_queue.orders"] },
                                   "function_name": { "references": ["aws_lambda_function.orders.arn", "aws_lambda_function.orders"] } } }
              ] } }
            }
            """;
        var test = new CSharpCodeFixTest<ALO301VisibilityBelowFunctionTimeout, ALO301VisibilityBelowFunctionTimeoutFix>
        {
            AssemblyName = "Orders",
            TestState = { Sources = { Deployed.PlainHandler }, AdditionalFiles = { ("plan.json", Plan) } },
        };
        test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Global().Metadata("plan.json", "LambdaTemplate", "true"));
        test.ExpectedDiagnostics.AddRange(OnHandler("ALO301").Select(finding => finding.IgnoringAdditionalLocations()));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
