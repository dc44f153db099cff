using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>
/// A catch clause that takes a record's exception and goes on as if nothing had happened: the record is deleted as processed (R-20a, S-2).
/// What the clause reports, throws again, hands to other code or stores for later is no finding; nor is a named condition.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO204FailureSwallowed : BatchFlowRule
{
    internal const string Id = "ALO204";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A failed message is deleted as if it had been processed",
        "The exception is swallowed here and {0} is not reported: '{1}' returns normally, so Lambda deletes {0} as if processed. {2}.{3}",
        "When the function returns without an error, Lambda deletes every message of the batch that is not listed in batchItemFailures. A message whose exception was caught and only logged is gone: it is neither delivered again nor moved to the dead-letter queue."
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A failed message is deleted as if it had been processed",
        "The exception is swallowed here and {0} is not reported: '{1}' returns normally, so Lambda moves on past {0} as if processed and never reads it again. {2}.{3}",
        "When the function returns without an error, Lambda moves its checkpoint past every record before the first one that is listed in batchItemFailures. A record whose exception was caught and only logged is never delivered again, and no destination is told of it."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfStream);

    private protected override bool Applies(Handler handler) =>
        handler.IsBatchSource && handler.Response.Kind is ResponseKind.None or ResponseKind.Other or ResponseKind.BatchItemFailures;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        var places = new HashSet<Location>();
        foreach (var failure in SwallowedFailures.In(handler, flow))
        {
            var clause = failure.Catch?.Syntax as CatchClauseSyntax;
            var own = clause is not null && clause.SyntaxTree == handler.Anchor.SourceTree ? clause.CatchKeyword.GetLocation() : null;
            var place = own ?? BatchFlow.PlaceIn(handler.Anchor.SourceTree, failure).Syntax.GetLocation();
            if (place.SourceTree != handler.Anchor.SourceTree || !places.Add(place))
                continue;
            var way = WayToClause(handler, failure).ToList();
            var path = own is null && clause is not null ? new[] { clause.CatchKeyword.GetLocation() } : Enumerable.Empty<Location>();
            report(
                Diagnostic.Create(
                    handler.IsStream ? OfStream : Descriptor,
                    place,
                    path,
                    Findings.About(handler),
                    failure.ConcernsWholeBatch && flow.Iterations.Length > 0 ? "the whole batch" : $"the failed {handler.RecordName}",
                    handler.Name,
                    Advice(handler, isElsewhere: way.Count > 0),
                    Wording.Path(handler, way)
                )
            );
        }
    }

    // A method on the way may know nothing of the response.
    private static string Advice(Handler handler, bool isElsewhere) =>
        (handler.Response.CarriesFailures, isElsewhere) switch
        {
            (true, false) => "Add it to batchItemFailures",
            (true, true) => "Let the exception through, or add it to batchItemFailures",
            _ => $"Return {handler.ResponseName} and report it, or let the exception through",
        };

    // The methods that lead to the clause; what fails may lie further on.
    private static IEnumerable<IMethodSymbol> WayToClause(Handler handler, RecordFailure failure)
    {
        var owner = failure.Path.ToList().FindIndex(IsAroundClause);
        return IsAroundClause(handler.Method.OriginalDefinition) ? []
            : owner < 0 ? failure.Path
            : failure.Path.Take(owner + 1);

        bool IsAroundClause(IMethodSymbol method) =>
            failure.Catch?.Syntax is { } clause
            && method.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == clause.SyntaxTree && part.Span.Contains(clause.Span));
    }
}
