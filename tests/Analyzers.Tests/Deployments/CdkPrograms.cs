using AtLeastOnce.Analyzers.Deployments.Cdk;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>Stacks of the CDK, what is read of them, and what is found in them.</summary>
internal static class CdkPrograms
{
    /// <summary>What every stack uses.</summary>
    public const string Usings = """
        using System.Collections.Generic;
        using Amazon.CDK;
        using Amazon.CDK.AWS.DynamoDB;
        using Amazon.CDK.AWS.Kinesis;
        using Amazon.CDK.AWS.Lambda;
        using Amazon.CDK.AWS.Lambda.EventSources;
        using Amazon.CDK.AWS.SNS;
        using Amazon.CDK.AWS.SQS;
        using Constructs;

        """;

    /// <summary>A stack that is made by the statements, of <c>Construct scope</c> and <c>string id</c>.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="members">Its other members.</param>
    public static string Stack(string statements, string members = "") =>
        Usings
        + $$"""
            public class OrdersStack : Amazon.CDK.Stack
            {
                public OrdersStack(Construct scope, string id) : base(scope, id)
                {
                    {{statements}}
                }
            {{members}}
            }
            """;

    /// <summary>The model of a stack, which has no errors.</summary>
    /// <param name="statements">What makes it.</param>
    /// <param name="members">Its other members.</param>
    public static DeploymentModel Read(string statements, string members = "")
    {
        var compilation = CSharpCompilation.Create(
            "Infra",
            [CSharpSyntaxTree.ParseText(Stack(statements, members), path: "OrdersStack.cs", cancellationToken: TestContext.Current.CancellationToken)],
            References.With("Constructs", "Amazon.CDK.Lib").Resolve(),
            new(OutputKind.DynamicallyLinkedLibrary)
        );
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(complaint => complaint.Severity == DiagnosticSeverity.Error));
        var model = CdkReader.Read(compilation, new SemanticModels(compilation), TestContext.Current.CancellationToken);
        Assert.NotNull(model);
        return model;
    }

    /// <summary>Holds an analyzer to what it says of a stack.</summary>
    /// <param name="source">The file.</param>
    /// <param name="expected">What it says.</param>
    public static Task VerifyAsync<TAnalyzer>(string source, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer>
        {
            AssemblyName = "Infra",
            TestState = { Sources = { source } },
            ReferenceAssemblies = References.With("Constructs", "Amazon.CDK.Lib"),
        };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
