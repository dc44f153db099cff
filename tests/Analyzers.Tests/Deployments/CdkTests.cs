using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Deployments.CdkPrograms;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>What is deployed by CDK code is judged as a template is, where it is written.</summary>
public sealed class CdkTests
{
    private static string Service(string visibility, string timeout = "Duration.Seconds(20)", string before = "") =>
        Stack(
            $$"""
            {{before}}
                    var dlq = new Queue(this, "OrdersDlq", new QueueProps { RetentionPeriod = Duration.Days(14) });
                    var queue = new Queue(this, "OrdersQueue", new QueueProps
                    {
                        {{visibility}}
                        DeadLetterQueue = new DeadLetterQueue { Queue = dlq, MaxReceiveCount = 5 },
                    });
                    var function = new Function(this, "OrdersFunction", new FunctionProps
                    {
                        Runtime = Runtime.DOTNET_8,
                        Handler = "Shop::Shop.Orders::Handle",
                        Code = Code.FromAsset("out"),
                        Timeout = {{timeout}},
                    });
                    function.AddEventSource(new SqsEventSource(queue, new SqsEventSourceProps { BatchSize = 5, ReportBatchItemFailures = true }));
            """
        );

    private static DiagnosticResult LowWithDeadLetterQueue() => Low("OrdersQueue", ", or reach the dead-letter queue without ever having run");

    private static DiagnosticResult LowWithoutDeadLetterQueue(string queue) => Low(queue, "");

    private static DiagnosticResult Low(string queue, string lost) =>
        new DiagnosticResult("ALO302")
            .WithLocation(0)
            .WithMessage(
                $"The visibility timeout of queue '{queue}', 30 s, is below 2 × function timeout 20 s; AWS advises 6 × = 120 s. "
                    + $"When invocations are throttled, a message can come back while it is being worked on{lost}."
            );

    [Fact]
    public Task A_visibility_timeout_is_judged_where_it_is_written() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(Service("VisibilityTimeout = {|#0:Duration.Seconds(30)|},"), LowWithDeadLetterQueue());

