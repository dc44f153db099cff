using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO210OtherRecordsIgnored;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO210OtherRecordsIgnoredTests
{
    private const string Assumption = " (No mapping of it was found: AWS's default batch size is 10.)";

    [Theory]
    [InlineData("{|#0:batch.Records[0]|}")]
    [InlineData("{|#0:batch.Records.First()|}")]
    [InlineData("{|#0:batch.Records.Last()|}")]
    public Task One_record_of_many(string record) => HandlerTest.VerifyAsync<Rule>(Handler($"await orders.ShipAsync({record}.Body);"), Ignores());

    [Fact]
    public Task The_first_or_none() =>
        HandlerTest.VerifyAsync<Rule>(
            Handler(
                """
                log.LogInformation($"{JsonSerializer.Serialize(batch)}");
                    if (batch?.Records == null || batch.Records.Count == 0) return;
                    var message = {|#0:batch.Records.FirstOrDefault()|};
                    if (message is null) return;
                    log.LogInformation(batch.Records[0].MessageId);
                    await orders.ShipAsync(message.Body);
                """
            ),
            Ignores()
        );

    [Fact]
    public Task Records_in_a_variable_and_behind_a_question_mark() =>
        HandlerTest.VerifyAsync<Rule>(
            Handler(
                """
                var records = batch?.Records;
                    var message = {|#0:records[0]|};
                    await orders.ShipAsync(message.Body);
                """
            ),
            Ignores()
        );

    /// <summary>Who publishes by a library has not left the batch to it.</summary>
    [Fact]
    public async Task One_record_that_is_published()
    {
        var test = HandlerTest.Test<Rule>(
            "private readonly AWS.Messaging.IOutbox outbox = null!;\n\n" + Handler("await outbox.PublishAsync({|#0:batch.Records[0]|}.Body);"),
            null,
            Ignores()
        );
        test.TestState.Sources.Add(
            ("Outbox.cs", "namespace AWS.Messaging { public interface IOutbox { System.Threading.Tasks.Task PublishAsync<T>(T message); } }")
        );
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task In_another_method() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch) => ShipFirstAsync(batch);

            private Task ShipFirstAsync(SQSEvent batch) => orders.ShipAsync({|#0:batch.Records[0]|}.Body);
            """,
            Ignores()
        );

    [Theory]
    [InlineData("foreach (var message in batch.Records) await orders.ShipAsync(message.Body);")]
    [InlineData("for (var i = 0; i < batch.Records.Count; i++) await orders.ShipAsync(batch.Records[i].Body);")]
    [InlineData("await Task.WhenAll(batch.Records.Select(message => orders.ShipAsync(message.Body)));")]
    [InlineData("log.LogInformation(batch.Records[0].EventSource); foreach (var message in batch.Records) await orders.ShipAsync(message.Body);")]
    [InlineData("await orders.ShipAsync(batch.Records.First(message => message.Body.Length > 0).Body);")]
    [InlineData("await orders.ShipAsync(batch.Records[0].Body); await orders.ShipAsync(batch.Records[1].Body);")]
    [InlineData("await orders.ShipAsync(batch.Records[0].Body); await orders.GiveUpAsync(batch);")]
    [InlineData("await orders.ShipAsync(batch.Records[0].Body); await orders.GiveUpAsync(batch.Records);")]
    [InlineData(
        "var rest = batch.Records.Skip(1); await orders.ShipAsync(batch.Records[0].Body); foreach (var message in rest) await orders.ShipAsync(message.Body);"
    )]
    [InlineData("log.LogInformation(batch.Records[0].MessageId); await Task.CompletedTask;")]
    public Task All_records_and_no_work(string statements) => HandlerTest.VerifyAsync<Rule>(Handler(statements));

    [Theory]
    [InlineData("if (batch.Records.Count > 1) throw new InvalidOperationException(\"one at a time\");")]
    [InlineData("if (1 < batch.Records.Count) throw new InvalidOperationException(\"one at a time\");")]
    [InlineData("if (batch.Records.Count != 1) { log.LogError(\"one at a time\"); throw new InvalidOperationException(\"one at a time\"); }")]
    [InlineData("if (batch.Records.Count == 0 || batch.Records.Count > 1) throw new InvalidOperationException(\"one at a time\");")]
    public Task A_batch_of_several_is_refused(string guard) =>
        HandlerTest.VerifyAsync<Rule>(Handler($"{guard}\n    await orders.ShipAsync({{|#0:batch.Records[0]|}}.Body);"), Refuses());

    [Fact]
    public Task Single_refuses_a_batch_of_several() =>
        HandlerTest.VerifyAsync<Rule>(Handler("await orders.ShipAsync({|#0:batch.Records.Single()|}.Body);"), Refuses());

    [Theory]
    [InlineData("if (batch.Records.Count > 0) throw new InvalidOperationException(\"one at a time\");")]
    [InlineData("if (batch.Records.Count >= 1) throw new InvalidOperationException(\"one at a time\");")]
    [InlineData("if (batch.Records.Any()) throw new InvalidOperationException(\"one at a time\");")]
    public Task Every_batch_is_refused(string guard) =>
        HandlerTest.VerifyAsync<Rule>(
            Handler($"{guard}\n    await orders.ShipAsync({{|#0:batch.Records[0]|}}.Body);"),
            Finding(2, DiagnosticSeverity.Warning, Assumption)
        );

    [Theory]
    [InlineData("if (batch.Records.Count == 0) throw new InvalidOperationException(\"none\");")]
    [InlineData("if (batch.Records.Count < 1) throw new InvalidOperationException(\"none\");")]
    [InlineData("if (!batch.Records.Any()) throw new InvalidOperationException(\"none\");")]
    [InlineData("if (batch.Records.Count > 1) log.LogWarning(\"more than one\");")]
    [InlineData("if (batch.Records.Count != 1) return;")]
    public Task Another_guard_does_not_save_the_others(string guard) =>
        HandlerTest.VerifyAsync<Rule>(Handler($"{guard}\n    await orders.ShipAsync({{|#0:batch.Records[0]|}}.Body);"), Ignores());

    [Fact]
    public async Task The_mapping_says_whether_there_can_be_others()
    {
        const string First = "await orders.ShipAsync({|#0:batch.Records[0]|}.Body);";
        await HandlerTest.VerifyAsync<Rule>(Handler("await orders.ShipAsync(batch.Records[0].Body);"), HandlerTest.Template("BatchSize: 1"));
        await HandlerTest.VerifyAsync<Rule>(Handler("await orders.ShipAsync(batch.Records[0].Body);"), HandlerTest.Template("BatchSize: !ImportValue Size"));
        await HandlerTest.VerifyAsync<Rule>(Handler(First), HandlerTest.Template("BatchSize: 5"), Finding(0, DiagnosticSeverity.Warning, ""));
        await HandlerTest.VerifyAsync<Rule>(Handler(First), HandlerTest.Template(), Finding(0, DiagnosticSeverity.Warning, ""));
    }

    [Fact]
    public async Task The_failure_of_the_only_message_is_no_second_finding()
    {
        const string First = "await orders.ShipAsync(batch.Records[0].Body);";
        await HandlerTest.VerifyAsync<ALO201FailuresCannotBeReported>(Handler(First));
        await HandlerTest.VerifyAsync<ALO203ReportExpectedButNeverMade>(Handler(First), HandlerTest.Template(HandlerTest.Reports));
        await HandlerTest.VerifyAsync<ALO205FailureEscapes>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var response = new SQSBatchResponse();
                var message = batch.Records[0];
                var order = JsonSerializer.Deserialize<Order>(message.Body);
                try
                {
                    await orders.ShipAsync(order!);
                }
                catch (Exception)
                {
                    response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
                }

                return response;
            }
            """
        );
    }

    [Fact]
    public Task A_list_of_messages_is_what_Pipes_hands_over() =>
        HandlerTest.VerifyAsync<Rule>("public Task HandleAsync(List<SQSEvent.SQSMessage> messages) => orders.ShipAsync(messages[0].Body);");

    [Fact]
    public Task An_event_of_somebody_else() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(Batch batch, ILambdaContext context) => orders.ShipAsync(batch.Records[0].Body);

            public sealed class Batch { public List<SQSEvent.SQSMessage> Records { get; } = new(); }
            """
        );

    [Fact]
    public async Task A_stream_moves_on_past_the_others()
    {
        await VerifyKinesisAsync(
            "await store.PutAsync({|#0:batch.Records[0]|}.Kinesis.PartitionKey);",
            3,
            DiagnosticSeverity.Warning,
            "'HandleAsync' processes only this record of its batch: Lambda moves on past all others, which nobody has looked at. Go through all Records."
                + Assumption
        );
        await VerifyKinesisAsync(
            "await store.PutAsync({|#0:batch.Records.Single()|}.Kinesis.PartitionKey);",
            4,
            DiagnosticSeverity.Info,
            "'HandleAsync' throws for a batch of more than one record: the batch is read again and again, and its shard waits, until its records expire or are given up. "
                + "Go through all Records, or set BatchSize to 1."
                + Assumption
        );
        await VerifyKinesisAsync(
            "if (batch.Records.Count > 0) throw new System.InvalidOperationException(); await store.PutAsync({|#0:batch.Records[0]|}.Kinesis.PartitionKey);",
            5,
            DiagnosticSeverity.Warning,
            "'HandleAsync' throws for every batch, also for one of a single record: it is read again and again, and its shard waits, until its records expire or are given up. Go through all Records."
                + Assumption
        );
    }

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = "public class Function { public int Handle(System.Collections.Generic.List<string> records) => int.Parse(records[0]); }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync();
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>("public async Task HandleAsync(SQSEvent batch) { await orders.ShipAsync(batch.Records[", null);
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    private static Task VerifyKinesisAsync(string statements, int descriptor, DiagnosticSeverity severity, string message)
    {
        var test = new CSharpAnalyzerTest<Rule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(
            $$"""
            using System.Linq;
            using System.Threading.Tasks;
            using Amazon.Lambda.KinesisEvents;

            public interface IStore { Task PutAsync(object value); }

            public class StreamFunction
            {
                private readonly IStore store = null!;

                public async Task HandleAsync(KinesisEvent batch)
                {
                    {{statements}}
                }
            }
            """
        );
        test.ExpectedDiagnostics.Add(
            AnalyzerVerifier<Rule>.Diagnostic(new Rule().SupportedDiagnostics[descriptor]).WithLocation(0).WithSeverity(severity).WithMessage(message)
        );
        return test.RunAsync();
    }

    private static string Handler(string statements) =>
        $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                {{statements}}
            }
            """;

    private static DiagnosticResult Ignores() => Finding(0, DiagnosticSeverity.Warning, Assumption);

    private static DiagnosticResult Refuses() => Finding(1, DiagnosticSeverity.Info, Assumption);

    private static DiagnosticResult Finding(int descriptor, DiagnosticSeverity severity, string assumption) =>
        AnalyzerVerifier<Rule>
            .Diagnostic(new Rule().SupportedDiagnostics[descriptor])
            .WithLocation(0)
            .WithSeverity(severity)
            .WithArguments("HandleAsync", assumption);
}
