using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests;

/// <summary>
/// The frame around most tests of handler rules: a class <c>OrdersFunction</c> in namespace <c>Shop</c> of assembly <c>Shop</c>, whose members the test writes in
/// the C# of the oldest compiler, with services that can fail and a logger that cannot.
/// </summary>
internal static class HandlerTest
{
    private const string Before = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.SQSEvents;

        namespace Shop;

        public class OrdersFunction
        {
            private readonly IOrders orders;
            private readonly ILambdaLogger log;

            public OrdersFunction(IOrders orders, ILambdaLogger log) => (this.orders, this.log) = (orders, log);


        """;

    /// <summary>The services of the class, in a file of their own.</summary>
    public const string Services = """
        using System.Threading.Tasks;

        namespace Shop;

        public sealed record Order(string Id, string MessageId, int Quantity);

        public sealed class DuplicateOrderException : System.Exception { }

        public interface IOrders
        {
            Task ShipAsync(Order order);

            Task ShipAsync(string body);

            Task<bool> TryShipAsync(string body);

            Task GiveUpAsync(object message);

            void Ship(string body);
        }
        """;

    /// <summary>A SAM template with the function, its queue and one mapping.</summary>
    /// <param name="eventProperties">Lines of the mapping's properties.</param>
    /// <param name="method">The method of <c>Shop.OrdersFunction</c>.</param>
    public static string Template(string eventProperties = "", string method = "HandleAsync") =>
        $"""
            AWSTemplateFormatVersion: '2010-09-09'
            Transform: AWS::Serverless-2016-10-31
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: 180
                  RedrivePolicy:
                    deadLetterTargetArn: !GetAtt OrdersDlq.Arn
                    maxReceiveCount: 5
              OrdersDlq:
                Type: AWS::SQS::Queue
                Properties:
                  MessageRetentionPeriod: 1209600
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Shop::Shop.OrdersFunction::{method}
                  Runtime: dotnet10
                  Timeout: 30
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
            {string.Concat(eventProperties.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"            {line}\n"))}
            """;

    /// <summary>The mapping's property that has Lambda read reported failures.</summary>
    public const string Reports = "FunctionResponseTypes: [ReportBatchItemFailures]";

    /// <summary>The source of a class with these members.</summary>
    public static string Class(string members) => Before + string.Concat(members.Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n")) + "}\n";

    /// <summary>Analyses the class with these members.</summary>
    public static Task VerifyAsync<TRule>(string members, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new() => Test<TRule>(members, null, expected).RunAsync();

    /// <summary>Analyses the class with these members and a template beside it.</summary>
    public static Task VerifyAsync<TRule>(string members, string template, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new() => Test<TRule>(members, template, expected).RunAsync();

    /// <summary>The test that <see cref="VerifyAsync{TRule}(string, DiagnosticResult[])"/> runs, for further settings.</summary>
    public static CSharpAnalyzerTest<TRule> Test<TRule>(string members, string? template, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(("OrdersFunction.cs", Class(members)));
        test.TestState.Sources.Add(("Services.cs", Services));
        if (template is not null)
            test.TestState.AdditionalFiles.Add(("template.yaml", template));
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }
}
