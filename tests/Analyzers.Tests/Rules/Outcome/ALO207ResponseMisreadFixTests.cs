using ALO207 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO207ResponseMisread,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO207ResponseMisreadFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO207ResponseMisreadFixTests
{
    private const string Imports = """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Amazon.Lambda.SQSEvents;

        """;

    private const string NamedImports = """
        using System.Collections.Generic;
        using System.Text.Json.Serialization;
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Amazon.Lambda.SQSEvents;

        """;

    private const string Serializer = """

        [assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]


        """;

    [Fact]
    public Task Names_for_list_and_items() =>
        ALO207.FixesWholeAsync(
            "ALO207.AddJsonNames",
            Imports
                + Serializer
                + """
                public class OrdersFunction
                {
                    public Task<BatchResponse> [|HandleAsync|](SQSEvent batch) => Task.FromResult(new BatchResponse());
                }

                public class BatchResponse
                {
                    /// <summary>What failed.</summary>
                    public List<BatchItemFailure> BatchItemFailures { get; set; } = new();

                    public class BatchItemFailure
                    {
                        public string ItemIdentifier { get; set; } = "";
                    }
                }
                """,
            NamedImports
                + Serializer
                + """
                public class OrdersFunction
                {
                    public Task<BatchResponse> HandleAsync(SQSEvent batch) => Task.FromResult(new BatchResponse());
                }

                public class BatchResponse
                {
                    /// <summary>What failed.</summary>
                    [JsonPropertyName("batchItemFailures")]
                    public List<BatchItemFailure> BatchItemFailures { get; set; } = new();

                    public class BatchItemFailure
                    {
                        [JsonPropertyName("itemIdentifier")]
                        public string ItemIdentifier { get; set; } = "";
                    }
                }
                """
        );

    [Fact]
    public Task Names_that_are_wrong() =>
        ALO207.FixesWholeAsync(
            "ALO207.AddJsonNames",
            NamedImports
                + Serializer
                + """
                public record Failure([property: JsonPropertyName("id")] string MessageId, int Attempts);

                public record Response([property: JsonPropertyName("BatchItemFailures")] List<Failure> Failures);

                public class OrdersFunction
                {
                    public Task<Response> HandleElsewhere(SQSEvent batch, string more) => Task.FromResult(new Response(new()));

                    public Task<Response> [|HandleAsync|](SQSEvent batch) => HandleElsewhere(batch, "");
                }
                """,
            NamedImports
                + Serializer
                + """
                public record Failure([property: JsonPropertyName("itemIdentifier")] string MessageId, int Attempts);

                public record Response([property: JsonPropertyName("batchItemFailures")] List<Failure> Failures);

                public class OrdersFunction
                {
                    public Task<Response> HandleElsewhere(SQSEvent batch, string more) => Task.FromResult(new Response(new()));

                    public Task<Response> HandleAsync(SQSEvent batch) => HandleElsewhere(batch, "");
                }
                """
        );

    [Fact]
    public Task Positional_members_and_a_response_in_another_file() =>
        ALO207.FixesWholeAsync(
            "ALO207.AddJsonNames",
            Imports
                + Serializer
                + """
                public class OrdersFunction
                {
                    public Task<Response> [|HandleAsync|](SQSEvent batch) => Task.FromResult(new Response(new()));
                }
                """,
            Imports
                + Serializer
                + """
                public class OrdersFunction
                {
                    public Task<Response> HandleAsync(SQSEvent batch) => Task.FromResult(new Response(new()));
                }
                """,
            change: test =>
            {
                test.TestState.Sources.Add(
                    (
                        "Response.cs",
                        """
                        using System.Collections.Generic;

                        public record Failure(string ItemIdentifier);

                        public record Response(List<Failure> BatchItemFailures);
                        """
                    )
                );
                test.FixedState.Sources.Add(
                    (
                        "Response.cs",
                        """
                        using System.Collections.Generic;
                        using System.Text.Json.Serialization;

                        public record Failure([property: JsonPropertyName("itemIdentifier")] string ItemIdentifier);

                        public record Response([property: JsonPropertyName("batchItemFailures")] List<Failure> BatchItemFailures);
                        """
                    )
                );
            }
        );

    [Fact]
    public Task Which_of_two_texts_is_the_identifier_is_not_guessed() =>
        ALO207.OffersNothingWholeAsync(
            Imports
                + Serializer
                + """
                public record Failure(string Id, string Reason);

                public record Response(List<Failure> BatchItemFailures);

                public class OrdersFunction
                {
                    public Task<Response> [|HandleAsync|](SQSEvent batch) => Task.FromResult(new Response(new()));
                }
                """
        );

    [Fact]
    public Task A_value_task_becomes_a_task() =>
        ALO207.FixesWholeAsync(
            "ALO207.ReturnTask",
            Imports
                + """

                public class OrdersFunction
                {
                    public async ValueTask<SQSBatchResponse> [|HandleAsync|](SQSEvent batch)
                    {
                        await Task.Yield();
                        return new SQSBatchResponse();
                    }

                    public async System.Threading.Tasks.ValueTask [|HandleAllAsync|](SQSEvent batch) => await Task.Yield();
                }
                """,
            Imports
                + """

                public class OrdersFunction
                {
                    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                    {
                        await Task.Yield();
                        return new SQSBatchResponse();
                    }

                    public async System.Threading.Tasks.Task HandleAllAsync(SQSEvent batch) => await Task.Yield();
                }
                """
        );

    [Theory]
    [InlineData("public ValueTask<SQSBatchResponse> [|HandleAsync|](SQSEvent batch) => new(new SQSBatchResponse());")]
    [InlineData("public virtual async ValueTask [|HandleAsync|](SQSEvent batch) => await Task.Yield();")]
    [InlineData("public async ValueTask [|HandleAsync|](SQSEvent batch) => await Task.Yield(); public ValueTask Other() => HandleAsync(new SQSEvent());")]
    public Task A_value_task_that_others_expect_stays(string member) =>
        ALO207.OffersNothingWholeAsync(
            Imports
                + $$"""

                public class OrdersFunction
                {
                    {{member}}
                }
                """
        );

    [Fact]
    public Task A_context_lists_what_it_lacks() =>
        ALO207.FixesWholeAsync(
            "ALO207.AddToContext",
            NamedImports
                + """

                [assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<OrdersJsonContext>))]

                [JsonSerializable(typeof(string))]
                [JsonSourceGenerationOptions]
                public partial class OrdersJsonContext : JsonSerializerContext { }

                public class OrdersFunction
                {
                    public Task<SQSBatchResponse> [|HandleAsync|](SQSEvent batch) => Task.FromResult(new SQSBatchResponse());
                }
                """,
            NamedImports
                + """

                [assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<OrdersJsonContext>))]

                [JsonSerializable(typeof(string))]
                [JsonSerializable(typeof(SQSEvent))]
                [JsonSerializable(typeof(SQSBatchResponse))]
                [JsonSourceGenerationOptions]
                public partial class OrdersJsonContext : JsonSerializerContext { }

                public class OrdersFunction
                {
                    public Task<SQSBatchResponse> HandleAsync(SQSEvent batch) => Task.FromResult(new SQSBatchResponse());
                }
                """,
            change: test =>
            {
                test.TestState.Sources.Add(("OrdersJsonContext.g.cs", GeneratedCode.Context()));
                test.FixedState.Sources.Add(("OrdersJsonContext.g.cs", GeneratedCode.Context()));
            }
        );
}
