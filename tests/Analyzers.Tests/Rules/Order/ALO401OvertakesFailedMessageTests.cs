using AtLeastOnce.TestKit;
using static AtLeastOnce.Analyzers.Tests.Rules.Order.OrderTest;
using Rule = AtLeastOnce.Analyzers.Rules.Order.ALO401OvertakesFailedMessage;

namespace AtLeastOnce.Analyzers.Tests.Rules.Order;

public sealed class ALO401OvertakesFailedMessageTests
{
    private const string Options = "root = true\n\n[*.cs]\nalo.queues_are_fifo = ";

    private static readonly string GoesOn = Loop(Try("{|#0:catch|} (Exception)", $"failures.Add({Entry});"));

    [Fact]
    public Task A_clause_that_reports_and_goes_on() => HandlerTest.VerifyAsync<Rule>(GoesOn, Fifo, Finding());

    [Fact]
    public Task The_message_says_what_happens_to_which_messages() =>
        HandlerTest.VerifyAsync<Rule>(
            GoesOn,
            Fifo,
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithMessage(
                    "'HandleAsync' goes on after a failed message of the FIFO queue 'OrdersQueue': the messages behind it in its group are processed and deleted before it comes again, "
                        + "so their order is lost. Stop at the first failure and report it with all messages that were not processed."
                )
        );

    [Fact]
    public Task Continue_is_no_stop() =>
        HandlerTest.VerifyAsync<Rule>(Loop(Try("{|#0:catch|} (Exception)", $"failures.Add({Entry}); continue;") + "\nlog.LogLine(\"done\");"), Fifo, Finding());

    [Fact]
    public Task A_loop_with_an_index() =>
        HandlerTest.VerifyAsync<Rule>(
            Loop(Try("{|#0:catch|} (Exception)", $"failures.Add({Entry});"), loop: "for (var i = 0; i < batch.Records.Count; i++)")
                .Replace("try", "var message = batch.Records[i]; try", StringComparison.Ordinal),
            Fifo,
            Finding()
        );

    [Fact]
    public Task A_method_that_says_whether_it_succeeded() =>
        HandlerTest.VerifyAsync<Rule>(
            Loop($"if (!await TryAsync(message)) failures.Add({Entry});")
                + """

                private async Task<bool> TryAsync(SQSEvent.SQSMessage message)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                        return true;
                    }
                    {|#0:catch|} (Exception)
                    {
                        return false;
                    }
                }
                """,
            Fifo,
            Finding(" Reached from 'HandleAsync' → 'OrdersFunction.TryAsync'.")
        );

    [Fact]
    public Task A_method_that_reports_by_itself() =>
        HandlerTest.VerifyAsync<Rule>(
            Loop("await ShipAsync(message, failures);")
                + """

                private async Task ShipAsync(SQSEvent.SQSMessage message, List<SQSBatchResponse.BatchItemFailure> failures)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    {|#0:catch|} (Exception)
                    {
                        failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }
                """,
            Fifo,
            Finding(" Reached from 'HandleAsync' → 'OrdersFunction.ShipAsync'.")
        );

    [Fact]
    public Task The_loop_over_one_group() =>
        HandlerTest.VerifyAsync<Rule>(
            Loop(
                "foreach (var message in group) {\n" + Try("{|#0:catch|} (Exception)", $"failures.Add({Entry});") + "\n}",
                loop: "foreach (var group in batch.Records.GroupBy(m => m.Attributes[\"MessageGroupId\"]))"
            ),
            Fifo,
            Finding()
        );

    [Fact]
    public Task Each_of_two_clauses_that_go_on() =>
        HandlerTest.VerifyAsync<Rule>(
            Loop(Try("{|#0:catch|} (TimeoutException)", $"failures.Add({Entry});", "{|#1:catch|} (Exception)")),
            Fifo,
            Finding(),
            Finding(location: 1)
        );

