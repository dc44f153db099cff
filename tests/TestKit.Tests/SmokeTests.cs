using System.Collections.Immutable;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit.Tests;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new("T001", "t", "Type '{0}'", "c", DiagnosticSeverity.Warning, true);
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_rule];
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(c => { if (c.Symbol.Name.StartsWith("Bad", StringComparison.Ordinal)) c.ReportDiagnostic(Diagnostic.Create(s_rule, c.Symbol.Locations[0], c.Symbol.Name)); }, SymbolKind.NamedType);
    }
}

public sealed class SmokeTests
{
    [Fact] public Task A() => AnalyzerVerifier<TAnalyzer>.VerifyAnalyzerAsync("class [|BadX|] { }");
    [Fact] public Task B() => AnalyzerVerifier<TAnalyzer>.VerifyAnalyzerAsync("class {|#0:BadX|} { }", AnalyzerVerifier<TAnalyzer>.Diagnostic().WithLocation(0).WithArguments("BadX"));
    [Fact] public Task C() => AnalyzerVerifier<TAnalyzer>.VerifyAnalyzerAsync("class GoodX : {|CS0246:Foo|} { }");
}
