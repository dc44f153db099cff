using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO207ResponseMisread;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>The frame around tests of ALO207: types of namespace <c>Shop</c>, an assembly's attributes, and a look-alike of Newtonsoft.Json.</summary>
internal static class ResponseMisreadTest
{
    public const string Deleted = "Lambda reads only \"batchItemFailures\", takes the batch for processed and deletes the failed messages";
    public const string WholeBatch =
        "Lambda finds no message by them and fails the whole batch, again and again, until its messages reach the dead-letter queue or expire";
    public const string NoIdentifier = "failures that have no \"itemIdentifier\"";

    public const string Json = "[JsonPropertyName(\"itemIdentifier\")] ";
    public const string Nameless = "nameless";
    public const string Plain = "plain";

    public static string Item(string attribute) => $"{attribute}public string ItemIdentifier {{ get; set; }}";

    public static string Named(string property, string json) => $"{property}|{json}";

    public static string Attribute(string serializer) =>
        serializer == "Newtonsoft"
            ? "[assembly: LambdaSerializer(typeof(Amazon.Lambda.Serialization.Json.JsonSerializer))]"
            : $"[assembly: LambdaSerializer(typeof({serializer}LambdaJsonSerializer))]";

    public const string SourceGenerated = "[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<Shop.OrdersJsonContext>))]";

    public static DiagnosticResult Finding(string what, string consequence, string remedy, string handler = "HandleAsync", int place = 0) =>
        new DiagnosticResult("ALO207", DiagnosticSeverity.Error)
            .WithLocation(place)
            .WithArguments(handler, what, consequence, remedy)
            .WithMessage($"'{handler}' returns {what}: {consequence}. {remedy}.")
            .IgnoringAdditionalLocations();

    public static DiagnosticResult Lacks(string what, string consequence, string type, string handler = "HandleAsync") =>
        new DiagnosticResult("ALO207", DiagnosticSeverity.Error)
            .WithLocation(0)
            .WithMessage(
                $"'{handler}' {what}, which 'OrdersJsonContext' does not list: {consequence}. Add [JsonSerializable(typeof({type}))] to 'OrdersJsonContext'."
            )
            .IgnoringAdditionalLocations();

    public static Task VerifyAsync(string types, string attributes, params DiagnosticResult[] expected) =>
        Test(types, attributes, types.Contains("partial class OrdersJsonContext", StringComparison.Ordinal), expected).RunAsync();

    public static CSharpAnalyzerTest<Rule> Test(string types, string attributes, bool isGenerated, params DiagnosticResult[] expected)
    {
        var test = new CSharpAnalyzerTest<Rule> { AssemblyName = "Shop", CompilerDiagnostics = CompilerDiagnostics.Errors };
        test.TestState.Sources.Add(
            (
                "OrdersFunction.cs",
                $$"""
                using System;
                using System.Collections.Generic;
                using System.Text.Json;
                using System.Text.Json.Serialization;
                using System.Threading.Tasks;
                using Amazon.Lambda.Core;
                using Amazon.Lambda.KinesisEvents;
                using Amazon.Lambda.RuntimeSupport;
                using Amazon.Lambda.Serialization.SystemTextJson;
                using Amazon.Lambda.SQSEvents;
                using Newtonsoft.Json;
                using JsonSerializer = System.Text.Json.JsonSerializer;

                {{attributes}}

                namespace Shop
                {
                {{types}}
                }
                """
            )
        );
        test.TestState.Sources.Add(("Newtonsoft.cs", NewtonsoftJson));
        if (isGenerated)
            test.TestState.Sources.Add(("OrdersJsonContext.g.cs", GeneratedCode.Context("Shop")));
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }

    public const string NewtonsoftJson = """
        namespace Newtonsoft.Json
        {
            public sealed class JsonPropertyAttribute : System.Attribute
            {
                public JsonPropertyAttribute() { }
                public JsonPropertyAttribute(string propertyName) => PropertyName = propertyName;
                public string PropertyName { get; set; }
            }
        }

        namespace Amazon.Lambda.Serialization.Json
        {
            public class JsonSerializer { }
        }
        """;
}
