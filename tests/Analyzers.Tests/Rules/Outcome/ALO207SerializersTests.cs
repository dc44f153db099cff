using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Rules.Outcome.ResponseMisreadTest;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO207SerializersTests
{
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
}
