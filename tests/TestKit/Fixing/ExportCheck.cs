using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit;

/// <summary>What a host needs to find the parts: an analyzer without its attribute never runs, a fix without its export is never offered.</summary>
internal static class ExportCheck
{
    /// <exception cref="VerificationException">An analyzer is not declared for C#.</exception>
    internal static void VerifyAnalyzers(IEnumerable<DiagnosticAnalyzer> analyzers)
    {
        foreach (var type in analyzers.Select(analyzer => analyzer.GetType()))
        {
            if (type.GetCustomAttribute<DiagnosticAnalyzerAttribute>(inherit: false)?.Languages.Contains(LanguageNames.CSharp) is not true)
                throw new VerificationException($"{type.FullName} has no [DiagnosticAnalyzer(LanguageNames.CSharp)].");
        }
    }
}
