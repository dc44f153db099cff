using AtLeastOnce.Analyzers.Rules.Order;
using AtLeastOnce.Analyzers.Rules.Outcome;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>Ways in which failures travel to the response, or are told from what cannot fail, each beside the code that lacks it.</summary>
public sealed class FailureVehiclesTests
{
    private const string Entry = "new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId }";

    private const string Failed = $$"""

        private static SQSBatchResponse.BatchItemFailure Failed(SQSEvent.SQSMessage message) => {{Entry}};
        """;

    [Theory]
    [InlineData("batch.Records.Skip(done).Select(Failed)", "catch")]
    [InlineData("batch.Records.Skip(done).Select(message => Failed(message))", "catch")]
    [InlineData("new List<SQSBatchResponse.BatchItemFailure>()", "{|ALO204:catch|}")]
    public Task The_rest_of_the_batch_behind_a_loop_that_the_failure_has_left(string report, string clause) =>
        HandlerTest.VerifyAsync<ALO204FailureSwallowed>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var done = 0;
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                        done++;
                    }
                    {{clause}} (Exception)
                    {
                        break;
                    }
                }

                return new SQSBatchResponse({{report}}.ToList());
            }
            """ + Failed
        );

    [Fact]
    public Task A_loop_that_goes_on_leaves_no_rest() =>
        HandlerTest.VerifyAsync<ALO204FailureSwallowed>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    {|ALO204:catch|} (Exception)
                    {
                        log.LogLine("failed");
                    }
                }

                return new SQSBatchResponse(batch.Records.Where(message => message.Body == "").Select(Failed).ToList());
            }
            """ + Failed
        );

    [Theory]
    [InlineData("failures.Add(Failed(message));", "catch")]
    [InlineData("log.LogLine(\"done\");", "{|ALO204:catch|}")]
    public Task A_report_in_finally(string always, string clause) =>
        HandlerTest.VerifyAsync<ALO204FailureSwallowed>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    {{clause}} (Exception)
                    {
                        log.LogLine("failed");
                    }
                    finally
                    {
                        {{always}}
                    }
                }

                return new SQSBatchResponse(failures);
            }
            """ + Failed
        );

    [Theory]
    [InlineData("public", "catch")]
    [InlineData("private", "{|ALO204:catch|}")]
    public Task A_list_that_others_can_read(string access, string clause) =>
        HandlerTest.VerifyAsync<ALO204FailureSwallowed>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                var all = new All(orders);
                await all.ShipAsync(batch.Records);
            }

            public sealed class All
            {
                private readonly IOrders orders;

                public All(IOrders orders) => this.orders = orders;

                {{access}} List<string> FailedIds { get; } = new List<string>();

                public async Task ShipAsync(IEnumerable<SQSEvent.SQSMessage> messages)
                {
                    foreach (var message in messages)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        {{clause}} (Exception)
                        {
                            FailedIds.Add(message.MessageId);
                        }
                    }
                }
            }
            """
        );

    [Theory]
    [InlineData(
        "var failed = await ShipAllAsync(batch.Records);",
        "failed.Select(id => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id }).ToList()",
        "catch"
    )]
    [InlineData("await ShipAllAsync(batch.Records);", "new List<SQSBatchResponse.BatchItemFailure>()", "{|ALO204:catch|}")]
    public Task A_list_that_a_helper_with_a_loop_hands_back(string call, string report, string clause) =>
        HandlerTest.VerifyAsync<ALO204FailureSwallowed>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                {{call}}
                return new SQSBatchResponse({{report}});
            }

            private async Task<IReadOnlyCollection<string>> ShipAllAsync(List<SQSEvent.SQSMessage> messages)
            {
                var failed = new List<string>();
                foreach (var message in messages)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    {{clause}} (Exception)
                    {
                        failed.Add(message.MessageId);
                    }
                }

                return failed;
            }
            """
        );

    [Theory]
    [InlineData("System.Text.Encoding.UTF8.GetString(new byte[message.Body.Length])")]
    [InlineData("new System.IO.StreamReader(new System.IO.MemoryStream(new byte[message.Body.Length])).ReadToEnd()")]
    [InlineData("{|ALO205:Convert.FromBase64String(message.Body)|}.Length.ToString()")]
    public Task Decoding_does_not_fail(string body) =>
        HandlerTest.VerifyAsync<ALO205FailureEscapes>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    var body = {{body}};
                    try
                    {
                        await orders.ShipAsync(body);
                    }
                    catch (Exception)
                    {
                        failures.Add(Failed(message));
                    }
                }

                return new SQSBatchResponse(failures);
            }
            """ + Failed
        );

    [Theory]
    [InlineData("http.DeleteAsync(message.Body)", "TaskCanceledException")]
    [InlineData("http.DeleteAsync(message.Body)", "OperationCanceledException")]
    [InlineData("{|ALO205:http.DeleteAsync(message.Body)|}", "TimeoutException")]
    [InlineData("{|ALO205:orders.ShipAsync(message.Body)|}", "TaskCanceledException")]
    public Task Both_failures_of_a_request_are_all_of_them(string call, string second) =>
        HandlerTest.VerifyAsync<ALO205FailureEscapes>(
            $$"""
            private readonly HttpClient http = new HttpClient();

            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await {{call}};
                    }
                    catch (HttpRequestException)
                    {
                        failures.Add(Failed(message));
                    }
                    catch ({{second}})
                    {
                        failures.Add(Failed(message));
                    }
                }

                return new SQSBatchResponse(failures);
            }
            """ + Failed
        );

    [Theory]
    [InlineData("orders.ShipAsync(message.Body)", "try { await Task.WhenAll(work.Select(one => one.Task)); } catch (Exception e) { log.LogLine(e.Message); }")]
    [InlineData("{|ALO205:orders.ShipAsync(message.Body)|}", "await Task.WhenAll(work.Select(one => one.Task));")]
    public Task A_task_in_a_tuple_throws_where_it_is_awaited(string ship, string wait) =>
        HandlerTest.VerifyAsync<ALO205FailureEscapes>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var work = batch.Records.Select(message => (Message: message, Task: {{ship}})).ToList();
                {{wait}}
                return new SQSBatchResponse(work.Where(one => !one.Task.IsCompletedSuccessfully).Select(one => Failed(one.Message)).ToList());
            }
            """ + Failed
        );

    [Theory]
    [InlineData("failures.Any() || !await orders.TryShipAsync(message.Body)")]
    [InlineData("failures.Count > 0 || !await ShippedAsync(message)")]
    public Task A_stop_in_the_condition_is_a_stop(string condition) =>
        HandlerTest.VerifyAsync<ALO401OvertakesFailedMessage>(
            Loop(condition),
            HandlerTest
                .Template(HandlerTest.Reports)
                .Replace(
                    "OrdersQueue:\n    Type: AWS::SQS::Queue\n    Properties:\n",
                    "OrdersQueue:\n    Type: AWS::SQS::Queue\n    Properties:\n      FifoQueue: true\n",
                    StringComparison.Ordinal
                )
        );

    private static string Loop(string condition) =>
        $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    if ({{condition}})
                        failures.Add(Failed(message));
                }

                return new SQSBatchResponse(failures);
            }

            private async Task<bool> ShippedAsync(SQSEvent.SQSMessage message)
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
            """ + Failed;

    [Fact]
    public Task An_entry_that_a_helper_makes_names_its_message() =>
        HandlerTest.VerifyAsync<ALO211SuccessReported>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    await orders.ShipAsync(message.Body);
                    [|failures.Add(Failed(message))|];
                }

                return new SQSBatchResponse(failures);
            }
            """ + Failed
        );
}