    public static TheoryData<string> Stops { get; } =
        new(
            Loop(Try("catch (Exception)", $"failures.AddRange(batch.Records.SkipWhile(m => m != message).Select(m => {Entry})); break;")),
            Loop(Try("catch (Exception)", $"failures.Add({Entry}); return new SQSBatchResponse(failures);")),
            Loop(Try("catch (Exception)", $"failures.Add({Entry}); throw;")),
            Loop("if (failures.Count > 0) { failures.Add(" + Entry + "); continue; }\n" + Try("catch (Exception)", $"failures.Add({Entry});")),
            Loop(
                "if (failed) { failures.Add(" + Entry + "); continue; }\n" + Try("catch (Exception)", $"failures.Add({Entry}); failed = true;"),
                "var failed = false;"
            ),
            Loop(
                "var group = message.Attributes[\"MessageGroupId\"];\nif (stopped.Contains(group)) { failures.Add("
                    + Entry
                    + "); continue; }\n"
                    + Try("catch (Exception)", $"failures.Add({Entry}); stopped.Add(group);"),
                "var stopped = new HashSet<string>();"
            ),
            // The shape of an account whose commands wait.
            Loop(
                """
                var group = message.Attributes["MessageGroupId"];
                if (!stopped.Contains(group))
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                        continue;
                    }
                    catch (Exception)
                    {
                        stopped.Add(group);
                    }
                }

                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                """,
                "var stopped = new HashSet<string>();"
            ),
            Loop(Try("catch (Exception)", $"failures.Add({Entry}); failed = true;") + "\nif (failed) break;", "var failed = false;"),
            Loop(Try("catch (Exception)", $"failures.Add({Entry}); i = batch.Records.Count;"), loop: "for (var i = 0; i < batch.Records.Count; i++)")
                .Replace("try", "var message = batch.Records[i]; try", StringComparison.Ordinal),
            Loop($"if (!await orders.TryShipAsync(message.Body)) {{ failures.Add({Entry}); break; }}"),
            Loop(
                Try("catch (Exception)", $"failures.Add({Entry}); stopped.Add(message.Attributes[\"MessageGroupId\"]);"),
                "var stopped = new HashSet<string>();",
                "foreach (var message in batch.Records.Where(m => !stopped.Contains(m.Attributes[\"MessageGroupId\"])))"
            ),
            Loop(
                "foreach (var message in group) {\n" + Try("catch (Exception)", $"failures.Add({Entry}); break;") + "\n}",
                loop: "foreach (var group in batch.Records.GroupBy(m => m.Attributes[\"MessageGroupId\"]))"
            ),
            // Stopped groups are kept in the class, and looked at by another method.
            Loop("await ShipAsync(message, failures);")
                + """

                private readonly HashSet<string> stopped = new HashSet<string>();

                private async Task ShipAsync(SQSEvent.SQSMessage message, List<SQSBatchResponse.BatchItemFailure> failures)
                {
                    if (stopped.Contains(message.Attributes["MessageGroupId"]))
                    {
                        failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        return;
                    }

                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                        failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        stopped.Add(message.Attributes["MessageGroupId"]);
                    }
                }
                """,
            // The clause around the loop takes the failure when the loop is over.
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                try
                {
                    foreach (var message in batch.Records)
                        await orders.ShipAsync(message.Body);
                }
                catch (Exception)
                {
                    failures.AddRange(batch.Records.Select(m => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = m.MessageId }));
                }

