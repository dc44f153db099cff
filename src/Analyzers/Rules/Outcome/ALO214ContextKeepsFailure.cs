using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// One DbContext of Entity Framework for all records: what a failed SaveChanges could not write stays in it, so the saves of the records behind it fail too, or write it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("A new context for each record, or a cleared one: which is right hangs on what else the context holds.")]
public sealed class ALO214ContextKeepsFailure : BatchFlowRule
{
    internal const string Id = "ALO214";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A failed save stays in the context of the next records",
        "When '{0}' fails, the changes of the {1} stay in '{2}', and '{3}' goes on with the next one: its '{0}' tries them again, and fails too or writes them. Call ChangeTracker.Clear() where the failure is caught, or take a context of its own for each {1}.{4}",
        "Entity Framework keeps tracking what SaveChanges could not write. The next call on the same context tries it again: one bad record makes those behind it fail, or its changes are written with another record's although it is reported as failed."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.GetsBatches;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        var places = new HashSet<SyntaxNode>();
        foreach (var found in flow.SharedContexts)
        {
            if (found.Scope.PlaceIn(handler.Anchor.SourceTree, found.Save.Syntax) is not { } place || !places.Add(place))
                continue;
            report(
                Diagnostic.Create(
                    Descriptor,
                    place.GetLocation(),
                    place == found.Save.Syntax ? Enumerable.Empty<Location>() : [found.Save.Syntax.GetLocation()],
                    Findings.About(handler),
                    found.Save.TargetMethod.Name,
                    handler.RecordName,
                    found.Context.Syntax.ToString(),
                    handler.Name,
                    Wording.Path(handler, found.Scope.Path)
                )
            );
        }
    }
}
