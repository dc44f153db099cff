using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO105StateOutlivesInvocation;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO105StateOutlivesInvocationTests
{
    private const string Reported =
        "failures of one batch are reported again with the next, which does not know their ids, so all of it fails. Make the list anew for every batch";
    private const string Counted =
        "it goes on counting where the last batch ended, and every redelivered message counts again. Count in a local of the handler";

    private static DiagnosticResult Outlives(string member, string how) =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(member, how, "").IgnoringAdditionalLocations();

    private static string Deduplicating(string field, string check) =>
        $$"""
            {{field}}

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    {{check}}
                    await {|#0:sqs.SendMessageAsync("queue", message.Body)|};
                }
            }
            """;

    [Theory]
    [InlineData("private static readonly HashSet<string> seen = new();", "if (!seen.Add(message.MessageId)) continue;")]
    [InlineData("private readonly HashSet<string> seen = new();", "if (seen.Contains(message.MessageId)) continue; seen.Add(message.MessageId);")]
    [InlineData("private readonly Dictionary<string, bool> seen = new();", "if (seen.ContainsKey(message.MessageId)) continue;")]
    [InlineData("private readonly Dictionary<string, DateTime> seen = new();", "if (seen.TryGetValue(message.MessageId, out _)) continue;")]
    public Task Deduplication_in_memory_decides(string field, string check) =>
        IdempotencyServices.VerifyAsync<Rule>(
            Deduplicating(field, check),
            Outlives(
                "seen",
                "it knows only what this execution environment has handled, so a redelivery that reaches another one, or a new one, sends the message again. "
                    + "Remember in a store, by a conditional write, that SendMessage was done"
            )
        );

    [Theory]
    [InlineData("private readonly Dictionary<string, HttpClient> clients = new();", "if (clients.ContainsKey(message.MessageId)) continue;")]
    [InlineData("private readonly HashSet<string> known = new() { \"a\" };", "if (known.Contains(\"a\")) continue;")]
    [InlineData("private HashSet<string> seen = new(); private void Begin() => seen = new();", "if (!seen.Add(message.MessageId)) continue;")]
    [InlineData("", "var seen = new HashSet<string>(); if (!seen.Add(message.MessageId)) continue;")]
    [InlineData("private static readonly Lazy<HttpClient> client = new();", "if (client.Value is null) continue;")]
    public Task A_cache_a_configuration_and_a_set_of_one_batch_are_silent(string field, string check) =>
        IdempotencyServices.VerifyAsync<Rule>(Deduplicating(field, check));

    private static string Collecting(string field, string begin, string add, string answer) =>
        $$"""
            {{field}}

            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                {{begin}}
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await Services.Shipping.ShipAsync(JsonSerializer.Deserialize<Order>(message.Body)!);
                    }
                    catch (Exception)
                    {
                        {{add}};
                    }
                }

                return {{answer}};
            }
            """;

    [Theory]
    [InlineData(
        "private readonly List<SQSBatchResponse.BatchItemFailure> failures = new();",
        "failures.Add(new() { ItemIdentifier = message.MessageId })",
        "new SQSBatchResponse(failures)"
    )]
    [InlineData(
        "private static readonly List<string> failures = new();",
        "failures.Add(message.MessageId)",
        "new SQSBatchResponse { BatchItemFailures = failures.Select(id => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id }).ToList() }"
    )]
    [InlineData(
        "private readonly SQSBatchResponse failures = new();",
        "failures.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId })",
        "failures"
    )]
    public Task Failures_of_one_batch_in_the_response_of_the_next(string field, string add, string answer) =>
        IdempotencyServices.VerifyAsync<Rule>(Collecting(field, "", $"{{|#0:{add}|}}", answer), Outlives("failures", Reported));

    [Theory]
    [InlineData("failures.Clear();")]
    [InlineData("failures = new();")]
    public Task A_list_that_is_begun_anew_is_silent(string begin) =>
        IdempotencyServices.VerifyAsync<Rule>(
            Collecting(
                "private List<SQSBatchResponse.BatchItemFailure> failures = new();",
                begin,
                "failures.Add(new() { ItemIdentifier = message.MessageId })",
                "new SQSBatchResponse(failures)"
            )
        );

    [Fact]
    public Task A_list_that_no_response_is_made_of_is_silent() =>
        IdempotencyServices.VerifyAsync<Rule>(
            Collecting("private readonly List<string> names = new();", "", "names.Add(message.MessageId)", "new SQSBatchResponse(new())")
        );

    [Theory]
    [InlineData("if (failed > 3) throw new InvalidOperationException();", true)]
    [InlineData("await Services.Shipping.ShipAsync(new Order(\"total\", failed));", true)]
    [InlineData("log.LogLine($\"{failed} failed\");", false)]
    [InlineData("if (failed % 100 == 0) await Services.Reservations.ReleaseAsync(\"\");", false)]
    [InlineData("if (failed > 3) throw new InvalidOperationException(); failed = 0;", false)]
    public Task A_counter_that_decides_or_is_written_out(string use, bool isFound) =>
        IdempotencyServices.VerifyAsync<Rule>(
            $$"""
            private int failed;

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    if (!await Services.Shipping.IsShippedAsync(message.MessageId))
                        {|#0:failed++|};
                }

                {{use}}
            }
            """,
            isFound ? [Outlives("failed", Counted)] : []
        );

    [Fact]
    public Task A_collection_of_that_name_that_is_none_of_the_framework_is_silent()
    {
        var test = IdempotencyServices.Test<Rule>(Deduplicating("private readonly Mine.Inbox seen = new();", "if (!seen.Add(message.MessageId)) continue;"));
        test.TestState.Sources.Add(("Mine.cs", "namespace Mine { public class Inbox { public bool Add(string id) => id.Length > 0; } }"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Incomplete_code_is_silent()
    {
        var test = IdempotencyServices.Test<Rule>(
            "private int failed; public void Handle(SQSEvent batch) { foreach (var m in batch.Records) { failed++; if (failed > "
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
