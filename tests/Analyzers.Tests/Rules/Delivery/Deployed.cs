using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

/// <summary>Tests of an assembly <c>Orders</c> and the template that deploys it.</summary>
internal static class Deployed
{
    /// <summary>A handler that <c>Orders::OrdersFunction::Handle</c> names; its name is mark 0.</summary>
    public const string Handler = """
        using Amazon.Lambda.SQSEvents;

        public class OrdersFunction
        {
            public SQSBatchResponse {|#0:Handle|}(SQSEvent batch) => new();
        }
        """;

    /// <summary>The same handler without a mark.</summary>
    public const string PlainHandler = """
        using Amazon.Lambda.SQSEvents;

        public class OrdersFunction
        {
            public SQSBatchResponse Handle(SQSEvent batch) => new();
        }
        """;

    /// <summary>A handler of the same name that reports the messages that fail.</summary>
    public const string ReportingHandler = """
        using System;
        using System.Collections.Generic;
        using Amazon.Lambda.SQSEvents;

        public interface IOrders
        {
            void Ship(string order);
        }

        public class OrdersFunction
        {
            private readonly IOrders orders;

            public OrdersFunction(IOrders orders) => this.orders = orders;

            public SQSBatchResponse Handle(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        orders.Ship(message.Body);
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

    /// <summary>A source that holds no handler.</summary>
    public const string NoHandler = "public class Order { }";

    /// <summary>The folder of the project, which a test adds where a function is found by its code folder.</summary>
    public static AnalyzerConfig InFolder(string folder) => AnalyzerConfig.Global().Property("ProjectDir", folder);

    /// <summary>A test of what a rule says.</summary>
    public static CSharpAnalyzerTest<TAnalyzer> Test<TAnalyzer>(string template, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new() => Test<TAnalyzer>(("template.yaml", template), Handler, expected);

    /// <summary>A test of what a rule says, with a source of its own.</summary>
    public static CSharpAnalyzerTest<TAnalyzer> Test<TAnalyzer>((string Path, string Text) template, string source, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer> { AssemblyName = "Orders", TestState = { Sources = { source }, AdditionalFiles = { template } } };
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }

    /// <summary>Runs a test of what a rule says.</summary>
    public static Task VerifyAsync<TAnalyzer>(string template, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new() => Test<TAnalyzer>(template, expected).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>A test of a fix that changes the template.</summary>
    public static CSharpCodeFixTest<TAnalyzer, TFix> Fix<TAnalyzer, TFix>(
        string template,
        string fixedTemplate,
        string path = "template.yaml",
        string source = PlainHandler
    )
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        new()
        {
            AssemblyName = "Orders",
            TestState = { Sources = { source }, AdditionalFiles = { (path, template) } },
            FixedState = { AdditionalFiles = { (path, fixedTemplate) } },
        };
}
