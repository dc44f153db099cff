using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// A call that tells a failure by its result, which nobody looks at: the message is deleted as processed (S-2). A result that is returned, passed on or looked at in any
/// way is no finding, nor is one that nobody waits for (ALO209).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO216ResultIgnored : BatchFlowRule
{
    internal const string Id = "ALO216";

    private const string Title = "A failure is told by a result that nobody looks at";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' throws nothing when {1}, and nobody looks at its result: '{2}' returns normally, so Lambda deletes the message as processed, and what failed is lost. {3}.{4}",
        "Batch operations of AWS succeed when a part of their entries fails, an invoked function's error is a part of the answer, and HttpClient throws for no status code. A handler that does not look at the result returns without an error, and Lambda deletes its messages."
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        Title,
        "'{0}' throws nothing when {1}, and nobody looks at its result: '{2}' returns normally, so Lambda moves on past the record as processed, and what failed is lost. {3}.{4}",
        "Batch operations of AWS succeed when a part of their entries fails, an invoked function's error is a part of the answer, and HttpClient throws for no status code. A handler that does not look at the result returns without an error, and Lambda moves its checkpoint past the batch."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfStream);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        var places = new HashSet<SyntaxNode>();
        foreach (var ignored in flow.Scopes.SelectMany(IgnoredResult.In))
        {
            if (ignored.Scope.PlaceIn(handler.Anchor.SourceTree, ignored.Call.Syntax) is not { } place || !places.Add(place))
                continue;
            report(
                Diagnostic.Create(
                    handler.IsStream ? OfStream : Descriptor,
                    place.GetLocation(),
                    place == ignored.Call.Syntax ? Enumerable.Empty<Location>() : [ignored.Call.Syntax.GetLocation()],
                    Findings.About(handler),
                    ignored.Call.TargetMethod.Name,
                    ignored.Telling.Failure,
                    handler.Name,
                    ignored.Telling.Member == "IsSuccessStatusCode" ? "Call EnsureSuccessStatusCode" : $"Look at {ignored.Telling.Member}",
                    Wording.Path(handler, ignored.Scope.Path)
                )
            );
        }
    }
}
