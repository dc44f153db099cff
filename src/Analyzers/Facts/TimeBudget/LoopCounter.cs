using AtLeastOnce.Analyzers.Facts.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>A variable that counts the turns of a loop.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="First">Its value in the first turn.</param>
/// <param name="Step">By what each turn changes it.</param>
/// <param name="RaisedBehind">The place in the code behind which it is changed already.</param>
internal sealed record LoopCounter(ILocalSymbol Variable, double First, double Step, int RaisedBehind)
{
    /// <summary>The variables that are set to a number before the loop and changed once in each turn, and nowhere else.</summary>
    public static IReadOnlyList<LoopCounter> Of(ILoopOperation loop, Frame frame, Quantities quantities)
    {
        var counters = new List<LoopCounter>();
        foreach (var change in loop.Descendants())
        {
            if (
                Changed(change, frame, quantities) is not var (variable, step)
                || counters.Exists(counter => Is(counter.Variable, variable))
                || FirstOf(variable, frame, quantities) is not { } first
                || frame.Root.Descendants().Count(operation => Changes(operation, variable)) != 1
            )
                continue;
            var isAtBottom = loop is IForLoopOperation counted && counted.AtLoopBottom.Any(bottom => bottom.DescendantsAndSelf().Contains(change));
            var behind =
                isAtBottom ? int.MaxValue
                : change is IIncrementOrDecrementOperation { IsPostfix: false } ? change.Syntax.SpanStart
                : change.Syntax.Span.End;
            // What is read behind the change is one step on, which the computation only knows for steps of one.
            if (isAtBottom || step.Equals(1d))
                counters.Add(new(variable, first, step, behind));
        }

        return counters;
    }

    private static (ILocalSymbol Variable, double Step)? Changed(IOperation operation, Frame frame, Quantities quantities) =>
        operation switch
        {
            IIncrementOrDecrementOperation { Target: ILocalReferenceOperation raised } change => (
                raised.Local,
                change.Kind == OperationKind.Increment ? 1 : -1
            ),
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, Target: ILocalReferenceOperation raised } change
                when quantities.Number(change.Value, frame) is { } number => (raised.Local, change.OperatorKind == BinaryOperatorKind.Add ? number : -number),
            _ => null,
        };

    private static double? FirstOf(ILocalSymbol variable, Frame frame, Quantities quantities) =>
        frame
            .Root.Descendants()
            .OfType<IVariableDeclaratorOperation>()
            .Where(declarator => Is(declarator.Symbol, variable))
            .Select(declarator =>
                quantities.Number((declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value, frame)
            )
            .FirstOrDefault();

    private static bool Changes(IOperation operation, ILocalSymbol variable) =>
        operation switch
        {
            IAssignmentOperation { Target: ILocalReferenceOperation target } => Is(target.Local, variable),
            IIncrementOrDecrementOperation { Target: ILocalReferenceOperation target } => Is(target.Local, variable),
            IArgumentOperation { Parameter.RefKind: not RefKind.None, Value: ILocalReferenceOperation given } => Is(given.Local, variable),
            _ => false,
        };

    private static bool Is(ILocalSymbol one, ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
