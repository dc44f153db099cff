using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>A new clause that takes all exceptions of what is done for a record: it keeps the exception in the log, then reports the record.</summary>
/// <param name="target">The document.</param>
/// <param name="names">Writes types.</param>
/// <param name="work">What is done for the record, and comes under the <c>try</c>.</param>
/// <param name="record">An expression for the record.</param>
/// <param name="identity">What the record is named by.</param>
/// <param name="report">What reports the record, statement by statement.</param>
internal sealed class FailureClause(FixTarget target, TypeNames names, SyntaxNode work, string record, RecordIdentity identity, IReadOnlyList<string> report)
{
    /// <summary>What reports the record, also in a clause that is there already.</summary>
    public IReadOnlyList<string> Report => report;

    /// <summary>The clause, from its keyword to its closing brace, and the imports that it needs.</summary>
    /// <param name="indent">The indentation of the <c>try</c>.</param>
    /// <param name="style">How the code is laid out.</param>
    public string Write(string indent, CodeStyle style)
    {
        var type = names.Of("System.Exception") ?? "System.Exception";
        var exception = LocalNames.FreeBeside(target.Model, "exception", work);
        var log = FailureLog.Statement(target.Model, names, work, record, identity, exception);
        var head = log is null ? $"catch ({type})" : $"catch ({type} {exception})";
        var statements = log is null ? report : [log, .. report];
        return $"{head}{style.Open(indent)}{string.Concat(statements.Select(line => style.Line(indent + style.Unit) + line))}{style.Line(indent)}}}";
    }
}
