using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Something that sets a local variable.</summary>
/// <param name="Value">What the variable is from then on; null where that is computed of the parts: <c>text += "0"</c>, <c>TryRead(message, out id)</c>.</param>
/// <param name="Parts">What has a part in it.</param>
/// <param name="IsInitial">Whether it stands in the variable's declaration.</param>
internal sealed record LocalSet(IOperation? Value, IReadOnlyList<IOperation> Parts, bool IsInitial = false);

/// <summary>Finds what sets the local variables of a method.</summary>
internal static class LocalSets
{
    /// <summary>All that sets a local in these operations, those of the functions inside included.</summary>
    public static Dictionary<ILocalSymbol, List<LocalSet>> In(IOperation root)
    {
        var sets = new Dictionary<ILocalSymbol, List<LocalSet>>(SymbolEqualityComparer.Default);
        foreach (var operation in root.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: { } value } declarator:
                    Add(declarator.Symbol, new(value, [value], IsInitial: true));
                    break;
                case IDeconstructionAssignmentOperation deconstruction:
                    Deconstruct(deconstruction.Target, deconstruction.Value, isInitial: false);
                    break;
                case ICompoundAssignmentOperation { Target: ILocalReferenceOperation target } changed:
                    Add(target.Local, new(null, [changed.Value]));
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation target } assignment:
                    Add(target.Local, new(assignment.Value, [assignment.Value]));
                    break;
                case IIncrementOrDecrementOperation { Target: ILocalReferenceOperation target }:
                    Add(target.Local, new(null, []));
                    break;
                case IForEachLoopOperation loop:
                    foreach (var local in loop.Locals)
                        Add(local, new(null, [loop.Collection]));
                    break;
                case IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol declared } pattern when Matched(pattern) is { } matched:
                    Add(declared, new(null, [matched]));
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument:
                    foreach (var reference in argument.Value.DescendantsAndSelf().OfType<ILocalReferenceOperation>())
                        Add(reference.Local, new(null, Beside(argument)));
                    break;
            }
        }

        return sets;

        void Add(ILocalSymbol local, LocalSet set)
        {
            if (!sets.TryGetValue(local, out var known))
                sets.Add(local, known = []);
            known.Add(set);
        }

        // var (id, body) = (message.MessageId, message.Body): each is its element, and all have a part of what is no tuple.
        void Deconstruct(IOperation target, IOperation value, bool isInitial)
        {
            switch (target)
            {
                case IDeclarationExpressionOperation declaration:
                    Deconstruct(declaration.Expression, value, isInitial: true);
                    break;
                case ITupleOperation targets when value.WithoutConversions() is ITupleOperation values && targets.Elements.Length == values.Elements.Length:
                    for (var index = 0; index < targets.Elements.Length; index++)
                        Deconstruct(targets.Elements[index], values.Elements[index], isInitial);
                    break;
                case ILocalReferenceOperation one:
                    Add(one.Local, new(value, [value], isInitial));
                    break;
                default:
                    foreach (var reference in target.Descendants().OfType<ILocalReferenceOperation>())
                        Add(reference.Local, new(null, [value]));
                    break;
            }
        }
    }

    // What a method is given besides the variable that it sets.
    private static IReadOnlyList<IOperation> Beside(IArgumentOperation argument) =>
        argument.Parent switch
        {
            IInvocationOperation call =>
            [
                .. call.Arguments.Where(other => other != argument).Select(other => other.Value),
                .. call.Instance is { } instance ? new[] { instance } : [],
            ],
            IObjectCreationOperation creation => [.. creation.Arguments.Where(other => other != argument).Select(other => other.Value)],
            _ => [],
        };

    private static IOperation? Matched(IOperation pattern)
    {
        for (var current = pattern.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IIsPatternOperation test:
                    return test.Value;
                case ISwitchExpressionOperation choice:
                    return choice.Value;
                case ISwitchOperation choice:
                    return choice.Value;
            }
        }

        return null;
    }
}
