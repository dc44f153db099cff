using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes;

/// <summary>Fixes of handlers, in a file that begins with the usual imports and ends with an <c>IOrders</c> to call, or in a whole file.</summary>
internal static class HandlerFixVerifier<TRule, TFix>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private const string Imports = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text.Json;
        using System.Threading.Tasks;
        using Amazon.Lambda.Annotations;
        using Amazon.Lambda.Annotations.SQS;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.RuntimeSupport;
        using Amazon.Lambda.SQSEvents;


        """;

    private const string Orders = """


        public interface IOrders
        {
            Task ShipAsync(string order);

            void Ship(string order);
        }

        """;

    /// <summary>The action with that key turns the code into the fixed code, and every finding of the rule is gone.</summary>
    public static Task FixesAsync(string key, string code, string fixedCode, string? template = null, Action<CodeFixTest>? change = null) =>
        FixesWholeAsync(key, Imports + code + Orders, Imports + fixedCode + Orders, template, change: change);

    /// <summary>The same for a whole file.</summary>
    public static Task FixesWholeAsync(
        string key,
        string code,
        string fixedCode,
        string? template = null,
        bool isExecutable = false,
        Action<CodeFixTest>? change = null
    )
    {
        var test = Test(code, template, isExecutable);
        test.FixedCode = fixedCode;
        test.CodeActionEquivalenceKey = key;
        change?.Invoke(test);
        return test.RunAsync();
    }

    /// <summary>The rule finds something, and no action is offered for it; with a key, the action of that key is not.</summary>
    public static Task OffersNothingAsync(string code, string? template = null, string? key = null) =>
        OffersNothingWholeAsync(Imports + code + Orders, template, key: key);

    /// <summary>The same for a whole file.</summary>
    public static Task OffersNothingWholeAsync(string code, string? template = null, bool isExecutable = false, string? key = null)
    {
        var test = Test(code, template, isExecutable);
        test.FixedCode = code;
        test.CodeActionEquivalenceKey = key;
        return test.RunAsync();
    }

    private static CSharpCodeFixTest<TRule, TFix> Test(string code, string? template, bool isExecutable)
    {
        var test = new CSharpCodeFixTest<TRule, TFix>
        {
            TestCode = code,
            OutputKind = isExecutable ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
        };
        if (template is not null)
            test.TestState.AdditionalFiles.Add(("/0/template.yaml", template));
        return test;
    }
}

/// <summary>Templates that deploy <c>OrdersFunction.HandleAsync</c> behind one queue.</summary>
internal static class Template
{
    /// <summary>A standard queue, whose mapping does not listen to reported failures.</summary>
    public static readonly string Standard = Of("", "");

    /// <summary>A FIFO queue, whose mapping does not listen to reported failures.</summary>
    public static readonly string Fifo = Of("", "\n    Properties:\n      FifoQueue: true");

    /// <summary>A standard queue, whose mapping listens to reported failures.</summary>
    public static readonly string Reporting = Of("\n            FunctionResponseTypes: [ReportBatchItemFailures]", "");

    /// <summary>A FIFO queue, whose mapping listens to reported failures.</summary>
    public static readonly string ReportingFifo = Of(
        "\n            FunctionResponseTypes: [ReportBatchItemFailures]",
        "\n    Properties:\n      FifoQueue: true"
    );

    private static string Of(string responseTypes, string queue) =>
        $"""
            Resources:
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: TestProject::OrdersFunction::HandleAsync
                  Runtime: dotnet8
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn{responseTypes}
              OrdersQueue:
                Type: AWS::SQS::Queue{queue}

            """;
}
