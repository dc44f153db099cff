using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO206WrongItemIdentifier;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO206WrongItemIdentifierTests
{
    [Theory]
    [InlineData("message.ReceiptHandle", "'message.ReceiptHandle'")]
    [InlineData("message.Body", "'message.Body'")]
    [InlineData("message.Md5OfBody", "'message.Md5OfBody'")]
    [InlineData("null", "An empty ItemIdentifier")]
    [InlineData("null!", "An empty ItemIdentifier")]
    [InlineData("\"\"", "An empty ItemIdentifier")]
    [InlineData("string.Empty", "An empty ItemIdentifier")]
    [InlineData("\"failed\"", "The constant \"failed\"")]
    [InlineData("Guid.NewGuid().ToString()", "'Guid.NewGuid().ToString()', made up on the spot,")]
    [InlineData("order.Id", "'order.Id', which the sender wrote into the body,")]
    [InlineData("order.MessageId", "'order.MessageId', which the sender wrote into the body,")]
    [InlineData("handle", "'handle'")]
    public Task A_wrong_identifier(string expression, string described) =>
        VerifyAsync($"{{|#0:{expression.TrimEnd('!')}|}}{(expression.EndsWith('!') ? "!" : "")}", Finding(described));

    [Theory]
    [InlineData("message.MessageId")]
    [InlineData("id")]
    [InlineData("mine.MessageId")]
    [InlineData("message.Attributes[\"key\"]")]
    [InlineData("IdOf(message)")]
    public Task Right_or_not_to_be_told(string expression) => VerifyAsync(expression);

    /// <summary>A variable counts where everything that sets it is seen: a method may set it too.</summary>
    [Theory]
    [InlineData("string id = \"\", body = \"\"; Unwrap(message, out id, out body);", false)]
    [InlineData("string id = \"\", body = \"\"; (id, body) = Unwrapped(message);", false)]
    [InlineData("string id = \"\"; Fill(ref id);", false)]
    [InlineData("string id = \"\"; id += message.MessageId;", false)]
    [InlineData("var (id, body) = (message.MessageId, message.Body);", false)]
    [InlineData("var (id, body) = (message.ReceiptHandle, message.Body);", true)]
    [InlineData("string id; (id, _) = (message.ReceiptHandle, message.Body);", true)]
    [InlineData("string id = \"\";", true)]
    public Task An_identifier_in_a_variable(string statements, bool isFound) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public SQSBatchResponse HandleAsync(SQSEvent batch)
            {
                var response = new SQSBatchResponse();
                foreach (var message in batch.Records)
                {
                    {{statements}}
                    response.BatchItemFailures.Add(new() { ItemIdentifier = {{(isFound ? "{|#0:id|}" : "id")}} });
                }

                return response;
            }

            private static void Unwrap(SQSEvent.SQSMessage message, out string id, out string body) => (id, body) = Unwrapped(message);

            private static (string, string) Unwrapped(SQSEvent.SQSMessage message) => (message.MessageId, message.Body);

            private static void Fill(ref string id) => id = "a";
            """,
            isFound ? [Finding(statements.EndsWith("= \"\";", StringComparison.Ordinal) ? "An empty ItemIdentifier" : "'id'")] : []
        );

    [Fact]
    public Task An_identifier_that_is_never_set() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public SQSBatchResponse HandleAsync(SQSEvent batch)
            {
                var response = new SQSBatchResponse();
                foreach (var message in batch.Records) response.BatchItemFailures.Add({|#0:new SQSBatchResponse.BatchItemFailure()|});
                return response;
            }
            """,
            Finding("An ItemIdentifier that is never set")
        );

    [Fact]
    public Task An_identifier_that_is_set_later() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public SQSBatchResponse HandleAsync(SQSEvent batch)
            {
                var response = new SQSBatchResponse();
                foreach (var message in batch.Records)
                {
                    var failure = new SQSBatchResponse.BatchItemFailure();
                    failure.ItemIdentifier = message.MessageId;
                    response.BatchItemFailures.Add(failure);
                }

                return response;
            }
            """
        );

    [Fact]
    public Task Passed_to_a_helper() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public SQSBatchResponse HandleAsync(SQSEvent batch)
            {
                var response = new SQSBatchResponse();
                foreach (var message in batch.Records) Fail(response, message.ReceiptHandle);
                return response;
            }

            private static void Fail(SQSBatchResponse response, string id) => response.BatchItemFailures.Add(new() { ItemIdentifier = {|#0:id|} });
            """,
            Finding("'id'")
        );

    [Fact]
    public Task A_users_own_response_type() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public sealed record Failure([property: System.Text.Json.Serialization.JsonPropertyName("itemIdentifier")] string ItemIdentifier);

            public sealed class Response
            {
                [System.Text.Json.Serialization.JsonPropertyName("batchItemFailures")]
                public List<Failure> Failures { get; set; } = new();
            }

            public Response HandleAsync(SQSEvent batch)
            {
                var response = new Response();
                foreach (var message in batch.Records) response.Failures.Add(new Failure({|#0:message.ReceiptHandle|}));
                return response;
            }
            """,
            Finding("'message.ReceiptHandle'")
        );

    [Fact]
    public Task With_batch_size_1_a_wrong_identifier_still_counts() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public SQSBatchResponse HandleAsync(SQSEvent batch)
            {
                var message = batch.Records[0];
                return new SQSBatchResponse(new List<SQSBatchResponse.BatchItemFailure> { new() { ItemIdentifier = {|#0:message.ReceiptHandle|} } });
            }
            """,
            HandlerTest.Template("BatchSize: 1\n" + HandlerTest.Reports),
            Finding("'message.ReceiptHandle'")
        );

    [Fact]
    public Task Other_types_with_such_a_property_are_no_failures() =>
        AnalyzerVerifier<Rule>.VerifyAnalyzerAsync(
            """
            using Amazon.Lambda.SQSEvents;

            public sealed class Failure
            {
                public string? ItemIdentifier { get; set; }
            }

            public class Function
            {
                public SQSBatchResponse Handle(SQSEvent batch)
                {
                    _ = new Failure { ItemIdentifier = batch.Records[0].ReceiptHandle };
                    return new SQSBatchResponse();
                }
            }
            """
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = "public class Failure { public string? ItemIdentifier { get; set; } = null; }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync();
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>(
            "public SQSBatchResponse HandleAsync(SQSEvent batch) { return new SQSBatchResponse { BatchItemFailures = { new() { ItemIdentifier = batch.Records[0]. }",
            null
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    private static Task VerifyAsync(string identifier, params DiagnosticResult[] expected) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    var id = message.MessageId;
                    var handle = message.ReceiptHandle;
                    var mine = new { message.MessageId };
                    try
                    {
                        var order = JsonSerializer.Deserialize<Order>(message.Body)!;
                        if (!await orders.TryShipAsync(order.Id)) failures.Add(new() { ItemIdentifier = {{identifier}} });
                    }
                    catch (Exception)
                    {
                        failures.Add(new() { ItemIdentifier = id });
                    }
                }

                return new SQSBatchResponse(failures);
            }

            private static string IdOf(object message) => message.ToString()!;
            """,
            expected
        );

    private static DiagnosticResult Finding(string described) => AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(described);
}
