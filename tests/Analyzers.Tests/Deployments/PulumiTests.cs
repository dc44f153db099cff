using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>What is deployed by Pulumi is judged as a template is, where it is written.</summary>
public sealed class PulumiTests
{
    private static string Service(string visibility, string handler = "Shop::Shop.Orders::Handle", string mapping = "") =>
        $$"""
            var dlq = new Queue("orders-dlq", new() { MessageRetentionSeconds = 1209600 });
                    var queue = new Queue("orders-queue", new QueueArgs
                    {
                        {{visibility}}
                        RedrivePolicy = dlq.Arn.Apply(arn => JsonSerializer.Serialize(new { deadLetterTargetArn = arn, maxReceiveCount = 5 })),
                    });
                    var function = new Function("orders-function", new FunctionArgs { Runtime = "dotnet8", Handler = "{{handler}}", Timeout = 20 });
                    new {|#1:EventSourceMapping|}("orders-mapping", new EventSourceMappingArgs
                    {
                        EventSourceArn = queue.Arn,
                        FunctionName = function.Arn,
                        {{mapping}}
                    });
            """;

    private static string Stream(string limits) =>
        $$"""
            var table = new Pulumi.Aws.DynamoDB.Table("orders", new() { StreamEnabled = true, StreamViewType = "NEW_IMAGE" });
                    var dlq = new Queue("orders-dlq");
                    var function = new Function("orders-function", new FunctionArgs { Runtime = "dotnet8", Handler = "Shop::Shop.Orders::Handle" });
                    new {|#0:EventSourceMapping|}("orders-mapping", new() { EventSourceArn = table.StreamArn, FunctionName = function.Name, {{limits}} });
            """;

    private static Task VerifyAsync<TAnalyzer>(string source, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new() => VerifyAsync<TAnalyzer>([source], expected);

    private static Task VerifyAsync<TAnalyzer>(string[] sources, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer> { AssemblyName = "Orders", ReferenceAssemblies = References.Default.And("Pulumi", "Pulumi.Aws") };
        foreach (var source in sources)
            test.TestState.Sources.Add(source);
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static DiagnosticResult Low() =>
        new DiagnosticResult("ALO302")
            .WithLocation(0)
            .WithMessage(
                "The visibility timeout of queue 'orders-queue', 30 s, is below 2 × function timeout 20 s; AWS advises 6 × = 120 s. "
                    + "When invocations are throttled, a message can come back while it is being worked on, or reach the dead-letter queue without ever having run."
            );

    private static string Unmarked(string statements) => statements.Replace("{|#1:", "").Replace("{|#0:", "").Replace("|}", "");

    [Fact]
    public Task A_visibility_timeout_is_judged_where_it_is_written() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            PulumiPrograms.Program(Unmarked(Service("VISIBLE,")).Replace("VISIBLE", "VisibilityTimeoutSeconds = {|#0:30|}")),
            Low()
        );

    [Fact]
    public Task A_default_is_judged_where_it_would_be_written() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            PulumiPrograms.Program(Unmarked(Service("")).Replace("new Queue(\"orders-queue\"", "new {|#0:Queue|}(\"orders-queue\"")),
            Low()
        );

    [Theory]
    [InlineData("VisibilityTimeoutSeconds = 120,")]
    [InlineData("VisibilityTimeoutSeconds = 20 * 6,")]
    [InlineData("VisibilityTimeoutSeconds = new Config().RequireInt32(\"visibility\"),")]
    [InlineData("VisibilityTimeoutSeconds = dlq.GetResourceName() == \"prod\" ? 120 : 30,")]
    public Task Enough_time_and_what_is_not_known(string visibility) =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(PulumiPrograms.Program(Unmarked(Service(visibility))));

    [Fact]
    public Task A_pragma_silences_it() =>
        VerifyAsync<ALO302VisibilityBelowAdvice>(
            PulumiPrograms.Program(
                Unmarked(
                    Service("\n#pragma warning disable ALO302 // Orders are never throttled.\nVisibilityTimeoutSeconds = 30,\n#pragma warning restore ALO302\n")
                )
            )
        );

    [Fact]
    public Task A_queue_without_a_dead_letter_queue()
    {
        const string Statements = """
            var queue = new {|#0:Queue|}("orders-queue", new() { VisibilityTimeoutSeconds = 600 });
                    var function = new Function("orders-function", new FunctionArgs { Handler = "Shop::Shop.Orders::Handle" });
                    new EventSourceMapping("orders-mapping", new() { EventSourceArn = queue.Arn, FunctionName = function.Name });
            """;
        return VerifyAsync<ALO501NoDeadLetterQueue>(PulumiPrograms.Program(Statements), new DiagnosticResult("ALO501").WithLocation(0));
    }

