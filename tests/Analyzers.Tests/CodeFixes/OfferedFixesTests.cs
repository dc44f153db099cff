using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;
using ALO203 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO203ReportExpectedButNeverMade,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO203ReportExpectedButNeverMadeFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes;

/// <summary>Which fixes are offered, in which order, and that "fix all" does what single fixes do.</summary>
public sealed class OfferedFixesTests
{
    private const string Code = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Amazon.Lambda.SQSEvents;

        public class OrdersFunction
        {
            public void [|HandleAsync|](SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    System.IO.File.WriteAllText(message.MessageId, message.Body);
                }
            }
        }

        """;

    private const string Reports = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Amazon.Lambda.SQSEvents;

        public class OrdersFunction
        {
            public SQSBatchResponse HandleAsync(SQSEvent batch)
            {
                var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        System.IO.File.WriteAllText(message.MessageId, message.Body);
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

        """;

    private const string Stops = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Amazon.Lambda.SQSEvents;

        public class OrdersFunction
        {
            public SQSBatchResponse HandleAsync(SQSEvent batch)
            {
                var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        System.IO.File.WriteAllText(message.MessageId, message.Body);
                    }
                    catch (Exception exception)
                    {
                        Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                        batchItemFailures.AddRange(batch.Records.SkipWhile(remaining => remaining != message).Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));
                        break;
                    }
                }

                return new SQSBatchResponse(batchItemFailures);
            }
        }

        """;

    [Fact]
    public async Task A_queue_of_unknown_type_is_offered_both_ways()
    {
        await ALO201.FixesWholeAsync("ALO201.Report", Code, Reports, change: test => test.CodeActionIndex = 0);
        await ALO201.FixesWholeAsync("ALO201.StopAndReportRest", Code, Stops, change: test => test.CodeActionIndex = 1);
    }

    [Fact]
    public async Task A_standard_queue_is_offered_to_go_on_only()
    {
        await ALO203.FixesWholeAsync("ALO203.Report", Code, Reports, Template.Reporting);
        await ALO203.OffersNothingWholeAsync(Code, Template.Reporting, key: "ALO203.StopAndReportRest");
    }

    [Fact]
    public async Task A_FIFO_queue_is_offered_to_stop_only()
    {
        await ALO203.FixesWholeAsync("ALO203.StopAndReportRest", Code, Stops, Template.ReportingFifo);
        await ALO203.OffersNothingWholeAsync(Code, Template.ReportingFifo, key: "ALO203.Report");
    }

    [Fact]
    public Task Fix_all_rewrites_the_handlers_of_all_files() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            Code,
            Reports,
            change: test =>
            {
                test.TestState.Sources.Add(Code.Replace("OrdersFunction", "RefundsFunction"));
                test.FixedState.Sources.Add(Reports.Replace("OrdersFunction", "RefundsFunction"));
            }
        );

    [Fact]
    public Task Fix_all_rewrites_two_handlers_of_one_file()
    {
        return ALO201.FixesWholeAsync("ALO201.Report", WithSecondClass(Code), WithSecondClass(Reports));

        static string WithSecondClass(string code) =>
            code + "\n" + code[code.IndexOf("public class", StringComparison.Ordinal)..].Replace("OrdersFunction", "RefundsFunction");
    }

    [Fact]
    public Task Line_ends_of_Windows_stay() => ALO201.FixesWholeAsync("ALO201.Report", Code.ReplaceLineEndings("\r\n"), Reports.ReplaceLineEndings("\r\n"));

    [Fact]
    public Task A_project_without_nullable_annotations_is_fixed_alike() =>
        ALO201.FixesWholeAsync("ALO201.Report", Code, Reports, change: test => test.NullableContextOptions = NullableContextOptions.Disable);

    [Fact]
    public Task Imports_for_the_whole_project_are_not_repeated() =>
        ALO201.FixesWholeAsync(
            "ALO201.StopAndReportRest",
            WithoutImports(Code),
            WithoutImports(Stops),
            change: test =>
            {
                test.TestState.Sources.Add("global using System;\nglobal using System.Collections.Generic;\nglobal using System.Linq;\n");
                test.FixedState.Sources.Add("global using System;\nglobal using System.Collections.Generic;\nglobal using System.Linq;\n");
            }
        );

    [Fact]
    public Task A_caller_that_waits_for_the_handler_still_compiles() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            Code,
            Reports,
            change: test =>
            {
                const string Caller =
                    "public class WarmUp\n{\n    private readonly OrdersFunction function = null!;\n    public void Run() => function.HandleAsync(new());\n}\n";
                test.TestState.Sources.Add(Caller);
                test.FixedState.Sources.Add(Caller);
            }
        );

    [Fact]
    public Task A_caller_in_another_file_that_would_no_longer_compile_forbids_the_fix() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            Code,
            Code,
            change: test =>
            {
                const string Caller =
                    "public class WarmUp\n{\n    private readonly OrdersFunction function = null!;\n    public System.Action<Amazon.Lambda.SQSEvents.SQSEvent> Run => function.HandleAsync;\n}\n";
                test.TestState.Sources.Add(Caller);
                test.FixedState.Sources.Add(Caller);
            }
        );

    private static string WithoutImports(string code) => code.Replace("using System;\nusing System.Collections.Generic;\nusing System.Linq;\n", "");
}
