using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>The frame around tests of effects: a handler's class beside <see cref="LookAlikes"/> of the clients, which no package at hand declares.</summary>
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

    /// <summary>A handler that does this for every message; <c>order</c> is what its body holds.</summary>
    public static string Handler(string statements, string members = "") =>
        "public async Task HandleAsync(SQSEvent batch, ILambdaContext context)\n{\n    foreach (var message in batch.Records)\n    {\n        await Task.Yield();\n"
        + "        var order = JsonSerializer.Deserialize<Order>(message.Body)!;\n"
        + $"        {statements.ReplaceLineEndings("\n        ")}\n    }}\n}}\n\n{members.ReplaceLineEndings("\n")}";

    /// <summary>The file of a class with these members.</summary>
    public static string File(string members) => Before + string.Concat(members.Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n")) + "}\n";

    /// <summary>Analyses a handler with half of a statement: no rule may throw; what is found in it is of no interest.</summary>
    public static Task VerifyIncompleteAsync<TRule>(string statements)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = Test<TRule>(Handler(statements, EveryClient.Fields));
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        test.DisabledDiagnostics.Add(new TRule().SupportedDiagnostics[0].Id);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Analyses the class with these members.</summary>
    public static Task VerifyAsync<TRule>(string members, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new() => Test<TRule>(members, expected).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>The test that <see cref="VerifyAsync{TRule}"/> runs, for further settings.</summary>
    public static CSharpAnalyzerTest<TRule> Test<TRule>(string members, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(("OrdersFunction.cs", File(members)));
        test.TestState.AdditionalReferences.Add(LookAlikes.Reference);
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }
}
