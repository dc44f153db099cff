using System.Text;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO207ResponseMisreadWitness
{
    private readonly RulePage page = RulePage.Of("ALO207");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_failed_message_is_deleted_although_it_is_reported()
    {
        var run = await RunAsync(page.Flawed);

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + acknowledged although reported as failed 1", run.Ledger("Orders").ToString());
        Assert.Equal((BatchOutcomeKind.Success, "R-15"), Outcome(Assert.Single(run.Invocations)));
    }

    [Fact]
    public async Task Fixed_it_is_kept()
    {
        var run = await RunAsync(page.Fixed);

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.Ledger("Orders").ToString());
    }

    [Theory]
    [InlineData("    [JsonPropertyName(\"itemIdentifier\")]\n", "")]
    [InlineData("List<BatchItemFailure>", "List<string>", "new BatchItemFailure { ItemIdentifier = message.MessageId }", "message.MessageId")]
    public async Task Flawed_entries_that_name_no_message_fail_the_whole_batch(params string[] changes)
    {
        var code = changes.Chunk(2).Aggregate(page.Fixed.Code, (text, change) => text.Replace(change[0], change[1], StringComparison.Ordinal));

        var run = await RunAsync(page.Fixed with { Code = code });

        Assert.Equal("A C A C A C A C A C", warehouse.Shipped);
        Assert.Equal("sent 3 = dead-lettered 3", run.Ledger("Orders").ToString());
        Assert.All(run.Invocations, invocation => Assert.Equal((BatchOutcomeKind.WholeBatchFailure, "R-9"), Outcome(invocation)));
    }

    [Theory]
    [InlineData("return response;", "return response.BatchItemFailures;", "Task<BatchResponse>", "Task<List<BatchItemFailure>>")]
    [InlineData("return response;", "return System.Text.Json.JsonSerializer.Serialize(response);", "Task<BatchResponse>", "Task<string>")]
    public async Task Flawed_what_is_no_object_reports_nothing(params string[] changes)
    {
        var code = changes.Chunk(2).Aggregate(page.Fixed.Code, (text, change) => text.Replace(change[0], change[1], StringComparison.Ordinal));

        var run = await RunAsync(page.Fixed with { Code = code });

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal((BatchOutcomeKind.Success, "R-17"), Outcome(Assert.Single(run.Invocations)));
        Assert.Empty(run.Queue("OrdersDlq").Messages);
    }

    [Fact]
    public async Task Flawed_a_response_that_the_context_lacks_fails_after_the_work()
    {
        var run = await RunAsync(Ship, new SourceGeneratorLambdaJsonSerializer<EventJsonContext>());

        Assert.Equal("A A A A A", warehouse.Shipped);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_a_response_that_the_context_lists_is_written()
    {
        var run = await RunAsync(Ship, new SourceGeneratorLambdaJsonSerializer<ListedJsonContext>());

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
    }

    [Fact]
    public void Flawed_the_naming_policy_of_a_context_changes_nothing()
    {
        var response = new MemoryStream();

        new SourceGeneratorLambdaJsonSerializer<CamelCaseJsonContext>().Serialize(new Named { BatchItemFailures = ["1"] }, response);

        Assert.Equal("{\"BatchItemFailures\":[\"1\"]}", Encoding.UTF8.GetString(response.ToArray()));
    }

    [Fact]
    public async Task Flawed_a_value_task_is_written_as_it_is()
    {
        async ValueTask<SQSBatchResponse> HandleAsync(SQSEvent batch)
        {
            await Task.CompletedTask;
            return new([.. batch.Records.Select(message => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId })]);
        }

        var run = await RunAsync(new LambdaFunction("orders", HandleAsync).WithSerializer(new DefaultLambdaJsonSerializer()));

        var invocation = Assert.Single(run.Invocations);
        Assert.Equal((BatchOutcomeKind.Success, "R-15"), Outcome(invocation));
        Assert.Contains("the ValueTask itself is the response", invocation.Outcome!.Reason, StringComparison.Ordinal);
        Assert.Empty(run.Queue("OrdersDlq").Messages);
    }

    private static (BatchOutcomeKind Kind, string Rule) Outcome(InvocationRecord invocation) => (invocation.Outcome!.Kind, invocation.Outcome.Rule);

    private async Task<EsmRun> RunAsync(Example example)
    {
        await using var scenario = new Scenario(example, warehouse, mapping => mapping.ReportBatchItemFailures = true);
        return await scenario.RunAsync("A", "B", "C");
    }

    private static async Task<EsmRun> RunAsync(Func<SQSEvent, SQSBatchResponse> handler, object serializer) =>
        await RunAsync(new LambdaFunction("orders", handler).WithSerializer(serializer));

    private static async Task<EsmRun> RunAsync(LambdaFunction function)
    {
        var queue = new SqsQueue("OrdersQueue") { DeadLetter = new(new("OrdersDlq"), 5) };
        await using var host = new LambdaTestHost().Map(
            queue,
            function,
            mapping =>
            {
                mapping.Name = "Orders";
                mapping.ReportBatchItemFailures = true;
            }
        );
        queue.Send("A");
        return await host.RunUntilIdleAsync();
    }

    private SQSBatchResponse Ship(SQSEvent batch)
    {
        foreach (var message in batch.Records)
            warehouse.Ship(message.Body);
        return new();
    }
}

internal sealed class Named
{
    public List<string> BatchItemFailures { get; set; } = [];
}

[JsonSerializable(typeof(SQSEvent))]
internal sealed partial class EventJsonContext : JsonSerializerContext;

[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class ListedJsonContext : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Named))]
internal sealed partial class CamelCaseJsonContext : JsonSerializerContext;
