using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Steps from an operation to those around and inside it.</summary>
internal static class OperationPaths
{
    // A sum of thousands of texts is as deep as it is long.
    private const int DeepestRecursion = 100;

    /// <summary>The outermost operation that it is a part of.</summary>
    public static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>The operation with the conversions around it.</summary>
    public static IOperation WithConversions(this IOperation operation)
    {
        while (operation.Parent is IConversionOperation conversion)
            operation = conversion;
        return operation;
    }

    /// <summary>What is converted, without the conversions.</summary>
    public static IOperation WithoutConversions(this IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation;
    }

    /// <summary>Whether the operation, or one that it is made of, is such a one. Nothing is allocated, as this is asked more often than anything else.</summary>
    public static bool HasPart(this IOperation operation, Func<IOperation, bool> isSuch) => HasPart(operation, isSuch, 0);

    /// <summary>Adds what the operation is made of, parents before their children.</summary>
    public static void AddParts(this IOperation operation, List<IOperation> parts) => AddParts(operation, parts, 0);

    /// <summary>The operation and what it is made of, in the order in which it runs: what goes into a call before the call.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="isEntered">Whether what a part is made of counts; null for all.</param>
    public static IReadOnlyList<IOperation> InOrderOfEvaluation(this IOperation operation, Func<IOperation, bool>? isEntered = null)
    {
        var parts = new List<IOperation>(16);
        foreach (var child in operation.ChildOperations)
            AddInOrder(child, isEntered, parts, 1);
        parts.Add(operation);
        return parts;
    }

    private static void AddParts(IOperation operation, List<IOperation> parts, int depth)
    {
        if (depth == DeepestRecursion)
        {
            parts.AddRange(operation.Descendants());
            return;
        }

        foreach (var child in operation.ChildOperations)
        {
            parts.Add(child);
            AddParts(child, parts, depth + 1);
        }
    }

    private static void AddInOrder(IOperation operation, Func<IOperation, bool>? isEntered, List<IOperation> parts, int depth)
    {
        if (depth == DeepestRecursion)
        {
            AddDeepInOrder(operation, isEntered, parts);
            return;
        }

        if (isEntered is null || isEntered(operation))
        {
            foreach (var child in operation.ChildOperations)
                AddInOrder(child, isEntered, parts, depth + 1);
        }

        parts.Add(operation);
    }

    // The last is taken first, and all are turned around: no text is too deep for this.
    private static void AddDeepInOrder(IOperation operation, Func<IOperation, bool>? isEntered, List<IOperation> parts)
    {
        var first = parts.Count;
        var open = new Stack<IOperation>();
        open.Push(operation);
        while (open.Count > 0)
        {
            var part = open.Pop();
            parts.Add(part);
            if (isEntered is not null && !isEntered(part))
                continue;
            foreach (var child in part.ChildOperations)
                open.Push(child);
        }

        parts.Reverse(first, parts.Count - first);
    }

    private static bool HasPart(IOperation operation, Func<IOperation, bool> isSuch, int depth)
    {
        if (isSuch(operation))
            return true;
        if (depth == DeepestRecursion)
            return operation.Descendants().Any(isSuch);
        foreach (var child in operation.ChildOperations)
        {
            if (HasPart(child, isSuch, depth + 1))
                return true;
        }

        return false;
    }
}
