using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Order.ALO402ProcessedAtTheSameTime;

namespace AtLeastOnce.Analyzers.Tests.Rules.Order;

public sealed class ALO402ProcessedAtTheSameTimeTests
{
    private const string OfQueue =
        "those of one group overtake each other, and where one fails its successors are done and deleted before it comes again. Process them one after the other, or together only what is of different groups";

    private const string OfStream =
        "those of one key overtake each other. Where their order counts, process them one after the other, or together only what is of different keys";

    public static TheoryData<string> Together { get; } =
        new(
            "await Task.WhenAll({|#0:batch.Records.Select(message => orders.ShipAsync(message.Body))|});",
            "await Task.WhenAll({|#0:batch.Records.Select(async message => await orders.ShipAsync(message.Body))|}.ToList());",
            "var tasks = {|#0:batch.Records.Select(message => orders.ShipAsync(message.Body))|}.ToArray();\n    await Task.WhenAll(tasks);",
            "Task.WaitAll({|#0:batch.Records.Select(message => orders.ShipAsync(message.Body))|}.ToArray());",
            "await {|#0:Parallel.ForEachAsync(batch.Records, async (message, token) => await orders.ShipAsync(message.Body))|};",
            "{|#0:Parallel.ForEach(batch.Records, message => orders.Ship(message.Body))|};",
            "var tasks = new List<Task>();\n    foreach (var message in batch.Records)\n        tasks.Add({|#0:orders.ShipAsync(message.Body)|});\n    await Task.WhenAll(tasks);"
        );

    [Theory]
    [MemberData(nameof(Together))]
    public Task Messages_that_are_processed_together(string body) => HandlerTest.VerifyAsync<Rule>(Handler(body), OrderTest.Fifo, Finding());

    [Fact]
    public Task The_message_says_what_happens_to_which_messages() =>
        HandlerTest.VerifyAsync<Rule>(
            Handler("await Task.WhenAll({|#0:batch.Records.Select(message => orders.ShipAsync(message.Body))|});"),
            OrderTest.Fifo,
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithSeverity(DiagnosticSeverity.Warning)
                .WithMessage($"'HandleAsync' processes the messages of the FIFO queue 'OrdersQueue' at the same time: {OfQueue}.")
        );

