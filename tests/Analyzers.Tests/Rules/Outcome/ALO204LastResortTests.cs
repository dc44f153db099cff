using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>A failure that is handed to code which only does its best, and a failure that is told in an answer nobody reads.</summary>
public sealed class ALO204LastResortTests
{
    private const string ReturnAResponse = "Return SQSBatchResponse and report it, or let the exception through";

    [Fact]
    public Task The_code_that_keeps_the_failure_drops_it_when_it_fails_itself() =>
        HandlerTest.VerifyAsync<Rule>(
            Handler(
                """
                try
                    {
                        await orders.GiveUpAsync(message);
                    }
                    {|#0:catch|} (Exception second)
                    {
                        log.LogError(second, "could not be parked");
                    }
                """
            ),
            Finding(" Reached from 'HandleAsync' → 'OrdersFunction.ParkAsync'.")
        );

    /// <summary>Elsewhere too: it is no side work, but all that is left of the message.</summary>
    [Fact]
    public Task In_another_class_beside_work_whose_failures_are_let_through() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            private readonly Parking parking = new Parking(null!, null!);

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    var order = JsonSerializer.Deserialize<Order>(message.Body)!;
                    try
                    {
                        await orders.ShipAsync(order);
                    }
                    catch (Exception exception)
                    {
                        await parking.ParkAsync(message, exception);
                    }
                }
            }

            private sealed record Parked(string Body, string Why);

            private sealed class Parking
            {
                private readonly IOrders store;
                private readonly ILambdaLogger log;

                public Parking(IOrders store, ILambdaLogger log) => (this.store, this.log) = (store, log);

                public async Task ParkAsync(SQSEvent.SQSMessage message, Exception why)
                {
                    var parked = new Parked(message.Body, why.Message);
                    var text = JsonSerializer.Serialize(parked);
                    try
                    {
                        await store.GiveUpAsync(text);
                    }
                    {|#0:catch|} (Exception second)
                    {
                        log.LogError($"{message?.MessageId} was not parked: {JsonSerializer.Serialize(second.Message)} {JsonSerializer.Serialize(parked)}");
                    }
                }
            }
            """,
            Finding(" Reached from 'HandleAsync' → 'Parking.ParkAsync'.")
        );

    [Fact]
    public Task In_a_task_that_a_lambda_runs() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) await ProcessAsync(message.Body);
            }

            private async Task ProcessAsync(string body)
            {
                try
                {
                    await ShipAsync(body);
                }
                {|#0:catch|} (Exception exception)
                {
                    log.LogError(exception, "failed");
                }
            }

            private Task ShipAsync(string body) => Task.Run(async () => await orders.ShipAsync(body));
            """,
            Finding(" Reached from 'HandleAsync' → 'OrdersFunction.ProcessAsync'.")
        );

    // Each of these makes sure of the message, or tells that it could not.
    [Theory]
    [InlineData("await orders.GiveUpAsync(message);")]
    [InlineData("try { await orders.GiveUpAsync(message); } catch (Exception) { log.LogError(\"not parked\"); throw; }")]
    [InlineData("try { await orders.GiveUpAsync(message); } catch (Exception second) { parked.Add(second); }")]
    [InlineData("try { await orders.GiveUpAsync(message); } catch (Exception second) { await orders.GiveUpAsync(second); }")]
    [InlineData("try { await orders.GiveUpAsync(message); } catch (DuplicateOrderException) { log.LogWarning(\"parked before\"); }")]
    [InlineData("await orders.GiveUpAsync(why); try { await orders.GiveUpAsync(message); } catch (Exception) { log.LogError(\"not parked\"); }")]
    [InlineData("parked.Add(why); try { await orders.GiveUpAsync(message); } catch (Exception) { log.LogError(\"not parked\"); }")]
    [InlineData("last = why; try { await orders.GiveUpAsync(message); } catch (Exception) { log.LogError(\"not parked\"); }")]
    public Task Code_that_keeps_the_failure_for_certain(string statements) => HandlerTest.VerifyAsync<Rule>(Handler(statements));

    [Theory]
    [InlineData("await ParkAsync(message, exception); throw;")]
    [InlineData("await ParkAsync(message, exception); await orders.GiveUpAsync(message);")]
    [InlineData("if (!await TryParkAsync(message)) throw;")]
    public Task A_clause_that_does_not_rely_on_it(string statements) =>
        HandlerTest.VerifyAsync<Rule>(Handler("try { await orders.GiveUpAsync(message); } catch (Exception) { log.LogError(\"not parked\"); }", statements));

    /// <summary>A named condition may be dropped; then a note about it that gets lost is no loss of the message.</summary>
    [Theory]
    [InlineData("DuplicateOrderException exception)")]
    [InlineData("Exception exception) when (exception is DuplicateOrderException)")]
    public Task A_condition_that_may_be_dropped_need_not_be_kept(string clause) =>
        HandlerTest.VerifyAsync<Rule>(
            Handler("try { await orders.GiveUpAsync(message); } catch (Exception) { log.LogError(\"not noted\"); }")
                .Replace("catch (Exception exception)", $"catch ({clause}")
        );

    [Fact]
    public Task A_text_that_is_made_of_the_exception_for_the_log_is_given_to_nobody() =>
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
                    {|#0:catch|} (Exception exception)
                    {
                        var told = JsonSerializer.Serialize(exception.Message);
                        Console.WriteLine($"{message?.MessageId}: {told} {JsonSerializer.Serialize(message)}");
                    }
                }
            }
            """,
            Finding()
        );

    [Theory]
    [InlineData("await orders.GiveUpAsync(JsonSerializer.Serialize(message));")]
    [InlineData("var told = JsonSerializer.Serialize(exception.Message); await orders.GiveUpAsync(told);")]
    [InlineData("await orders.GiveUpAsync(new Parked { Body = JsonSerializer.Serialize(message), Queue = batch.Records.Count > 1 ? \"many\" : \"one\" });")]
    public Task A_text_that_is_made_of_the_message_for_a_store_is(string statement) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception exception)
                    {
                        log.LogError(exception, "failed");
                        {{statement}}
                    }
                }
            }

            private sealed class Parked { public string? Body { get; set; } public string? Queue { get; set; } }
            """
        );

    [Fact]
    public Task A_counter_that_is_only_told_and_returned() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public sealed record Outcome(int Shipped, int Failed);

            public async Task<Outcome> HandleAsync(SQSEvent batch)
            {
                return await ShipAllAsync(batch);
            }

            private async Task<Outcome> ShipAllAsync(SQSEvent batch)
            {
                var shipped = 0;
                var failed = 0;
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                        shipped++;
                    }
                    {|#0:catch|} (Exception exception)
                    {
                        log.LogError(exception, "failed");
                        failed++;
                    }
                }

                log.LogInformation($"{shipped} shipped, {failed} failed");
                return new Outcome(shipped, failed);
            }
            """,
            Finding(" Reached from 'HandleAsync' → 'OrdersFunction.ShipAllAsync'.")
        );

    [Theory]
    [InlineData("var outcome = await ShipAllAsync(batch); if (outcome.Failed > 0) throw new InvalidOperationException(); return outcome;")]
    [InlineData("var outcome = await ShipAllAsync(batch); outcome.EnsureNoneFailed(); return outcome;")]
    public Task A_counter_that_the_handler_looks_at(string statements) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<Outcome> HandleAsync(SQSEvent batch)
            {
                {{statements}}
            }

            public sealed record Outcome(int Shipped, int Failed)
            {
                public void EnsureNoneFailed() { if (Failed > 0) throw new InvalidOperationException(); }
            }

            private async Task<Outcome> ShipAllAsync(SQSEvent batch)
            {
                var shipped = 0;
                var failed = 0;
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                        shipped++;
                    }
                    catch (Exception exception)
                    {
                        log.LogError(exception, "failed");
                        failed++;
                    }
                }

                return new Outcome(shipped, failed);
            }
            """
        );

    /// <summary>What is returned as an object may be a response, unless it is made right there.</summary>
    [Fact]
    public Task An_answer_whose_type_is_not_known() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<object> HandleAsync(SQSEvent batch)
            {
                return await ShipAllAsync(batch);
            }

            private async Task<object> ShipAllAsync(SQSEvent batch)
            {
                var failed = 0;
                foreach (var message in batch.Records)
                {
                    try { await orders.ShipAsync(message.Body); }
                    catch (Exception) { failed++; }
                }

                object answer = new { failed };
                return answer;
            }
            """
        );

    /// <summary>A base class may read what its method is overridden to return.</summary>
    [Fact]
    public Task An_answer_to_a_base_class_may_be_read() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public sealed record Outcome(int Failed);

            public abstract class Pipeline { public abstract Task<Outcome> HandleAsync(SQSEvent batch); }

            public sealed class Shipping : Pipeline
            {
                private readonly IOrders orders = null!;

                public override async Task<Outcome> HandleAsync(SQSEvent batch)
                {
                    return await ShipAllAsync(batch);
                }

                private async Task<Outcome> ShipAllAsync(SQSEvent batch)
                {
                    var failed = 0;
                    foreach (var message in batch.Records)
                    {
                        try { await orders.ShipAsync(message.Body); }
                        catch (Exception) { failed++; }
                    }

                    return new Outcome(failed);
                }
            }
            """
        );

    /// <summary>The object gets its properties in an initializer, which the control flow takes apart.</summary>
    [Fact]
    public Task A_record_that_goes_on_in_an_object_with_properties() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            private readonly IPublisher publisher = new Publisher(null!);

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await PlacedAsync(message);
                    }
                    {|#0:catch|} (Exception exception)
                    {
                        log.LogError(exception.Message);
                    }
                }
            }

            private async Task PlacedAsync(SQSEvent.SQSMessage message)
            {
                var id = message.MessageId;
                if (id != null)
                    await publisher.PublishAsync(new Placed { Id = id });
            }

            public sealed class Placed { public string? Id { get; set; } }

            public interface IPublisher { Task PublishAsync(Placed placed); }

            public sealed class Publisher : IPublisher
            {
                private readonly IOrders channel;

                public Publisher(IOrders channel) => this.channel = channel;

                public Task PublishAsync(Placed placed) => channel.GiveUpAsync(placed);
            }
            """,
            Finding("")
        );

    private static string Handler(string park, string onFailure = "await ParkAsync(message, exception);") =>
        $$"""
            private readonly List<Exception> parked = new();
            private Exception? last;

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception exception)
                    {
                        {{onFailure}}
                    }
                }

                if (last is not null) throw last;
                if (parked.Count > 0) throw new AggregateException(parked);
            }

            private async Task ParkAsync(SQSEvent.SQSMessage message, Exception why)
            {
                await Task.Yield();
                {{park}}
            }

            private async Task<bool> TryParkAsync(SQSEvent.SQSMessage message)
            {
                try
                {
                    await orders.GiveUpAsync(message);
                    return true;
                }
                catch (Exception)
                {
                    return false;
                }
            }
            """;

    private static DiagnosticResult Finding(string path = "") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithArguments("the failed message", "HandleAsync", ReturnAResponse, path)
            .IgnoringAdditionalLocations();
}
