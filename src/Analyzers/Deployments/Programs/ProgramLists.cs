using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>Lists and dictionaries that are written out.</summary>
internal static class ProgramLists
{
    // A collection expression and a spread in it are operations newer than the Roslyn that this is built against.
    private const int CollectionExpression = 127;
    private const int Spread = 128;

    /// <summary>The elements of a list; null for what is no list that is written out.</summary>
    public static IReadOnlyList<IOperation>? ElementsOf(IOperation list) =>
        list switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            IArrayInitializerOperation initializer => initializer.ElementValues,
            IObjectCreationOperation { Arguments.Length: 0, Initializer: { } initializer } => Added(initializer),
            IObjectOrCollectionInitializerOperation initializer => Added(initializer),
            _ when (int)list.Kind == CollectionExpression && list.ChildOperations.All(child => (int)child.Kind != Spread) => [.. list.ChildOperations],
            _ => null,
        };

    /// <summary>The entries of a dictionary or anonymous object by their keys; null for what is neither, or has keys that are not known.</summary>
    public static IReadOnlyList<(string Key, IOperation Value)>? EntriesOf(IOperation dictionary)
    {
        var initializers = dictionary switch
        {
            IAnonymousObjectCreationOperation anonymous => anonymous.Initializers.AsEnumerable(),
            IObjectCreationOperation { Arguments.Length: 0, Initializer: { } initializer } => initializer.Initializers,
            _ => null,
        };
        var entries = initializers?.Select(EntryOf).ToList();
        return entries is null || entries.Contains(null) ? null : [.. entries.OfType<(string, IOperation)>()];
    }

    private static (string Key, IOperation Value)? EntryOf(IOperation entry) =>
        entry switch
        {
            ISimpleAssignmentOperation
            {
                Target: IPropertyReferenceOperation { Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }] }
            } set => (key, set.Value),
            ISimpleAssignmentOperation
            {
                Target: IPropertyReferenceOperation { Arguments.Length: 0, Property: { Name: var name, ContainingType.IsAnonymousType: true } }
            } set => (name, set.Value),
            IInvocationOperation { Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }, { Value: var value }] } => (key, value),
            _ => null,
        };

    // { "a", "b" } calls Add for each.
    private static List<IOperation>? Added(IObjectOrCollectionInitializerOperation initializer)
    {
        var elements = new List<IOperation>();
        foreach (var added in initializer.Initializers)
        {
            if (added is not IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: var value } argument] })
                return null;
            if (argument.ArgumentKind != ArgumentKind.ParamArray)
                elements.Add(value);
            else if (value is IArrayCreationOperation { Initializer.ElementValues: var several })
                elements.AddRange(several);
        }

        return elements;
    }
}
