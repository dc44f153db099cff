using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO209WorkNotAwaited;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>What the constructor of a handler's class begins as <c>async void</c>.</summary>
public sealed class ALO209InConstructorTests
{
    [Fact]
    public Task An_async_void_method() => VerifyAsync("{|#0:Initialize()|};", "async void Initialize() => await orders.GiveUpAsync(\"warm up\");", Finding());

    [Fact]
    public Task By_way_of_another_method() =>
        VerifyAsync(
            "Begin();",
            """
            private void Begin() => {|#0:Initialize()|};

            private async void Initialize()
            {
                await LoadAsync();
            }

            private async Task LoadAsync() => await orders.GiveUpAsync("warm up").ConfigureAwait(false);
            """,
            Finding()
        );

    [Fact]
    public Task A_clause_that_does_not_take_all_does_not_help() =>
        VerifyAsync(
            "{|#0:Initialize()|};",
            """
            private async void Initialize()
            {
                try { await orders.GiveUpAsync("warm up"); }
                catch (HttpRequestException) { }
            }
            """,
            Finding()
        );

    [Fact]
    public Task A_clause_that_throws_again_does_not_help() =>
        VerifyAsync(
            "{|#0:Initialize()|};",
            """
            private async void Initialize()
            {
                try { await orders.GiveUpAsync("warm up"); }
                catch (Exception) { throw; }
            }
            """,
            Finding()
        );

    [Fact]
    public Task One_finding_for_several_handlers_of_a_class() =>
        VerifyAsync(
            "{|#0:Initialize()|};",
            """
            private async void Initialize() => await orders.GiveUpAsync("warm up");

            public Task ReturnAsync(SQSEvent batch) => Task.CompletedTask;
            """,
            Finding()
        );

    [Fact]
    public Task In_the_constructor_of_a_base_class_in_the_same_file() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public abstract class Warm
            {
                protected Warm() => {|#0:Initialize()|};

                private async void Initialize() => await new HttpClient().GetAsync("https://example.org");
            }

            public sealed class Shipping : Warm
            {
                public Task HandleAsync(SQSEvent batch) => Task.CompletedTask;
            }
            """,
            Finding()
        );

    [Theory]
    [InlineData(
        "private async void Initialize() { try { await orders.GiveUpAsync(\"warm up\"); } catch (Exception exception) { log.LogError(exception, \"cold\"); } }"
    )]
    [InlineData("private async void Initialize() => await Task.Yield();")]
    [InlineData("private async void Initialize() => await Console.Out.WriteLineAsync(\"started\");")]
    [InlineData("private void Initialize() => warm = orders.GiveUpAsync(\"warm up\");")]
    [InlineData("private void Initialize() => orders.Ship(\"warm up\");")]
    [InlineData("private async void Initialize() { await Task.Yield(); warm = orders.GiveUpAsync(\"warm up\"); }")]
    [InlineData("private void Initialize() { Action later = async () => await orders.GiveUpAsync(\"warm up\"); }")]
    public Task What_can_end_no_process(string method) => VerifyAsync("Initialize();", method);

    [Fact]
    public Task A_class_without_a_handler() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch) => Task.CompletedTask;

            public sealed class Window
            {
                public Window() => Show();

                private async void Show() => await new HttpClient().GetAsync("https://example.org");
            }
            """
        );

    [Fact]
    public Task A_method_that_nobody_calls() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch) => Task.CompletedTask;

            private async void Initialize() => await orders.GiveUpAsync("warm up");
            """
        );

    private static Task VerifyAsync(string statement, string members, params DiagnosticResult[] expected) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            private Task warm = Task.CompletedTask;

            public OrdersFunction() : this(null!, null!)
            {
                {{statement}}
            }

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
            }

            {{members}}
            """,
            expected
        );

    private static DiagnosticResult Finding() =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithMessage(
                "'Initialize' is async void and the constructor begins it, so nobody can wait for it: 'HandleAsync' may run before it is done, and an exception in it ends the process, with whatever batch is there by then. Return a Task and wait for it, in the constructor or in 'HandleAsync'."
            );
}
