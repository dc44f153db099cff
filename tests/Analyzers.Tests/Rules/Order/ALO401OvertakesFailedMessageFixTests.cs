using AtLeastOnce.Analyzers.Tests.CodeFixes;
using Verifier = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Order.ALO401OvertakesFailedMessage,
    AtLeastOnce.CodeFixes.Rules.Order.ALO401OvertakesFailedMessageFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Order;

public sealed class ALO401OvertakesFailedMessageFixTests
{
    private const string Key = "ALO401.StopAndReportRest";
    private const string Add = "failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });";

    private const string AddRest =
        "failures.AddRange(batch.Records.SkipWhile(remaining => remaining != message).Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));";

    [Fact]
    public Task The_clause_stops_and_reports_the_rest() => FixesAsync(Clause($"{Add}"), Clause($"{AddRest}\n                break;"));

    [Fact]
    public Task A_continue_becomes_a_break() => FixesAsync(Clause($"{Add}\n                continue;"), Clause($"{AddRest}\n                break;"));

    [Fact]
    public Task Of_a_group_only_the_rest_of_the_group_is_reported() =>
        FixesAsync(Grouped($"{Add}"), Grouped($"{AddRest.Replace("batch.Records.", "group.", StringComparison.Ordinal)}\n                    break;"));

    [Fact]
    public Task A_loop_with_an_index_reports_from_the_index_on() =>
        FixesAsync(
            Handler(
                """
                for (var i = 0; i < batch.Records.Count; i++)
                {
                    try
                    {
                        await orders.ShipAsync(batch.Records[i].Body);
                    }
                    [|catch|] (Exception)
                    {
                        failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = batch.Records[i].MessageId });
                    }
                }
                """
            ),
            Handler(
                """
                for (var i = 0; i < batch.Records.Count; i++)
                {
                    try
                    {
                        await orders.ShipAsync(batch.Records[i].Body);
                    }
                    catch (Exception)
                    {
                        failures.AddRange(batch.Records.Skip(i).Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));
                        break;
                    }
                }
                """
            )
        );

    [Fact]
    public Task The_list_of_a_response_takes_the_rest() =>
        FixesAsync(
            Clause($"{Add}")
                .Replace("failures.Add", "response.BatchItemFailures.Add", StringComparison.Ordinal)
                .Replace(List, Response, StringComparison.Ordinal)
                .Replace("return new SQSBatchResponse(failures)", "return response", StringComparison.Ordinal),
            Clause($"{AddRest}\n                break;")
                .Replace("failures.Add", "response.BatchItemFailures.Add", StringComparison.Ordinal)
                .Replace(List, Response, StringComparison.Ordinal)
                .Replace("return new SQSBatchResponse(failures)", "return response", StringComparison.Ordinal)
        );

    [Fact]
    public Task A_loop_stops_after_a_method_that_says_it_failed() => FixesAsync(Asking(Add), Asking($"{AddRest}\n            break;"));

    [Fact]
    public Task Powertools_is_told_to_stop() =>
        FixesAsync(Powertools("[|", "ContinueOnBatchItemFailure", "|]"), Powertools("", "StopOnFirstBatchItemFailure", ""));

    [Fact]
    public Task What_follows_for_the_record_is_not_left_out() =>
        Verifier.OffersNothingAsync(
            Clause($"{Add}")
                .Replace("            }\n        }\n\n", "            }\n\n            orders.Ship(\"\");\n        }\n\n", StringComparison.Ordinal),
            Template.ReportingFifo
        );

    [Fact]
    public Task A_report_beside_other_work_is_left_alone() =>
        Verifier.OffersNothingAsync(Clause($"{Add}\n                orders.ToString();"), Template.ReportingFifo);

    private const string List = "var failures = new List<SQSBatchResponse.BatchItemFailure>();";
    private const string Response = "var response = new SQSBatchResponse();";

    private static Task FixesAsync(string code, string fixedCode) =>
        Verifier.FixesAsync(Key, code, fixedCode.Replace("[|catch|]", "catch", StringComparison.Ordinal), Template.ReportingFifo);

    private static string Clause(string clause) =>
        $$"""
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    {{List}}
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        [|catch|] (Exception)
                        {
                            {{clause}}
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """;

    private static string Powertools(string open, string policy, string close) =>
        $$"""
            public class OrdersFunction
            {
                [{{open}}AWS.Lambda.Powertools.BatchProcessing.BatchProcessor(
                    RecordHandler = typeof(OrdersFunction),
                    ErrorHandlingPolicy = AWS.Lambda.Powertools.BatchProcessing.BatchProcessorErrorHandlingPolicy.{{policy}}
                ){{close}}]
                public AWS.Lambda.Powertools.BatchProcessing.BatchItemFailuresResponse HandleAsync(SQSEvent _) =>
                    AWS.Lambda.Powertools.BatchProcessing.Sqs.SqsBatchProcessor.Result.BatchItemFailuresResponse;
            }
            """;

    private static string Asking(string report) =>
        Handler(
                $$"""
                foreach (var message in batch.Records)
                {
                    if (!await TryAsync(message))
                    {
                        {{report.Replace("\n        ", "\n    ", StringComparison.Ordinal)}}
                    }
                }
                """
            )
            .TrimEnd('}')
        + """

                private async Task<bool> TryAsync(SQSEvent.SQSMessage message)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                        return true;
                    }
                    [|catch|] (Exception)
                    {
                        return false;
                    }
                }
            }
            """;

    private static string Grouped(string clause) =>
        Handler(
            $$"""
            foreach (var group in batch.Records.GroupBy(message => message.Attributes["MessageGroupId"]))
            {
                foreach (var message in group)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    [|catch|] (Exception)
                    {
                        {{clause.Replace("\n        ", "\n", StringComparison.Ordinal)}}
                    }
                }
            }
            """
        );

    private static string Handler(string loop) =>
        $$"""
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    {{List}}
                    {{loop.Replace("\n", "\n        ", StringComparison.Ordinal)}}

                    return new SQSBatchResponse(failures);
                }
            }
            """;
}
