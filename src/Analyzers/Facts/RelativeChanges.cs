using System.Text.RegularExpressions;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// Changes of an object's member that depend on what it was, so that making one twice makes a difference: a number that is counted up, a list that gets another element.
/// Sets and dictionaries take the same element once.
/// </summary>
internal static class RelativeChanges
{
    private const int DeepestChain = 8;

    private static readonly string[] Additions = ["Add", "AddRange", "AddFirst", "AddLast", "Insert", "InsertRange", "Enqueue", "Push", "Append"];
    private static readonly string[] Extensions = ["Append", "Prepend", "Concat"];

    // What takes an element out of the list before it is put in, or lets none in twice.
    private static readonly string[] Replacements = ["Clear", "Distinct", "DistinctBy", "Except", "ExceptBy", "Union", "UnionBy", "Where"];

    // What counts the writes themselves, or the tries, is meant to count them; so is what tells of each.
    private static readonly Regex Bookkeeping = new(
        "version|revision|etag|attempt|retr(y|ies)|sequence|epoch|concurrency|row",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        TimeSpan.FromSeconds(1)
    );
    private static readonly Regex Telling = new(
        "event|histor|log|audit|trace|error|warning|notification",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>The member that an operation changes relative to what it was; null for any other operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="root">The method's operations.</param>
    public static IMemberReferenceOperation? MemberOf(IOperation operation, IOperation root) =>
        NumberOf(operation) is { } number ? (Bookkeeping.IsMatch(number.Member.Name) ? null : number)
        : ListOf(operation, root) is { } list && !Telling.IsMatch(list.Member.Name) ? list
        : null;

    // x.N++, x.N += n, x.N = x.N + n
    private static IMemberReferenceOperation? NumberOf(IOperation operation) =>
        operation switch
        {
            IIncrementOrDecrementOperation { Target: IMemberReferenceOperation target } => target,
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, Target: IMemberReferenceOperation target }
                when IsNumber(target.Type) => target,
            ISimpleAssignmentOperation
            {
                Target: IMemberReferenceOperation target,
                Value: IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } sum
            } when IsNumber(target.Type) && Mentions(sum, target) => target,
            _ => null,
        };

    private static bool IsNumber(ITypeSymbol? type) =>
        type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double }
        || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } && IsNumber(inner);

    private static IMemberReferenceOperation? ListOf(IOperation operation, IOperation root) =>
        operation switch
        {
            // x.Items.Add(item)
            IInvocationOperation { Instance: IMemberReferenceOperation target } addition
                when IsAddition(addition) && IsList(target.Type) && !IsReplaced(root, part => IsSame(part, target)) => target,
            // x.Items = items, which were x.Items and got another; x.Items = x.Items.Append(item).ToList()
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment
                when IsList(target.Type) && IsLonger(assignment.Value.WithoutConversions(), target, root) => target,
            _ => null,
        };

    private static bool IsLonger(IOperation value, IMemberReferenceOperation target, IOperation root)
    {
        if (value is ILocalReferenceOperation { Local: var copy })
        {
            return root.SetsOf(copy).Any(set => set.Value is { } from && Mentions(from, target) && !IsReplacing(from))
                && Calls(root, part => IsOf(part, copy)).Any(IsAddition)
                && !IsReplaced(root, part => IsOf(part, copy));
        }

        return value is IInvocationOperation
            && Chain(value).Any(call => Extensions.Contains(call.TargetMethod.Name))
            && Mentions(value, target)
            && !IsReplacing(value);
    }

    private static IEnumerable<IInvocationOperation> Chain(IOperation value)
    {
        for (var depth = 0; depth < DeepestChain && value.WithoutConversions() is IInvocationOperation call; depth++)
        {
            yield return call;
            if ((call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is not { } before)
                yield break;
            value = before;
        }
    }

    private static bool IsAddition(IInvocationOperation call) => Additions.Contains(call.TargetMethod.Name);

    private static bool IsReplaced(IOperation root, Func<IOperation, bool> isList) => Calls(root, isList).Any(IsReplacement);

    private static bool IsReplacing(IOperation value) => Chain(value).Any(IsReplacement);

    private static bool IsReplacement(IInvocationOperation call) =>
        Replacements.Contains(call.TargetMethod.Name) || call.TargetMethod.Name.StartsWith("Remove", StringComparison.Ordinal);

    private static IEnumerable<IInvocationOperation> Calls(IOperation root, Func<IOperation, bool> isReceiver) =>
        root.Descendants().OfType<IInvocationOperation>().Where(call => call.Instance is { } receiver && isReceiver(receiver));

    private static bool IsList(ITypeSymbol? type) =>
        type is IArrayTypeSymbol
        || type is INamedTypeSymbol { SpecialType: not SpecialType.System_String } named
            && (
                named.Is("System.Collections.Generic.IEnumerable") || named.AllInterfaces.Any(contract => contract.Is("System.Collections.Generic.IEnumerable"))
            )
            && !named.AllInterfaces.Concat([named]).Any(contract => contract.Name is "ISet" or "IReadOnlySet" or "IDictionary" or "IReadOnlyDictionary");

    private static bool Mentions(IOperation value, IMemberReferenceOperation target) => value.HasPart(part => IsSame(part, target));

    private static bool IsSame(IOperation part, IMemberReferenceOperation target) =>
        part is IMemberReferenceOperation member && SymbolEqualityComparer.Default.Equals(member.Member, target.Member);

    private static bool IsOf(IOperation part, ILocalSymbol local) =>
        part is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);
}
