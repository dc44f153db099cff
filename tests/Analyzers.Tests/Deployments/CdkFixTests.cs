using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Outcome;
using AtLeastOnce.CodeFixes.Rules.Time;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>Fixes of what C# deploys by the CDK: props are changed where they are written, and nothing else is.</summary>
public sealed class CdkFixTests
{
    private const string Dlq = """

                    var dlq = new Queue(this, "OrdersDlq", new QueueProps { RetentionPeriod = Duration.Days(14) });
        """;

    private const string Function = """

                    var function = new Function(this, "OrdersFunction", new FunctionProps { Runtime = Runtime.DOTNET_8, Handler = "Orders::OrdersFunction::Handle", Timeout = Duration.Seconds(20) });
        """;

    private static string Stack(string statements, string usings = "using Amazon.CDK.AWS.SQS;\n", string parameters = "") =>
        $$"""
            using Amazon.CDK;
            using Amazon.CDK.AWS.DynamoDB;
            using Amazon.CDK.AWS.Lambda;
            using Amazon.CDK.AWS.Lambda.EventSources;
            {{usings}}using Constructs;

            public class OrdersStack : Stack
            {
                public OrdersStack(Construct scope, string id{{parameters}}) : base(scope, id)
                {{{statements}}
                }
            }
            """;

    private static string Table(string props) =>
        Stack(
            Function
                + $$"""

                        var table = new Table(this, "Orders", new TableProps { Stream = StreamViewType.NEW_IMAGE });
                        function.AddEventSource(new DynamoEventSource(table, {{props}}));
                """
        );

    private static Task FixAsync<TAnalyzer, TFix>(string source, string fixedSource, params string[] others)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix>
        {
            AssemblyName = others.Length == 0 ? "Infra" : "Orders",
            ReferenceAssemblies = References.Default.And("Constructs", "Amazon.CDK.Lib"),
            TestState = { Sources = { source } },
            FixedState = { Sources = { fixedSource } },
        };
        foreach (var other in others)
        {
            test.TestState.Sources.Add(other);
            test.FixedState.Sources.Add(other.Replace("[|", "").Replace("|]", ""));
        }

        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task NoFixAsync<TAnalyzer, TFix>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() => FixAsync<TAnalyzer, TFix>(source, source);

    private static string Visibility(string props, string before = "") =>
        Stack(
            Dlq
                + before
                + $$"""

                        var queue = {{props}};
                """
                + Function
                + """

                        function.AddEventSource(new SqsEventSource(queue));
                """,
            parameters: ", double seconds"
        );

    [Theory]
    [InlineData(
        "new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = [|Duration.Seconds(30)|], DeadLetterQueue = new DeadLetterQueue { Queue = dlq, MaxReceiveCount = 5 } })",
        "new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = Duration.Seconds(120), DeadLetterQueue = new DeadLetterQueue { Queue = dlq, MaxReceiveCount = 5 } })"
    )]
    [InlineData("new [|Queue|](this, \"OrdersQueue\")", "new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = Duration.Seconds(120) })")]
    [InlineData(
        "new [|Queue|](this, \"OrdersQueue\", new QueueProps())",
        "new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = Duration.Seconds(120) })"
    )]
    [InlineData(
        "new [|Queue|](this, \"OrdersQueue\", new QueueProps { })",
        "new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = Duration.Seconds(120) })"
    )]
    [InlineData(
        "new [|Queue|](this, id: \"OrdersQueue\")",
        "new Queue(this, id: \"OrdersQueue\", props: new QueueProps { VisibilityTimeout = Duration.Seconds(120) })"
    )]
    public Task A_visibility_timeout_is_raised(string props, string fixedProps) =>
        FixAsync<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>(Visibility(props), Visibility(fixedProps));

