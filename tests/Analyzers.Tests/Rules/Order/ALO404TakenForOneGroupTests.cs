using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Order.ALO404TakenForOneGroup;

namespace AtLeastOnce.Analyzers.Tests.Rules.Order;

public sealed class ALO404TakenForOneGroupTests
{
    private const string Ship = "\n    foreach (var message in batch.Records)\n        await orders.ShipAsync(group + message.Body);";

    public static TheoryData<string> First { get; } =
        new(
            "var group = {|#0:batch.Records[0].Attributes[\"MessageGroupId\"]|};" + Ship,
            "var group = {|#0:batch.Records.First().Attributes[\"MessageGroupId\"]|};" + Ship,
            "var group = {|#0:batch.Records[0].Attributes.GetValueOrDefault(\"MessageGroupId\")|} ?? \"\";" + Ship,
            "var first = batch.Records[0];\n    var group = {|#0:first.Attributes[\"MessageGroupId\"]|};" + Ship,
            "await orders.ShipAsync({|#0:batch.Records[0].Attributes[\"MessageGroupId\"]|});"
        );

    [Theory]
    [MemberData(nameof(First))]
    public Task The_group_of_the_first_message_for_all(string body) => HandlerTest.VerifyAsync<Rule>(Handler(body), OrderTest.Fifo, Finding());

    [Fact]
    public Task The_message_says_what_happens_to_which_messages() =>
        HandlerTest.VerifyAsync<Rule>(
            Handler("var group = {|#0:batch.Records[0].Attributes[\"MessageGroupId\"]|};" + Ship),
            OrderTest.Fifo,
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithMessage(
                    "'HandleAsync' takes the group of the first message for that of the whole batch, but a batch of the FIFO queue 'OrdersQueue' can hold messages of several groups: "
                        + "those of the others are handled under the wrong one. Read the group of each message."
                )
        );

    public static TheoryData<string> Harmless { get; } =
        new(
            "foreach (var message in batch.Records)\n        await orders.ShipAsync(message.Attributes[\"MessageGroupId\"]);",
            // Only told.
            "log.LogLine(batch.Records[0].Attributes[\"MessageGroupId\"]);",
            "var group = batch.Records[0].Attributes[\"MessageGroupId\"];\n    log.LogLine(group);",
            // The code knows that there may be others.
            "var group = batch.Records[0].Attributes[\"MessageGroupId\"];\n    if (batch.Records.Any(message => message.Attributes[\"MessageGroupId\"] != group)) throw new InvalidOperationException();"
                + Ship,
            "if (batch.Records.Count > 1) throw new InvalidOperationException();\n    var group = batch.Records[0].Attributes[\"MessageGroupId\"];" + Ship,
            "foreach (var messages in batch.Records.GroupBy(message => message.Attributes[\"MessageGroupId\"]))\n        await orders.ShipAsync(messages.First().Body);",
            // Something else of the first message.
            "var group = batch.Records[0].Attributes[\"SentTimestamp\"];" + Ship,
            "var group = batch.Records[1].Attributes[\"MessageGroupId\"];" + Ship
        );

    [Theory]
    [MemberData(nameof(Harmless))]
    public Task What_does_not_stand_for_all_has_none(string body) => HandlerTest.VerifyAsync<Rule>(Handler(body), OrderTest.Fifo);

    [Fact]
    public async Task A_queue_that_is_not_known_to_be_FIFO_has_none()
    {
        var members = Handler("var group = batch.Records[0].Attributes[\"MessageGroupId\"];" + Ship);
        await HandlerTest.VerifyAsync<Rule>(members);
        await HandlerTest.VerifyAsync<Rule>(members, HandlerTest.Template());
        await HandlerTest.VerifyAsync<Rule>(members, OrderTest.FifoWith("BatchSize: 1"));
    }

    [Fact]
    public async Task A_look_alike_of_the_event_has_none()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = """
                using System.Collections.Generic;

                public class Message { public Dictionary<string, string> Attributes; }

                public class SQSEvent { public List<Message> Records; }

                public class OrdersFunction
                {
                    public string HandleAsync(SQSEvent batch) => batch.Records[0].Attributes["MessageGroupId"];
                }

                """,
        };
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>(
            "public void HandleAsync(SQSEvent batch) { var group = batch.Records[0].Attributes[\"MessageGroupId\"",
            OrderTest.Fifo
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Handler(string body) => $"public async Task HandleAsync(SQSEvent batch)\n{{\n    {body}\n    await Task.Yield();\n}}";

    private static DiagnosticResult Finding() =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments("HandleAsync", "the FIFO queue 'OrdersQueue'");
}
