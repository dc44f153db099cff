using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Configuration;

/// <summary>Templates with places for comments, and the assembly <c>Orders</c> that they deploy.</summary>
internal static class SilencedTemplates
{
    /// <summary>A template with a line above the queue, words behind its visibility timeout, and a line above the mapping.</summary>
    public static string Yaml(string atQueue = "", string atVisibility = "", string atMapping = "", int visibility = 180, string runtime = "dotnet10") =>
        $$"""
            Resources:
              {{(atQueue.Length == 0 ? "# A plain comment." : atQueue)}}
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: {{visibility}} {{atVisibility}}
                  RedrivePolicy: { deadLetterTargetArn: !GetAtt OrdersDlq.Arn, maxReceiveCount: 5 }
              OrdersDlq:
                Type: AWS::SQS::Queue
                Properties: { MessageRetentionPeriod: 1209600 }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: {{runtime}}
                  Timeout: 30
                  Events:
                    {{(atMapping.Length == 0 ? "# A plain comment." : atMapping)}}
                    Orders:
                      Type: SQS
                      Properties: { Queue: !GetAtt OrdersQueue.Arn, FunctionResponseTypes: [ReportBatchItemFailures] }
            """;

    /// <summary>A second function under the same template, with a queue of its own.</summary>
    public static string Other(string atQueue, string handler = "Refunds::RefundsFunction::Handle", string runtime = "dotnet10") =>
        "\n"
        + $$"""
              {{atQueue}}
              RefundsQueue:
                Type: AWS::SQS::Queue
              RefundsFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: {{handler}}
                  Runtime: {{runtime}}
                  Events:
                    Refunds: { Type: SQS, Properties: { Queue: !GetAtt RefundsQueue.Arn } }
            """;

    /// <summary>A test of what a rule says about a template.</summary>
    public static CSharpAnalyzerTest<TAnalyzer> Test<TAnalyzer>(string path, string template, string source, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer> { AssemblyName = "Orders", TestState = { Sources = { source }, AdditionalFiles = { (path, template) } } };
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }
}
