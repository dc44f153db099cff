using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO201FailuresCannotBeReportedTests
{
    private const string Assumption = " (No mapping of it was found: AWS's default batch size is 10.)";

    [Theory]
    [InlineData("Task", "async Task", "")]
    [InlineData("Task<bool>", "async Task<bool>", "return true;")]
    [InlineData("Task<string>", "async Task<string>", "return \"done\";")]
    public Task A_response_that_names_no_messages(string type, string declared, string end) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public {{declared}} {|#0:HandleAsync|}(SQSEvent batch, ILambdaContext context)
            {
                foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
                {{end}}
            }
            """,
            Finding(type)
        );

    [Theory]
    [InlineData("foreach (var message in batch.Records) orders.Ship(message.Body);")]
    [InlineData("for (var i = 0; i < batch.Records.Count; i++) orders.Ship(batch.Records[i].Body);")]
    [InlineData("var i = 0; while (i < batch.Records.Count) orders.Ship(batch.Records[i++].Body);")]
    [InlineData("batch.Records.ForEach(message => orders.Ship(message.Body));")]
    [InlineData("Parallel.ForEach(batch.Records, message => orders.Ship(message.Body));")]
    [InlineData("Task.WhenAll(batch.Records.Select(message => orders.ShipAsync(message.Body))).Wait();")]
    [InlineData("foreach (var order in batch.Records.Select(message => JsonSerializer.Deserialize<Order>(message.Body))) log.LogInformation(order!.Id);")]
    [InlineData("ProcessAll(batch);")]
    [InlineData("foreach (var message in batch.Records) { try { orders.Ship(message.Body); } catch (Exception e) { log.LogError(e, \"failed\"); throw; } }")]
    public Task Every_way_through_the_records(string statement) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public void {|#0:HandleAsync|}(SQSEvent batch)
            {
                {{statement}}

                void ProcessAll(SQSEvent all)
                {
                    foreach (var message in all.Records) orders.Ship(message.Body);
                }
            }
            """,
            Finding("void")
        );

    [Theory]
    [InlineData("log.LogInformation(message.Body);")]
    [InlineData("Console.WriteLine($\"{message.MessageId}: {message.Body}\");")]
    [InlineData("if (message.Attributes.TryGetValue(\"key\", out var value)) log.LogInformation(value);")]
    [InlineData("Tell(message.Body);")]
    [InlineData("log.LogInformation(JsonSerializer.Serialize(message));")]
    public Task A_body_that_cannot_fail(string statement) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public void HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    {{statement}}
                }
            }

            private void Tell(string text) => log.LogInformation(text);
            """
        );

    [Fact]
    public Task A_method_that_implements_an_interface_explicitly_is_called_by_its_own_name() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public interface IHandler<T>
            {
                Task HandleAsync(T batch);
            }

            public sealed class OtherFunction : IHandler<SQSEvent>
            {
                private readonly IOrders orders = null!;

                async Task IHandler<SQSEvent>.{|#0:HandleAsync|}(SQSEvent batch)
                {
                    foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
                }
            }
            """,
            Finding("Task")
        );

    [Fact]
    public Task With_a_mapping_the_message_assumes_nothing() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task {|#0:HandleAsync|}(SQSEvent batch)
            {
                foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
            }
            """,
            HandlerTest.Template(),
            AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments("HandleAsync", "Task", "")
        );

    [Theory]
    [InlineData("BatchSize: 1")]
    [InlineData("BatchSize: !ImportValue Size")]
    [InlineData(HandlerTest.Reports)]
    [InlineData("FunctionResponseTypes: !ImportValue Types")]
    public Task Single_records_and_what_other_rules_or_nobody_can_say(string properties) =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
            }
            """,
            HandlerTest.Template(properties)
        );

    [Theory]
    [InlineData("Task<SQSBatchResponse>", "new SQSBatchResponse()")]
    [InlineData("Task<object>", "new object()")]
    [InlineData("Task<System.IO.Stream>", "System.IO.Stream.Null")]
    [InlineData("Task<Response>", "new Response()")]
    public Task Responses_that_carry_failures_or_may(string type, string value) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public sealed class Item
            {
                [System.Text.Json.Serialization.JsonPropertyName("itemIdentifier")]
                public string? Id { get; set; }
            }

            public sealed class Response
            {
                [System.Text.Json.Serialization.JsonPropertyName("batchItemFailures")]
                public IList<Item> Failures { get; } = new List<Item>();
            }

            public async {{type}} HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
                return {{value}};
            }
            """
        );

    [Theory]
    [InlineData("SQSEvent.SQSMessage[] messages")]
    [InlineData("List<SQSEvent.SQSMessage> messages")]
    public Task Pipes_enrichment_is_no_mapping(string parameter) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync({{parameter}}, ILambdaContext context)
            {
                foreach (var message in messages) await orders.ShipAsync(message.Body);
            }
            """
        );

    [Fact]
    public Task A_swallowed_failure_is_another_rule() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                    }
                }
            }
            """
        );

    [Fact]
    public Task Types_of_other_packages_are_no_events() =>
        AnalyzerVerifier<Rule>.VerifyAnalyzerAsync(
            """
            using System.Collections.Generic;

            namespace Mine;

            public class SQSEvent
            {
                public List<string> Records { get; set; } = new();
            }

            public class Function
            {
                public void HandleAsync(SQSEvent batch) => batch.Records.ForEach(message => int.Parse(message));
            }
            """
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = "public class Function { public void Handle(string batch) => int.Parse(batch); }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync();
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>("public async Task HandleAsync(SQSEvent batch) { foreach (var message in batch. ) await orders.Ship", null);
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    private static DiagnosticResult Finding(string type) => AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments("HandleAsync", type, Assumption);
}