                return new SQSBatchResponse(failures);
            }
            """
        );

    [Theory]
    [MemberData(nameof(Stops))]
    public Task What_stops_or_may_stop_has_none(string members) => HandlerTest.VerifyAsync<Rule>(members, Fifo);

    [Fact]
    public Task A_swallowed_failure_is_another_rules() => HandlerTest.VerifyAsync<Rule>(Loop(Try("catch (Exception)", "log.LogLine(message.Body);")), Fifo);

    [Fact]
    public Task A_standard_queue_has_none() => HandlerTest.VerifyAsync<Rule>(Plain(GoesOn), HandlerTest.Template(HandlerTest.Reports));

    [Fact]
    public Task A_queue_of_unknown_type_has_none() => HandlerTest.VerifyAsync<Rule>(Plain(GoesOn));

    [Fact]
    public Task A_message_group_proves_nothing() =>
        HandlerTest.VerifyAsync<Rule>(Plain(GoesOn).Replace("try", "var group = message.Attributes[\"MessageGroupId\"]; try", StringComparison.Ordinal));

    [Fact]
    public Task A_batch_of_one_has_none() => HandlerTest.VerifyAsync<Rule>(Plain(GoesOn), FifoWith(HandlerTest.Reports + "\nBatchSize: 1"));

    [Fact]
    public Task The_ARN_of_a_queue_elsewhere_tells() =>
        HandlerTest.VerifyAsync<Rule>(
            GoesOn,
            HandlerTest
                .Template(HandlerTest.Reports)
                .Replace("!GetAtt OrdersQueue.Arn", "arn:aws:sqs:eu-central-1:123456789012:orders.fifo", StringComparison.Ordinal),
            Finding(queue: "a FIFO queue")
        );

    [Fact]
    public Task The_ARN_in_an_attribute_tells() =>
        HandlerTest.VerifyAsync<Rule>(
            "[Amazon.Lambda.Annotations.LambdaFunction]\n[Amazon.Lambda.Annotations.SQS.SQSEvent(\"arn:aws:sqs:eu-central-1:123456789012:orders.fifo\")]\n"
                + GoesOn,
            Finding(queue: "a FIFO queue")
        );

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("yes", false)]
    public async Task The_configuration_tells_where_nothing_else_does(string value, bool isFound)
    {
        var test = HandlerTest.Test<Rule>(isFound ? GoesOn : Plain(GoesOn), null, isFound ? [Finding(queue: "a FIFO queue")] : []);
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", Options + value + "\n"));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_template_wins_over_the_configuration()
    {
        var test = HandlerTest.Test<Rule>(Plain(GoesOn), HandlerTest.Template(HandlerTest.Reports));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", Options + "true\n"));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("ContinueOnBatchItemFailure", true)]
    [InlineData("StopOnFirstBatchItemFailure", false)]
    [InlineData("DeriveFromEvent", false)]
    public Task Powertools_goes_on_when_told_to(string policy, bool isFound)
    {
        var attribute =
            $"AWS.Lambda.Powertools.BatchProcessing.BatchProcessor(RecordHandler = typeof(OrdersFunction), ErrorHandlingPolicy = AWS.Lambda.Powertools.BatchProcessing.BatchProcessorErrorHandlingPolicy.{policy})";
        return HandlerTest.VerifyAsync<Rule>(
            $$"""
            [{{(isFound ? "{|#0:" + attribute + "|}" : attribute)}}]
            public AWS.Lambda.Powertools.BatchProcessing.BatchItemFailuresResponse HandleAsync(SQSEvent _) =>
                AWS.Lambda.Powertools.BatchProcessing.Sqs.SqsBatchProcessor.Result.BatchItemFailuresResponse;
            """,
            Fifo,
            isFound ? [Finding()] : []
        );
    }

    [Fact]
    public async Task A_look_alike_of_the_event_has_none()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = """
                using System;
                using System.Collections.Generic;

                public class SQSEvent { public List<string> Records; }

                public class OrdersFunction
                {
                    public List<string> HandleAsync(SQSEvent batch)
                    {
                        var failures = new List<string>();
                        foreach (var message in batch.Records)
                        {
                            try { System.IO.File.Delete(message); } catch (Exception) { failures.Add(message); }
                        }

                        return failures;
                    }
                }

                """,
        };
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>(
            "public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { try { await orders.ShipAsync( } catch (Exception",
            Fifo
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Try(string head, string clause, string? second = null) =>
        $"try {{ await orders.ShipAsync(message.Body); }} {head} {{ {clause} }}" + (second is null ? "" : $" {second} {{ {clause} }}");

    private static string Plain(string marked) => marked.Replace("{|#0:catch|}", "catch", StringComparison.Ordinal);

    private static DiagnosticResult Finding(string path = "", string queue = "the FIFO queue 'OrdersQueue'", int location = 0) =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(location).WithArguments("HandleAsync", queue, path);
}