    [Fact]
    public Task A_method_of_the_handler_tells_the_way() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch) => ShipAllAsync(batch);

            private Task ShipAllAsync(SQSEvent batch) => Task.WhenAll({|#0:batch.Records.Select(message => orders.ShipAsync(message.Body))|});
            """,
            OrderTest.Fifo,
            Finding(" Reached from 'HandleAsync' → 'OrdersFunction.ShipAllAsync'.")
        );

    public static TheoryData<string> OneByOne { get; } =
        new(
            "foreach (var message in batch.Records)\n        await orders.ShipAsync(message.Body);",
            "foreach (var task in batch.Records.Select(message => orders.ShipAsync(message.Body)))\n        await task;",
            "await Parallel.ForEachAsync(batch.Records, new ParallelOptions { MaxDegreeOfParallelism = 1 }, async (message, token) => await orders.ShipAsync(message.Body));",
            // One task a group, which goes through its messages in order.
            "await Task.WhenAll(batch.Records.GroupBy(message => message.Attributes[\"MessageGroupId\"]).Select(async group => { foreach (var message in group) await orders.ShipAsync(message.Body); }));",
            "await Parallel.ForEachAsync(batch.Records.GroupBy(message => message.Attributes[\"MessageGroupId\"]), async (group, token) => { foreach (var message in group) await orders.ShipAsync(message.Body); });",
            // What is loaded together may be worked on in order.
            "var loaded = await Task.WhenAll(batch.Records.Select(message => LoadAsync(message.Body)));\n    foreach (var order in loaded)\n        await orders.ShipAsync(order);",
            "var gate = new SemaphoreSlim(1);\n    await Task.WhenAll(batch.Records.Select(async message => { await gate.WaitAsync(); await orders.ShipAsync(message.Body); gate.Release(); }));",
            "var tasks = new List<Task>();\n    foreach (var message in batch.Records)\n    {\n        tasks.Add(orders.ShipAsync(message.Body));\n        await Task.WhenAll(tasks);\n    }"
        );

    [Theory]
    [MemberData(nameof(OneByOne))]
    public Task What_keeps_the_order_or_may_keep_it_has_none(string body) => HandlerTest.VerifyAsync<Rule>(Handler(body), OrderTest.Fifo);

    // Answers that the response is made of are those of the work; answers that a later loop may look at need not be.
    [Theory]
    [InlineData("", true)]
    [InlineData("for (var i = 0; i < shipped.Length; i++)\n        if (shipped[i]) orders.Ship(batch.Records[i].Body);", false)]
    [InlineData("foreach (var message in batch.Records)\n        await orders.ShipAsync(message.Body);", false)]
    public Task Tasks_that_tell_whether_they_have_succeeded(string later, bool isFound)
    {
        const string Select = "batch.Records.Select(message => orders.TryShipAsync(message.Body))";
        return HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var shipped = await Task.WhenAll({{(isFound ? $"{{|#0:{Select}|}}" : Select)}});
                {{later}}
                return new SQSBatchResponse(batch.Records.Where((_, i) => !shipped[i]).Select(Failed).ToList());
            }

            private static SQSBatchResponse.BatchItemFailure Failed(SQSEvent.SQSMessage message) => new() { ItemIdentifier = message.MessageId };
            """,
            OrderTest.Fifo,
            isFound ? [Finding()] : []
        );
    }

    [Fact]
    public async Task A_queue_that_is_not_known_to_be_FIFO_has_none()
    {
        var members = Handler("await Task.WhenAll(batch.Records.Select(message => orders.ShipAsync(message.Body)));");
        await HandlerTest.VerifyAsync<Rule>(members);
        await HandlerTest.VerifyAsync<Rule>(members, HandlerTest.Template(HandlerTest.Reports));
        await HandlerTest.VerifyAsync<Rule>(members, OrderTest.FifoWith("BatchSize: 1"));
    }

    [Theory]
    [InlineData("Kinesis")]
    [InlineData("DynamoDB")]
    public Task Records_of_a_stream_are_advice(string package) =>
        OrderTest
            .OfStream<Rule>(
                $"public Task HandleAsync({package}Event batch) => Task.WhenAll({{|#0:batch.Records.Select(record => store.PutAsync(record))|}});",
                AnalyzerVerifier<Rule>
                    .Diagnostic()
                    .WithLocation(0)
                    .WithSeverity(DiagnosticSeverity.Info)
                    .WithArguments("HandleAsync", "record", "a stream", OfStream, "")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Records_of_a_stream_by_their_key_have_none() =>
        OrderTest
            .OfStream<Rule>(
                """
                public Task HandleAsync(KinesisEvent batch) =>
                    Task.WhenAll(batch.Records.GroupBy(record => record.Kinesis.PartitionKey).Select(async group => { foreach (var record in group) await store.PutAsync(record); }));
                """
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = -1", true)]
    [InlineData("BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 4", true)]
    [InlineData("BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 1", false)]
    [InlineData("BatchParallelProcessingEnabled = true", false)]
    [InlineData("BatchParallelProcessingEnabled = false, MaxDegreeOfParallelism = 4", false)]
    public Task Powertools_in_parallel(string settings, bool isFound)
    {
        var attribute = $"AWS.Lambda.Powertools.BatchProcessing.BatchProcessor(RecordHandler = typeof(OrdersFunction), {settings})";
        return HandlerTest.VerifyAsync<Rule>(
            $$"""
            [{{(isFound ? "{|#0:" + attribute + "|}" : attribute)}}]
            public AWS.Lambda.Powertools.BatchProcessing.BatchItemFailuresResponse HandleAsync(SQSEvent _) =>
                AWS.Lambda.Powertools.BatchProcessing.Sqs.SqsBatchProcessor.Result.BatchItemFailuresResponse;
            """,
            OrderTest.Fifo,
            isFound ? [Finding()] : []
        );
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>("public Task HandleAsync(SQSEvent batch) => Task.WhenAll(batch.Records.Select(message =>", OrderTest.Fifo);
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Handler(string body) =>
        $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                {{body}}
                await Task.Yield();
            }

            private Task<string> LoadAsync(string body) => Task.FromResult(body);
            """;

    private static DiagnosticResult Finding(string path = "") =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments("HandleAsync", "message", "the FIFO queue 'OrdersQueue'", OfQueue, path);
}