    [Theory]
    [InlineData(
        "\n            // Orders are quick.\n            Fifo = false // for now",
        "\n            // Orders are quick.\n            Fifo = false, // for now\n            VisibilityTimeout = Duration.Seconds(120)"
    )]
    [InlineData("\n            Fifo = false, // for now", "\n            Fifo = false, // for now\n            VisibilityTimeout = Duration.Seconds(120),")]
    public Task A_property_is_added_on_a_line_of_its_own(string props, string fixedProps) =>
        FixAsync<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>(
            Visibility("new [|Queue|](this, \"OrdersQueue\", new QueueProps\n        {" + props + "\n        })"),
            Visibility("new Queue(this, \"OrdersQueue\", new QueueProps\n        {" + fixedProps + "\n        })")
        );

    [Fact]
    public Task What_AWS_refuses_is_raised() =>
        FixAsync<ALO301VisibilityBelowFunctionTimeout, ALO301VisibilityBelowFunctionTimeoutFix>(
            Visibility("new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = [|Duration.Seconds(10)|] })"),
            Visibility("new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = Duration.Seconds(120) })")
        );

    [Theory]
    [InlineData("new Queue(this, \"OrdersQueue\", props)", "\n        var props = new QueueProps { VisibilityTimeout = [|Duration.Seconds(30)|] };")]
    [InlineData("new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = [|time|] })", "\n        var time = Duration.Seconds(30);")]
    public Task What_is_written_elsewhere_is_left_alone(string queue, string before) =>
        NoFixAsync<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>(Visibility(queue, before));

    [Fact]
    public Task A_value_of_a_caller_is_left_alone() =>
        NoFixAsync<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>(
            Visibility("new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = [|Duration.Seconds(seconds)|] })")
                + " public static class Program { public static void Main() => new OrdersStack(new App(), \"Orders\", 30); }"
        );

    [Fact]
    public Task A_queue_of_a_low_level() =>
        FixAsync<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>(
            Stack(
                Function
                    + """

                            var queue = new CfnQueue(this, "OrdersQueue", new CfnQueueProps { VisibilityTimeout = [|30|] });
                            function.AddEventSourceMapping("Orders", new EventSourceMappingOptions { EventSourceArn = queue.AttrArn });
                    """
            ),
            Stack(
                Function
                    + """

                            var queue = new CfnQueue(this, "OrdersQueue", new CfnQueueProps { VisibilityTimeout = 120 });
                            function.AddEventSourceMapping("Orders", new EventSourceMappingOptions { EventSourceArn = queue.AttrArn });
                    """
            )
        );

    [Fact]
    public Task A_dead_letter_queue_in_a_line() =>
        FixAsync<ALO501NoDeadLetterQueue, ALO501NoDeadLetterQueueFix>(
            Visibility("new [|Queue|](this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = Duration.Minutes(10) })"),
            Visibility(
                "new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = Duration.Minutes(10), DeadLetterQueue = new DeadLetterQueue { MaxReceiveCount = 5, Queue = new Queue(this, \"OrdersDeadLetterQueue\", new QueueProps { RetentionPeriod = Duration.Days(14) }) } })"
            )
        );

