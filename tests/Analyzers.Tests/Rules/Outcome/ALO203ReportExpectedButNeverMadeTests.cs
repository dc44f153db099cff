using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO203ReportExpectedButNeverMade;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO203ReportExpectedButNeverMadeTests
{
    private const string NoResponse = """
        public async Task {|#0:HandleAsync|}(SQSEvent batch)
        {
            foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
        }
        """;

    private const string EmptyResponse = """
        public async Task<SQSBatchResponse> {|#0:HandleAsync|}(SQSEvent batch)
        {
            var failures = new List<SQSBatchResponse.BatchItemFailure>();
            foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
            return new SQSBatchResponse(failures);
        }
        """;

    [Theory]
    [InlineData(NoResponse)]
    [InlineData(EmptyResponse)]
    public Task The_switch_does_nothing(string members) => HandlerTest.VerifyAsync<Rule>(members, Marked(HandlerTest.Reports), Finding("template.yaml(26,36)"));

    [Fact]
    public Task Written_as_a_list() =>
        HandlerTest.VerifyAsync<Rule>(
            NoResponse,
            Marked("FunctionResponseTypes:\n  - ReportBatchItemFailures", "- ReportBatchItemFailures"),
            Finding("template.yaml(27,15)")
        );

    [Fact]
    public Task A_comment_of_the_template_silences_it() =>
        HandlerTest.VerifyAsync<Rule>(
            NoResponse.Replace("{|#0:HandleAsync|}", "HandleAsync", StringComparison.Ordinal),
            HandlerTest.Template(HandlerTest.Reports + " # alo:disable ALO203 the handler is being rewritten")
        );

    [Fact]
    public Task A_handler_that_reports() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var response = new SQSBatchResponse();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                        response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                return response;
            }
            """,
            HandlerTest.Template(HandlerTest.Reports)
        );

    [Fact]
    public Task A_list_that_is_filled_where_it_cannot_be_seen() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public interface IProcessor
            {
                Task ProcessAsync(SQSEvent batch, List<SQSBatchResponse.BatchItemFailure> failures);
            }

            public IProcessor? Processor { get; set; }

            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                await Processor!.ProcessAsync(batch, failures);
                return new SQSBatchResponse(failures);
            }
            """,
            HandlerTest.Template(HandlerTest.Reports)
        );

    [Fact]
    public Task A_body_that_cannot_fail() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public SQSBatchResponse HandleAsync(SQSEvent batch)
            {
                log.LogInformation($"{batch.Records.Count} messages");
                return new SQSBatchResponse();
            }
            """,
            HandlerTest.Template(HandlerTest.Reports)
        );

    [Theory]
    [InlineData("BatchSize: 1\n" + HandlerTest.Reports)]
    [InlineData("BatchSize: !ImportValue Size\n" + HandlerTest.Reports)]
    [InlineData("FunctionResponseTypes: !ImportValue Types")]
    [InlineData("")]
    public Task Single_records_unknown_values_and_no_switch(string properties) =>
        HandlerTest.VerifyAsync<Rule>(Unmarked(NoResponse), HandlerTest.Template(properties));

    [Fact]
    public Task A_swallowed_failure_is_another_rule() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                    }
                }
            }
            """,
            HandlerTest.Template(HandlerTest.Reports)
        );

    [Fact]
    public Task Powertools_makes_the_response() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            [AWS.Lambda.Powertools.BatchProcessing.BatchProcessor(RecordHandler = typeof(OrdersFunction))]
            public AWS.Lambda.Powertools.BatchProcessing.BatchItemFailuresResponse HandleAsync(SQSEvent _) =>
                AWS.Lambda.Powertools.BatchProcessing.Sqs.SqsBatchProcessor.Result.BatchItemFailuresResponse;
            """,
            HandlerTest.Template(HandlerTest.Reports)
        );

    [Fact]
    public Task Messaging_makes_the_response() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public AWS.Messaging.Lambda.ILambdaMessaging? Messaging { get; set; }

            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context) => await Messaging!.ProcessLambdaEventWithBatchResponseAsync(batch, context);
            """,
            HandlerTest.Template(HandlerTest.Reports)
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = "public class Function { public void HandleAsync(string batch) => int.Parse(batch); }",
            ReferenceAssemblies = References.None,
        };
        test.TestState.AdditionalFiles.Add(("template.yaml", HandlerTest.Template(HandlerTest.Reports)));
        await test.RunAsync();
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>("public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch) => ", HandlerTest.Template(HandlerTest.Reports));
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    private static string Unmarked(string members) => members.Replace("{|#0:", "").Replace("|}", "");

    // The value of the switch is the additional location of the finding.
    private static string Marked(string properties, string value = "[ReportBatchItemFailures]") =>
        HandlerTest.Template(properties.Replace(value, $"{{|#1:{value}|}}"));

    private static DiagnosticResult Finding(string place) =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("HandleAsync", "Orders", $" ({place})", "");
}