    [Fact]
    public Task A_redrive_policy_that_is_a_resource_of_its_own()
    {
        const string Statements = """
            var dlq = new Queue("orders-dlq");
                    var queue = new Queue("orders-queue", new() { VisibilityTimeoutSeconds = 600 });
                    new RedrivePolicy("orders", new()
                    {
                        QueueUrl = queue.Id,
                        RedrivePolicyName = Output.Format($"{{ \"deadLetterTargetArn\": \"{dlq.Arn}\", \"maxReceiveCount\": 5 }}"),
                    });
                    var function = new Function("orders-function", new FunctionArgs { Handler = "Shop::Shop.Orders::Handle" });
                    new EventSourceMapping("orders-mapping", new() { EventSourceArn = queue.Arn, FunctionName = function.Name });
            """;
        return VerifyAsync<ALO501NoDeadLetterQueue>(PulumiPrograms.Program(Statements));
    }

    [Fact]
    public Task A_stream_mapping_without_limits() =>
        VerifyAsync<ALO507PoisonRecordBlocks>(PulumiPrograms.Program(Stream("StartingPosition = \"LATEST\"")), new DiagnosticResult("ALO507").WithLocation(0));

    [Fact]
    public Task A_stream_mapping_with_limits() =>
        VerifyAsync<ALO507PoisonRecordBlocks>(
            PulumiPrograms.Program(
                Unmarked(
                    Stream(
                        "StartingPosition = \"LATEST\", MaximumRetryAttempts = 5, DestinationConfig = new EventSourceMappingDestinationConfigArgs "
                            + "{ OnFailure = new EventSourceMappingDestinationConfigOnFailureArgs { DestinationArn = dlq.Arn } }"
                    )
                )
            )
        );

    [Fact]
    public Task A_mapping_that_ignores_what_a_handler_of_the_compilation_reports() =>
        VerifyAsync<ALO202FailuresIgnoredByMapping>(
            [
                Deployed.ReportingHandler.Replace("SQSBatchResponse Handle(", "SQSBatchResponse {|#0:Handle|}("),
                PulumiPrograms.Program(Service("VisibilityTimeoutSeconds = 120,", "Orders::OrdersFunction::Handle")),
            ],
            new DiagnosticResult("ALO202").WithLocation(0).WithLocation(1)
        );

    [Theory]
    [InlineData("FunctionResponseTypes = { \"ReportBatchItemFailures\" },")]
    [InlineData("FunctionResponseTypes = new[] { \"ReportBatchItemFailures\" },")]
    [InlineData("FunctionResponseTypes = new InputList<string> { \"ReportBatchItemFailures\" },")]
    [InlineData("FunctionResponseTypes = new List<string>(new string[0]),")]
#if !OLDER_COMPILER
    [InlineData("FunctionResponseTypes = [\"ReportBatchItemFailures\"],")]
#endif
    public Task A_mapping_that_listens_or_may(string mapping) =>
        VerifyAsync<ALO202FailuresIgnoredByMapping>([
            Deployed.ReportingHandler,
            PulumiPrograms.Program(Unmarked(Service("VisibilityTimeoutSeconds = 120,", "Orders::OrdersFunction::Handle", mapping))),
        ]);

    [Fact]
    public Task A_setting_that_AWS_refuses() =>
        VerifyAsync<ALO510RefusedByAws>(
            PulumiPrograms.Program(Unmarked(Service("VisibilityTimeoutSeconds = 120,", mapping: "BATCH")).Replace("BATCH", "BatchSize = {|#0:11|},")),
            new DiagnosticResult("ALO510").WithLocation(0)
        );

    [Fact]
    public Task Types_that_look_like_those_of_Pulumi_deploy_nothing()
    {
        var test = new CSharpAnalyzerTest<ALO501NoDeadLetterQueue>
        {
            AssemblyName = "Infra",
            TestState =
            {
                Sources =
                {
                    """
                        using Pulumi.Aws.Lambda;
                        using Pulumi.Aws.Sqs;
                        namespace Pulumi.Aws.Sqs { public class Queue { public Queue(string name) { } public string Arn => ""; } }
                        namespace Pulumi.Aws.Lambda { public class EventSourceMapping { public EventSourceMapping(string name, string arn) { } } }
                        public class Infra { public Infra() => new EventSourceMapping("orders", new Queue("orders").Arn); }
                        """,
                },
            },
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
