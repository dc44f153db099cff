using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO110DuplicateFails;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>Duplicate keys of databases: rows of EF Core under a key of the record's, and statements whose duplicates are caught.</summary>
public sealed class ALO110DatabaseTests
{
    private const string Report = "failures.Add(new() { ItemIdentifier = message.MessageId });";
    private const string Insert =
        "Dapper.SqlMapper.ExecuteAsync(Db.Connection, \"INSERT INTO orders (id, body) VALUES (@id, @body)\", new { id = message.MessageId, body = message.Body })";
    private const string Save = "db.Rows.Add(new Row { Id = message.MessageId, Body = message.Body });\n            await {|#0:db.SaveChangesAsync()|};";

    private const string Libraries = """
        #nullable enable
        using System;
        using System.Threading.Tasks;

        namespace Mine
        {
            public class PostgresException : Exception { public string SqlState => null!; }
            public class Context { public Set Rows = null!; public Task<int> SaveChangesAsync() => null!; }
            public class Set { public void Add(Shop.Row row) { } }
        }

        namespace Shop
        {
            public class Row { public string Id { get; set; } = null!; public string Body { get; set; } = null!; public string Status { get; set; } = null!; }
            public class Orders : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Row> Rows = null!; }
            public static class Db
            {
                public static readonly System.Data.IDbConnection Connection = null!;
                public static readonly Microsoft.Data.SqlClient.SqlCommand Command = null!;
            }
        }
        """;

