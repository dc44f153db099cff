using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO215MessageHandledByHand;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO215MessageHandledByHandTests
{
    private const string Before = "before 'ShipAsync' has worked on it";
    private const string Also = "also when 'ShipAsync' has failed";

    [Theory]
    [InlineData("await {|#0:sqs.DeleteMessageAsync(url, message.ReceiptHandle)|}; await orders.ShipAsync(message.Body);", Before)]
    [InlineData(
        "await {|#0:sqs.DeleteMessageAsync(new DeleteMessageRequest { ReceiptHandle = message.ReceiptHandle })|}; await orders.ShipAsync(message.Body);",
        Before
    )]
    [InlineData(
        "var request = new DeleteMessageRequest { ReceiptHandle = message.ReceiptHandle }; await {|#0:sqs.DeleteMessageAsync(request)|}; await orders.ShipAsync(message.Body);",
        Before
    )]
    [InlineData("try { await {|#0:sqs.DeleteMessageAsync(url, message.ReceiptHandle)|}; } finally { } await orders.ShipAsync(message.Body);", Before)]
    [InlineData("try { await orders.ShipAsync(message.Body); } finally { await {|#0:sqs.DeleteMessageAsync(url, message.ReceiptHandle)|}; }", Also)]
    // The work is done, was never begun, is dropped on purpose, or something decides.
    [InlineData("await orders.ShipAsync(message.Body); await sqs.DeleteMessageAsync(url, message.ReceiptHandle);", null)]
    [InlineData("await orders.ShipAsync(message.Body); await sqs.DeleteMessageAsync(url, message.ReceiptHandle); Console.WriteLine(message.MessageId);", null)]
    [InlineData(
        "if (message.Body == \"\") { await sqs.DeleteMessageAsync(url, message.ReceiptHandle); continue; } await orders.ShipAsync(message.Body);",
        null
    )]
    [InlineData("if (message.Body == \"\") await sqs.DeleteMessageAsync(url, message.ReceiptHandle); else await orders.ShipAsync(message.Body);", null)]
    [InlineData("try { await orders.ShipAsync(message.Body); } catch (FormatException) { await sqs.DeleteMessageAsync(url, message.ReceiptHandle); }", null)]
    [InlineData(
        "try { await orders.ShipAsync(message.Body); done = true; } finally { if (done) await sqs.DeleteMessageAsync(url, message.ReceiptHandle); }",
        null
    )]
    [InlineData("await sqs.DeleteMessageAsync(url, \"another\"); await orders.ShipAsync(message.Body);", null)]
    [InlineData("await mine.DeleteMessageAsync(url, message.ReceiptHandle); await orders.ShipAsync(message.Body);", null)]
    public Task Messages_that_are_deleted(string work, string? when) =>
        VerifyAsync(
            Loop("var done = false; _ = done; " + work),
            when is null
                ? []
                :
                [
                    Finding(
                        $"'DeleteMessageAsync' deletes the message {when}: when that fails, nothing delivers the message again, whatever 'HandleAsync' reports. Leave it to Lambda, which deletes what is not reported."
                    ),
                ]
        );

    [Theory]
    [InlineData(
        "try { await orders.ShipAsync(message.Body); } catch (Exception) { await {|#0:sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 300)|}; }",
        true
    )]
    [InlineData(
        "try { await orders.ShipAsync(message.Body); } catch (Exception) { await {|#0:sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 0)|}; continue; }",
        true
    )]
    [InlineData(
        "if (message.Body == \"\") { await {|#0:sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 300)|}; continue; } await orders.ShipAsync(message.Body);",
        true
    )]
    [InlineData("if (!await orders.TryShipAsync(message.Body)) await {|#0:sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 300)|};", true)]
    // Reported, thrown, remembered; a heartbeat before the work; done after it.
    [InlineData(
        "try { await orders.ShipAsync(message.Body); } catch (Exception) { await sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 300); failures.Add(new() { ItemIdentifier = message.MessageId }); }",
        false
    )]
    [InlineData(
        "try { await orders.ShipAsync(message.Body); } catch (Exception) { failures.Add(new() { ItemIdentifier = message.MessageId }); await sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 300); }",
        false
    )]
    [InlineData(
        "try { await orders.ShipAsync(message.Body); } catch (Exception) { await sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 300); throw; }",
        false
    )]
    [InlineData(
        "var failed = false; try { await orders.ShipAsync(message.Body); } catch (Exception) { failed = true; await sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 300); } if (failed) throw new Exception();",
        false
    )]
    [InlineData(
        "if (message.Body.Length > 9) await sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 900); await orders.ShipAsync(message.Body);",
        false
    )]
    [InlineData("await sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 900); await orders.ShipAsync(message.Body);", false)]
    [InlineData("await orders.ShipAsync(message.Body); await sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 0);", false)]
    [InlineData("while (message.Body == \"\") { await sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 300); }", false)]
    public Task Messages_that_are_put_off(string work, bool isFound) => VerifyAsync(Loop(work), isFound ? [PutOff("Report it as failed")] : []);

    [Fact]
    public Task A_helper_without_a_result_in_a_handler_that_cannot_report() =>
        VerifyAsync(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) await ProcessAsync(message);
            }

            private async Task ProcessAsync(SQSEvent.SQSMessage message)
            {
                try
                {
                    await orders.ShipAsync(message.Body);
                }
                catch (Exception)
                {
                    await {|#0:sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 300)|};
                }
            }
            """,
            PutOff("Return SQSBatchResponse and report it as failed, or throw", " Reached from 'HandleAsync' → 'OrdersFunction.ProcessAsync'.")
        );

    [Fact]
    public Task A_helper_whose_caller_may_report() =>
        VerifyAsync(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                        await BackOffAsync(message);
                        failures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                return new(failures);
            }

            private async Task BackOffAsync(SQSEvent.SQSMessage message)
            {
                if (message.Body.Length > 0) await sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 300);
            }
            """
        );

    [Fact]
    public Task Nothing_is_said_without_the_packages() =>
        new CSharpAnalyzerTest<Rule>
        {
            TestCode =
                "public class Function { public void Handle(string handle, Client sqs) { sqs.DeleteMessage(handle); } } public class Client { public void DeleteMessage(string handle) { } }",
            ReferenceAssemblies = References.None,
        }.RunAsync();

    [Fact]
    public Task Incomplete_code() =>
        VerifyAsync(
            "public async Task HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { await sqs.{|CS1061:DeleteMessagesAsync|}(message.ReceiptHandle); await orders.ShipAsync(message.Body) {|CS1002:}|} }"
        );

    private static string Loop(string work) =>
        $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    {{work}}
                }

                return new SQSBatchResponse(failures);
            }
            """;

    private static DiagnosticResult PutOff(string remedy, string path = "") =>
        Finding(
            $"'ChangeMessageVisibilityAsync' puts the message off, but 'HandleAsync' goes on without reporting it: it returns normally, so Lambda deletes the message, whatever its visibility timeout is. {remedy}.{path}"
        );

    private static DiagnosticResult Finding(string message) =>
        new DiagnosticResult("ALO215", DiagnosticSeverity.Warning).WithLocation(0).WithMessage(message).IgnoringAdditionalLocations();

    private static Task VerifyAsync(string members, params DiagnosticResult[] expected)
    {
        var test = HandlerTest.Test<Rule>(
            """
            private readonly Amazon.SQS.IAmazonSQS sqs = null!;
            private readonly Mine mine = null!;
            private readonly string url = "";

            public class Mine { public Task DeleteMessageAsync(string url, string handle) => Task.CompletedTask; }

            """ + members.Replace("DeleteMessageRequest", "Amazon.SQS.Model.DeleteMessageRequest", StringComparison.Ordinal),
            null,
            expected
        );
        test.TestState.AdditionalReferences.Add(LookAlikes.Reference);
        return test.RunAsync();
    }
}
