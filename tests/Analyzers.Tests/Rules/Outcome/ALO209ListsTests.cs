using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO209WorkNotAwaited;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>Work on all that a loop has collected.</summary>
public sealed class ALO209ListsTests
{
    private const string Unawaited = "{|#0:orders.GiveUpAsync(bodies)|};";

    [Theory]
    [InlineData("bodies.Add(message.Body);", Unawaited, true)]
    [InlineData("bodies.Add(message.Body);", "_ = {|#0:orders.GiveUpAsync(bodies)|};", true)]
    [InlineData("bodies.Add(message.Body);", "await orders.GiveUpAsync(bodies);", false)]
    [InlineData("bodies.Add(message.Body);", "log.LogInformation(string.Join(\",\", bodies));", false)]
    [InlineData("bodies.Add(\"one more\");", "orders.GiveUpAsync(bodies);", false)]
    [InlineData("bodies.Add(message.MessageId);", "orders.GiveUpAsync(bodies);", false)]
    public Task Behind_the_loop(string each, string behind, bool isLeftBehind) => VerifyAsync(each, behind, "", isLeftBehind ? Finding() : null);

    [Theory]
    [InlineData("private async Task SaveAsync(List<string> bodies) { {|#0:orders.GiveUpAsync(bodies)|}; await Task.Yield(); }", true)]
    [InlineData("private async Task SaveAsync(List<string> bodies) { {|#0:orders.ShipAsync(\"all\")|}; await Task.Yield(); }", true)]
    [InlineData("private async Task SaveAsync(List<string> bodies) { await orders.GiveUpAsync(bodies); }", false)]
    public Task In_a_method_that_is_given_the_list(string method, bool isLeftBehind) =>
        VerifyAsync("bodies.Add(message.Body);", "await SaveAsync(bodies);", method, isLeftBehind ? Finding(" → 'OrdersFunction.SaveAsync'") : null);

    [Fact]
    public Task In_a_method_that_is_handed_it_on() =>
        VerifyAsync(
            "bodies.Add(message.Body);",
            "await SaveAsync(bodies);",
            "private Task SaveAsync(List<string> bodies) => StoreAsync(bodies); private async Task StoreAsync(List<string> all) { {|#0:orders.GiveUpAsync(all)|}; await Task.Yield(); }",
            Finding(" → 'OrdersFunction.SaveAsync' → 'OrdersFunction.StoreAsync'")
        );

    private static Task VerifyAsync(string each, string behind, string members, DiagnosticResult? expected) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                await Task.Yield();
                var bodies = new List<string>();
                foreach (var message in batch.Records)
                {
                    {{each}}
                }

                {{behind}}
            }

            {{members}}
            """,
            expected is null ? [] : [expected]
        );

    private static DiagnosticResult Finding(string path = "") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithArguments(
                "Nobody awaits this task",
                "HandleAsync",
                "; an exception in it is seen by nobody",
                "Await it",
                path.Length == 0 ? "" : $" Reached from 'HandleAsync'{path}."
            )
            .IgnoringAdditionalLocations();
}
