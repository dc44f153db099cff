using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit.Tests;

/// <summary>Each reports a place from another kind of action; they show how far such an action may reach.</summary>
internal abstract class ReachAnalyzerBase : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rules.BadName];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        Register(context);
    }

    protected abstract void Register(AnalysisContext context);

    protected static Diagnostic FirstType(SyntaxNode root) =>
        Diagnostic.Create(Rules.BadName, root.DescendantNodes().OfType<ClassDeclarationSyntax>().First().Identifier.GetLocation(), "first");
}

/// <summary>The first type of the file, from the body of a method.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BodyToTypeAnalyzer : ReachAnalyzerBase
{
    protected override void Register(AnalysisContext context) =>
        context.RegisterOperationBlockAction(block =>
            block.ReportDiagnostic(FirstType(block.OperationBlocks[0].Syntax.SyntaxTree.GetRoot(block.CancellationToken)))
        );
}

/// <summary>The name of a method, from its body.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BodyToNameAnalyzer : ReachAnalyzerBase
{
    protected override void Register(AnalysisContext context) =>
        context.RegisterOperationBlockAction(block => block.ReportDiagnostic(Diagnostic.Create(Rules.BadName, block.OwningSymbol.Locations[0], "own")));
}

/// <summary>The first type of the file, from the file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FileToTypeAnalyzer : ReachAnalyzerBase
{
    protected override void Register(AnalysisContext context) =>
        context.RegisterSemanticModelAction(model => model.ReportDiagnostic(FirstType(model.SemanticModel.SyntaxTree.GetRoot(model.CancellationToken))));
}
