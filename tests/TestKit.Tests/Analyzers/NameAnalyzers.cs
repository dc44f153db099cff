using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit.Tests;

internal static class Rules
{
    internal static readonly DiagnosticDescriptor BadName = Warning("TK001", "'{0}' is a bad name");
    internal static readonly DiagnosticDescriptor BadValue = Warning("TK101", "'{0}' is a bad value");

    internal static DiagnosticDescriptor Warning(string id, string message, bool isEnabledByDefault = true, params string[] tags) =>
        new(id, "Title", message, "Test", DiagnosticSeverity.Warning, isEnabledByDefault, customTags: tags);
}

/// <summary>Finds types whose name begins with "Bad"; what deviates from a sound analyzer is overridden.</summary>
internal abstract class NameAnalyzerBase : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rules.BadName];

    protected virtual GeneratedCodeAnalysisFlags GeneratedCode => GeneratedCodeAnalysisFlags.None;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterSymbolAction(
            symbolContext =>
            {
                if (symbolContext.Symbol.Name.StartsWith("Bad", StringComparison.Ordinal))
                    Report(symbolContext, (INamedTypeSymbol)symbolContext.Symbol);
            },
            SymbolKind.NamedType
        );
    }

    protected virtual void Report(SymbolAnalysisContext context, INamedTypeSymbol type) =>
        context.ReportDiagnostic(Diagnostic.Create(Rules.BadName, type.Locations[0], type.Name));
}

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NameAnalyzer : NameAnalyzerBase;

/// <summary>The base type's place is an additional location.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BaseTypeAnalyzer : NameAnalyzerBase
{
    protected override void Report(SymbolAnalysisContext context, INamedTypeSymbol type) =>
        context.ReportDiagnostic(
            Diagnostic.Create(Rules.BadName, type.Locations[0], type.BaseType!.Locations.Where(location => location.IsInSource), type.Name)
        );
}

/// <summary>A second analyzer with another id, so that <c>[|…|]</c> is ambiguous.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class WorseNameAnalyzer : NameAnalyzerBase
{
    private static readonly DiagnosticDescriptor s_rule = Rules.Warning("TK002", "'{0}' is a worse name");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_rule];

    protected override void Report(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (type.Name.StartsWith("BadWorse", StringComparison.Ordinal))
            context.ReportDiagnostic(Diagnostic.Create(s_rule, type.Locations[0], type.Name));
    }
}

/// <summary>Off by default.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class OptInAnalyzer : NameAnalyzerBase
{
    private static readonly DiagnosticDescriptor s_rule = Rules.Warning("TK003", "'{0}'", isEnabledByDefault: false);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_rule];

    protected override void Report(SymbolAnalysisContext context, INamedTypeSymbol type) =>
        context.ReportDiagnostic(Diagnostic.Create(s_rule, type.Locations[0], type.Name));
}

/// <summary>One descriptor with an effective severity.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class GradedAnalyzer : NameAnalyzerBase
{
    protected override void Report(SymbolAnalysisContext context, INamedTypeSymbol type) =>
        context.ReportDiagnostic(
            Diagnostic.Create(Rules.BadName, type.Locations[0], DiagnosticSeverity.Info, additionalLocations: null, properties: null, type.Name)
        );
}

/// <summary>Says the build property that it reads.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class PropertyAnalyzer : NameAnalyzerBase
{
    protected override void Report(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.Mode", out var mode);
        context.ReportDiagnostic(Diagnostic.Create(Rules.BadName, type.Locations[0], mode ?? "unset"));
    }
}

/// <summary>Finds names of eight and more characters.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class LongNameAnalyzer : NameAnalyzerBase
{
    private static readonly DiagnosticDescriptor s_rule = Rules.Warning("TK006", "'{0}' is long");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_rule];

    protected override void Report(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (type.Name.Length >= 8)
            context.ReportDiagnostic(Diagnostic.Create(s_rule, type.Locations[0], type.Name));
    }
}
