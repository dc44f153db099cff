using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit;

/// <summary>A test of one analyzer.</summary>
public class CSharpAnalyzerTest<TAnalyzer>() : AnalyzerTest(new TAnalyzer())
    where TAnalyzer : DiagnosticAnalyzer, new();
