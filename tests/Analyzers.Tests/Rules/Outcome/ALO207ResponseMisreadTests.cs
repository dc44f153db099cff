using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Rules.Outcome.ResponseMisreadTest;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO207ResponseMisread;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO207ResponseMisreadTests
{
    /// <summary>Bodies of a response class and of its items, and what each serializer makes of them.</summary>
    public static TheoryData<string, string, string, string?> OwnTypes { get; } =
        new()
        {
            // Names as declared.
            { "Default", "public List<Failure> BatchItemFailures { get; set; }", Item(""), Named("BatchItemFailures", "BatchItemFailures") },
            { "Default", "[JsonPropertyName(\"batchItemFailures\")] public List<Failure> Failed { get; set; }", Item(Json), null },
            {
                "Default",
                "[JsonPropertyName(\"BatchItemFailures\")] public List<Failure> Failed { get; set; }",
                Item(Json),
                Named("Failed", "BatchItemFailures")
            },
            { "Default", "[JsonPropertyName(\"failures\")] public List<Failure> Failed { get; set; }", Item(Json), Named("Failed", "failures") },
            { "Default", "public Failure[] Failed { get; set; }", Item(Json), Named("Failed", "Failed") },
            { "Default", "public List<Failure> batchItemFailures { get; set; }", Item(Json), null },
            { "Default", "[JsonPropertyName(\"batchItemFailures\")] public List<Failure> Failed { get; set; }", Item(""), Nameless },
            { "Default", "[JsonPropertyName(\"batchItemFailures\")] public List<Failure> Failed { get; set; }", "public string Id { get; set; }", Nameless },
            { "Default", "[JsonPropertyName(\"batchItemFailures\")] public List<Failure> Failed { get; set; }", "public string itemIdentifier;", Nameless },
            { "Default", "[JsonPropertyName(\"batchItemFailures\")] public List<string> Failed { get; set; }", "", Plain },
            { "Default", "[JsonPropertyName(\"batchItemFailures\")] public string[] Failed { get; set; }", "", Plain },
            { "Default", "[JsonPropertyName(\"batchItemFailures\")] public string Failed { get; set; }", "", Plain },
            { "Default", "[JsonPropertyName(\"batchItemFailures\"), JsonIgnore] public List<Failure> Failed { get; set; }", Item(Json), null },
            // Names in camel case.
            { "CamelCase", "public List<Failure> BatchItemFailures { get; set; }", Item(""), null },
            { "CamelCase", "public List<Failure> Failures { get; set; }", Item(""), Named("Failures", "failures") },
            { "CamelCase", "public List<Failure> BatchItemFailures { get; set; }", "public string Id { get; set; }", Nameless },
            {
                "CamelCase",
                "[JsonPropertyName(\"BatchItemFailures\")] public List<Failure> Failed { get; set; }",
                Item(""),
                Named("Failed", "BatchItemFailures")
            },
            // Newtonsoft.Json reads attributes of its own and of data contracts.
            {
                "Newtonsoft",
                "[JsonPropertyName(\"batchItemFailures\")] public List<Failure> BatchItemFailures { get; set; }",
                Item(Json),
                Named("BatchItemFailures", "BatchItemFailures")
            },
            {
                "Newtonsoft",
                "[JsonProperty(\"batchItemFailures\")] public List<Failure> Failed { get; set; }",
                Item("[JsonProperty(\"itemIdentifier\")] "),
                null
            },
            { "Newtonsoft", "[JsonProperty(PropertyName = \"batchItemFailures\")] public List<Failure> Failed { get; set; }", Item(""), Nameless },
            {
                "Default",
                "[JsonProperty(\"batchItemFailures\")] public List<Failure> BatchItemFailures { get; set; }",
                Item(Json),
                Named("BatchItemFailures", "BatchItemFailures")
            },
            // What code decides, what is known at run time only, and what no failure is.
            { "Default", "[JsonConverter(typeof(object))] public List<Failure> BatchItemFailures { get; set; }", Item(""), null },
            { "Default", "[JsonPropertyName(\"batchItemFailures\")] public List<object> Failed { get; set; }", "", null },
            { "Default", "[JsonPropertyName(\"batchItemFailures\")] public List<Dictionary<string, string>> Failed { get; set; }", "", null },
            { "Default", "public List<string> Errors { get; set; }", "", null },
            { "Default", "public int Count { get; set; }", "", null },
        };

    [Theory]
    [MemberData(nameof(OwnTypes))]
    public Task A_response_of_ones_own(string serializer, string response, string item, string? fault) =>
        VerifyAsync(
            $$"""
            public class Failure { {{item}} }

            public class Response { {{response}} }

            public class OrdersFunction
            {
                public Task<Response> {|#0:HandleAsync|}(SQSEvent batch) => Task.FromResult(new Response());
            }
            """,
            Attribute(serializer),
            fault switch
            {
                null => [],
                Nameless => [Finding(NoIdentifier, WholeBatch, "Have the identifier in 'Failure' written as \"itemIdentifier\"")],
                Plain => [Finding("a \"batchItemFailures\" of plain identifiers", WholeBatch, "Lambda reads objects with an \"itemIdentifier\"")],
                _ => [Finding($"its failures as \"{fault.Split('|')[1]}\"", Deleted, $"Have 'Response.{fault.Split('|')[0]}' written under that name")],
            }
        );

    [Theory]
    [InlineData("Task<List<SQSBatchResponse.BatchItemFailure>>")]
    [InlineData("SQSBatchResponse.BatchItemFailure[]")]
    [InlineData("IEnumerable<Mine>")]
    public Task The_list_alone(string type) =>
        VerifyAsync(
            $$"""
            public class Mine { public string ItemIdentifier { get; set; } }

            public class OrdersFunction
            {
                public {{type}} {|#0:HandleAsync|}(SQSEvent batch) => null;
            }
            """,
            "",
            Finding("the list of failures alone", Deleted, "Return an SQSBatchResponse with it")
        );

    [Fact]
    public Task A_stream_moves_on_past_the_failed_records() =>
        VerifyAsync(
            """
            public class OrdersFunction
            {
                public List<StreamsEventResponse.BatchItemFailure> {|#0:HandleAsync|}(KinesisEvent batch) => null;
            }
            """,
            Attribute("Default"),
            Finding(
                "the list of failures alone",
                "Lambda reads only \"batchItemFailures\", takes the batch for processed and moves on past the failed records",
                "Return a StreamsEventResponse with it"
            )
        );

    [Fact]
    public Task A_record_with_positional_members() =>
        VerifyAsync(
            """
            public record Failure(string ItemIdentifier);

            public record Response(IReadOnlyList<Failure> BatchItemFailures);

            public class OrdersFunction
            {
                public Response {|#0:HandleAsync|}(SQSEvent batch) => null;
            }
            """,
            Attribute("Default"),
            Finding("its failures as \"BatchItemFailures\"", Deleted, "Have 'Response.BatchItemFailures' written under that name")
        );

    [Theory]
    [InlineData("JsonSerializer.Serialize(response)", true)]
    [InlineData("JsonSerializer.Serialize(failures)", true)]
    [InlineData("JsonSerializer.Serialize(batch.Records.Count)", false)]
    [InlineData("response.ToString()", false)]
    public Task A_response_made_text_by_hand(string returned, bool isFound) =>
        VerifyAsync(
            $$"""
            public class OrdersFunction
            {
                public async Task<string> {|#0:HandleAsync|}(SQSEvent batch)
                {
                    await Task.Yield();
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    var response = new SQSBatchResponse(failures);
                    var json = {{returned}};
                    return json;
                }
            }
            """,
            Attribute("Default"),
            isFound
                ?
                [
                    Finding(
                        "the response as a text",
                        "the serializer writes one JSON string, takes the batch for processed and deletes the failed messages",
                        "Return the SQSBatchResponse itself"
                    ),
                ]
                : []
        );

    [Theory]
    [InlineData("failed.Add(message.MessageId);", true)]
    [InlineData("failed.Add(message.Body);", false)]
    public Task Identifiers_of_failed_messages_alone(string added, bool isFound) =>
        VerifyAsync(
            $$"""
            public class OrdersFunction
            {
                public List<string> {|#0:HandleAsync|}(SQSEvent batch)
                {
                    var failed = new List<string>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            Console.WriteLine(message.Body);
                        }
                        catch (Exception)
                        {
                            {{added}}
                        }
                    }

                    return failed;
                }
            }
            """,
            "",
            isFound ? [Finding("the identifiers alone", Deleted, "Return an SQSBatchResponse with them")] : []
        );

    [Fact]
    public Task Identifiers_of_handled_messages_mean_nothing() =>
        VerifyAsync(
            """
            public class OrdersFunction
            {
                public List<string> HandleAsync(SQSEvent batch)
                {
                    var done = new List<string>();
                    foreach (var message in batch.Records) done.Add(message.MessageId);
                    return done;
                }
            }
            """,
            ""
        );

    [Fact]
    public Task Value_tasks() =>
        VerifyAsync(
            """
            public class OrdersFunction
            {
                public async ValueTask<SQSBatchResponse> {|#0:HandleAsync|}(SQSEvent batch)
                {
                    await Task.Yield();
                    return new SQSBatchResponse();
                }

                public async ValueTask {|#1:HandleAllAsync|}(SQSEvent batch) => await Task.Yield();

                public async Task<SQSBatchResponse> HandleRightAsync(SQSEvent batch)
                {
                    await Task.Yield();
                    return new SQSBatchResponse();
                }

                [Amazon.Lambda.Annotations.LambdaFunction]
                public async ValueTask<SQSBatchResponse> HandleWrappedAsync(SQSEvent batch)
                {
                    await Task.Yield();
                    return new SQSBatchResponse();
                }
            }
            """,
            "",
            Finding("'ValueTask<SQSBatchResponse>', which Lambda does not await but writes as it is", Deleted, "Return Task<SQSBatchResponse>"),
            Finding(
                "'ValueTask', which Lambda does not await",
                "it deletes the messages while their work is still under way, and sees none of its failures",
                "Return Task",
                "HandleAllAsync",
                1
            )
        );

    [Fact]
    public Task A_value_task_of_another_namespace_is_a_response() =>
        VerifyAsync(
            """
            public class ValueTask { public int Count { get; set; } }

            public class OrdersFunction
            {
                public Shop.ValueTask HandleAsync(SQSEvent batch) => null;
            }
            """,
            ""
        );

    [Theory]
    [InlineData("ALO202")]
    [InlineData("ALO204")]
    [InlineData("ALO206")]
    public async Task It_comes_before_other_findings_about_the_outcome(string silent)
    {
        const string members = """
            public async ValueTask<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var response = new SQSBatchResponse();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                        response.BatchItemFailures.Add(new() { ItemIdentifier = message.ReceiptHandle });
                    }
                    catch (Exception)
                    {
                    }
                }

                return response;
            }
            """;
        await (
            silent switch
            {
                "ALO202" => HandlerTest.VerifyAsync<Analyzers.Rules.Outcome.ALO202FailuresIgnoredByMapping>(members, HandlerTest.Template()),
                "ALO204" => HandlerTest.VerifyAsync<Analyzers.Rules.Outcome.ALO204FailureSwallowed>(members),
                _ => HandlerTest.VerifyAsync<Analyzers.Rules.Outcome.ALO206WrongItemIdentifier>(members),
            }
        );
    }

    [Fact]
    public Task Package_not_referenced() =>
        new CSharpAnalyzerTest<Rule>
        {
            TestCode = """
                using System.Collections.Generic;

                public class SQSEvent { }
                public class Failure { public string ItemIdentifier { get; set; } }
                public class OrdersFunction { public List<Failure> HandleAsync(SQSEvent batch) => new(); }
                """,
            ReferenceAssemblies = References.None,
        }.RunAsync();

    [Fact]
    public Task Incomplete_code() =>
        AnalyzerVerifier<Rule>.VerifyAnalyzerAsync(
            """
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using Amazon.Lambda.SQSEvents;

            public class OrdersFunction
            {
                public Task<List<{|CS0246:Failure|}>> HandleAsync(SQSEvent batch) => {|CS1525:;|}

                public ValueTask<{|CS0246:Response|}> {|ALO207:HandleOther|}(SQSEvent batch) => default;
            }
            """
        );
}
