using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO103CheckThenAct;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO103CheckThenActTests
{
    private const string Append = "System.IO.File.AppendAllText(\"ledger\", order.Id)";
    private const string Get = "dynamo.GetItemAsync(\"orders\", null)";

    [Fact]
    public Task The_whole_message_and_where_the_check_is() =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler("var found = await {|#1:" + Get + "|};\nif (found.IsItemSet) continue;\n{|#0:" + Append + "|};"),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithLocation(1)
                .WithSeverity(DiagnosticSeverity.Warning)
                .WithMessage(
                    "'IAmazonDynamoDB.GetItemAsync' decides whether AppendAllText runs, but two deliveries of one message at the same time both pass it before either has written, and the second one appends it again. Let the write itself refuse: a condition, a unique key, one transaction."
                )
        );

    [Theory]
    [InlineData("if ((await " + Get + ").IsItemSet) continue;", "IAmazonDynamoDB.GetItemAsync")]
    [InlineData("if (order.Quantity > 0 && (await " + Get + ").IsItemSet) continue;", "IAmazonDynamoDB.GetItemAsync")]
    [InlineData("var found = await redis.StringGetAsync(order.Id); if (found.HasValue) continue;", "IDatabaseAsync.StringGetAsync")]
    [InlineData("if (await redis.KeyExistsAsync(order.Id)) continue;", "IDatabaseAsync.KeyExistsAsync")]
    [InlineData("if (await redis.SetContainsAsync(\"known\", order.Id)) continue;", "IDatabaseAsync.SetContainsAsync")]
    [InlineData("if (await Dapper.SqlMapper.ExecuteScalarAsync<int>(db, \"SELECT COUNT(*) FROM t\") > 0) continue;", "SqlMapper.ExecuteScalarAsync")]
    [InlineData("if ((await http.GetAsync(order.Id)).IsSuccessStatusCode) continue;", "HttpClient.GetAsync")]
    [InlineData("if (await ExistsAsync(order.Id)) continue;", "IAmazonDynamoDB.GetItemAsync")]
    public Task A_read_decides(string check, string name) =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(check + "\n{|#0:" + Append + "|};", Members),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments(name, "AppendAllText", "message", "appends it again", "")
                .IgnoringAdditionalLocations()
        );

    [Theory]
    [InlineData("await " + Get + ";\n" + Append + ";")]
    [InlineData("if (order.Quantity > 0) " + Append + ";")]
    [InlineData("if ((await " + Get + ").IsItemSet) context.Logger.LogInformation(\"known\");\n" + Append + ";")]
    [InlineData("if ((await " + Get + ").IsItemSet) continue;\nawait dynamo.DeleteItemAsync(new DeleteItemRequest());")]
    [InlineData("if ((await " + Get + ").IsItemSet) continue;\nawait redis.StringSetAsync(order.Id, 1);")]
    [InlineData("if (!await redis.StringSetAsync(order.Id, 1, null, StackExchange.Redis.When.NotExists)) continue;\n" + Append + ";")]
    [InlineData("if (await redis.KeyExistsAsync(order.Id) || !await redis.LockTakeAsync(order.Id, 1, default)) continue;\n" + Append + ";")]
    [InlineData("if (await inbox.AlreadyProcessedAsync(order.Id)) continue;\n" + Append + ";")]
    public Task A_read_that_decides_nothing_or_not_alone(string statements) => EffectTest.VerifyAsync<Rule>(EffectTest.Handler(statements, Members));

    [Fact]
    public Task On_a_stream_it_is_advice() =>
        EffectTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(Amazon.Lambda.KinesisEvents.KinesisEvent batch)
            {
                foreach (var record in batch.Records)
                {
                    if (!(await dynamo.GetItemAsync("orders", null)).IsItemSet)
                        {|#0:System.IO.File.AppendAllText("ledger", record.EventId)|};
                }
            }
            """,
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithSeverity(DiagnosticSeverity.Info)
                .WithArguments("IAmazonDynamoDB.GetItemAsync", "AppendAllText", "record", "appends it again", "")
                .IgnoringAdditionalLocations()
        );

    [Theory]
    [InlineData("", DiagnosticSeverity.Warning)]
    [InlineData("FifoQueue: true", DiagnosticSeverity.Info)]
    public Task On_a_fifo_queue_it_is_advice(string property, DiagnosticSeverity severity)
    {
        var test = EffectTest.Test<Rule>(
            EffectTest.Handler("if ((await " + Get + ").IsItemSet) continue;\n{|#0:" + Append + "|};"),
            AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithSeverity(severity).IgnoringAdditionalLocations()
        );
        test.TestState.AdditionalFiles.Add(
            ("template.yaml", HandlerTest.Template().Replace("VisibilityTimeout: 180", "VisibilityTimeout: 180\n      " + property, StringComparison.Ordinal))
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_type_that_only_looks_like_a_client() =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(
                "if (await mine.KeyExistsAsync(order.Id)) continue;\n" + Append + ";",
                "private readonly IDatabase mine = null!;\npublic interface IDatabase { Task<bool> KeyExistsAsync(string key); }"
            )
        );

    [Fact]
    public Task Without_the_packages_nothing_is_a_handler()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = "class C { void HandleAsync(string[] batch) { if (!System.IO.File.Exists(batch[0])) System.IO.File.AppendAllText(batch[0], \"\"); } }",
            ReferenceAssemblies = References.None,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("if (await dynamo.GetItemAsync( System.IO.File.AppendAllText(\"ledger\", order.Id);")]
    [InlineData("if () System.IO.File.AppendAllText(\"ledger\", order.Id);")]
    public Task Incomplete_code(string statements) => EffectTest.VerifyIncompleteAsync<Rule>(statements);

    private const string Members =
        EveryClient.Fields
        + """

            private readonly IInbox inbox = null!;

            public interface IInbox
            {
                Task<bool> AlreadyProcessedAsync(string id);
            }

            private async Task<bool> ExistsAsync(string id) => (await dynamo.GetItemAsync("orders", null)).IsItemSet;
            """;
}
