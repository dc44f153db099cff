using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO213ImageMayBeMissing;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO213ImageMayBeMissingTests
{
    private const string Deletion = "a deletion (REMOVE, also by time to live)";
    private const string Insertion = "a new item (INSERT)";
    private const string Waits = ", and its shard waits until the record is given up or expires";

    [Theory]
    [InlineData("await store.PutAsync({|#0:record.Dynamodb.NewImage[\"id\"]|}.S);")]
    [InlineData("var image = record.Dynamodb.NewImage; await store.PutAsync({|#0:image[\"id\"]|}.S);")]
    [InlineData("foreach (var pair in {|#0:record.Dynamodb.NewImage|}) await store.PutAsync(pair.Key);")]
    [InlineData("await store.PutAsync({|#0:record.Dynamodb.NewImage.Keys|});")]
    [InlineData("Console.WriteLine(record.EventName); await store.PutAsync({|#0:record.Dynamodb.NewImage[\"id\"]|}.S);")]
    public Task The_new_image_is_read(string statements) => VerifyLoopAsync(statements, Finding("NewImage", Deletion));

    [Theory]
    [InlineData("if ({|#0:record.Dynamodb.NewImage.Count|} > 0) await store.PutAsync(record.Dynamodb.NewImage[\"id\"].S);")]
    [InlineData("if ({|#0:record.Dynamodb.NewImage.TryGetValue(\"id\", out var id)|}) await store.PutAsync(id.S);")]
    [InlineData("if ({|#0:record.Dynamodb.NewImage.ContainsKey(\"id\")|}) await store.PutAsync(record.Dynamodb.NewImage[\"id\"].S);")]
    [InlineData("if ({|#0:record.Dynamodb.NewImage.Any()|}) await store.PutAsync(record.Dynamodb.NewImage[\"id\"].S);")]
    public Task What_is_asked_of_a_missing_image_fails_as_well(string statements) => VerifyLoopAsync(statements, Finding("NewImage", Deletion));

    [Fact]
    public Task The_old_image_is_read() => VerifyLoopAsync("await store.PutAsync({|#0:record.Dynamodb.OldImage[\"id\"]|}.S);", Finding("OldImage", Insertion));

    [Fact]
    public Task Each_image_once() =>
        VerifyLoopAsync(
            """
            await store.PutAsync({|#0:record.Dynamodb.NewImage["id"]|}.S);
                    await store.PutAsync(record.Dynamodb.NewImage["name"].S);
                    await store.PutAsync({|#1:record.Dynamodb.OldImage["id"]|}.S);
            """,
            Finding("NewImage", Deletion),
            Finding("OldImage", Insertion, mark: 1)
        );

    [Theory]
    [InlineData("if (record.EventName == \"REMOVE\") continue; await store.PutAsync(record.Dynamodb.NewImage[\"id\"].S);")]
    [InlineData("switch (record.EventName) { case \"INSERT\": await store.PutAsync(record.Dynamodb.NewImage[\"id\"].S); break; }")]
    [InlineData("if (record.Dynamodb.NewImage == null) continue; await store.PutAsync(record.Dynamodb.NewImage[\"id\"].S);")]
    [InlineData("if (record.Dynamodb.NewImage is not { } image) continue; await store.PutAsync(image[\"id\"].S);")]
    [InlineData("if (record.Dynamodb.NewImage?.Count > 0) await store.PutAsync(record.Dynamodb.NewImage[\"id\"].S);")]
    [InlineData("if (record.Dynamodb.NewImage?.TryGetValue(\"id\", out var id) == true) await store.PutAsync(id.S);")]
    [InlineData("await store.PutAsync(record.Dynamodb.NewImage?[\"id\"].S);")]
    [InlineData("await store.PutAsync((record.Dynamodb.NewImage ?? record.Dynamodb.OldImage)[\"id\"].S);")]
    [InlineData("if (!store.Wants(record)) continue; await store.PutAsync(record.Dynamodb.NewImage[\"id\"].S);")]
    [InlineData("await store.PutAsync(record.Dynamodb.NewImage);")]
    [InlineData("await store.PutAsync(record.Dynamodb.NewImage.ToJson());")]
    [InlineData("await store.PutAsync(record.Dynamodb.Keys[\"id\"].S);")]
    public Task What_asks_first_and_what_needs_no_image(string statements) => VerifyLoopAsync(statements);

    [Fact]
    public Task Records_are_picked_by_their_event() =>
        VerifyAsync(
            """
            public async Task HandleAsync(DynamoDBEvent batch)
            {
                foreach (var record in batch.Records.Where(record => record.EventName != "REMOVE"))
                    await store.PutAsync(record.Dynamodb.NewImage["id"].S);
            }
            """
        );

    [Fact]
    public Task In_a_method_that_gets_the_image() =>
        VerifyAsync(
            """
            public async Task HandleAsync(DynamoDBEvent batch)
            {
                foreach (var record in batch.Records) await SaveAsync(record.Dynamodb.NewImage);
            }

            private Task SaveAsync(Dictionary<string, DynamoDBEvent.AttributeValue> image) => store.PutAsync({|#0:image["id"]|}.S);
            """,
            Finding("NewImage", Deletion, " Reached from 'HandleAsync' → 'StreamFunction.SaveAsync'.")
        );

    [Fact]
    public async Task A_swallowed_failure_is_that_finding()
    {
        const string Members = """
            public async Task HandleAsync(DynamoDBEvent batch)
            {
                foreach (var record in batch.Records)
                {
                    try
                    {
                        await store.PutAsync(record.Dynamodb.NewImage["id"].S);
                    }
                    {|#0:catch|} (Exception)
                    {
                    }
                }
            }
            """;
        await VerifyAsync(Members.Replace("{|#0:catch|}", "catch", StringComparison.Ordinal));
        var test = Test<ALO204FailureSwallowed>(Members);
        test.ExpectedDiagnostics.Add(
            AnalyzerVerifier<ALO204FailureSwallowed>
                .Diagnostic()
                .WithLocation(0)
                .WithMessage(
                    "The exception is swallowed here and the failed record is not reported: 'HandleAsync' returns normally, so Lambda moves on past the failed record as if processed and never reads it again. "
                        + "Return StreamsEventResponse and report it, or let the exception through."
                )
        );
        await test.RunAsync();
    }

    [Fact]
    public Task What_is_handed_over_blocks_no_shard() =>
        VerifyAsync(
            """
            public async Task HandleAsync(DynamoDBEvent batch)
            {
                foreach (var record in batch.Records)
                {
                    try
                    {
                        await store.PutAsync({|#0:record.Dynamodb.NewImage["id"]|}.S);
                    }
                    catch (Exception exception)
                    {
                        store.Park(record, exception);
                    }
                }
            }
            """,
            AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments("HandleAsync", "NewImage", Deletion, "", "")
        );

    [Theory]
    [InlineData("KEYS_ONLY")]
    [InlineData("OLD_IMAGE")]
    public Task The_table_never_gives_the_image(string view) =>
        VerifyTemplateAsync(
            "if (record.EventName == \"REMOVE\") continue; await store.PutAsync({|#0:record.Dynamodb.NewImage[\"id\"]|}.S);",
            Template(view, ""),
            AnalyzerVerifier<Rule>
                .Diagnostic(new Rule().SupportedDiagnostics[1])
                .WithLocation(0)
                .WithSeverity(DiagnosticSeverity.Warning)
                .WithArguments("HandleAsync", "NewImage", "Orders", "StreamViewType", view, Waits, "")
        );

    [Theory]
    [InlineData("NEW_IMAGE")]
    [InlineData("NEW_AND_OLD_IMAGES")]
    [InlineData("!ImportValue View")]
    public Task The_table_gives_the_image(string view) =>
        VerifyTemplateAsync("if (record.EventName == \"REMOVE\") continue; await store.PutAsync(record.Dynamodb.NewImage[\"id\"].S);", Template(view, ""));

    [Fact]
    public async Task A_mapping_that_filters_may_leave_deletions_out()
    {
        const string Filters = "\n            FilterCriteria:\n              Filters: [{ Pattern: '{\"eventName\":[\"INSERT\"]}' }]";
        const string Read = "await store.PutAsync(record.Dynamodb.NewImage[\"id\"].S);";
        await VerifyTemplateAsync(Read, Template("NEW_IMAGE", Filters));
        await VerifyTemplateAsync("await store.PutAsync({|#0:record.Dynamodb.NewImage[\"id\"]|}.S);", Template("NEW_IMAGE", ""), Finding("NewImage", Deletion));
    }

    [Fact]
    public Task An_image_of_somebody_else() =>
        VerifyAsync(
            """
            public async Task HandleAsync(DynamoDBEvent batch)
            {
                foreach (var record in batch.Records) await store.PutAsync(new StreamRecord().NewImage[record.EventID]);
            }

            private sealed class StreamRecord { public Dictionary<string, string> NewImage { get; } = new(); }
            """
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode =
                "public class StreamRecord { public System.Collections.Generic.Dictionary<string, string> NewImage; public string Handle() => NewImage[\"id\"]; }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync();
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = Test<Rule>("public void HandleAsync(DynamoDBEvent batch) { foreach (var record in batch.Records) { var x = record.Dynamodb.NewImage[");
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    private static Task VerifyLoopAsync(string statements, params DiagnosticResult[] expected) => VerifyAsync(Loop(statements), expected);

    private static Task VerifyTemplateAsync(string statements, string template, params DiagnosticResult[] expected)
    {
        var test = Test<Rule>(Loop(statements));
        test.TestState.AdditionalFiles.Add(("template.yaml", template));
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    private static Task VerifyAsync(string members, params DiagnosticResult[] expected)
    {
        var test = Test<Rule>(members);
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    private static CSharpAnalyzerTest<TRule> Test<TRule>(string members)
        where TRule : Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(
            "using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Threading.Tasks;\nusing Amazon.Lambda.DynamoDBEvents;\n\nnamespace Shop;\n\n"
                + "public interface IStore\n{\n    Task PutAsync(object value);\n\n    bool Wants(DynamoDBEvent.DynamodbStreamRecord record);\n\n    void Park(object record, Exception exception);\n}\n\n"
                + $"public class StreamFunction\n{{\n    private readonly IStore store = null!;\n\n{members}\n}}\n"
        );
        return test;
    }

    private static string Loop(string statements) =>
        $$"""
            public async Task HandleAsync(DynamoDBEvent batch)
            {
                foreach (var record in batch.Records)
                {
                    {{statements}}
                }
            }
            """;

    private static string Template(string view, string properties) =>
        $$"""
            AWSTemplateFormatVersion: '2010-09-09'
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Orders:
                Type: AWS::DynamoDB::Table
                Properties:
                  AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
                  KeySchema: [{ AttributeName: id, KeyType: HASH }]
                  BillingMode: PAY_PER_REQUEST
                  StreamSpecification:
                    StreamViewType: {{view}}
              StreamFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Shop::Shop.StreamFunction::HandleAsync
                  Runtime: dotnet10
                  Timeout: 30
                  Events:
                    Changes:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt Orders.StreamArn
                        StartingPosition: TRIM_HORIZON{{properties.Replace("\n            ", "\n            ", StringComparison.Ordinal)}}
            """;

    private static DiagnosticResult Finding(string image, string without, string path = "", int mark = 0) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(mark)
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithArguments("HandleAsync", image, without, Waits, path);
}
