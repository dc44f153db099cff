using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

/// <summary>The frame around tests of time budgets: a handler's class beside look-alikes of the clients, and a template with the settings that matter.</summary>
internal static class TimeTest
{
    private const string Before = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using AWS.Lambda.Powertools.BatchProcessing;
        using AWS.Lambda.Powertools.BatchProcessing.Kinesis;
        using AWS.Lambda.Powertools.BatchProcessing.Sqs;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.KinesisEvents;
        using Amazon.Lambda.SQSEvents;
        using Amazon.Translate;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Http.Resilience;
        using Polly;

        namespace Shop;

        public interface IOrders
        {
            Task ShipAsync(string order);

            Task<bool> TryAsync(string order);
        }


        """;

    /// <summary>A template with a queue, a function and a mapping that reads reports.</summary>
    /// <param name="timeout">The function's timeout.</param>
    /// <param name="batchSize">The mapping's batch size.</param>
    /// <param name="visibility">The queue's visibility timeout.</param>
    /// <param name="window">The mapping's batching window.</param>
    /// <param name="reports">Whether the mapping reads reports.</param>
    /// <param name="settings">More settings of the function.</param>
    public static string Template(
        string timeout = "30",
        string batchSize = "10",
        string visibility = "300",
        string window = "0",
        bool reports = true,
        string settings = ""
    ) =>
        $$"""
            Transform: AWS::Serverless-2016-10-31
            Parameters: { Unknown: { Type: Number }, Seconds: { Type: Number, Default: 30 } }
            Conditions: { IsLive: !Equals [!Ref Unknown, 1] }
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties: { VisibilityTimeout: {{visibility}} }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Shop::Shop.OrdersFunction::HandleAsync
                  Runtime: dotnet10
                  Timeout: {{timeout}}
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        BatchSize: {{batchSize}}
                        MaximumBatchingWindowInSeconds: {{window}}
            {{(reports ? "            FunctionResponseTypes: [ReportBatchItemFailures]" : "")}}
            {{(settings.Length > 0 ? "      " + settings : "")}}
            """;

    /// <summary>A handler that reports, and works on each message by these statements.</summary>
    public static string Reporting(string statements, string members = "", string loop = "foreach", string parameters = "SQSEvent batch") =>
        $$"""
            public class OrdersFunction
            {
                {{members.ReplaceLineEndings("\n    ")}}

                public async Task<SQSBatchResponse> HandleAsync({{parameters}})
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    {{loop}} (var message in batch.Records)
                    {
                        try
                        {
                            await Task.Yield();
                            {{statements.ReplaceLineEndings("\n                ")}}
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

    /// <summary>A handler that hands its batch to Powertools by a call, with a record handler that works on each message by these statements.</summary>
    /// <param name="statements">The work on one message.</param>
    /// <param name="arguments">What is passed behind the record handler.</param>
    /// <param name="members">Members of the record handler.</param>
    /// <param name="call">The call's name.</param>
    /// <param name="before">Statements before the call.</param>
    /// <param name="parameters">The parameters of the handler.</param>
    public static string ByPowertools(
        string statements,
        string arguments = "",
        string members = "",
        string call = "ProcessAsync",
        string before = "",
        string parameters = "SQSEvent batch"
    ) =>
        $$"""
            public class OrdersFunction
            {
                public async Task<BatchItemFailuresResponse> HandleAsync({{parameters}})
                {
                    {{before}}
                    var result = await SqsBatchProcessor.Instance.{{call}}(batch, new OrderHandler(){{arguments}});
                    return result.BatchItemFailuresResponse;
                }
            }

            {{OrderHandler(statements, members)}}
            """;

    /// <summary>A handler that hands its batch to Powertools by an attribute.</summary>
    public static string ByAttribute(string statements, string members = "", string settings = "", string opening = "", string closing = "") =>
        $$"""
            public class OrdersFunction
            {
                [{{opening}}BatchProcessor(RecordHandler = typeof(OrderHandler){{settings}}){{closing}}]
                public BatchItemFailuresResponse HandleAsync(SQSEvent batch) => SqsBatchProcessor.Result.BatchItemFailuresResponse;
            }

            {{OrderHandler(statements, members)}}
            """;

    private static string OrderHandler(string statements, string members) =>
        $$"""
            public class OrderHandler : ISqsRecordHandler
            {
                {{members.ReplaceLineEndings("\n    ")}}

                public async Task<RecordHandlerResult> HandleAsync(SQSEvent.SQSMessage message, CancellationToken cancellationToken)
                {
                    await Task.Yield();
                    {{statements.ReplaceLineEndings("\n        ")}}
                    return RecordHandlerResult.None;
                }
            }
            """;

    /// <summary>Analyses these types with that template; null for none.</summary>
    public static Task VerifyAsync<TRule>(string types, string? template, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new() => Test<TRule>(types, template, expected).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>The test that <see cref="VerifyAsync{TRule}"/> runs, for further settings.</summary>
    public static CSharpAnalyzerTest<TRule> Test<TRule>(string types, string? template, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(("OrdersFunction.cs", Before + types.ReplaceLineEndings("\n") + "\n"));
        test.TestState.AdditionalReferences.Add(LookAlikes.Reference);
        if (template is not null)
            test.TestState.AdditionalFiles.Add(("template.yaml", template));
        foreach (var result in expected)
            test.ExpectedDiagnostics.Add(result.IgnoringAdditionalLocations());
        return test;
    }
}