    [Fact]
    public Task A_dead_letter_queue_of_a_FIFO_queue_on_lines_of_its_own()
    {
        var test = new CSharpCodeFixTest<ALO501NoDeadLetterQueue, ALO501NoDeadLetterQueueFix>
        {
            AssemblyName = "Infra",
            ReferenceAssemblies = References.Default.And("Constructs", "Amazon.CDK.Lib"),
            TestState = { Sources = { Visibility("new {|#0:Queue|}(this, \"OrdersQueue\", new QueueProps\n        {\n            Fifo = true,\n        })") } },
            FixedState =
            {
                Sources =
                {
                    Visibility(
                        "new Queue(this, \"OrdersQueue\", new QueueProps\n        {\n            Fifo = true,\n"
                            + "            DeadLetterQueue = new DeadLetterQueue\n            {\n                MaxReceiveCount = 5,\n"
                            + "                Queue = new Queue(this, \"OrdersDeadLetterQueue\", new QueueProps { Fifo = true, RetentionPeriod = Duration.Days(14) }),\n            },\n        })"
                    ),
                },
            },
        };
        test.ExpectedDiagnostics.Add(new DiagnosticResult("ALO501").WithSeverity(DiagnosticSeverity.Info).WithLocation(0));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_stack_that_is_made_twice() =>
        FixAsync<ALO501NoDeadLetterQueue, ALO501NoDeadLetterQueueFix>(
            Twice("new [|Queue|](this, $\"{id}Queue\")"),
            Twice(
                "new Queue(this, $\"{id}Queue\", new QueueProps { DeadLetterQueue = new DeadLetterQueue { MaxReceiveCount = 5, Queue = new Queue(this, $\"{id}DeadLetterQueue\", new QueueProps { RetentionPeriod = Duration.Days(14) }) } })"
            )
        );

    private static string Twice(string queue) =>
        Stack(
            $$"""

                    var queue = {{queue}};
            """
                + Function
                + """

                        function.AddEventSource(new SqsEventSource(queue));
                """
        )
        + " public static class Program { public static void Main() { var app = new App(); new OrdersStack(app, \"Dev\"); new OrdersStack(app, \"Prod\"); } }";

    [Fact]
    public Task Dead_letters_are_kept_for_fourteen_days() =>
        FixAsync<ALO505DeadLettersExpireEarly, ALO505DeadLettersExpireEarlyFix>(Stack(Kept("[|Duration.Days(1)|]")), Stack(Kept("Duration.Days(14)")));

    private static string Kept(string retention) =>
        $$"""

                    var dlq = new Queue(this, "OrdersDlq", new QueueProps { RetentionPeriod = {{retention}} });
                    var queue = new Queue(this, "OrdersQueue", new QueueProps { DeadLetterQueue = new DeadLetterQueue { Queue = dlq, MaxReceiveCount = 5 } });
            """
        + Function
        + """

                    function.AddEventSource(new SqsEventSource(queue));
            """;

    [Theory]
    [InlineData(
        "new DynamoEventSourceProps { StartingPosition = StartingPosition.LATEST }",
        "new DynamoEventSourceProps { StartingPosition = StartingPosition.LATEST, RetryAttempts = 10, BisectBatchOnError = true, OnFailure = new SqsDlq(new Amazon.CDK.AWS.SQS.Queue(this, \"OrdersFailureQueue\", new Amazon.CDK.AWS.SQS.QueueProps { RetentionPeriod = Duration.Days(14) })) }"
    )]
    [InlineData(
        "new DynamoEventSourceProps()",
        "new DynamoEventSourceProps { RetryAttempts = 10, BisectBatchOnError = true, OnFailure = new SqsDlq(new Amazon.CDK.AWS.SQS.Queue(this, \"OrdersFailureQueue\", new Amazon.CDK.AWS.SQS.QueueProps { RetentionPeriod = Duration.Days(14) })) }"
    )]
    public Task Retries_are_limited(string props, string fixedProps) =>
        FixAsync<ALO507PoisonRecordBlocks, ALO507PoisonRecordBlocksFix>(
            Table(props).Replace("using Amazon.CDK.AWS.SQS;\n", "").Replace("new DynamoEventSource(", "new [|DynamoEventSource|]("),
            Table(fixedProps).Replace("using Amazon.CDK.AWS.SQS;\n", "")
        );

    [Fact]
    public Task Retries_without_end_are_replaced() =>
        FixAsync<ALO507PoisonRecordBlocks, ALO507PoisonRecordBlocksFix>(
            Table("new DynamoEventSourceProps { RetryAttempts = [|-1|], BisectBatchOnError = true }"),
            Table(
                "new DynamoEventSourceProps { RetryAttempts = 10, BisectBatchOnError = true, OnFailure = new SqsDlq(new Queue(this, \"OrdersFailureQueue\", new QueueProps { RetentionPeriod = Duration.Days(14) })) }"
            )
        );

    [Fact]
    public Task What_is_given_up_is_kept() =>
        FixAsync<ALO508DiscardedWithoutDestination, ALO508DiscardedWithoutDestinationFix>(
            Table("new DynamoEventSourceProps\n        {\n            RetryAttempts = [|3|],\n        }"),
            Table(
                "new DynamoEventSourceProps\n        {\n            RetryAttempts = 3,\n            OnFailure = new SqsDlq(new Queue(this, \"OrdersFailureQueue\", new QueueProps { RetentionPeriod = Duration.Days(14) })),\n        }"
            )
        );

    [Theory]
    [InlineData("new SqsEventSource(queue)", "new SqsEventSource(queue, new SqsEventSourceProps { ReportBatchItemFailures = true })")]
    [InlineData(
        "new SqsEventSource(queue, new SqsEventSourceProps { ReportBatchItemFailures = false })",
        "new SqsEventSource(queue, new SqsEventSourceProps { ReportBatchItemFailures = true })"
    )]
    public Task A_mapping_listens_to_reported_failures(string source, string fixedSource) =>
        FixAsync<ALO202FailuresIgnoredByMapping, ALO202FailuresIgnoredByMappingFix>(
            Listening($"function.AddEventSource({source});"),
            Listening($"function.AddEventSource({fixedSource});"),
            Deployed.ReportingHandler.Replace("SQSBatchResponse Handle", "SQSBatchResponse [|Handle|]")
        );

    [Fact]
    public Task A_mapping_of_a_low_level_listens_to_reported_failures() =>
        FixAsync<ALO202FailuresIgnoredByMapping, ALO202FailuresIgnoredByMappingFix>(
            Listening(
                "new CfnEventSourceMapping(this, \"Mapping\", new CfnEventSourceMappingProps { EventSourceArn = queue.QueueArn, FunctionName = function.FunctionName });"
            ),
            Listening(
                "new CfnEventSourceMapping(this, \"Mapping\", new CfnEventSourceMappingProps { EventSourceArn = queue.QueueArn, FunctionName = function.FunctionName, FunctionResponseTypes = new[] { \"ReportBatchItemFailures\" } });"
            ),
            Deployed.ReportingHandler.Replace("SQSBatchResponse Handle", "SQSBatchResponse [|Handle|]")
        );

    private static string Listening(string mapping) => Stack(Kept("Duration.Days(14)").Replace("function.AddEventSource(new SqsEventSource(queue));", mapping));

    [Fact]
    public Task Findings_in_several_files_are_fixed_in_each()
    {
        var test = new CSharpCodeFixTest<ALO501NoDeadLetterQueue, ALO501NoDeadLetterQueueFix>
        {
            AssemblyName = "Infra",
            ReferenceAssemblies = References.Default.And("Constructs", "Amazon.CDK.Lib"),
            TestState = { Sources = { One("Orders", "new [|Queue|](this, \"OrdersQueue\")"), One("Refunds", "new [|Queue|](this, \"RefundsQueue\")") } },
            FixedState = { Sources = { One("Orders", WithDeadLetters("Orders")), One("Refunds", WithDeadLetters("Refunds")) } },
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string One(string name, string queue) =>
        Stack(
                Function
                    + $$"""

                            function.AddEventSource(new SqsEventSource({{queue}}));
                    """
            )
            .Replace("OrdersStack", name + "Stack")
            .Replace("\"OrdersFunction\"", $"\"{name}Function\"");

    [Fact]
    public Task All_findings_of_a_project_are_fixed() =>
        FixAsync<ALO501NoDeadLetterQueue, ALO501NoDeadLetterQueueFix>(
            Two("new [|Queue|](this, \"OrdersQueue\")", "new [|Queue|](this, \"RefundsQueue\")"),
            Two(WithDeadLetters("Orders"), WithDeadLetters("Refunds"))
        );

    private static string WithDeadLetters(string name) =>
        $"new Queue(this, \"{name}Queue\", new QueueProps {{ DeadLetterQueue = new DeadLetterQueue {{ MaxReceiveCount = 5, Queue = new Queue(this, \"{name}DeadLetterQueue\", new QueueProps {{ RetentionPeriod = Duration.Days(14) }}) }} }})";

    private static string Two(string orders, string refunds) =>
        Stack(
            Function
                + $$"""

                        function.AddEventSource(new SqsEventSource({{orders}}));
                        function.AddEventSource(new SqsEventSource({{refunds}}));
                """
        );
}
