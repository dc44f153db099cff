using AtLeastOnce.Analyzers.Facts.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What is done about failures: error queues, alarms, compensation.</summary>
internal static class CatchClauses
{
    /// <summary>Whether the effect, or a call on the way to it, stands in a catch clause.</summary>
    public static bool Contain(ReachedEffect reached)
    {
        if (Contain(reached.Call))
            return true;
        for (var frame = reached.Frame; frame is { Caller: not null }; frame = frame.Caller)
        {
            if (frame.Call is { } call && Contain(call))
                return true;
        }

        return false;
    }

    /// <summary>Whether the operation stands in a catch clause of its method.</summary>
    public static bool Contain(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is ICatchClauseOperation)
                return true;
        }

        return false;
    }
}
