using System.Collections.Immutable;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>The project in which a reader of a page has the example: implicit usings, nullable on, the Lambda packages, and a serializer.</summary>
internal static class ExampleProject
{
    public const string AssemblyName = "Shop";
    public const string CodeFile = "OrdersFunction.cs";
    public const string TemplateFile = "template.yaml";
    public const string EffectFile = "shop.effects.yaml";
    public const string TestFile = "OrdersFunctionTests.cs";
    public const string FrameFile = "Shop.GlobalUsings.cs";
    public const string FakeFile = "FakeOrders.cs";
    public const string FakeType = "Shop.FakeOrders";

    /// <summary>The witnesses' fakes are made where the example's interfaces are.</summary>
    public const string Fake = $"""
        namespace Shop;

        public class FakeOrders : global::AtLeastOnce.Witness.Tests.Examples.{nameof(FakeService)};

        """;

    /// <summary>What the SDK and the project template bring.</summary>
    public const string Frame = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;

        [assembly: Amazon.Lambda.Core.LambdaSerializer(typeof(Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer))]

        """;

    /// <summary>What a function's project references; the clients of the AWS SDK are look-alikes in this assembly.</summary>
    public static References References { get; } =
        References.With(
            "AWS.Lambda.Powertools.BatchProcessing",
            "Amazon.Lambda.Annotations",
            "Amazon.Lambda.Core",
            "Amazon.Lambda.SQSEvents",
            "Amazon.Lambda.KinesisEvents",
            "Amazon.Lambda.S3Events",
            "Amazon.Lambda.DynamoDBEvents",
            "AWSSDK.Kinesis",
            "Amazon.Lambda.Serialization.SystemTextJson",
            "Microsoft.Data.Sqlite",
            "Microsoft.EntityFrameworkCore",
            "Microsoft.EntityFrameworkCore.Abstractions",
            "Microsoft.EntityFrameworkCore.Relational",
            "Microsoft.EntityFrameworkCore.Sqlite",
            "AtLeastOnce.Witness.Tests"
        );

    /// <summary>How it is compiled: nullable on, and without the warnings that the SDK switches off.</summary>
    public static CSharpCompilationOptions Options { get; } =
        new(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)],
            deterministic: true
        );

    /// <summary>What its unit tests reference besides.</summary>
    public static ImmutableArray<MetadataReference> TestReferences { get; } =
        References.And("AtLeastOnce.Runtime", "xunit.v3.assert", "xunit.v3.core", "xunit.v3.common").Resolve();
}