    private static string Collecting(string statement, string clauses, string context = "Orders") =>
        $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    var db = new {{context}}();
                    try
                    {
                        {{statement}}
                    }
                    {{clauses}}
                }

                return new SQSBatchResponse(failures);
            }
            """;

    private static DiagnosticResult Fails(string claim, string exception, string how, string path = "") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithLocation(0)
            .WithArguments("message", claim, $"{exception} for a duplicate key", how, "is tried again until it ends in the dead-letter queue", path)
            .IgnoringAdditionalLocations();

    private static Task VerifyAsync(string members, params DiagnosticResult[] expected) => VerifyAsync<Rule>(members, expected);

    private static Task VerifyAsync<TRule>(string members, params DiagnosticResult[] expected)
        where TRule : Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer, new()
    {
        var test = IdempotencyServices.Test<TRule>(members, expected);
        test.TestState.Sources.Add(("Libraries.cs", Libraries));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("catch (Exception)")]
    [InlineData("catch (Microsoft.EntityFrameworkCore.DbUpdateException)")]
    public Task A_row_under_the_messages_id_is_reported(string head) =>
        VerifyAsync(Collecting(Save, $"{head} {{ {Report} }}"), Fails("SaveChangesAsync", "DbUpdateException", $"'{head}' takes for a failure"));

    [Fact]
    public Task A_clause_for_the_duplicate_that_reports_it() =>
        VerifyAsync(
            Collecting(
                Save,
                $"catch (Microsoft.EntityFrameworkCore.DbUpdateException e) when (e.InnerException is Npgsql.PostgresException {{ SqlState: \"23505\" }}) {{ {Report} }}"
            ),
            Fails("SaveChangesAsync", "DbUpdateException", "'catch (Microsoft.EntityFrameworkCore.DbUpdateException)' takes for a failure")
        );

    [Fact]
    public Task Nothing_catches_the_refused_save() =>
        VerifyAsync(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                    await SaveAsync(new Orders(), message);
            }

            private static async Task SaveAsync(Orders db, SQSEvent.SQSMessage message)
            {
                db.Rows.Add(new Row { Id = message.MessageId });
                await {|#0:db.SaveChangesAsync()|};
            }
            """,
            Fails("SaveChangesAsync", "DbUpdateException", "nothing catches", " Reached from 'HandleAsync' → 'OrdersFunction.SaveAsync'.")
        );

    [Theory]
    [InlineData(
        "catch (Microsoft.EntityFrameworkCore.DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: \"23505\" }) { } catch (Exception) { REPORT }"
    )]
    [InlineData(
        "catch (Microsoft.EntityFrameworkCore.DbUpdateException e) { if (e.InnerException?.Message.Contains(\"duplicate key\") == true) continue; REPORT }"
    )]
    [InlineData("catch (Exception e) { log.LogLine(e.Message); }")]
    public Task A_duplicate_that_is_told_apart_or_dropped_is_silent(string clauses) => VerifyAsync(Collecting(Save, clauses.Replace("REPORT", Report)));

    [Theory]
    [InlineData("Id = message.MessageId, Body", "Body")]
    [InlineData("Id = message.MessageId", "Id = Guid.NewGuid().ToString()")]
    [InlineData("Body = message.Body", "Status = \"started\"")]
    [InlineData(
        "db.Rows.Add",
        "if (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AnyAsync(db.Rows, row => row.Id == message.MessageId)) continue;\ndb.Rows.Add"
    )]
    public Task A_row_that_is_not_refused_or_rightly_tried_again_is_silent(string part, string otherwise) =>
        VerifyAsync(Collecting(Save.Replace(part, otherwise), $"catch (Exception) {{ {Report} }}"));

    [Fact]
    public Task Work_behind_the_save_is_another_rules() =>
        VerifyAsync(Collecting(Save + " await Services.Shipping.ShipAsync(null!);", $"catch (Exception) {{ {Report} }}"));

    [Fact]
    public Task A_look_alike_of_the_context_is_silent() => VerifyAsync(Collecting(Save, $"catch (Exception) {{ {Report} }}", "Mine.Context"));

    [Theory]
    [InlineData("Npgsql.PostgresException", "e.SqlState == \"23505\"", "PostgresException")]
    [InlineData("Microsoft.Data.SqlClient.SqlException", "e.Number is 2601 or 2627", "SqlException")]
    [InlineData("Microsoft.Data.Sqlite.SqliteException", "e.SqliteErrorCode == 19", "SqliteException")]
    [InlineData("System.Data.Common.DbException", "e.SqlState == \"23505\"", "DbException")]
    public Task A_statements_duplicate_is_caught_and_reported(string type, string filter, string name) =>
        VerifyAsync(
            Collecting($"await {{|#0:{Insert}|}};", $"catch ({type} e) when ({filter}) {{ {Report} }}"),
            Fails("SQL", name, $"'catch ({type})' takes for a failure")
        );

    [Fact]
    public Task A_command_with_a_parameter_of_the_message() =>
        VerifyAsync(
            Collecting(
                "var command = Db.Command;\ncommand.CommandText = \"INSERT INTO orders (id) VALUES (@id)\";\ncommand.Parameters.AddWithValue(\"@id\", message.MessageId);\nawait {|#0:command.ExecuteNonQueryAsync()|};",
                $"catch (Microsoft.Data.SqlClient.SqlException e) when (e.Number == 2627) {{ {Report} }}"
            ),
            Fails("SQL", "SqlException", "'catch (Microsoft.Data.SqlClient.SqlException)' takes for a failure")
        );

    [Theory]
    [InlineData("catch (Npgsql.PostgresException e) when (e.SqlState == \"23505\") { }")]
    [InlineData("catch (Npgsql.PostgresException e) when (e.SqlState != \"23505\") { REPORT }")]
    [InlineData("catch (Npgsql.PostgresException e) { if (e.SqlState != \"23505\") REPORT }")]
    [InlineData("catch (Exception) { REPORT }")]
    public Task A_statement_whose_duplicates_are_no_failure_or_not_known_is_silent(string clauses) =>
        VerifyAsync(Collecting($"await {Insert};", clauses.Replace("REPORT", Report)));

    // The clause says that the table refuses the second row: the insert repeats nothing.
    [Theory]
    [InlineData("catch (Npgsql.PostgresException e) when (e.SqlState == \"23505\") { }", false)]
    [InlineData("catch (Npgsql.PostgresException e) when (e.SqlState == \"40001\") { }", true)]
    [InlineData("catch (Mine.PostgresException e) when (e.SqlState == \"23505\") { }", true)]
    [InlineData("catch (InvalidOperationException) { }", true)]
    public Task ALO101_knows_the_table_by_the_clause(string clause, bool isFound) =>
        VerifyAsync<Analyzers.Rules.Idempotency.ALO101EffectRepeated>(
            Collecting($"await {{|#0:{Insert}|}};", clause),
            isFound
                ?
                [
                    AnalyzerVerifier<Analyzers.Rules.Idempotency.ALO101EffectRepeated>
                        .Diagnostic()
                        .WithLocation(0)
                        .WithArguments("inserts another row", "'INSERT INTO orders'", "message", "")
                        .IgnoringAdditionalLocations(),
                ]
                : []
        );
}
