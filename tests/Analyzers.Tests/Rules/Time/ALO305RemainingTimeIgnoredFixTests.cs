using AtLeastOnce.TestKit;
using Verifier = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Time.ALO305RemainingTimeIgnored,
    AtLeastOnce.CodeFixes.Rules.Time.ALO305RemainingTimeIgnoredFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

public sealed class ALO305RemainingTimeIgnoredFixTests
{
    private const string Key = "ALO305.StopInTime";

    private const string Stop = """
        if (context.RemainingTime < TimeSpan.FromSeconds(5))
        {
            failures.AddRange(batch.Records.SkipWhile(remaining => remaining != message).Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));
            break;
        }


        """;

    [Fact]
    public Task The_loop_stops_and_reports_the_rest() =>
        FixesAsync(Handler("[|foreach|]", "SQSEvent batch, ILambdaContext context"), Handler("foreach", "SQSEvent batch, ILambdaContext context", Stop));

    [Fact]
    public Task A_handler_without_a_context_is_given_one() =>
        FixesAsync(Handler("[|foreach|]", "SQSEvent batch"), Handler("foreach", "SQSEvent batch, ILambdaContext context", Stop));

    [Fact]
    public Task The_list_of_a_response_takes_the_rest() =>
        FixesAsync(
            OfResponse(Handler("[|foreach|]", "SQSEvent batch, ILambdaContext lambda")),
            OfResponse(Handler("foreach", "SQSEvent batch, ILambdaContext lambda", Stop.Replace("context.", "lambda.", StringComparison.Ordinal)))
        );

    [Fact]
    public Task A_loop_with_an_index_reports_from_the_index_on() =>
        FixesAsync(Indexed("[|for|]", ""), Indexed("for", Stop.Replace("SkipWhile(remaining => remaining != message)", "Skip(i)", StringComparison.Ordinal)));

    [Fact]
    public Task The_margin_can_be_set() =>
        Verifier.FixesWholeAsync(
            Key,
            Imports + Handler("[|foreach|]", "SQSEvent batch, ILambdaContext context"),
            Imports + Handler("foreach", "SQSEvent batch, ILambdaContext context", Stop.Replace("(5)", "(12)", StringComparison.Ordinal)),
            Deployed,
            change: test => test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Editor().Option("alo305.margin_seconds", "12"))
        );

    [Fact]
    public Task A_stream_is_told_the_first_record_that_is_not_done() =>
        Verifier.FixesWholeAsync(Key, Stream("[|foreach|]", ""), Stream("foreach", StreamStop), DeployedStream);

    [Fact]
    public Task A_handler_that_others_call_gets_no_parameter() =>
        Verifier.OffersNothingWholeAsync(
            Imports
                + Handler("[|foreach|]", "SQSEvent batch")
                + "\npublic static class Caller\n{\n    public static Task CallAsync(OrdersFunction function, SQSEvent batch) => function.HandleAsync(batch);\n}\n",
            Deployed
        );

    [Fact]
    public Task Records_that_were_put_in_another_form_cannot_be_named() =>
        Verifier.OffersNothingWholeAsync(
            Imports
                + Handler("[|foreach|]", "SQSEvent batch, ILambdaContext context")
                    .Replace("in batch.Records", "in batch.Records.OrderBy(message => message.MessageId)", StringComparison.Ordinal),
            Deployed
        );

    [Fact]
    public Task A_function_that_has_less_time_than_the_margin_is_left_alone() =>
        Verifier.OffersNothingWholeAsync(
            Imports + Handler("[|foreach|]", "SQSEvent batch, ILambdaContext context"),
            Deployed.Replace("Timeout: 30", "Timeout: 5", StringComparison.Ordinal)
        );

    private const string Imports = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.SQSEvents;


        """;

    private const string StreamStop = """
        if (context.RemainingTime < TimeSpan.FromSeconds(5))
        {
            failures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber });
            break;
        }


        """;

    internal const string Deployed = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          OrdersQueue: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 180 } }
          OrdersFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: TestProject::OrdersFunction::HandleAsync
              Runtime: dotnet8
              Timeout: 30
              Events:
                Orders:
                  Type: SQS
                  Properties: { Queue: !GetAtt OrdersQueue.Arn, FunctionResponseTypes: [ReportBatchItemFailures] }
        """;

    private const string DeployedStream = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Clicks: { Type: AWS::Kinesis::Stream }
          ClicksFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: TestProject::StreamFunction::HandleAsync
              Runtime: dotnet8
              Timeout: 30
              Events:
                Clicks:
                  Type: Kinesis
                  Properties: { Stream: !GetAtt Clicks.Arn, StartingPosition: LATEST, FunctionResponseTypes: [ReportBatchItemFailures] }
        """;

    private static Task FixesAsync(string code, string fixedCode) => Verifier.FixesWholeAsync(Key, Imports + code, Imports + fixedCode, Deployed);

    private static string OfResponse(string code) =>
        code.Replace("var failures = new List<SQSBatchResponse.BatchItemFailure>();", "var response = new SQSBatchResponse();", StringComparison.Ordinal)
            .Replace("failures.Add", "response.BatchItemFailures.Add", StringComparison.Ordinal)
            .Replace("return new SQSBatchResponse(failures);", "return response;", StringComparison.Ordinal);

    private static string Handler(string loop, string parameters, string stop = "") =>
        $$"""
            public class OrdersFunction
            {
                private readonly HttpClient http;

                public OrdersFunction(HttpClient http) => this.http = http;

                public async Task<SQSBatchResponse> HandleAsync({{parameters}})
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    {{loop}} (var message in batch.Records)
                    {
                        {{Indented(stop)}}try
                        {
                            (await http.GetAsync(message.Body)).EnsureSuccessStatusCode();
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }

            """;

    private static string Indexed(string loop, string stop) =>
        Handler(loop, "SQSEvent batch, ILambdaContext context", stop)
            .Replace("(var message in batch.Records)", "(var i = 0; i < batch.Records.Count; i++)", StringComparison.Ordinal)
            .Replace("message.Body", "batch.Records[i].Body", StringComparison.Ordinal)
            .Replace("= message.MessageId", "= batch.Records[i].MessageId", StringComparison.Ordinal);

    private static string Stream(string loop, string stop) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Net.Http;
            using System.Threading.Tasks;
            using Amazon.Lambda.Core;
            using Amazon.Lambda.KinesisEvents;

            public class StreamFunction
            {
                private readonly HttpClient http;

                public StreamFunction(HttpClient http) => this.http = http;

                public async Task<StreamsEventResponse> HandleAsync(KinesisEvent batch, ILambdaContext context)
                {
                    var failures = new List<StreamsEventResponse.BatchItemFailure>();
                    {{loop}} (var record in batch.Records)
                    {
                        {{Indented(stop)}}try
                        {
                            (await http.GetAsync(record.EventId)).EnsureSuccessStatusCode();
                        }
                        catch (Exception)
                        {
                            failures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber });
                            break;
                        }
                    }

                    return new StreamsEventResponse { BatchItemFailures = failures };
                }
            }

            """;

    private static string Indented(string stop) =>
        stop.Length == 0
            ? ""
            : stop.Replace("\n\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Replace("\n", "\n            ", StringComparison.Ordinal) + "\n\n            ";
}
