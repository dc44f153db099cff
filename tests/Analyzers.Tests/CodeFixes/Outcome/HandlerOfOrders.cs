using AtLeastOnce.TestKit;
using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

/// <summary>A file with a handler whose loop the fix covers.</summary>
internal sealed record HandlerOfOrders
{
    /// <summary>The failure in words.</summary>
    public const string Text = "$\"Message {message.MessageId} failed: {exception}\"";

    public const string ToContext = $"context.Logger.LogError({Text});";

    public const string ToLambdaLogger = $"log.LogError({Text});";

    public const string ToConsole = $"Console.Error.WriteLine({Text});";

    public string Name { get; init; } = "OrdersFunction";

    public string Member { get; init; } = "";

    public string Modifier { get; init; } = "";

    public string Parameters { get; init; } = "SQSEvent batch";

    /// <summary>Statements before the loop.</summary>
    public string Before { get; init; } = "";

    /// <summary>Statements after the loop.</summary>
    public string After { get; init; } = "";

    /// <summary>What stands around the class.</summary>
    public string Opening { get; init; } = "";

    /// <inheritdoc cref="Opening"/>
    public string Closing { get; init; } = "";

    /// <summary>Types in another file.</summary>
    public string Types { get; init; } = "";

    public string Import { get; init; } = "";

    /// <summary>An import that the fix adds.</summary>
    public string NewImport { get; init; } = "";

    public References References { get; init; } = References.Default;

    private string Flawed =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using Amazon.Lambda.Core;
            using Amazon.Lambda.SQSEvents;{{Import}}

            {{Opening}}public class {{Name}}
            {
                private static readonly IOrders orders = null!;
                {{Member}}

                public {{Modifier}}async Task [|HandleAsync|]({{Parameters}})
                {
                    {{Before}}
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    {{After}}
                }
            }{{Closing}}

            public interface IOrders
            {
                Task ShipAsync(string order);
            }

            """;

    /// <summary>The clause that the fix writes logs by that statement.</summary>
    public Task LogsAsync(string log, string exception = "exception") =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            Flawed,
            Fixed(log, exception),
            change: test =>
            {
                test.ReferenceAssemblies = References;
                test.TestState.Sources.Add(Types);
                test.FixedState.Sources.Add(Types);
            }
        );

    private string Fixed(string log, string exception) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using Amazon.Lambda.Core;
            using Amazon.Lambda.SQSEvents;{{Import}}{{NewImport}}

            {{Opening}}public class {{Name}}
            {
                private static readonly IOrders orders = null!;
                {{Member}}

                public {{Modifier}}async Task<SQSBatchResponse> HandleAsync({{Parameters}})
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    {{Before}}
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception {{exception}})
                        {
                            {{log}}
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }
                    {{After}}{{(After.Length == 0 ? "\n" : "")}}
                    return new SQSBatchResponse(batchItemFailures);
                }
            }{{Closing}}

            public interface IOrders
            {
                Task ShipAsync(string order);
            }

            """;
}
