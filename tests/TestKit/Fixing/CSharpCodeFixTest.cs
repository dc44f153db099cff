using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit;

/// <summary>A test of one analyzer and one fix.</summary>
public class CSharpCodeFixTest<TAnalyzer, TCodeFix>() : CodeFixTest([new TAnalyzer()], [new TCodeFix()])
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new();
