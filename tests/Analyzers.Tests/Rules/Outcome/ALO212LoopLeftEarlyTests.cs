using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO212LoopLeftEarly;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO212LoopLeftEarlyTests
{
    private const string AddThem = "Add them to batchItemFailures";
    private const string ReturnThem = "Return SQSBatchResponse and report them, or throw";

    [Theory]
    [InlineData("if (message.Body.Length == 0) {|#0:break;|}")]
    [InlineData("if (message.Body.Length == 0) {|#0:return new SQSBatchResponse(failures);|}")]
    [InlineData("if (Environment.TickCount64 > 1000) {|#0:break;|}")]
    [InlineData("switch (message.Body) { case \"stop\": {|#0:return new SQSBatchResponse(failures);|} }")]
    public Task The_rest_is_in_no_report(string exit) => VerifyReportingAsync($"{exit}\n        await orders.ShipAsync(message.Body);", Finding(AddThem));

    [Fact]
    public Task Only_the_failed_message_is_reported() =>
        VerifyReportingAsync(
            """
            try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                        failures.Add(new() { ItemIdentifier = message.MessageId });
                        {|#0:break;|}
                    }
            """,
            Finding(AddThem)
        );

    [Fact]
    public Task Only_the_failed_message_is_returned() =>
        VerifyReportingAsync(
            """
            if (!await orders.TryShipAsync(message.Body))
                    {
                        failures.Add(new() { ItemIdentifier = message.MessageId });
                        {|#0:return new SQSBatchResponse(failures);|}
                    }
            """,
            Finding(AddThem)
        );

    [Theory]
    [InlineData("if (message.Body.Length == 0) continue; await orders.ShipAsync(message.Body);")]
    [InlineData("if (message.Body.Length == 0) throw new InvalidOperationException(); await orders.ShipAsync(message.Body);")]
    [InlineData("foreach (var word in message.Body.Split(' ')) { if (word == \"stop\") break; await orders.ShipAsync(word); }")]
    [InlineData("switch (message.Body) { case \"stop\": break; default: await orders.ShipAsync(message.Body); break; }")]
    [InlineData(
        "var words = message.Body.Split(' ').Where(word => { if (word.Length == 0) return false; return true; }); await orders.ShipAsync(words.First());"
    )]
    [InlineData("await orders.ShipAsync(message.Body); if (failures.Count == batch.Records.Count) break;")]
    [InlineData("log.LogInformation(message.Body); if (message.Body.Length == 0) break;")]
    public Task The_loop_is_not_left_or_nothing_is_left_over(string statements) => VerifyReportingAsync(statements);

    [Theory]
    [InlineData(
        "failures.AddRange(batch.Records.SkipWhile(other => other != message).Select(other => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = other.MessageId })); break;"
    )]
    [InlineData("return ReportRest(batch, message);")]
    [InlineData("failures = ReportRest(batch.Records); break;")]
    public Task The_rest_is_reported_where_the_loop_is_left(string exit) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    if (!await orders.TryShipAsync(message.Body)) { {{exit}} }
                }

                return new SQSBatchResponse(failures);
            }

            private static SQSBatchResponse ReportRest(SQSEvent batch, SQSEvent.SQSMessage failed) => new(ReportRest(batch.Records.SkipWhile(message => message != failed)));

            private static List<SQSBatchResponse.BatchItemFailure> ReportRest(IEnumerable<SQSEvent.SQSMessage> messages) =>
                messages.Select(message => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId }).ToList();
            """
        );

    [Fact]
    public Task The_rest_is_reported_behind_the_loop() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                var done = 0;
                foreach (var message in batch.Records)
                {
                    if (!await orders.TryShipAsync(message.Body)) break;
                    done++;
                }

                foreach (var message in batch.Records.Skip(done)) failures.Add(new() { ItemIdentifier = message.MessageId });
                return new SQSBatchResponse(failures);
            }
            """
        );

    [Fact]
    public Task All_were_failures_before_the_loop() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var open = batch.Records.Select(message => message.MessageId).ToHashSet();
                foreach (var message in batch.Records)
                {
                    if (!await orders.TryShipAsync(message.Body)) break;
                    open.Remove(message.MessageId);
                }

                return new SQSBatchResponse(open.Select(id => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id }).ToList());
            }
            """
        );

    [Fact]
    public Task An_exception_behind_the_loop_returns_the_batch() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                var failed = false;
                foreach (var message in batch.Records)
                {
                    failed = !await orders.TryShipAsync(message.Body);
                    if (failed) break;
                }

                if (failed) throw new InvalidOperationException("not shipped");
            }
            """
        );

    [Theory]
    [InlineData("public async Task HandleAsync(SQSEvent batch)")]
    [InlineData("public async Task HandleAsync(SQSEvent batch, ILambdaContext context)")]
    public Task A_handler_that_reports_nothing(string signature) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            {{signature}}
            {
                for (var i = 0; i < batch.Records.Count; i++)
                {
                    if (batch.Records[i].Body.Length == 0) {|#0:return;|}
                    await orders.ShipAsync(batch.Records[i].Body);
                }
            }
            """,
            Finding(ReturnThem)
        );

    [Fact]
    public Task In_a_method_that_gets_the_batch() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch) => ShipAllAsync(batch.Records);

            private async Task ShipAllAsync(List<SQSEvent.SQSMessage> messages)
            {
                foreach (var message in messages)
                {
                    if (message.Body.Length == 0) {|#0:return;|}
                    await orders.ShipAsync(message.Body);
                }
            }
            """,
            Finding(ReturnThem, " Reached from 'HandleAsync' → 'OrdersFunction.ShipAllAsync'.")
        );

    [Fact]
    public Task A_method_that_hands_something_back_may_be_believed() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                if (!await ShipAllAsync(batch.Records)) throw new InvalidOperationException("not shipped");
            }

            private async Task<bool> ShipAllAsync(List<SQSEvent.SQSMessage> messages)
            {
                foreach (var message in messages)
                {
                    if (!await orders.TryShipAsync(message.Body)) return false;
                }

                return true;
            }
            """
        );

    [Fact]
    public Task Groups_are_left_one_by_one() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var group in batch.Records.GroupBy(message => message.Attributes["MessageGroupId"]))
                {
                    foreach (var message in group)
                    {
                        if (await orders.TryShipAsync(message.Body)) continue;
                        failures.AddRange(group.SkipWhile(other => other != message).Select(other => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = other.MessageId }));
                        break;
                    }
                }

                return new SQSBatchResponse(failures);
            }
            """
        );

    [Fact]
    public async Task A_clause_that_swallows_is_that_finding()
    {
        const string Members = """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                        return;
                    }
                }
            }
            """;
        await HandlerTest.VerifyAsync<Rule>(Members);
        await HandlerTest.VerifyAsync<ALO204FailureSwallowed>(
            Members.Replace("catch (", "{|#0:catch|} (", StringComparison.Ordinal),
            AnalyzerVerifier<ALO204FailureSwallowed>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("the failed message", "HandleAsync", "Return SQSBatchResponse and report it, or let the exception through", "")
        );
    }

    [Fact]
    public async Task The_mapping_says_whether_there_can_be_others()
    {
        const string Exit = "if (message.Body.Length == 0) break; await orders.ShipAsync(message.Body);";
        await HandlerTest.VerifyAsync<Rule>(Reporting(Exit), HandlerTest.Template("BatchSize: 1\n" + HandlerTest.Reports));
        await HandlerTest.VerifyAsync<Rule>(
            Reporting(Exit.Replace("break;", "{|#0:break;|}", StringComparison.Ordinal)),
            HandlerTest.Template(HandlerTest.Reports),
            Finding(AddThem)
        );
    }

    [Fact]
    public async Task A_stream_comes_again_from_the_reported_record()
    {
        await VerifyKinesisAsync(
            "KinesisEvents.StreamsEventResponse",
            "return new() { BatchItemFailures = new List<Amazon.Lambda.KinesisEvents.StreamsEventResponse.BatchItemFailure> { new() { ItemIdentifier = record.Kinesis.SequenceNumber } } };",
            "return new();"
        );
        await VerifyKinesisAsync(
            "KinesisEvents.StreamsEventResponse",
            "{|#0:return new();|}",
            "return new();",
            AnalyzerVerifier<Rule>
                .Diagnostic(new Rule().SupportedDiagnostics[1])
                .WithLocation(0)
                .WithSeverity(DiagnosticSeverity.Error)
                .WithMessage(
                    "'HandleAsync' leaves the loop here and reports no record: it returns normally, so Lambda moves on past the records that it has not come to, and never reads them again. Report the first of them."
                )
        );
    }

    [Fact]
    public Task A_loop_over_something_else() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var word in new[] { "a", "b" })
                {
                    if (batch.Records.Count == 0) break;
                    await orders.ShipAsync(word);
                }
            }
            """
        );

    [Fact]
    public Task Records_of_somebody_else() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in new Batch().Records)
                {
                    if (message.Body.Length == 0) break;
                    await orders.ShipAsync(message.Body);
                }
            }

            private sealed class Batch { public List<SQSMessage> Records { get; } = new(); }

            private sealed record SQSMessage(string Body);
            """
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode =
                "public class Function { public void Handle(string[] records) { foreach (var record in records) { if (int.Parse(record) == 1) break; } } }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync();
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>(
            "public async Task HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { if (message.Body ==  break; await",
            null
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    private static Task VerifyReportingAsync(string statements, params DiagnosticResult[] expected) =>
        HandlerTest.VerifyAsync<Rule>(Reporting(statements), expected);

    private static Task VerifyKinesisAsync(string response, string exit, string end, params DiagnosticResult[] expected)
    {
        var test = new CSharpAnalyzerTest<Rule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(
            $$"""
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using Amazon.Lambda.KinesisEvents;

            public interface IStore { Task<bool> PutAsync(object value); }

            public class StreamFunction
            {
                private readonly IStore store = null!;

                public async Task<Amazon.Lambda.{{response}}> HandleAsync(KinesisEvent batch)
                {
                    foreach (var record in batch.Records)
                    {
                        if (!await store.PutAsync(record.Kinesis.PartitionKey)) {{exit}}
                    }

                    {{end}}
                }
            }
            """
        );
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    private static string Reporting(string statements) =>
        $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                await Task.Yield();
                foreach (var message in batch.Records)
                {
                    {{statements}}
                }

                return new SQSBatchResponse(failures);
            }
            """;

    private static DiagnosticResult Finding(string remedy, string path = "") =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Error).WithArguments("HandleAsync", remedy, path);
}
