using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>What a piece of code does with its locals and with the object that it runs on, gathered once.</summary>
internal sealed class ProgramBody
{
    private readonly ILookup<ISymbol, ILocalReferenceOperation> uses;
    private readonly ILookup<ISymbol, IOperation> values;
    private readonly ILookup<ISymbol, ISimpleAssignmentOperation> steps;
    private readonly ILookup<ISymbol, ISimpleAssignmentOperation> own;

    private ProgramBody(List<IOperation> operations)
    {
        uses = operations.OfType<ILocalReferenceOperation>().ToLookup<ILocalReferenceOperation, ISymbol>(use => use.Local, SymbolEqualityComparer.Default);
        values = operations
            .Select(ValueOf)
            .OfType<(ILocalSymbol Local, IOperation Value)>()
            .ToLookup(Key, given => given.Value, SymbolEqualityComparer.Default);
        var assignments = operations.OfType<ISimpleAssignmentOperation>().ToList();
        steps = assignments.Where(step => OwnerOf(step) is not null).ToLookup(step => OwnerOf(step)!, SymbolEqualityComparer.Default);
        own = assignments.Where(assignment => OwnMemberOf(assignment) is not null).ToLookup(step => OwnMemberOf(step)!, SymbolEqualityComparer.Default);
        var returned = operations.OfType<IReturnOperation>().Select(operation => operation.ReturnedValue).Where(value => value is not null).ToList();
        OnlyReturn = returned is [var only] ? only : null;
    }

    /// <summary>What is returned, if it is one expression.</summary>
    public IOperation? OnlyReturn { get; }

    /// <summary>Looks through a piece of code.</summary>
    public static ProgramBody Of(IOperation root) => new([.. root.Descendants()]);

    /// <summary>The only value that a local is ever given; null where it is given several, or is changed by other means.</summary>
    public IOperation? OnlyValueOf(ILocalSymbol local) =>
        values[local].Take(2).ToList() is [not (IArgumentOperation or IIncrementOrDecrementOperation) and var only] ? only : null;

    /// <summary>Where a local stands.</summary>
    public IEnumerable<ILocalReferenceOperation> UsesOf(ILocalSymbol local) => uses[local];

    /// <summary>The members that are set of what a local holds: <c>props.VisibilityTimeout = …</c>.</summary>
    public IEnumerable<ISimpleAssignmentOperation> StepsOn(ILocalSymbol local) => steps[local];

    /// <summary>Where a member of the object is set that the code runs on.</summary>
    public IEnumerable<ISimpleAssignmentOperation> AssignmentsOf(ISymbol member) => own[member];

    private static ISymbol Key((ILocalSymbol Local, IOperation Value) given) => given.Local;

    private static (ILocalSymbol Local, IOperation Value)? ValueOf(IOperation operation) =>
        operation switch
        {
            IVariableDeclaratorOperation { Initializer.Value: { } initial } declarator => (declarator.Symbol, initial),
            IAssignmentOperation { Target: ILocalReferenceOperation target } assignment => (target.Local, assignment.Value),
            IIncrementOrDecrementOperation { Target: ILocalReferenceOperation target } counted => (target.Local, counted),
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: ILocalReferenceOperation target } argument => (target.Local, argument),
            _ => null,
        };

    private static ISymbol? OwnerOf(ISimpleAssignmentOperation step) =>
        step.Target is IMemberReferenceOperation { Instance: ILocalReferenceOperation { Local: var local } } ? local : null;

    private static ISymbol? OwnMemberOf(ISimpleAssignmentOperation assignment) =>
        assignment.Target
            is IMemberReferenceOperation
            {
                Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance },
                Member: var member
            }
            ? member
            : null;
}
