using AtLeastOnce.Analyzers.Deployments.Pulumi;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>Programs that deploy with Pulumi, and what is read of them.</summary>
internal static class PulumiPrograms
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    /// <summary>What every program uses.</summary>
    public const string Usings = """
        using System.Collections.Generic;
        using System.Text.Json;
        using Pulumi;
        using Pulumi.Aws.Lambda;
        using Pulumi.Aws.Lambda.Inputs;
        using Pulumi.Aws.Sqs;
        using Deployment = Pulumi.Deployment;

        """;

    /// <summary>A program that runs the statements.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="types">The types that it declares.</param>
    public static string Program(string statements, string types = "") =>
        Usings
        + $$"""
            public static class Program
            {
                public static System.Threading.Tasks.Task<int> Main() => Deployment.RunAsync(() =>
                {
                    {{statements}}
                });
            }

            {{types}}
            """;

    /// <summary>The model of a program, which has no errors.</summary>
    public static DeploymentModel? Read(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var compilation = CSharpCompilation.Create(
            "Infra",
            [CSharpSyntaxTree.ParseText(source, Language, "Program.cs", cancellationToken: TestContext.Current.CancellationToken)],
            References.With("Pulumi", "Pulumi.Aws").Resolve(),
            new(kind, nullableContextOptions: NullableContextOptions.Annotations)
        );
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return PulumiReader.Read(compilation, new SemanticModels(compilation), TestContext.Current.CancellationToken);
    }
}
