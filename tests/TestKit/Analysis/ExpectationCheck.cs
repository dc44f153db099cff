using System.Text;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>Compares what was said with what was expected: each expected diagnostic takes one actual one, and none is left over on either side.</summary>
internal static class ExpectationCheck
{
    /// <exception cref="VerificationException">A diagnostic is missing, extra or different.</exception>
    internal static void Verify(ProjectState state, IEnumerable<Diagnostic> diagnostics, string what)
    {
        var actual = DiagnosticText.InOrder(diagnostics).ToList();
        var extra = actual.ToList();
        var missing = new List<ExpectedDiagnostic>();
        foreach (var expected in state.Expected.OrderByDescending(expected => expected.Weight))
        {
            var match = extra.FindIndex(expected.Accepts);
            if (match >= 0)
                extra.RemoveAt(match);
            else
                missing.Add(expected);
        }

        if (missing.Count > 0 || extra.Count > 0)
            throw new VerificationException(Message(state, what, actual, missing, extra));
    }

    private static string Message(
        ProjectState state,
        string what,
        IReadOnlyCollection<Diagnostic> actual,
        IReadOnlyCollection<ExpectedDiagnostic> missing,
        IReadOnlyCollection<Diagnostic> extra
    )
    {
        var text = new StringBuilder($"Diagnostics of {what}: expected {state.Expected.Length}, actual {actual.Count}.\n");
        List("Expected, but not reported", missing.Select(DiagnosticText.Of));
        List("Reported, but not expected", extra.Select(DiagnosticText.Of));
        List("All that was reported, to paste", actual.Select(DiagnosticText.Of));
        return text.Append('\n').Append(MarkedSource.Show(state, actual)).ToString();

        void List(string title, IEnumerable<string> lines)
        {
            text.Append('\n').Append(title).Append(":\n");
            foreach (var line in lines.DefaultIfEmpty("(none)"))
                text.Append("    ").Append(line).Append('\n');
        }
    }
}
