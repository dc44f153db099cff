using AtLeastOnce.TestKit;
using static AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome.HandlerOfOrders;
using ALO205 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO205FailureEscapes,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO205FailureEscapesFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

/// <summary>A clause that a fix writes keeps the exception in the log, in the way that the code at hand offers.</summary>
public sealed class LogFailuresTests
{
    private const string ToLogger = """logger.LogError(exception, "Message {MessageId} failed", message.MessageId);""";
    private const string Logging = "\nusing Microsoft.Extensions.Logging;";

    // What the package Microsoft.Extensions.Logging.Abstractions holds, as far as it matters.
    private const string LoggerTypes = """
        namespace Microsoft.Extensions.Logging
        {
            public interface ILogger
            {
            }

            public interface ILogger<out TCategoryName> : ILogger
            {
            }
        }

        """;

    private const string LoggerExtensions = """
        namespace Microsoft.Extensions.Logging
        {
            public static class LoggerExtensions
            {
                public static void LogError(this ILogger logger, string? message, params object?[] args)
                {
                }

                public static void LogError(this ILogger logger, System.Exception? exception, string? message, params object?[] args)
                {
                }
            }
        }

        """;

    [Fact]
    public Task The_context_goes_before_a_logger() =>
        new HandlerOfOrders { Member = "private readonly ILambdaLogger log = null!;", Parameters = "SQSEvent batch, ILambdaContext context" }.LogsAsync(
            ToContext
        );

    [Fact]
    public Task A_parameter_goes_before_a_field() =>
        new HandlerOfOrders { Member = "private readonly ILambdaContext context = null!;", Parameters = "SQSEvent batch, ILambdaContext invocation" }.LogsAsync(
            $"invocation.Logger.LogError({Text});"
        );

    [Fact]
    public Task A_context_in_a_field() => new HandlerOfOrders { Member = "private ILambdaContext context = null!;" }.LogsAsync(ToContext);

    [Fact]
    public Task A_context_in_a_property() =>
        new HandlerOfOrders { Member = "public ILambdaContext Context { get; set; } = null!;" }.LogsAsync($"Context.Logger.LogError({Text});");

    [Fact]
    public Task A_logger_of_Lambda() => new HandlerOfOrders { Member = "private readonly ILambdaLogger log = null!;" }.LogsAsync(ToLambdaLogger);

    [Fact]
    public Task A_context_and_a_logger_without_levels_take_lines() =>
        new HandlerOfOrders
        {
            Parameters = "SQSEvent batch, ILambdaContext context",
            Types = """
                namespace Amazon.Lambda.Core
                {
                    public interface ILambdaContext
                    {
                        ILambdaLogger Logger { get; }
                    }

                    public interface ILambdaLogger
                    {
                        void Log(string message);

                        void LogLine(string message);
                    }
                }

                """,
            References = References.With("Amazon.Lambda.SQSEvents"),
        }.LogsAsync($"context.Logger.LogLine({Text});");

    [Fact]
    public Task A_logger_with_a_category() =>
        new HandlerOfOrders
        {
            Member = "private readonly ILogger<OrdersFunction> logger = null!;",
            Types = LoggerTypes + LoggerExtensions,
            Import = Logging,
        }.LogsAsync(ToLogger);

    [Fact]
    public Task A_logger_without_a_category_whose_extensions_are_not_imported() =>
        new HandlerOfOrders
        {
            Member = "private readonly Microsoft.Extensions.Logging.ILogger logger = null!;",
            Types = LoggerTypes + LoggerExtensions,
            NewImport = Logging,
        }.LogsAsync(ToLogger);

    [Fact]
    public Task A_logger_that_is_a_parameter() =>
        new HandlerOfOrders
        {
            Member = "[Amazon.Lambda.Annotations.LambdaFunction, Amazon.Lambda.Annotations.SQS.SQSEvent(\"@OrdersQueue\")]",
            Parameters = "[Amazon.Lambda.Annotations.FromServices] ILogger logger, SQSEvent batch",
            Types = LoggerTypes + LoggerExtensions,
            Import = Logging,
        }.LogsAsync(ToLogger);

    [Fact]
    public Task A_logger_without_a_method_for_exceptions_is_not_at_hand() =>
        new HandlerOfOrders
        {
            Member = "private readonly ILogger<OrdersFunction> logger = null!;",
            Types = LoggerTypes + LoggerExtensions.Replace("System.Exception? exception", "int id", StringComparison.Ordinal),
            Import = Logging,
        }.LogsAsync(ToConsole);

    [Fact]
    public Task A_logger_without_extensions_leaves_it_to_the_next_one() =>
        new HandlerOfOrders
        {
            Member = "private readonly ILogger<OrdersFunction> logger = null!; private readonly ILambdaLogger log = null!;",
            Types = LoggerTypes,
            Import = Logging,
        }.LogsAsync(ToLambdaLogger);

    [Fact]
    public Task A_logger_of_the_base_class() =>
        new HandlerOfOrders
        {
            Name = "OrdersFunction : FunctionBase",
            Types = """
                public abstract class FunctionBase
                {
                    protected Amazon.Lambda.Core.ILambdaLogger Log { get; } = null!;

                    private Amazon.Lambda.Core.ILambdaContext Context { get; } = null!;
                }

                """,
        }.LogsAsync($"Log.LogError({Text});");

    [Fact]
    public Task A_member_that_is_called_like_the_console_is_told_apart() =>
        new HandlerOfOrders { Member = "private readonly System.IO.TextWriter Console = null!;" }.LogsAsync($"System.{ToConsole}");

    [Fact]
    public Task A_clause_that_takes_everything_already_is_left_to_its_author() =>
        ALO205.FixesAsync(
            "ALO205.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        var order = [|JsonSerializer.Deserialize<string>(message.Body)|]!;
                        try
                        {
                            await orders.ShipAsync(order);
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            var order = JsonSerializer.Deserialize<string>(message.Body)!;
                            await orders.ShipAsync(order);
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );
}
