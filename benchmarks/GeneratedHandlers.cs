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

    /// <summary>One that has every file bound and does nothing with it.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Nothing { get; } =
    [new EmptyAnalyzer(static context => context.RegisterSemanticModelAction(static _ => { }))];

    /// <summary>One that wants to hear of nothing.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Idle { get; } =
    [new EmptyAnalyzer(static context => context.RegisterCompilationStartAction(static _ => { }))];

    /// <summary>The assemblies of the framework.</summary>
    public static IEnumerable<string> Framework { get; } = Trusted.Where(path => path.Contains("Microsoft.NETCore.App", StringComparison.Ordinal)).ToList();

    /// <summary>The assemblies of Lambda's packages.</summary>
    public static IEnumerable<string> Packages { get; } = Trusted.Where(IsOfPackages).ToList();

    private static IEnumerable<string> Trusted => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    /// <summary>Whether the handler of that number loses messages: every third one does.</summary>
    public static bool IsFlawed(int number) => number % 3 == 0;

    /// <summary>A project with that many handlers.</summary>
    public static CSharpCompilation Compile(int count) => Compile(Enumerable.Range(0, count).Select(number => Source(number, "")));

    /// <summary>A project of these files, on the packages of a Lambda function.</summary>
    public static CSharpCompilation Compile(IEnumerable<string> files) => Compile(files, static _ => true);

    /// <summary>A project of these files that knows nothing of Lambda.</summary>
    public static CSharpCompilation CompileWithoutLambda(IEnumerable<string> files) => Compile(files, static path => !IsOfPackages(path));

    private static bool IsOfPackages(string path) => Path.GetFileName(path).StartsWith("Amazon.", StringComparison.Ordinal);

    private static CSharpCompilation Compile(IEnumerable<string> files, Func<string, bool> isReferenced) =>
        CSharpCompilation.Create(
            "Generated",
            files.Select((text, number) => CSharpSyntaxTree.ParseText(text, path: FormattableString.Invariant($"/File{number}.cs"))),
            Trusted.Where(isReferenced).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );

    /// <summary>A handler whose effects are three calls away, and a domain beside it; about a hundred lines.</summary>
    public static string Source(int number, string edit) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Net.Http;
            using System.Text.Json;
            using System.Threading.Tasks;
            using Amazon.Lambda.Core;
            using Amazon.Lambda.SQSEvents;

            namespace Generated.N{{number.ToString(CultureInfo.InvariantCulture)}};

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
                            {{(IsFlawed(number) ? "" : "failures.Add(new() { ItemIdentifier = message.MessageId });")}}
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }

            {{Domain(edit)}}
            """;

    /// <summary>A service, what it calls, and what it works with: nothing of Lambda.</summary>
    public static string Domain(string edit) =>
        $$"""
            public sealed record Line(string Product, int Quantity, decimal Price);

            public sealed record Order(string Id, string Customer, int Quantity, IReadOnlyList<Line> Lines);

            public interface IStore
            {
                Task SaveAsync(Order order, decimal total);
            }

            public sealed class OrderService(Checkout checkout, IStore store)
            {
                public async Task ShipAsync(Order order)
                {
                    if (order.Quantity == 0)
                        throw new InvalidOperationException(order.Id);
                    var total = await checkout.TotalAsync(order);
                    await store.SaveAsync(order, total);
                    {{edit}}
                }
            }

            public sealed class Checkout(Payments payments, Rebates rebates)
            {
                public async Task<decimal> TotalAsync(Order order)
                {
                    var total = 0m;
                    foreach (var line in order.Lines)
                    {
                        if (line.Quantity <= 0)
                            continue;
                        total += rebates.Apply(line, line.Quantity * line.Price);
                    }

                    if (total > 0)
                        await payments.ChargeAsync(order.Id, total);
                    return total;
                }
            }

            public sealed class Payments(HttpClient http)
            {
                public async Task ChargeAsync(string order, decimal amount)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, "https://payments.example.com/charges");
                    request.Content = new StringContent(JsonSerializer.Serialize(new { order, amount }));
                    request.Headers.Add("Idempotency-Key", order);
                    using var response = await http.SendAsync(request);
                    response.EnsureSuccessStatusCode();
                }
            }

            public sealed class Rebates
            {
                private static readonly IReadOnlyDictionary<string, decimal> ByProduct = new Dictionary<string, decimal>
                {
                    ["tea"] = 0.1m,
                    ["coffee"] = 0.05m,
                };

                public decimal Apply(Line line, decimal price)
                {
                    var rebate = ByProduct.TryGetValue(line.Product, out var known) ? known : 0m;
                    switch (line.Quantity)
                    {
                        case > 100:
                            rebate += 0.2m;
                            break;
                        case > 10:
                            rebate += 0.05m;
                            break;
                    }

                    return Math.Round(price * (1 - rebate), 2);
                }

                public IEnumerable<string> Best(IEnumerable<Line> lines) =>
                    lines.Where(line => line.Price > 0).OrderByDescending(line => Apply(line, line.Price)).Select(line => line.Product).Distinct().Take(3);
            }
            """;

#pragma warning disable RS1001, RS1036, RS2008 // It is no rule of a package: it measures what the compiler costs without one.
    private sealed class EmptyAnalyzer(Action<AnalysisContext> register) : DiagnosticAnalyzer
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
            register(context);
        }
    }
#pragma warning restore RS1001, RS1036, RS2008
}
