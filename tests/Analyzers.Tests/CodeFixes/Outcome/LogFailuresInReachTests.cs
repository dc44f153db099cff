using static AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome.HandlerOfOrders;
using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

/// <summary>What a clause that a fix writes can read at its place, and how it names the exception.</summary>
public sealed class LogFailuresInReachTests
{
    [Fact]
    public Task A_context_that_cannot_be_read_is_not_at_hand() =>
        new HandlerOfOrders { Member = "public ILambdaContext Context { set { } }" }.LogsAsync(ToConsole);

    [Theory]
    [InlineData("ILambdaContext? context")]
    [InlineData("ILambdaContext context = null!")]
    public Task A_context_that_may_be_null_is_not_at_hand(string parameter) =>
        new HandlerOfOrders { Parameters = $"SQSEvent batch, {parameter}" }.LogsAsync(ToConsole);

    [Theory]
    [InlineData("context?.Logger.LogInformation(batch.Records.Count.ToString());")]
    [InlineData("if (context != null) context.Logger.LogInformation(batch.Records.Count.ToString());")]
    [InlineData("if (context is { } known) known.Logger.LogInformation(batch.Records.Count.ToString());")]
    [InlineData("var known = context ?? throw new ArgumentNullException(nameof(context));")]
    public Task A_context_that_is_asked_for_null_is_not_at_hand(string asks) =>
        new HandlerOfOrders { Parameters = "SQSEvent batch, ILambdaContext context", Before = asks }.LogsAsync(ToConsole);

    [Fact]
    public Task A_member_that_this_is_asked_for_null_is_not_at_hand() =>
        new HandlerOfOrders
        {
            Member = "private readonly ILambdaLogger log = null!;",
            Before = "this.log?.LogInformation(batch.Records.Count.ToString());",
        }.LogsAsync(ToConsole);

    [Fact]
    public Task A_context_whose_name_says_that_it_is_not_used_is_not_used() =>
        new HandlerOfOrders { Parameters = "SQSEvent batch, ILambdaContext _" }.LogsAsync(ToConsole);

    [Fact]
    public Task A_name_that_is_a_keyword_is_written_as_a_name() =>
        new HandlerOfOrders { Parameters = "SQSEvent batch, ILambdaContext @base" }.LogsAsync($"@base.Logger.LogError({Text});");

    [Fact]
    public Task A_method_that_is_not_given_the_context_does_not_reach_it() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context) => await ShipAllAsync(batch);

                private async Task ShipAllAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    await ShipAllAsync(batch, batchItemFailures);
                    return new SQSBatchResponse(batchItemFailures);
                }

                private async Task ShipAllAsync(SQSEvent batch, List<SQSBatchResponse.BatchItemFailure> batchItemFailures)
                {
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }
                }
            }
            """
        );

    [Theory]
    [InlineData("private readonly ILambdaLogger log = null!;", ToConsole)]
    [InlineData("private static readonly ILambdaLogger log = null!;", ToLambdaLogger)]
    public Task A_static_handler_reaches_what_is_static(string member, string log) =>
        new HandlerOfOrders { Member = member, Modifier = "static " }.LogsAsync(log);

    [Theory]
    [InlineData("private readonly ILambdaLogger log = null!;", ToConsole)]
    [InlineData("private static readonly ILambdaLogger log = null!;", ToLambdaLogger)]
    public Task A_class_inside_another_reaches_what_is_static_there(string member, string log) =>
        new HandlerOfOrders { Opening = $"public class Functions\n{{\n    {member}\n\n", Closing = "\n}" }.LogsAsync(log);

    [Theory]
    [InlineData("class", ToLambdaLogger)]
    [InlineData("struct", ToConsole)]
    public Task A_lambda_reaches_its_instance_unless_that_is_a_value(string kind, string log) =>
        ALO201.FixesAsync(
            "ALO201.Report",
            $$"""
            public {{kind}} OrdersFunction
            {
                private static readonly IOrders orders = null!;
                private readonly ILambdaLogger log = null!;

                public OrdersFunction() { }

                public void [|Handle|](SQSEvent batch)
                {
                    batch.Records.ForEach(message => orders.Ship(message.Body));
                }
            }
            """,
            $$"""
            public {{kind}} OrdersFunction
            {
                private static readonly IOrders orders = null!;
                private readonly ILambdaLogger log = null!;

                public OrdersFunction() { }

                public SQSBatchResponse Handle(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    batch.Records.ForEach(message =>
                    {
                        try
                        {
                            orders.Ship(message.Body);
                        }
                        catch (Exception exception)
                        {
                            {{log}}
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    });
                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Theory]
    [InlineData("", ToContext)]
    [InlineData("static ", ToConsole)]
    public Task A_static_lambda_reaches_nothing_around_it(string modifier, string log) =>
        ALO201.FixesAsync(
            "ALO201.Report",
            $$"""
            public static class OrdersFunction
            {
                public static IOrders Orders { get; set; } = null!;

                public static async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    await Task.WhenAll(batch.Records.Select({{modifier}}async message =>
                    {
                        await Orders.ShipAsync(message.Body);
                    }));
                }
            }
            """,
            $$"""
            public static class OrdersFunction
            {
                public static IOrders Orders { get; set; } = null!;

                public static async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    var results = await Task.WhenAll(batch.Records.Select({{modifier}}async message =>
                    {
                        try
                        {
                            await Orders.ShipAsync(message.Body);
                            return null;
                        }
                        catch (Exception exception)
                        {
                            {{log}}
                            return new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId };
                        }
                    }));
                    batchItemFailures.AddRange(results.OfType<SQSBatchResponse.BatchItemFailure>());
                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Theory]
    [InlineData("Exception? exception = null;", "")]
    [InlineData("", "Exception? exception = null; Console.Write(exception);")]
    public Task A_name_that_is_taken_around_the_work_is_not_used_again(string before, string after) =>
        new HandlerOfOrders { Before = before, After = after }.LogsAsync(
            """Console.Error.WriteLine($"Message {message.MessageId} failed: {exception1}");""",
            "exception1"
        );

    [Fact]
    public Task A_name_that_a_field_has_is_not_used_again() =>
        new HandlerOfOrders { Member = "private readonly Exception? exception = null;" }.LogsAsync(
            """Console.Error.WriteLine($"Message {message.MessageId} failed: {exception1}");""",
            "exception1"
        );

    [Fact]
    public Task A_name_that_ends_with_the_work_can_be_used_again() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        Exception? exception = null;
                        await orders.ShipAsync(message.Body + exception);
                    }
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            Exception? exception = null;
                            await orders.ShipAsync(message.Body + exception);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );
}
