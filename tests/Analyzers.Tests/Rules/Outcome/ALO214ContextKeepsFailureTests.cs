using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO214ContextKeepsFailure;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO214ContextKeepsFailureTests
{
    private const string Report = "failures.Add(new() { ItemIdentifier = message.MessageId });";

    [Theory]
    [InlineData("try { db.Orders.Add(new Row()); await {|#0:db.SaveChangesAsync()|}; } catch (Exception) { REPORT }", "db")]
    [InlineData("try { db.Orders.Add(new Row()); {|#0:db.SaveChanges()|}; } catch (Exception) { REPORT }", "db")]
    [InlineData("try { db.Orders.Add(new Row()); await {|#0:db.SaveChangesAsync()|}; } catch (DbUpdateException) { REPORT continue; }", "db")]
    [InlineData("try { Context.Orders.Add(new Row()); await {|#0:Context.SaveChangesAsync()|}; } catch (Exception) { REPORT }", "Context")]
    [InlineData("try { shared.Orders.Add(new Row()); await {|#0:shared.SaveChangesAsync()|}; } catch (Exception) { REPORT }", "shared")]
    // Cleared, left, not caught, or another context for each record.
    [InlineData("try { db.Orders.Add(new Row()); await db.SaveChangesAsync(); } catch (Exception) { REPORT db.ChangeTracker.Clear(); }", null)]
    [InlineData("db.ChangeTracker.Clear(); try { db.Orders.Add(new Row()); await db.SaveChangesAsync(); } catch (Exception) { REPORT }", null)]
    [InlineData("try { db.Orders.Add(new Row()); await db.SaveChangesAsync(); } catch (Exception) { REPORT break; }", null)]
    [InlineData("try { db.Orders.Add(new Row()); await db.SaveChangesAsync(); } catch (Exception) { throw; }", null)]
    [InlineData("db.Orders.Add(new Row()); await db.SaveChangesAsync();", null)]
    [InlineData("try { var own = new ShopContext(); own.Orders.Add(new Row()); await own.SaveChangesAsync(); } catch (Exception) { REPORT }", null)]
    [InlineData("db = new ShopContext(); try { db.Orders.Add(new Row()); await db.SaveChangesAsync(); } catch (Exception) { REPORT }", null)]
    [InlineData("try { Fresh.Orders.Add(new Row()); await Fresh.SaveChangesAsync(); } catch (Exception) { REPORT }", null)]
    [InlineData("try { await mine.SaveChangesAsync(); } catch (Exception) { REPORT }", null)]
    public Task Whose_context_it_is(string work, string? context) =>
        VerifyAsync(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                var shared = new ShopContext();
                foreach (var message in batch.Records)
                {
                    {{work.Replace("REPORT", Report, StringComparison.Ordinal)}}
                }

                return new SQSBatchResponse(failures);
            }
            """,
            context is null ? [] : [Finding(context, save: work.Contains("SaveChanges()", StringComparison.Ordinal) ? "SaveChanges" : "SaveChangesAsync")]
        );

    [Fact]
    public Task In_a_method_of_the_record() =>
        VerifyAsync(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await SaveAsync(message);
                    }
                    catch (Exception)
                    {
                        {{Report}}
                    }
                }

                return new SQSBatchResponse(failures);
            }

            private async Task SaveAsync(SQSEvent.SQSMessage message)
            {
                db.Orders.Add(new Row { Id = message.Body });
                await {|#0:db.SaveChangesAsync()|};
            }
            """,
            Finding("db", " Reached from 'HandleAsync' → 'OrdersFunction.SaveAsync'.")
        );

    [Fact]
    public Task A_service_may_be_made_for_each_record() =>
        VerifyAsync(
            $$"""
            private readonly Repository repository = null!;

            public class Repository
            {
                private readonly ShopContext db = null!;

                public async Task SaveAsync(string id)
                {
                    db.Orders.Add(new Row { Id = id });
                    await db.SaveChangesAsync();
                }
            }

            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await repository.SaveAsync(message.Body);
                    }
                    catch (Exception)
                    {
                        {{Report}}
                    }
                }

                return new SQSBatchResponse(failures);
            }
            """
        );

    [Fact]
    public Task With_batch_size_1_there_is_no_next_record() =>
        VerifyAsync(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try { db.Orders.Add(new Row()); await db.SaveChangesAsync(); } catch (Exception) { {{Report}} }
                }

                return new SQSBatchResponse(failures);
            }
            """,
            HandlerTest.Template("BatchSize: 1\n" + HandlerTest.Reports)
        );

    [Fact]
    public Task Nothing_is_said_without_the_packages() =>
        new CSharpAnalyzerTest<Rule>
        {
            TestCode =
                "public class DbContext { public void SaveChanges() { } } public class Function { public void Handle(DbContext db) { try { db.SaveChanges(); } catch { } } }",
            ReferenceAssemblies = References.None,
        }.RunAsync();

    [Fact]
    public Task Incomplete_code() =>
        VerifyAsync(
            "public async Task HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { try { await {|#0:db.SaveChangesAsync(|}{|CS1026:;|} } catch { } } }",
            Finding("db")
        );

    private static DiagnosticResult Finding(string context, string path = "", string save = "SaveChangesAsync") =>
        new DiagnosticResult("ALO214", DiagnosticSeverity.Warning)
            .WithLocation(0)
            .WithMessage(
                $"When '{save}' fails, the changes of the message stay in '{context}', and 'HandleAsync' goes on with the next one: its '{save}' tries them again, and fails too or writes them. Call ChangeTracker.Clear() where the failure is caught, or take a context of its own for each message.{path}"
            )
            .IgnoringAdditionalLocations();

    private static Task VerifyAsync(string members, params DiagnosticResult[] expected) => VerifyAsync(members, null, expected);

    private static Task VerifyAsync(string members, string? template, params DiagnosticResult[] expected)
    {
        var test = HandlerTest.Test<Rule>(
            """
            public class Row { public string Id { get; set; } = ""; }

            public class ShopContext : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Row> Orders => null!; }

            public class Mine { public Task SaveChangesAsync() => Task.CompletedTask; }

            private ShopContext db = null!;
            private readonly Mine mine = null!;

            private ShopContext Context { get; } = null!;

            private ShopContext Fresh => new ShopContext();

            """ + members.Replace("DbUpdateException", "Microsoft.EntityFrameworkCore.DbUpdateException", StringComparison.Ordinal),
            template,
            expected
        );
        test.TestState.AdditionalReferences.Add(LookAlikes.Reference);
        return test.RunAsync();
    }
}
