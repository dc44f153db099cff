using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>The failures of one method, each cause once: what a clause takes is one cause, however many statements it guards.</summary>
internal sealed class FailureList
{
    private const int MostEscapes = 16;

    private readonly Dictionary<(FailureFate, SyntaxNode, bool), RecordFailure> byCause = [];
    private readonly List<RecordFailure> inOrder = [];
    private int escapes;

    /// <summary>Adds a failure, unless its cause is there already.</summary>
    public void Add(RecordFailure failure)
    {
        var isEscape = failure.Fate == FailureFate.Escapes;
        if (isEscape && escapes >= MostEscapes)
            return;
        var key = (failure.Fate, isEscape ? failure.Operation.Syntax : failure.Catch?.Syntax ?? failure.Operation.Syntax, failure.IsHiddenInResult);
        if (byCause.TryGetValue(key, out var known))
        {
            // What else depends on the same clause makes it no less of a last resort.
            if (!failure.IsLastResort || known.IsLastResort)
                return;
            inOrder[inOrder.IndexOf(known)] = failure;
            byCause[key] = failure;
            return;
        }

        if (isEscape)
            escapes++;
        byCause.Add(key, failure);
        inOrder.Add(failure);
    }

    /// <summary>The failures in the order they were met.</summary>
    public ImmutableArray<RecordFailure> ToImmutable() => inOrder.ToImmutableArray();
}
