using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>The one pass over the records in which all failures of a handler's records happen, and the calls that lead to it.</summary>
/// <param name="Iteration">The loop, or the call that takes a function for each record.</param>
/// <param name="Calls">The calls from the handler to the method that holds the pass, outermost first.</param>
/// <param name="Failures">The operations in the pass that can fail for a record.</param>
internal sealed record RecordPass(RecordIteration Iteration, ImmutableArray<InvocationExpressionSyntax> Calls, ImmutableArray<SyntaxNode> Failures)
{
    /// <summary>Finds the pass that all the failures share; null when there are several, or none, or some fail outside of it.</summary>
    public static RecordPass? Of(FixTarget target, BatchFlow flow, IEnumerable<RecordFailure> failures)
    {
        RecordPass? found = null;
        foreach (var failure in failures)
        {
            var path = failure.Calls.Add(failure.Operation);
            var pass = path.Select((place, index) => (Iteration: IterationOf(flow, place), Index: index)).FirstOrDefault(pair => pair.Iteration is not null);
            if (pass.Iteration is null || pass.Iteration.Operation.Syntax.SyntaxTree != target.Root.SyntaxTree)
                return null;
            var calls = path.Take(pass.Index)
                .Select(call => call.Syntax)
                .OfType<InvocationExpressionSyntax>()
                .Where(call => call.SyntaxTree == target.Root.SyntaxTree)
                .ToImmutableArray();
            if (calls.Length != pass.Index)
                return null;
            var place = path[pass.Index].Syntax;
            if (found is null)
                found = new(pass.Iteration, calls, ImmutableArray.Create(place));
            else if (found.Iteration.Operation.Syntax != pass.Iteration.Operation.Syntax || !found.Calls.SequenceEqual(calls))
                return null;
            else
                found = found with { Failures = found.Failures.Add(place) };
        }

        return found;
    }

    /// <summary>Whether something in the node can fail for a record.</summary>
    public bool IsFailing(SyntaxNode node) => Failures.Any(failure => node.Span.Contains(failure.Span));

    /// <summary>Whether each task that is made in the pass is awaited there, so that its failure surfaces inside.</summary>
    public static bool AwaitsItsTasks(SyntaxNode region, SemanticModel model) =>
        region
            .DescendantNodesAndSelf(node => !FunctionSyntax.IsFunction(node) || node == region)
            .OfType<InvocationExpressionSyntax>()
            .Where(call =>
                model.GetTypeInfo(call).Type is { Name: "Task" or "ValueTask" }
                && model.GetOperation(call) is IInvocationOperation { TargetMethod.Name: not "ConfigureAwait" }
            )
            .All(Waiting.IsOver);

    // The outermost pass over records around the place: a loop over what was read from a record is no pass of its own. Waiting for the tasks of a pass fails as they do.
    private static RecordIteration? IterationOf(BatchFlow flow, IOperation place) =>
        flow
            .Iterations.Where(iteration =>
                iteration.Includes(place.Syntax)
                || iteration.Operation.Syntax.SyntaxTree == place.Syntax.SyntaxTree && place.Syntax.Span.Contains(iteration.Operation.Syntax.Span)
            )
            .OrderByDescending(iteration => iteration.Operation.Syntax.Span.Length)
            .FirstOrDefault();
}
