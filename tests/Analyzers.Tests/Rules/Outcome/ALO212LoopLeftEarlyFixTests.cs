using Verifier = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO212LoopLeftEarly,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO212LoopLeftEarlyFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO212LoopLeftEarlyFixTests
{
    private const string Key = "ALO212.ReportRest";
    private const string Entries = ".Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));";
    private const string FromHereOn = "failures.AddRange(batch.Records.SkipWhile(remaining => remaining != message)" + Entries;
    private const string BehindIt = "failures.AddRange(batch.Records.SkipWhile(remaining => remaining != message).Skip(1)" + Entries;
    private const string Ship = "await orders.ShipAsync(message.Body);";
    private const string Report = "failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });";

    // A failure that escapes would be another finding once the handler reports.
    private const string Work =
        "try\n            {\n                "
        + Ship
        + "\n            }\n            catch (Exception)\n            {\n                "
        + Report
        + "\n            }";

    [Theory]
    [InlineData("break;")]
    [InlineData("return new SQSBatchResponse(failures);")]
    public Task A_message_that_is_reported_is_reported_with_all_behind_it(string exit) => FixesAsync(Clause(Report, $"[|{exit}|]"), Clause(FromHereOn, exit));

    [Theory]
    [InlineData("break;")]
    [InlineData("return new SQSBatchResponse(failures);")]
    public Task A_loop_that_is_left_before_the_work_reports_from_the_message_on(string exit) =>
        FixesAsync(
            Handler($"if (Environment.TickCount64 > limit)\n                [|{exit}|]\n            {Work}"),
            Handler(
                $"if (Environment.TickCount64 > limit)\n            {{\n                {FromHereOn}\n                {exit}\n            }}\n            {Work}"
            )
        );

    [Fact]
    public Task A_loop_that_is_left_after_the_work_reports_what_is_behind_the_message() =>
        FixesAsync(
            Handler($"{Work}\n            if (Environment.TickCount64 > limit) [|break;|]"),
            Handler(
                $"{Work}\n            if (Environment.TickCount64 > limit)\n            {{\n                {BehindIt}\n                break;\n            }}"
            )
        );

    [Fact]
    public Task A_line_for_the_log_stays() =>
        FixesAsync(
            Handler(
                $"if (Environment.TickCount64 > limit)\n            {{\n                Console.WriteLine(\"late\");\n                [|break;|]\n            }}\n\n            {Work}"
            ),
            Handler(
                $"if (Environment.TickCount64 > limit)\n            {{\n                Console.WriteLine(\"late\");\n                {FromHereOn}\n                break;\n            }}\n\n            {Work}"
            )
        );

    [Theory]
    [InlineData("if (Environment.TickCount64 > limit)\n                [|break;|]\n            " + Work, "Skip(i)", true)]
    [InlineData(Work + "\n            if (Environment.TickCount64 > limit) [|break;|]", "Skip(i + 1)", false)]
    public Task A_loop_with_an_index_reports_by_it(string statements, string rest, bool isBefore)
    {
        var stop =
            $"if (Environment.TickCount64 > limit)\n            {{\n                failures.AddRange(batch.Records.{rest}{Entries}\n                break;\n            }}";
        return FixesAsync(Indexed(Handler(statements)), Indexed(Handler(isBefore ? $"{stop}\n            {Work}" : $"{Work}\n            {stop}")));
    }

    // The message may be the end that was waited for, or what stands in the way: nobody but a person knows whether it is done.
    [Theory]
    [InlineData("if (message.Body == \"stop\") [|break;|]\n            " + Work)]
    [InlineData("var order = message.Body;\n            if (order.Length == 0) [|break;|]\n            " + Work)]
    [InlineData(Work + "\n            limit--;\n            if (limit == 0) [|break;|]")]
    [InlineData(Work + "\n            if (Environment.TickCount64 > limit) [|break;|]\n            Console.WriteLine(message.MessageId);")]
    [InlineData("if (Environment.TickCount64 > limit) { limit = 0; [|break;|] }\n            " + Work)]
    [InlineData("if (Environment.TickCount64 > limit) [|break;|] else limit++;\n            " + Work)]
    [InlineData(Work + "\n            if (Environment.TickCount64 > limit) [|return new SQSBatchResponse();|]")]
    public Task Where_it_is_not_certain_nothing_is_offered(string statements) => Verifier.OffersNothingAsync(Handler(statements));

    [Fact]
    public Task A_record_that_is_named_by_a_variable_is_left_alone() =>
        Verifier.OffersNothingAsync(
            Clause("var id = message.MessageId; failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id });", "[|break;|]")
        );

    [Fact]
    public Task A_failure_that_escapes_would_be_another_finding() =>
        Verifier.OffersNothingAsync(Handler($"if (Environment.TickCount64 > limit) [|break;|]\n            {Ship}"));

    [Fact]
    public Task A_handler_that_returns_nothing_has_no_list() =>
        Verifier.OffersNothingAsync(
            $$"""
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task HandleAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        {{Ship}}
                        if (Environment.TickCount64 > 1000) [|return;|]
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_stream_is_told_the_first_record_that_is_not_done() =>
        Verifier.FixesWholeAsync(
            Key,
            Stream("if (Environment.TickCount64 > limit) [|break;|]\n            " + Keep),
            Stream(
                "if (Environment.TickCount64 > limit)\n            {\n                failures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber });\n                break;\n            }\n            "
                    + Keep
            )
        );

    // The record behind the last one has no number.
    [Fact]
    public Task A_stream_that_is_left_after_the_work_is_left_alone() =>
        Verifier.OffersNothingWholeAsync(Stream(Keep + "\n            if (Environment.TickCount64 > limit) [|break;|]"));

    private static Task FixesAsync(string code, string fixedCode) => Verifier.FixesAsync(Key, code, fixedCode);

    private static string Clause(string report, string exit) =>
        Handler(
            $$"""
            try
                        {
                            {{Ship}}
                        }
                        catch (Exception)
                        {
                            {{report}}
                            {{exit}}
                        }
            """
        );

    private static string Handler(string statements) =>
        $$"""
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;
                private long limit = 1000;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        {{statements}}
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """;

    private static string Indexed(string code) =>
        code.Replace("foreach (var message in batch.Records)", "for (var i = 0; i < batch.Records.Count; i++)", StringComparison.Ordinal)
            .Replace("(message.Body)", "(batch.Records[i].Body)", StringComparison.Ordinal)
            .Replace("= message.MessageId", "= batch.Records[i].MessageId", StringComparison.Ordinal);

    // What fails is kept elsewhere, so that nothing is reported.
    private const string Keep =
        "try\n            {\n                await store.PutAsync(record.EventId);\n            }\n            catch (Exception)\n            {\n                await store.KeepAsync(record);\n            }";

    private static string Stream(string statements) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using Amazon.Lambda.KinesisEvents;

            public interface IStore
            {
                Task PutAsync(string id);

                Task KeepAsync(KinesisEvent.KinesisEventRecord failed);
            }

            public class StreamFunction
            {
                private readonly IStore store = null!;
                private readonly long limit = 1000;

                public async Task<StreamsEventResponse> HandleAsync(KinesisEvent batch)
                {
                    var failures = new List<StreamsEventResponse.BatchItemFailure>();
                    foreach (var record in batch.Records)
                    {
                        {{statements}}
                    }

                    return new StreamsEventResponse { BatchItemFailures = failures };
                }
            }

            """;
}
