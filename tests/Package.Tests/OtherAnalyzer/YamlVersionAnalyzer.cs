using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OtherAnalyzer;

/// <summary>Parses a line of YAML and says which version of YamlDotNet did it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class YamlVersionAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = new(
        "OTHER1",
        "YAML version",
        "Parsed '{0}' by YamlDotNet {1}",
        "Test",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            symbol =>
            {
                if (symbol.Symbol.Name != "OrdersFunction")
                    return;
                using var text = new StringReader("key: value");
                var parser = new Parser(text);
                var scalars = new List<string>();
                while (parser.MoveNext())
                {
                    if (parser.Current is Scalar scalar)
                        scalars.Add(scalar.Value);
                }

                symbol.ReportDiagnostic(
                    Diagnostic.Create(Descriptor, symbol.Symbol.Locations[0], string.Join("=", scalars), typeof(Parser).Assembly.GetName().Version)
                );
            },
            SymbolKind.NamedType
        );
    }
}
