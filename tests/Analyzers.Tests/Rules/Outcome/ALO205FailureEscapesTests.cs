using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO205FailureEscapes;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO205FailureEscapesTests
{
    private const string ReportingCatch = """
        catch (Exception)
                {
                    failures.Add(new() { ItemIdentifier = message.MessageId });
                }
        """;

    [Fact]
    public Task Parsing_outside_the_try() =>
        VerifyLoopAsync(
            $$"""
            var order = {|#0:JsonSerializer.Deserialize<Order>(message.Body)|}!;
                    try
                    {
                        await orders.ShipAsync(order);
                    }
                    {{ReportingCatch}}
            """,
            Finding()
        );

    [Fact]
    public Task Parsing_inside_the_try() =>
        VerifyLoopAsync(
            $$"""
            try
                    {
                        var order = JsonSerializer.Deserialize<Order>(message.Body)!;
                        await orders.ShipAsync(order);
                    }
                    {{ReportingCatch}}
            """
        );

    [Fact]
    public Task A_typed_catch_misses_the_rest() =>
        VerifyLoopAsync(
            $$"""
            try
                    {
                        await {|#0:orders.ShipAsync(message.Body)|};
                    }
                    {{ReportingCatch.Replace("(Exception)", "(JsonException)")}}
            """,
            Finding()
        );

    [Theory]
    [InlineData("catch (OperationCanceledException) { throw; }", false)]
    [InlineData("catch (OperationCanceledException) when (stop.IsCancellationRequested) { throw; }", false)]
    [InlineData("catch (OperationCanceledException exception) { log.LogInformation(exception.Message); throw; }", false)]
    [InlineData("catch (JsonException) { throw; }", true)]
    public Task Cancellation_that_another_method_throws_on(string rethrows, bool isFound) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    var failed = await ProcessAsync(message, default);
                    if (failed is not null)
                        failures.Add(new() { ItemIdentifier = failed });
                }

                return new SQSBatchResponse(failures);
            }

            private async Task<string?> ProcessAsync(SQSEvent.SQSMessage message, System.Threading.CancellationToken stop)
            {
                try
                {
                    await {{(isFound ? "{|#0:" : "")}}orders.ShipAsync(message.Body){{(isFound ? "|}" : "")}};
                    return null;
                }
                {{rethrows}}
                catch (Exception)
                {
                    return message.MessageId;
                }
            }
            """,
            isFound
                ?
                [
                    AnalyzerVerifier<Rule>
                        .Diagnostic()
                        .WithLocation(0)
                        .WithArguments("HandleAsync", " Reached from 'HandleAsync' → 'OrdersFunction.ProcessAsync'."),
                ]
                : []
        );

    [Fact]
    public Task Cancellation_that_is_thrown_on_is_meant() =>
        VerifyLoopAsync(
            $$"""
            try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (OperationCanceledException)
                    {
                        throw;
                    }
                    {{ReportingCatch}}
            """
        );

    [Fact]
    public Task Logging_filling_lists_and_making_texts_cannot_fail() =>
        VerifyLoopAsync(
            $$"""
            log.LogInformation($"message {message.MessageId}");
                    var words = message.Body.Split(' ').ToList();
                    var texts = new Dictionary<string, string> { ["id"] = message.MessageId };
                    foreach (var (name, value) in message.MessageAttributes)
                        texts[name] = value.StringValue;
                    texts["all"] = JsonSerializer.Serialize(message);
                    try
                    {
                        await orders.ShipAsync(words[0]);
                    }
                    {{ReportingCatch}}
            """
        );

    [Fact]
    public Task An_attribute_that_a_message_may_lack() =>
        VerifyLoopAsync(
            $$"""
            var kind = {|#0:message.MessageAttributes["kind"]|}.StringValue;
                    try
                    {
                        await orders.ShipAsync(kind);
                    }
                    {{ReportingCatch}}
            """,
            Finding()
        );

    [Theory]
    [InlineData("MessageGroupId", false)]
    [InlineData("MessageDeduplicationId", false)]
    [InlineData("SequenceNumber", false)]
    [InlineData("ApproximateReceiveCount", false)]
    [InlineData("ApproximateFirstReceiveTimestamp", false)]
    [InlineData("SentTimestamp", false)]
    [InlineData("SenderId", false)]
    [InlineData("AWSTraceHeader", true)]
    [InlineData("DeadLetterQueueSourceArn", true)]
    public Task A_system_attribute_that_every_message_has(string name, bool isFound) =>
        VerifyLoopAsync(
            $$"""
            var value = {{(isFound ? "{|#0:" : "")}}message.Attributes["{{name}}"]{{(isFound ? "|}" : "")}};
                    try
                    {
                        await orders.ShipAsync(value);
                    }
                    {{ReportingCatch}}
            """,
            isFound ? [Finding()] : []
        );

    [Fact]
    public Task A_name_of_an_attribute_that_is_not_known() =>
        VerifyLoopAsync(
            $$"""
            var value = {|#0:message.Attributes[message.Body]|};
                    try
                    {
                        await orders.ShipAsync(value);
                    }
                    {{ReportingCatch}}
            """,
            Finding()
        );

    [Fact]
    public Task Messages_grouped_by_their_message_group() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var group in batch.Records.GroupBy(message => message.Attributes["MessageGroupId"]))
                {
                    var isStopped = false;
                    foreach (var message in group)
                    {
                        isStopped = isStopped || !await TryAsync(message);
                        if (isStopped)
                            failures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(failures);
            }

            private async Task<bool> TryAsync(SQSEvent.SQSMessage message)
            {
                try
                {
                    await orders.ShipAsync(message.Body);
                    return true;
                }
                catch (Exception)
                {
                    return false;
                }
            }
            """
        );

    [Fact]
    public Task An_explicit_throw() =>
        VerifyLoopAsync(
            $$"""
            if (message.Body.Length == 0) throw {|#0:new InvalidOperationException("empty")|};
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    {{ReportingCatch}}
            """,
            Finding()
        );

    [Fact]
    public Task A_throw_before_the_loop_that_hangs_on_no_record_is_right() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                ArgumentNullException.ThrowIfNull(batch);
                var table = Environment.GetEnvironmentVariable("TABLE") ?? throw new InvalidOperationException("TABLE is not set");
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body + table);
                    }
                    catch (Exception)
                    {
                        failures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                if (failures.Count == batch.Records.Count) throw new InvalidOperationException("all failed");
                return new SQSBatchResponse(failures);
            }
            """
        );

    [Fact]
    public Task Tasks_that_are_awaited_together() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                await Task.WhenAll(batch.Records.Select(async message =>
                {
                    if (message.Body.Length == 0) failures.Add(new() { ItemIdentifier = message.MessageId });
                    await {|#0:orders.ShipAsync(message.Body)|};
                }));
                return new SQSBatchResponse(failures);
            }
            """,
            Finding()
        );

    [Fact]
    public Task Tasks_that_are_looked_at_one_by_one() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var tasks = batch.Records.Select(message => orders.ShipAsync(message.Body)).ToList();
                try
                {
                    await Task.WhenAll(tasks);
                }
                catch
                {
                    // Looked at below, one by one.
                }

                var failures = tasks.Select((task, index) => task.IsFaulted ? new SQSBatchResponse.BatchItemFailure { ItemIdentifier = batch.Records[index].MessageId } : null);
                return new SQSBatchResponse(failures.Where(failure => failure is not null).ToList()!);
            }
            """
        );

    [Fact]
    public Task In_a_private_method_with_the_way_to_it() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records) await ProcessAsync(message, failures);
                return new SQSBatchResponse(failures);
            }

            private async Task ProcessAsync(SQSEvent.SQSMessage message, List<SQSBatchResponse.BatchItemFailure> failures)
            {
                var order = {|#0:JsonSerializer.Deserialize<Order>(message.Body)|}!;
                try
                {
                    await orders.ShipAsync(order);
                }
                catch (Exception)
                {
                    failures.Add(new() { ItemIdentifier = message.MessageId });
                }
            }
            """,
            Finding(" Reached from 'HandleAsync' → 'OrdersFunction.ProcessAsync'.")
        );

    [Fact]
    public Task In_a_local_function() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    if (!await orders.TryShipAsync(Read(message))) failures.Add(new() { ItemIdentifier = message.MessageId });
                }

                return new SQSBatchResponse(failures);

                string Read(SQSEvent.SQSMessage message) => {|#0:JsonSerializer.Deserialize<Order>(message.Body)|}!.Id;
            }
            """,
            Finding(" Reached from 'HandleAsync' → 'Read'.")
        );

    [Fact]
    public Task Caught_in_the_loop_of_another_method() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch) => new SQSBatchResponse(await ProcessAllAsync(batch.Records, message => orders.ShipAsync(message.Body)));

            private static async Task<List<SQSBatchResponse.BatchItemFailure>> ProcessAllAsync(IEnumerable<SQSEvent.SQSMessage> messages, Func<SQSEvent.SQSMessage, Task> process)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in messages)
                {
                    try
                    {
                        await process(message);
                    }
                    catch (Exception)
                    {
                        failures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                return failures;
            }
            """
        );

    [Fact]
    public Task Batch_size_1_needs_no_report() =>
        VerifyLoopAsync(
            """
            await orders.ShipAsync(message.Body);
                    if (message.Body.Length == 0) failures.Add(new() { ItemIdentifier = message.MessageId });
            """,
            HandlerTest.Template("BatchSize: 1\n" + HandlerTest.Reports)
        );

    [Fact]
    public Task A_handler_that_never_reports_is_another_rule() => VerifyLoopAsync("await orders.ShipAsync(message.Body);");

    [Fact]
    public Task Powertools_catches_for_each_record() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<AWS.Lambda.Powertools.BatchProcessing.BatchItemFailuresResponse> HandleAsync(SQSEvent batch)
            {
                var result = await AWS.Lambda.Powertools.BatchProcessing.Sqs.SqsBatchProcessor.Instance.ProcessAsync(
                    batch, AWS.Lambda.Powertools.BatchProcessing.RecordHandler<SQSEvent.SQSMessage>.From(message => orders.Ship(message.Body)));
                return result.BatchItemFailuresResponse;
            }
            """
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = "public class Function { public int Handle(string body) => int.Parse(body); }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync();
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>(
            "public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { var x = JsonSerializer.Deserialize<",
            null
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    private static Task VerifyLoopAsync(string body, params DiagnosticResult[] expected) => HandlerTest.VerifyAsync<Rule>(Loop(body), expected);

    private static Task VerifyLoopAsync(string body, string template) => HandlerTest.VerifyAsync<Rule>(Loop(body), template);

    private static string Loop(string body) =>
        $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    {{body}}
                }

                return new SQSBatchResponse(failures);
            }
            """;

    private static DiagnosticResult Finding(string path = "") =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments("HandleAsync", path).IgnoringAdditionalLocations();
}
