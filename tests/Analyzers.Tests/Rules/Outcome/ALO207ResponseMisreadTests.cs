using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO207ResponseMisread;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO207ResponseMisreadTests
{
    private const string Deleted = "Lambda reads only \"batchItemFailures\", takes the batch for processed and deletes the failed messages";
    private const string WholeBatch =
        "Lambda finds no message by them and fails the whole batch, again and again, until its messages reach the dead-letter queue or expire";
    private const string NoIdentifier = "failures that have no \"itemIdentifier\"";

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

    private const string Json = "[JsonPropertyName(\"itemIdentifier\")] ";
    private const string Nameless = "nameless";
    private const string Plain = "plain";

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
    [InlineData("MySerializer")]
    [InlineData("Derived")]
    public Task A_serializer_of_ones_own_may_write_anything(string serializer) =>
        VerifyAsync(
            """
            public class Failure { public string ItemIdentifier { get; set; } }

            public class Response { public List<Failure> BatchItemFailures { get; set; } }

            public class OrdersFunction
            {
                public Response HandleAsync(SQSEvent batch) => null;

                public List<Failure> HandleListAsync(SQSEvent batch) => null;
            }

            public class Derived : Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer { }

            public class MySerializer { }
            """,
            $"[assembly: LambdaSerializer(typeof(Shop.{serializer}))]"
        );

    [Fact]
    public Task Without_a_serializer_what_some_write_right_is_no_finding() =>
        VerifyAsync(
            """
            public class Failure { public string ItemIdentifier { get; set; } }

            public class Response { public List<Failure> BatchItemFailures { get; set; } }

            public class Wrong { public List<Failure> Failures { get; set; } }

            public class OrdersFunction
            {
                public Response HandleAsync(SQSEvent batch) => null;

                public Wrong {|#0:HandleWrongAsync|}(SQSEvent batch) => null;
            }
            """,
            "",
            Finding("its failures as \"Failures\"", Deleted, "Have 'Wrong.Failures' written under that name", "HandleWrongAsync")
        );

    [Fact]
    public Task The_method_names_its_own_serializer() =>
        VerifyAsync(
            """
            public class Failure { public string ItemIdentifier { get; set; } }

            public class Response { public List<Failure> BatchItemFailures { get; set; } }

            public class OrdersFunction
            {
                [LambdaSerializer(typeof(Amazon.Lambda.Serialization.SystemTextJson.CamelCaseLambdaJsonSerializer))]
                public Response HandleAsync(SQSEvent batch) => null;
            }
            """,
            Attribute("Default")
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
    [InlineData("[JsonSerializable(typeof(SQSEvent))]", "'SQSBatchResponse'")]
    [InlineData("[JsonSerializable(typeof(SQSEvent)), JsonSerializable(typeof(SQSBatchResponse.BatchItemFailure))]", "'SQSBatchResponse'")]
    [InlineData("[JsonSerializable(typeof(SQSBatchResponse))]", "event")]
    [InlineData("[JsonSerializable(typeof(SQSEvent)), JsonSerializable(typeof(SQSBatchResponse))]", null)]
    [InlineData("[JsonSerializable(typeof(SQSEvent)), JsonSerializable(typeof(List<SQSBatchResponse>))]", null)]
    [InlineData("[JsonSerializable(typeof(Both))]", null)]
    public Task What_the_context_does_not_list(string attributes, string? missing) =>
        VerifyAsync(
            $$"""
            public class Both { public SQSEvent Event { get; set; } public SQSBatchResponse Response { get; set; } }

            {{attributes}}
            public partial class OrdersJsonContext : JsonSerializerContext { }

            public class OrdersFunction
            {
                public Task<SQSBatchResponse> {|#0:HandleAsync|}(SQSEvent batch) => Task.FromResult(new SQSBatchResponse());
            }
            """,
            SourceGenerated,
            missing switch
            {
                null => [],
                "event" =>
                [
                    Lacks(
                        "takes 'SQSEvent'",
                        "reading it fails before any work is done, at every delivery until the messages reach the dead-letter queue or expire",
                        "SQSEvent"
                    ),
                ],
                _ =>
                [
                    Lacks(
                        "returns 'SQSBatchResponse'",
                        "writing it fails when the work is done, and every delivery does the work again until the messages reach the dead-letter queue or expire",
                        "SQSBatchResponse"
                    ),
                ],
            }
        );

    [Fact]
    public Task The_serializer_does_not_look_at_the_contexts_own_naming_policy() =>
        VerifyAsync(
            """
            public class Failure { public string ItemIdentifier { get; set; } }

            public class Response { public List<Failure> BatchItemFailures { get; set; } }

            [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
            [JsonSerializable(typeof(SQSEvent)), JsonSerializable(typeof(Response))]
            public partial class OrdersJsonContext : JsonSerializerContext { }

            public class OrdersFunction
            {
                public Response {|#0:HandleAsync|}(SQSEvent batch) => null;
            }
            """,
            SourceGenerated,
            Finding("its failures as \"BatchItemFailures\"", Deleted, "Have 'Response.BatchItemFailures' written under that name")
        );

    [Fact]
    public Task A_context_that_answers_by_hand_may_know_any_type()
    {
        var test = Test(
            """
            [JsonSerializable(typeof(SQSEvent))]
            public class OrdersJsonContext : JsonSerializerContext
            {
                public OrdersJsonContext(JsonSerializerOptions options) : base(options) { }
                protected override JsonSerializerOptions GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo GetTypeInfo(Type type) => null;
            }

            public class OrdersFunction
            {
                public SQSBatchResponse HandleAsync(SQSEvent batch) => null;
            }
            """,
            SourceGenerated,
            isGenerated: false
        );
        return test.RunAsync();
    }

    [Fact]
    public Task Handlers_of_a_bootstrap_have_the_serializer_beside_them()
    {
        var test = Test(
            """
            public class Failure { public string ItemIdentifier { get; set; } }

            public class Response { public List<Failure> BatchItemFailures { get; set; } }

            [JsonSerializable(typeof(SQSEvent))]
            public partial class OrdersJsonContext : JsonSerializerContext { }

            public static class Program
            {
                public static async Task Main()
                {
                    var serializer = new SourceGeneratorLambdaJsonSerializer<OrdersJsonContext>();
                    await LambdaBootstrapBuilder.Create<SQSEvent, SQSBatchResponse>(Listed, serializer).Build().RunAsync();
                    await LambdaBootstrapBuilder.Create<SQSEvent, Response>(Camel, new CamelCaseLambdaJsonSerializer()).Build().RunAsync();
                    await LambdaBootstrapBuilder.Create<SQSEvent, Response>(Declared, new DefaultLambdaJsonSerializer()).Build().RunAsync();
                    await LambdaBootstrapBuilder.Create<SQSEvent, Response>(Changed, new DefaultLambdaJsonSerializer(options => { })).Build().RunAsync();
                }

                private static SQSBatchResponse {|#0:Listed|}(SQSEvent batch, ILambdaContext context) => null;

                private static Response Camel(SQSEvent batch, ILambdaContext context) => null;

                private static Response {|#1:Declared|}(SQSEvent batch, ILambdaContext context) => null;

                private static Response Changed(SQSEvent batch, ILambdaContext context) => null;
            }
            """,
            "",
            isGenerated: true,
            Lacks(
                "returns 'SQSBatchResponse'",
                "writing it fails when the work is done, and every delivery does the work again until the messages reach the dead-letter queue or expire",
                "SQSBatchResponse",
                "Listed"
            ),
            Finding("its failures as \"BatchItemFailures\"", Deleted, "Have 'Response.BatchItemFailures' written under that name", "Declared", 1)
        );
        test.OutputKind = OutputKind.ConsoleApplication;
        return test.RunAsync();
    }

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

    private static string Item(string attribute) => $"{attribute}public string ItemIdentifier {{ get; set; }}";

    private static string Named(string property, string json) => $"{property}|{json}";

    private static string Attribute(string serializer) =>
        serializer == "Newtonsoft"
            ? "[assembly: LambdaSerializer(typeof(Amazon.Lambda.Serialization.Json.JsonSerializer))]"
            : $"[assembly: LambdaSerializer(typeof({serializer}LambdaJsonSerializer))]";

    private const string SourceGenerated = "[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<Shop.OrdersJsonContext>))]";

    private static DiagnosticResult Finding(string what, string consequence, string remedy, string handler = "HandleAsync", int place = 0) =>
        new DiagnosticResult("ALO207", DiagnosticSeverity.Error)
            .WithLocation(place)
            .WithArguments(handler, what, consequence, remedy)
            .WithMessage($"'{handler}' returns {what}: {consequence}. {remedy}.")
            .IgnoringAdditionalLocations();

    private static DiagnosticResult Lacks(string what, string consequence, string type, string handler = "HandleAsync") =>
        new DiagnosticResult("ALO207", DiagnosticSeverity.Error)
            .WithLocation(0)
            .WithMessage(
                $"'{handler}' {what}, which 'OrdersJsonContext' does not list: {consequence}. Add [JsonSerializable(typeof({type}))] to 'OrdersJsonContext'."
            )
            .IgnoringAdditionalLocations();

    private static Task VerifyAsync(string types, string attributes, params DiagnosticResult[] expected) =>
        Test(types, attributes, types.Contains("partial class OrdersJsonContext", StringComparison.Ordinal), expected).RunAsync();

    private static CSharpAnalyzerTest<Rule> Test(string types, string attributes, bool isGenerated, params DiagnosticResult[] expected)
    {
        var test = new CSharpAnalyzerTest<Rule> { AssemblyName = "Shop", CompilerDiagnostics = CompilerDiagnostics.Errors };
        test.TestState.Sources.Add(
            (
                "OrdersFunction.cs",
                $$"""
                using System;
                using System.Collections.Generic;
                using System.Text.Json;
                using System.Text.Json.Serialization;
                using System.Threading.Tasks;
                using Amazon.Lambda.Core;
                using Amazon.Lambda.KinesisEvents;
                using Amazon.Lambda.RuntimeSupport;
                using Amazon.Lambda.Serialization.SystemTextJson;
                using Amazon.Lambda.SQSEvents;
                using Newtonsoft.Json;
                using JsonSerializer = System.Text.Json.JsonSerializer;

                {{attributes}}

                namespace Shop
                {
                {{types}}
                }
                """
            )
        );
        test.TestState.Sources.Add(("Newtonsoft.cs", NewtonsoftJson));
        if (isGenerated)
            test.TestState.Sources.Add(("OrdersJsonContext.g.cs", GeneratedCode.Context("Shop")));
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }

    private const string NewtonsoftJson = """
        namespace Newtonsoft.Json
        {
            public sealed class JsonPropertyAttribute : System.Attribute
            {
                public JsonPropertyAttribute() { }
                public JsonPropertyAttribute(string propertyName) => PropertyName = propertyName;
                public string PropertyName { get; set; }
            }
        }

        namespace Amazon.Lambda.Serialization.Json
        {
            public class JsonSerializer { }
        }
        """;
}
