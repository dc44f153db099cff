using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>The frame around tests of effects: a handler's class beside look-alikes of the AWS clients, which no package at hand declares.</summary>
internal static class EffectTest
{
    private const string Before = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Text.Json;
        using System.Threading.Tasks;
        using Amazon.DynamoDBv2;
        using Amazon.DynamoDBv2.Model;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.SQSEvents;
        using Amazon.SQS;
        using Amazon.SQS.Model;

        namespace Shop;

        public sealed record Order(string Id, int Quantity);

        public class OrdersFunction
        {
            private readonly IAmazonDynamoDB dynamo = null!;
            private readonly IAmazonSQS sqs = null!;
            private readonly HttpClient http = new();
            private readonly ILambdaLogger log = null!;


        """;

    /// <summary>The AWS clients.</summary>
    public const string Clients = """
        using System.Collections.Generic;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Amazon.DynamoDBv2.Model
        {
            public class AttributeValue
            {
                public AttributeValue() { }
                public AttributeValue(string s) => S = s;
                public string S { get; set; } = null!;
                public string N { get; set; } = null!;
                public List<string> SS { get; set; } = null!;
            }

            public class ConditionalCheckFailedException : System.Exception { }

            public class PutItemRequest
            {
                public string TableName { get; set; } = null!;
                public Dictionary<string, AttributeValue> Item { get; set; } = null!;
                public string ConditionExpression { get; set; } = null!;
                public Dictionary<string, AttributeValue> ExpressionAttributeValues { get; set; } = null!;
            }

            public class UpdateItemRequest
            {
                public string TableName { get; set; } = null!;
                public Dictionary<string, AttributeValue> Key { get; set; } = null!;
                public string UpdateExpression { get; set; } = null!;
                public string ConditionExpression { get; set; } = null!;
                public Dictionary<string, string> ExpressionAttributeNames { get; set; } = null!;
                public Dictionary<string, AttributeValue> ExpressionAttributeValues { get; set; } = null!;
            }

            public class GetItemRequest
            {
                public string TableName { get; set; } = null!;
                public Dictionary<string, AttributeValue> Key { get; set; } = null!;
            }

            public class GetItemResponse
            {
                public bool IsItemSet { get; set; }
                public Dictionary<string, AttributeValue> Item { get; set; } = null!;
            }
        }

        namespace Amazon.DynamoDBv2
        {
            using Amazon.DynamoDBv2.Model;

            public interface IAmazonDynamoDB
            {
                Task<object> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default);
                Task<object> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default);
                Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default);
            }
        }

        namespace Amazon.SQS.Model
        {
            public class SendMessageRequest
            {
                public string QueueUrl { get; set; } = null!;
                public string MessageBody { get; set; } = null!;
                public string MessageGroupId { get; set; } = null!;
                public string MessageDeduplicationId { get; set; } = null!;
            }
        }

        namespace Amazon.SQS
        {
            using Amazon.SQS.Model;

            public interface IAmazonSQS
            {
                Task<object> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default);
                Task<object> SendMessageAsync(string queueUrl, string messageBody, CancellationToken cancellationToken = default);
            }
        }
        """;

    /// <summary>Analyses the class with these members.</summary>
    public static Task VerifyAsync<TRule>(string members, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new() => Test<TRule>(members, expected).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>The test that <see cref="VerifyAsync{TRule}"/> runs, for further settings.</summary>
    public static CSharpAnalyzerTest<TRule> Test<TRule>(string members, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(
            ("OrdersFunction.cs", Before + string.Concat(members.Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n")) + "}\n")
        );
        test.TestState.Sources.Add(("Clients.cs", "#nullable enable\n" + Clients));
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }
}
