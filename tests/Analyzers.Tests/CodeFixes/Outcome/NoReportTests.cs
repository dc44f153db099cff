using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class NoReportTests
{
    [Fact]
    public Task An_interface_decides_the_return_type() =>
        ALO201.OffersNothingAsync(
            """
            public interface IHandler
            {
                Task HandleAsync(SQSEvent batch);
            }

            public class OrdersFunction : IHandler
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """
        );

    [Fact]
    public Task An_override_keeps_its_return_type() =>
        ALO201.OffersNothingAsync(
            """
            public abstract class Function
            {
                public abstract Task HandleAsync(SQSEvent batch);
            }

            public class OrdersFunction : Function
            {
                private readonly IOrders orders = null!;

                public override async Task [|HandleAsync|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_method_that_can_be_overridden_keeps_its_return_type() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public virtual async Task [|HandleAsync|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_result_that_somebody_uses_stays() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<bool> [|HandleAsync|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }

                    return true;
                }

                public async Task<string> WarmUpAsync() => await HandleAsync(new SQSEvent { Records = new() }) ? "yes" : "no";
            }
            """
        );

    [Fact]
    public Task A_result_that_is_worked_out_stays() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<string> [|HandleAsync|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }

                    return Describe(batch);
                }

                private static string Describe(SQSEvent batch) => $"{batch.Records.Count} done";
            }
            """
        );

    [Fact]
    public Task A_return_from_the_loop_leaves_records_untouched() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    foreach (var message in batch.Records)
                    {
                        if (message.Body == "end") return;
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_break_leaves_records_untouched() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    foreach (var message in batch.Records)
                    {
                        if (message.Body == "end") break;
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_task_that_is_awaited_after_the_loop_fails_there() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    var tasks = new List<Task>();
                    foreach (var message in batch.Records)
                    {
                        tasks.Add(orders.ShipAsync(message.Body));
                    }

                    await Task.WhenAll(tasks);
                }
            }
            """
        );

    [Fact]
    public Task A_pass_that_is_repeated_may_succeed_later() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    for (var attempt = 0; attempt < 3; attempt++)
                    {
                        foreach (var message in batch.Records)
                        {
                            await orders.ShipAsync(message.Body);
                        }
                    }
                }
            }
            """
        );

    [Fact]
    public Task Two_passes_share_their_records() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    foreach (var message in batch.Records)
                    {
                        orders.Ship(message.Body);
                    }

                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """
        );

    [Fact]
    public Task What_follows_the_loop_may_fail_too() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }

                    await orders.ShipAsync(batch.Records[0].Body);
                }
            }
            """
        );

    [Fact]
    public Task The_elements_of_the_loop_are_no_records() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    foreach (var order in batch.Records.Select(message => message.Body))
                    {
                        await orders.ShipAsync(order);
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_library_runs_the_records_in_parallel() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    await Parallel.ForEachAsync(batch.Records, async (message, token) => await orders.ShipAsync(message.Body));
                }
            }
            """
        );

    [Fact]
    public Task A_private_method_that_others_call_too_keeps_its_parameters() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    await ProcessAllAsync(batch);
                }

                private async Task ProcessAllAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }

                public Task AgainAsync(string why, SQSEvent batch) => ProcessAllAsync(batch);
            }
            """
        );

    [Fact]
    public Task A_public_method_keeps_its_parameters() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    await ProcessAllAsync(batch);
                }

                public async Task ProcessAllAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_method_with_optional_parameters_keeps_them() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    await ProcessAllAsync(batch);
                }

                private async Task ProcessAllAsync(SQSEvent batch, int attempts = 3)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_method_of_another_class_keeps_its_parameters() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly Shop shop = null!;

                public async Task [|HandleAsync|](SQSEvent batch) => await shop.ProcessAllAsync(batch);
            }

            public class Shop
            {
                private readonly IOrders orders = null!;

                public async Task ProcessAllAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_jump_in_another_configuration_would_not_compile() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch)
                {
            #if DRY_RUN
                    if (batch.Records.Count > 0) return;
            #endif
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_mapping_that_does_not_listen_would_delete_what_is_reported() =>
        ALO201.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """,
            template: Template.Standard
        );
}
