using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO209WorkNotAwaited;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO209WorkNotAwaitedTests
{
    private const string Thrown = "Nobody awaits this task";
    private const string NeverBegun = "Nobody enumerates these tasks, so their work never begins";
    private const string Unseen = "; an exception in it is seen by nobody";
    private const string Crash = "; an exception in it ends the process, with whatever batch is there by then";

    [Fact]
    public Task A_discarded_task() => VerifyLoopAsync("_ = {|#0:orders.ShipAsync(message.Body)|};", Discarded());

    [Fact]
    public Task A_bare_call() => VerifyLoopAsync("{|#0:orders.ShipAsync(message.Body)|};", Discarded());

    [Fact]
    public Task A_call_that_is_configured_and_then_dropped() => VerifyLoopAsync("{|#0:orders.ShipAsync(message.Body).ConfigureAwait(false)|};", Discarded());

    [Fact]
    public Task A_continuation_is_dropped_with_its_task() =>
        VerifyLoopAsync("{|#0:orders.ShipAsync(message.Body).ContinueWith(task => log.LogInformation(\"shipped\"))|};", Discarded());

    [Fact]
    public Task A_variable_that_nobody_reads() => VerifyLoopAsync("var shipping = {|#0:orders.ShipAsync(message.Body)|};", Discarded());

    [Fact]
    public Task Task_Run() => VerifyLoopAsync("_ = {|#0:Task.Run(() => orders.Ship(message.Body))|};", Discarded());

    [Fact]
    public Task The_outer_task_of_StartNew_is_awaited_but_not_the_inner() =>
        VerifyLoopAsync("{|#0:await Task.Factory.StartNew(async () => await orders.ShipAsync(message.Body))|};", Discarded());

    [Theory]
    [InlineData("await orders.ShipAsync(message.Body);")]
    [InlineData("await orders.ShipAsync(message.Body).ConfigureAwait(false);")]
    [InlineData("orders.ShipAsync(message.Body).Wait();")]
    [InlineData("orders.ShipAsync(message.Body).GetAwaiter().GetResult();")]
    [InlineData("var shipped = orders.TryShipAsync(message.Body).Result;")]
    [InlineData("_ = await orders.TryShipAsync(message.Body);")]
    [InlineData("await Task.Run(() => orders.Ship(message.Body));")]
    [InlineData("await await Task.Factory.StartNew(async () => await orders.ShipAsync(message.Body));")]
    [InlineData("var shipping = orders.ShipAsync(message.Body); await shipping;")]
    [InlineData("_ = Console.Out.WriteLineAsync(message.Body);")]
    public Task Work_that_is_awaited_and_work_that_is_none(string statements) => VerifyLoopAsync(statements);

    /// <summary>Whether the work or its limit came first is looked at, so leaving the slower one behind is a decision.</summary>
    [Fact]
    public Task Work_that_is_raced_against_a_limit() =>
        VerifyLoopAsync("var limit = Task.Delay(TimeSpan.Zero); var shipping = orders.ShipAsync(message.Body); await Task.WhenAny(shipping, limit);");

    /// <summary>A timer that nobody waits for has no effect that could be lost.</summary>
    [Fact]
    public Task A_timer_is_no_work() => VerifyLoopAsync("_ = Task.Delay(TimeSpan.Zero);");

    [Fact]
    public Task A_list_of_tasks_that_is_only_filled() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch)
            {
                var tasks = new List<Task>();
                foreach (var message in batch.Records) tasks.Add({|#0:orders.ShipAsync(message.Body)|});
                return Task.CompletedTask;
            }
            """,
            Discarded()
        );

    [Fact]
    public Task A_list_of_tasks_that_is_awaited() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                var tasks = new List<Task>();
                foreach (var message in batch.Records) tasks.Add(orders.ShipAsync(message.Body));
                await Task.WhenAll(tasks);
            }
            """
        );

    [Fact]
    public Task Tasks_that_a_field_keeps_are_somebody_elses() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            private readonly List<Task> pending = new();
            private Task last = Task.CompletedTask;

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    pending.Add(orders.ShipAsync(message.Body));
                    last = orders.ShipAsync(message.Body);
                }

                await Task.WhenAll(pending);
            }
            """
        );

    [Fact]
    public Task ForEach_of_a_list_takes_an_action() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch)
            {
                {|#0:batch.Records.ForEach(async message => await orders.ShipAsync(message.Body))|};
                return Task.CompletedTask;
            }
            """,
            AsyncVoidDelegate("ForEach")
        );

    [Fact]
    public Task ForEach_throws_the_task_of_a_plain_lambda_away() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch)
            {
                batch.Records.ForEach(message => {|#0:orders.ShipAsync(message.Body)|});
                return Task.CompletedTask;
            }
            """,
            Discarded()
        );

    [Fact]
    public Task Parallel_ForEach_takes_an_action() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public void HandleAsync(SQSEvent batch) => {|#0:Parallel.ForEach(batch.Records, async message => await orders.ShipAsync(message.Body))|};
            """,
            AsyncVoidDelegate("ForEach")
        );

    [Fact]
    public Task Parallel_ForEachAsync_waits() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch) => Parallel.ForEachAsync(batch.Records, async (message, _) => await orders.ShipAsync(message.Body));
            """
        );

    [Fact]
    public Task A_projection_that_nobody_enumerates() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch)
            {
                var tasks = {|#0:batch.Records.Select(async message => await orders.ShipAsync(message.Body))|};
                return Task.CompletedTask;
            }
            """,
            Finding(NeverBegun, "", "Await them with Task.WhenAll, or each in a foreach loop")
        );

    [Fact]
    public Task A_projection_that_is_enumerated_and_not_awaited() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public Task HandleAsync(SQSEvent batch)
            {
                _ = {|#0:Task.WhenAll(batch.Records.Select(message => orders.ShipAsync(message.Body)).ToList())|};
                return Task.CompletedTask;
            }
            """,
            Discarded()
        );

    [Theory]
    [InlineData("public Task HandleAsync(SQSEvent batch) => Task.WhenAll(batch.Records.Select(async message => await orders.ShipAsync(message.Body)));")]
    [InlineData(
        "public async Task HandleAsync(SQSEvent batch) { foreach (var task in batch.Records.Select(message => orders.ShipAsync(message.Body))) await task; }"
    )]
    [InlineData(
        "public void HandleAsync(SQSEvent batch) { var tasks = batch.Records.Select(message => orders.ShipAsync(message.Body)).ToArray(); Task.WaitAll(tasks); }"
    )]
    [InlineData("public void HandleAsync(SQSEvent batch) => batch.Records.ForEach(message => orders.Ship(message.Body));")]
    public Task Projections_that_are_awaited(string handler) => HandlerTest.VerifyAsync<Rule>(handler);

    [Fact]
    public Task An_async_void_method() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public void HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) {|#0:Ship(message)|};
            }

            private async void Ship(SQSEvent.SQSMessage message) => await orders.ShipAsync(message.Body);
            """,
            AsyncVoid("Ship")
        );

    [Fact]
    public Task An_async_void_method_behind_an_interface() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            private readonly IShipper shipper = new Shipper();

            public void HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) {|#0:shipper.Ship(message.Body)|};
            }

            private interface IShipper { void Ship(string body); }

            private sealed class Shipper : IShipper { public async void Ship(string body) => await new HttpClient().PostAsync(body, null); }
            """,
            AsyncVoid("Ship")
        );

    [Fact]
    public Task An_async_void_method_that_only_logs() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public void HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) Tell(message);
            }

            private async void Tell(SQSEvent.SQSMessage message) => await Console.Out.WriteLineAsync(message.Body);
            """
        );

    [Fact]
    public Task A_void_method_that_is_not_asynchronous() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public void HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) Ship(message);
            }

            private void Ship(SQSEvent.SQSMessage message) => orders.Ship(message.Body);
            """
        );

    [Fact]
    public Task In_a_method_of_the_source_with_the_way_to_it() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) await ProcessAsync(message.Body);
            }

            private Task ProcessAsync(string body)
            {
                _ = {|#0:orders.ShipAsync(body)|};
                return Task.CompletedTask;
            }
            """,
            Discarded(" Reached from 'HandleAsync' → 'OrdersFunction.ProcessAsync'.")
        );

    [Fact]
    public Task Work_that_has_nothing_to_do_with_a_record() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                _ = orders.ShipAsync("warm up");
                foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
            }
            """
        );

    [Fact]
    public Task Batch_size_1_changes_nothing() =>
        HandlerTest.VerifyAsync<Rule>(Loop("_ = {|#0:orders.ShipAsync(message.Body)|};"), HandlerTest.Template("BatchSize: 1"), Discarded());

    [Fact]
    public Task A_stream_moves_on() =>
        VerifyKinesisAsync(
            "_ = {|#0:store.PutAsync(record.Kinesis.PartitionKey)|};",
            "Nobody awaits this task: when 'HandleAsync' returns, Lambda moves on past the record as processed and freezes what still runs; an exception in it is seen by nobody. Await it."
        );

    [Fact]
    public Task A_task_of_somebody_elses_library_is_no_task() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public void HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) new Shipper().ShipAsync(message.Body);
            }

            private sealed class Task { }

            private sealed class Shipper { public Task ShipAsync(string body) => body.Length == 0 ? throw new InvalidOperationException() : new Task(); }
            """
        );

    [Fact]
    public async Task An_unawaited_failure_neither_returns_the_batch_nor_is_it_swallowed_by_a_clause()
    {
        const string Body = """
            try
                    {
                        _ = orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                    }
            """;
        await HandlerTest.VerifyAsync<ALO204FailureSwallowed>(Loop(Body));
        await HandlerTest.VerifyAsync<ALO201FailuresCannotBeReported>(Loop("_ = orders.ShipAsync(message.Body);"));
        await HandlerTest.VerifyAsync<ALO203ReportExpectedButNeverMade>(Loop("_ = orders.ShipAsync(message.Body);"), HandlerTest.Template(HandlerTest.Reports));
    }

    [Fact]
    public Task Arguments_of_a_discarded_call_still_fail_in_the_loop() =>
        HandlerTest.VerifyAsync<ALO201FailuresCannotBeReported>(
            """
            public async Task {|#0:HandleAsync|}(SQSEvent batch)
            {
                foreach (var message in batch.Records) _ = orders.ShipAsync(JsonSerializer.Deserialize<Order>(message.Body)!);
                await Task.CompletedTask;
            }
            """,
            AnalyzerVerifier<ALO201FailuresCannotBeReported>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("HandleAsync", "Task", " (No mapping of it was found: AWS's default batch size is 10.)")
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = "public class Function { public void Handle(string body) { _ = System.Threading.Tasks.Task.Run(() => int.Parse(body)); } }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync();
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>(
            "public async Task HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { _ = orders.ShipAsync(",
            null
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    private static Task VerifyLoopAsync(string statements, params DiagnosticResult[] expected)
    {
        var test = HandlerTest.Test<Rule>(Loop(statements), null, expected);
        return test.RunAsync();
    }

    private static Task VerifyKinesisAsync(string statement, string message)
    {
        var test = new CSharpAnalyzerTest<Rule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(
            $$"""
            using System.Threading.Tasks;
            using Amazon.Lambda.KinesisEvents;

            public interface IStore { Task PutAsync(object value); }

            public class StreamFunction
            {
                private readonly IStore store = null!;

                public Task HandleAsync(KinesisEvent batch)
                {
                    foreach (var record in batch.Records) {{statement}}
                    return Task.CompletedTask;
                }
            }
            """
        );
        test.ExpectedDiagnostics.Add(AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Warning).WithMessage(message));
        return test.RunAsync();
    }

    private static string Loop(string statements) =>
        $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                await Task.Yield();
                foreach (var message in batch.Records)
                {
                    {{statements}}
                }
            }
            """;

    private static DiagnosticResult Discarded(string path = "") => Finding(Thrown, Unseen, "Await it", path);

    private static DiagnosticResult AsyncVoid(string name) =>
        Finding($"'{name}' is async void, so nobody can wait for it", Crash, "Return a Task and await it");

    private static DiagnosticResult AsyncVoidDelegate(string name) =>
        Finding($"'{name}' calls an async void, so it does not wait for it", Crash, "Await each call in a foreach loop");

    private static DiagnosticResult Finding(string reason, string failure, string remedy, string path = "") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithArguments(reason, "HandleAsync", failure, remedy, path)
            .IgnoringAdditionalLocations();
}
