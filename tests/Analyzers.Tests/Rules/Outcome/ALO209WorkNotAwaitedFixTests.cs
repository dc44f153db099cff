using ALO209 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO209WorkNotAwaited,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO209WorkNotAwaitedFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO209WorkNotAwaitedFixTests
{
    private const string Key = "ALO209.Await";

    [Fact]
    public Task A_discarded_task() => FixesAsync("_ = [|orders.ShipAsync(message.Body)|]; // ship", "await orders.ShipAsync(message.Body); // ship");

    [Fact]
    public Task A_bare_call() =>
        FixesAsync("[|orders.ShipAsync(message.Body).ConfigureAwait(false)|];", "await orders.ShipAsync(message.Body).ConfigureAwait(false);");

    [Fact]
    public Task Task_Run() => FixesAsync("_ = [|Task.Run(() => orders.Ship(message.Body))|];", "await Task.Run(() => orders.Ship(message.Body));");

    [Fact]
    public Task A_variable_may_have_been_meant_for_something() => OffersNothingAsync(Loop("var shipping = [|orders.ShipAsync(message.Body)|];"));

    [Fact]
    public Task Where_the_exception_would_then_return_the_whole_batch() =>
        OffersNothingAsync(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                await Task.Yield();
                foreach (var message in batch.Records) _ = [|orders.ShipAsync(message.Body)|];
            }
            """
        );

    [Fact]
    public Task A_method_that_is_not_asynchronous() =>
        OffersNothingAsync(
            """
            public void Handle(SQSEvent batch)
            {
                foreach (var message in batch.Records) _ = [|orders.ShipAsync(message.Body)|];
            }
            """
        );

    [Fact]
    public Task A_method_that_is_async_void() =>
        OffersNothingAsync(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                await Task.Yield();
                [|batch.Records.ForEach(async message => await orders.ShipAsync(message.Body))|];
            }
            """
        );

    private static Task FixesAsync(string before, string after) => ALO209.FixesAsync(Key, Class(Loop(before)), Class(Loop(after)));

    private static Task OffersNothingAsync(string members) => ALO209.OffersNothingAsync(Class(members));

    private static string Loop(string statement) =>
        $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                await Task.Yield();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        {{statement}}
                    }
                    catch (Exception)
                    {
                        failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(failures);
            }
            """;

    private static string Class(string members) => $"public class OrdersFunction\n{{\n    private readonly IOrders orders = null!;\n\n{members}\n}}\n";
}
