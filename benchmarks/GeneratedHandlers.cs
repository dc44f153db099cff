using System.Collections.Immutable;
using System.Globalization;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Benchmarks;

/// <summary>A project of many handlers, each in a file of its own with a service behind it; every third one has a finding.</summary>
internal static class GeneratedHandlers
{
    public static ImmutableArray<DiagnosticAnalyzer> Rules { get; } =
        typeof(LambdaAnalyzer)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .ToImmutableArray();

    public static ImmutableArray<DiagnosticAnalyzer> Nothing { get; } = [new EmptyAnalyzer()];

    public static CSharpCompilation Compile(int count) =>
        CSharpCompilation.Create(
            "Generated",
            Enumerable
                .Range(0, count)
                .Select(number => CSharpSyntaxTree.ParseText(Source(number, ""), path: FormattableString.Invariant($"/Handler{number}.cs"))),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );

    public static string Source(int number, string edit) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Net.Http;
            using System.Text.Json;
            using System.Threading.Tasks;
            using Amazon.Lambda.Core;
            using Amazon.Lambda.SQSEvents;

            namespace Generated.N{{number.ToString(CultureInfo.InvariantCulture)}};

            public sealed record Order(string Id, int Quantity);

            public interface IStore
            {
                Task SaveAsync(Order order);
            }

            public sealed class OrderService(IStore store, HttpClient http)
            {
                public async Task ShipAsync(Order order)
                {
                    if (order.Quantity == 0) throw new InvalidOperationException(order.Id);
                    var response = await http.GetAsync($"https://example.com/{order.Id}");
                    response.EnsureSuccessStatusCode();
                    await store.SaveAsync(order);
                    {{edit}}
                }
            }

            public sealed class OrdersFunction(OrderService service)
            {
                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await service.ShipAsync(JsonSerializer.Deserialize<Order>(message.Body)!);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError(exception, message.MessageId);
                            {{(number % 3 == 0 ? "" : "failures.Add(new() { ItemIdentifier = message.MessageId });")}}
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """;

#pragma warning disable RS1001, RS1036, RS2008 // It is no rule of a package: it measures what the compiler costs without one.
    private sealed class EmptyAnalyzer : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Descriptor = new(
            "EMPTY",
            "Nothing",
            "Nothing",
            "Benchmark",
            DiagnosticSeverity.Warning,
            isEnabledByDefault: true
        );

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
            context.EnableConcurrentExecution();
            context.RegisterSemanticModelAction(static _ => { });
        }
    }
#pragma warning restore RS1001, RS1036, RS2008
}