    [Fact]
    public Task A_default_is_judged_where_it_would_be_written() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            Service("").Replace("new Queue(this, \"OrdersQueue\"", "new {|#0:Queue|}(this, \"OrdersQueue\""),
            LowWithDeadLetterQueue()
        );

    [Theory]
    [InlineData("VisibilityTimeout = Duration.Minutes(2),", "")]
    [InlineData("VisibilityTimeout = Duration.Parse(\"PT2M\"),", "")]
    [InlineData("VisibilityTimeout = Duration.Seconds(20 * factor),", "const int factor = 6;")]
    [InlineData("VisibilityTimeout = Duration.Seconds(20 * factor),", "var factor = 6;")]
    [InlineData("VisibilityTimeout = time,", "var time = Duration.Seconds(100).Plus(Duration.Seconds(20));")]
    [InlineData("VisibilityTimeout = isProd ? Duration.Minutes(2) : Duration.Seconds(30),", "var isProd = id == \"prod\";")]
    [InlineData("VisibilityTimeout = Duration.Seconds(int.Parse(id)),", "")]
    [InlineData("VisibilityTimeout = time,", "var time = Duration.Seconds(30); if (id == \"prod\") time = Duration.Minutes(2);")]
    public Task Enough_time_and_what_is_not_known(string visibility, string before) =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(Service(visibility, before: before));

    [Theory]
    [InlineData("VisibilityTimeout = {|#0:Duration.Seconds(10 * 3)|},", "")]
    [InlineData("VisibilityTimeout = {|#0:seconds|},", "var seconds = Duration.Seconds(30);")]
    [InlineData("VisibilityTimeout = {|#0:isProd ? Duration.Seconds(30) : Duration.Seconds(30)|},", "var isProd = id == \"prod\";")]
    public Task Values_are_followed(string visibility, string before) =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(Service(visibility, before: before), LowWithDeadLetterQueue());

    [Fact]
    public Task A_construct_that_is_used_twice_is_spoken_of_once_where_it_is_written() =>
        VerifyAsync<ALO502TooFewReceives>(
            Usings
                + """
                public class SafeQueue : Construct
                {
                    public SafeQueue(Construct scope, string id) : base(scope, id)
                    {
                        Queue = new Queue(this, "Queue", new QueueProps
                        {
                            DeadLetterQueue = new DeadLetterQueue { Queue = new Queue(this, "Dlq"), MaxReceiveCount = {|#0:3|} },
                        });
                    }

                    public Queue Queue { get; }
                }

                public class OrdersStack : Amazon.CDK.Stack
                {
                    public OrdersStack(Construct scope, string id) : base(scope, id)
                    {
                        var orders = new SafeQueue(this, "Placed");
                        var refunds = new SafeQueue(this, "Refunded");
                        new Function(this, "OrdersFunction", new FunctionProps { Handler = "Shop::Shop.Orders::Handle" }).AddEventSource(new SqsEventSource(orders.Queue));
                        new Function(this, "RefundsFunction", new FunctionProps { Handler = "Shop::Shop.Refunds::Handle" }).AddEventSource(new SqsEventSource(refunds.Queue));
                    }
                }
                """,
            new DiagnosticResult("ALO502")
                .WithLocation(0)
                .WithSeverity(DiagnosticSeverity.Info)
                .WithMessage(
                    "Queue 'Queue' gives a message up after 3 receives: a throttled invocation, or a crash that another message of its batch caused, uses one up, so a good message can reach the dead-letter queue without ever having been processed. Set MaxReceiveCount to at least 5."
                )
        );

    [Fact]
    public Task Props_that_are_built_in_steps() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            Stack(
                """
                var props = new QueueProps();
                        props.VisibilityTimeout = {|#0:Duration.Seconds(30)|};
                        var queue = new Queue(this, "OrdersQueue", props);
                        var function = new DockerImageFunction(this, "OrdersFunction", new DockerImageFunctionProps { Timeout = Duration.Seconds(20) });
                        function.AddEventSource(new SqsEventSource(queue));
                """
            ),
            LowWithoutDeadLetterQueue("OrdersQueue")
        );

    [Fact]
    public Task Constructs_of_the_compilation_are_followed_with_their_arguments() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            Usings
                + """
                public static class Program
                {
                    public static void Main()
                    {
                        var app = new App();
                        new OrdersStack(app, "Orders", 30);
                    }
                }

                public record WorkerProps(IQueue Queue, Duration Timeout);

                public class EventQueue : Construct
                {
                    public IQueue Queue { get; private set; }

                    public EventQueue(Construct scope, string id, int seconds) : base(scope, id)
                    {
                        this.Queue = new Queue(this, $"{id}Queue", new QueueProps { VisibilityTimeout = {|#0:Duration.Seconds(seconds)|} });
                    }
                }

                public class Worker : Construct
                {
                    public Function Function { get; }

                    public Worker(Construct scope, string id, WorkerProps props) : base(scope, id)
                    {
                        Function = new Function(this, "Function", new FunctionProps { Timeout = props.Timeout });
                        Function.AddEventSource(new SqsEventSource(props.Queue));
                    }
                }

                public class OrdersStack : Stack
                {
                    public OrdersStack(Construct scope, string id, int seconds) : base(scope, id)
                    {
                        var slow = new EventQueue(this, "Slow", seconds);
                        var fast = new EventQueue(this, "Fast", 600);
                        new Worker(this, "SlowWorker", new WorkerProps(slow.Queue, Duration.Seconds(20)));
                        new Worker(this, "FastWorker", new WorkerProps(fast.Queue, Duration.Seconds(20)));
                    }
                }
                """,
            LowWithoutDeadLetterQueue("{id}Queue")
        );

    [Fact]
    public Task A_queue_whose_insides_are_changed_is_unknown() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            Service("VisibilityTimeout = Duration.Seconds(30),")
                .Replace("    function.AddEventSource", "    ((CfnQueue)queue.Node.DefaultChild).VisibilityTimeout = 600;\n        function.AddEventSource")
        );

    [Fact]
    public Task A_queue_of_another_stack_is_unknown() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            Stack(
                """
                var queue = Queue.FromQueueArn(this, "OrdersQueue", "arn:aws:sqs:eu-west-1:1:orders");
                        var function = new Function(this, "OrdersFunction", new FunctionProps { Timeout = Duration.Seconds(20) });
                        function.AddEventSource(new SqsEventSource(queue));
                """
            )
        );

    [Fact]
    public Task A_queue_without_a_dead_letter_queue() =>
        VerifyAsync<ALO501NoDeadLetterQueue>(
            Stack(
                """
                var queue = new {|#0:Queue|}(this, "OrdersQueue", new QueueProps { VisibilityTimeout = Duration.Minutes(10) });
                        var function = new Function(this, "OrdersFunction", new FunctionProps { Timeout = Duration.Seconds(20), Events = new IEventSource[] { new SqsEventSource(queue) } });
                """
            ),
            new DiagnosticResult("ALO501").WithLocation(0)
        );

    [Fact]
    public Task An_event_source_of_a_function_whose_package_is_not_there()
    {
        var test = new CSharpAnalyzerTest<ALO507PoisonRecordBlocks>
        {
            AssemblyName = "Infra",
            CompilerDiagnostics = CompilerDiagnostics.None,
            ReferenceAssemblies = References.With("Constructs", "Amazon.CDK.Lib"),
            TestState =
            {
                Sources =
                {
                    Stack(
                        """
                        var table = new Table(this, "Orders", new TableProps { Stream = StreamViewType.NEW_IMAGE });
                                var function = new OtherFunction(this, "OrdersFunction", new OtherFunctionProps { Handler = "Shop::Shop.Orders::Handle" });
                                function.AddEventSource(new {|#0:DynamoEventSource|}(table, new DynamoEventSourceProps()));
                        """
                    ),
                },
            },
        };
        test.ExpectedDiagnostics.Add(new DiagnosticResult("ALO507").WithLocation(0));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_method_that_gets_something_of_a_package_that_is_not_there()
    {
        var test = new CSharpAnalyzerTest<ALO507PoisonRecordBlocks>
        {
            AssemblyName = "Infra",
            CompilerDiagnostics = CompilerDiagnostics.None,
            ReferenceAssemblies = References.With("Constructs", "Amazon.CDK.Lib"),
            TestState =
            {
                Sources =
                {
                    Usings
                        + """
                            public class OrdersStack : Stack
                            {
                                public OrdersStack(Construct scope, string id) : base(scope, id)
                                {
                                    var table = new Table(this, "Orders", new TableProps { Stream = StreamViewType.NEW_IMAGE });
                                    Deploy(new OtherApi(), table);
                                }

                                private void Deploy(OtherApi api, Table table)
                                {
                                    var function = new OtherFunction(this, "OrdersFunction");
                                    function.AddEventSource(new {|#0:DynamoEventSource|}(table, new DynamoEventSourceProps()));
                                }
                            }
                            """,
                },
            },
        };
        test.ExpectedDiagnostics.Add(new DiagnosticResult("ALO507").WithLocation(0));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_stream_mapping_with_limits() =>
        VerifyAsync<ALO507PoisonRecordBlocks>(
            Stack(
                """
                var table = new Table(this, "Orders", new TableProps { Stream = StreamViewType.NEW_IMAGE });
                        var dlq = new Queue(this, "OrdersDlq");
                        var function = new Function(this, "OrdersFunction", new FunctionProps());
                        function.AddEventSource(new DynamoEventSource(table, new DynamoEventSourceProps { RetryAttempts = 5, OnFailure = new SqsDlq(dlq) }));
                """
            )
        );

    [Fact]
    public Task A_setting_that_AWS_refuses() =>
        VerifyAsync<ALO510RefusedByAws>(
            Service("VisibilityTimeout = Duration.Minutes(2),").Replace("BatchSize = 5", "BatchSize = {|#0:11|}"),
            new DiagnosticResult("ALO510").WithLocation(0)
        );

    [Fact]
    public Task A_pragma_silences_it() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            Service(
                "\n#pragma warning disable ALO302 // Orders are never throttled.\nVisibilityTimeout = Duration.Seconds(30),\n#pragma warning restore ALO302\n"
            )
        );

    [Fact]
    public Task Types_that_look_like_those_of_the_CDK_deploy_nothing()
    {
        var test = new CSharpAnalyzerTest<ALO501NoDeadLetterQueue>
        {
            AssemblyName = "Infra",
            TestState =
            {
                Sources =
                {
                    """
                        namespace Amazon.CDK.AWS.SQS { public class Queue { public Queue(object scope, string id) { } } }
                        namespace Amazon.CDK.AWS.Lambda { public class Function { public void AddEventSource(object source) { } } }
                        public class OrdersStack { public OrdersStack() => new Amazon.CDK.AWS.Lambda.Function().AddEventSource(new Amazon.CDK.AWS.SQS.Queue(this, "Orders")); }
                        """,
                },
            },
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Half_a_stack_is_judged_by_what_is_there()
    {
        var test = new CSharpAnalyzerTest<ALO302VisibilityBelowAdvice>
        {
            AssemblyName = "Infra",
            CompilerDiagnostics = CompilerDiagnostics.None,
            ReferenceAssemblies = References.With("Constructs", "Amazon.CDK.Lib"),
            TestState = { Sources = { Service("VisibilityTimeout = {|#0:Duration.Seconds(30)|},").Replace("BatchSize = 5", "BatchSize = ") } },
        };
        test.ExpectedDiagnostics.Add(LowWithDeadLetterQueue());
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
