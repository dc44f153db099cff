using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Handlers;

/// <summary>What the rules take for the mapping that an attribute of a queue makes: the attribute, and what somebody wrote beside it .</summary>
public sealed class AnnotationsMappingsTests
{
    private const string On = "[SQSEvent(\"@OrdersQueue\", ResourceName = \"Orders\")]";
    private const string Off = "[SQSEvent(\"@OrdersQueue\", ResourceName = \"Orders\", Enabled = false)]";

    [Fact]
    public async Task A_mapping_that_its_attribute_switches_off_polls_nothing()
    {
        await VerifyAsync<ALO501NoDeadLetterQueue>("", On, "ALO501");
        await VerifyAsync<ALO501NoDeadLetterQueue>("", Off);
        await VerifyAsync<ALO302VisibilityBelowAdvice>("", On, "ALO302");
        await VerifyAsync<ALO302VisibilityBelowAdvice>("", Off);
    }

    [Fact]
    public async Task What_is_written_beside_the_attribute_holds_where_it_says_nothing()
    {
        await VerifyAsync<ALO501NoDeadLetterQueue>("Enabled: false", On);
        await VerifyAsync<ALO203ReportExpectedButNeverMade>("FunctionResponseTypes: [ReportBatchItemFailures]", On, "ALO203");
        await VerifyAsync<ALO203ReportExpectedButNeverMade>("", On);
    }

    [Fact]
    public async Task The_attribute_comes_first()
    {
        await VerifyAsync<ALO501NoDeadLetterQueue>("Enabled: false", On.Replace(")]", ", Enabled = true)]"), "ALO501");
        await VerifyAsync<ALO203ReportExpectedButNeverMade>("FunctionResponseTypes: [ReportBatchItemFailures]\n            BatchSize: 1", On);
        await VerifyAsync<ALO203ReportExpectedButNeverMade>(
            "FunctionResponseTypes: [ReportBatchItemFailures]\n            BatchSize: 1",
            On.Replace(")]", ", BatchSize = 5)]"),
            "ALO203"
        );
    }

    [Fact]
    public async Task A_comment_at_the_event_silences_what_is_said_of_its_mapping()
    {
        var template = Template("FunctionResponseTypes: [ReportBatchItemFailures]");
        await RunAsync<ALO203ReportExpectedButNeverMade>(
            template.Replace("        Orders:\n", "        # alo:disable ALO203 one bad order stops the whole batch on purpose\n        Orders:\n"),
            Source(On),
            null
        );
    }

    private static Task VerifyAsync<TRule>(string beside, string attribute, string? id = null)
        where TRule : DiagnosticAnalyzer, new() => RunAsync<TRule>(Template(beside), Source(attribute), id);

    private static Task RunAsync<TRule>(string template, string source, string? id)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule>
        {
            AssemblyName = "Orders",
            TestState = { Sources = { id is null ? source.Replace("{|#0:Handle|}", "Handle") : source }, AdditionalFiles = { ("template.yaml", template) } },
        };
        if (id is not null)
            test.ExpectedDiagnostics.Add(new DiagnosticResult(id).WithLocation(0).IgnoringAdditionalLocations());
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Source(string attribute) =>
        $$"""
            using Amazon.Lambda.Annotations;
            using Amazon.Lambda.Annotations.SQS;
            using Amazon.Lambda.SQSEvents;

            public interface IOrders { void Ship(string order); }

            public class OrdersFunction
            {
                private readonly IOrders orders;

                public OrdersFunction(IOrders orders) => this.orders = orders;

                [LambdaFunction]
                {{attribute}}
                public void {|#0:Handle|}(SQSEvent batch) { foreach (var message in batch.Records) orders.Ship(message.Body); }
            }
            """;

    private static string Template(string settings) =>
        $$"""
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
              OrdersFunction:
                Type: AWS::Serverless::Function
                Metadata: { Tool: Amazon.Lambda.Annotations, SyncedEvents: [Orders] }
                Properties:
                  Handler: Orders::OrdersFunction_Handle_Generated::Handle
                  Runtime: dotnet8
                  Timeout: 20
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        {{settings}}
            """;
}
