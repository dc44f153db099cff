using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Order;

/// <summary>Handlers whose source keeps an order: a FIFO queue, or a stream.</summary>
internal static class OrderTest
{
    /// <summary>A template with a FIFO queue.</summary>
    public static readonly string Fifo = FifoWith(HandlerTest.Reports);

    /// <summary>A template with a FIFO queue whose mapping has these properties.</summary>
    public static string FifoWith(string eventProperties) =>
        HandlerTest
            .Template(eventProperties)
            .Replace("      VisibilityTimeout: 180", "      FifoQueue: true\n      VisibilityTimeout: 180", StringComparison.Ordinal);

    /// <summary>A handler that reports, with this in its loop over the messages.</summary>
    public static string Loop(string body, string before = "", string loop = "foreach (var message in batch.Records)") =>
        $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                {{before}}
                {{loop}}
                {
                    {{body}}
                }

                return new SQSBatchResponse(failures);
            }
            """;

    /// <summary>The entry of a message.</summary>
    public const string Entry = "new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId }";

    /// <summary>Analyses a file with a class <c>StreamFunction</c> of these members, whose <c>store</c> puts what it is given somewhere.</summary>
    public static CSharpAnalyzerTest<TRule> OfStream<TRule>(string members, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule> { AssemblyName = "Shop", TestCode = StreamCode(members) };
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }

    /// <summary>The file of <see cref="OfStream"/>.</summary>
    public static string StreamCode(string members) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using Amazon.Lambda.DynamoDBEvents;
            using Amazon.Lambda.KinesisEvents;
            using AWS.Lambda.Powertools.BatchProcessing;
            using AWS.Lambda.Powertools.BatchProcessing.Kinesis;
            using StreamsEventResponse = Amazon.Lambda.KinesisEvents.StreamsEventResponse;

            public interface IStore
            {
                Task PutAsync(object value);
            }

            public class StreamFunction
            {
                private readonly IStore store;

                public StreamFunction(IStore store) => this.store = store;

                {{members.Replace("\n", "\n    ", StringComparison.Ordinal).Replace("\n    \n", "\n\n", StringComparison.Ordinal)}}
            }

            """;
}
