using System.Runtime.CompilerServices;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests;

/// <summary>What every test of a rule starts from: the Lambda packages are referenced, and all other rules run beside the tested one.</summary>
internal static class TestSetup
{
    /// <summary>Every rule of the product, found as the compiler finds them.</summary>
    public static IReadOnlyList<DiagnosticAnalyzer> AllRules() =>
        [
            .. typeof(LambdaAnalyzer)
                .Assembly.GetTypes()
                .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
                .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
        ];

    [ModuleInitializer]
    internal static void Initialize()
    {
        References.Default = References.With(
            "Amazon.Lambda.Core",
            "Amazon.Lambda.SQSEvents",
            "Amazon.Lambda.KinesisEvents",
            "Amazon.Lambda.DynamoDBEvents",
            "AWSSDK.Kinesis",
            "Amazon.Lambda.Serialization.SystemTextJson",
            "Amazon.Lambda.Annotations",
            "Amazon.Lambda.RuntimeSupport",
            "AWS.Lambda.Powertools.BatchProcessing",
            "AWS.Messaging",
            "AWS.Messaging.Lambda",
            "Amazon.Lambda.S3Events",
            "Amazon.Lambda.SNSEvents",
            "Amazon.Lambda.CloudWatchEvents"
        );
        AnalyzerTest.DefaultCompanionAnalyzers = AllRules;
#if OLDER_COMPILER
        AnalyzerTest.DefaultTestBehaviors = TestBehaviors.BuildAndEditorOnly;
#endif
    }
}
