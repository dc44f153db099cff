using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Numbers the variables of one method and says what an operation's value is in a state.</summary>
internal sealed class FlowEvaluator(ControlFlowGraph graph)
{
    private readonly Dictionary<object, int> variables = new(VariableComparer.Instance);
    private readonly Dictionary<CaptureId, IOperation> targets = TargetsIn(graph);

    private FlowValue hidden;

    /// <summary>The call that hides the failure being followed in its result; null when the failure was thrown.</summary>
    public IOperation? HidingCall { get; private set; }

    /// <summary>Names the call that hides the failure being followed, and what it returns.</summary>
    public void Hide(IOperation? call, FlowValue result) => (HidingCall, hidden) = (call, result);

    /// <summary>The number of the variable that an operation refers to: a local, a parameter, an own field or a captured temporary; null for anything else.</summary>
    public int? VariableOf(IOperation? operation) =>
        operation switch
        {
            ILocalReferenceOperation local => Number(local.Local),
            IParameterReferenceOperation parameter => Number(parameter.Parameter),
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => Number(field.Field),
            IPropertyReferenceOperation
            {
                Instance: null or IInstanceReferenceOperation,
                Property: { IsIndexer: false, ContainingType.IsAnonymousType: false }
            } property => Number(property.Property),
            IFlowCaptureReferenceOperation capture => NumberOf(capture.Id),
            IFlowCaptureOperation capture => NumberOf(capture.Id),
            IDeclarationExpressionOperation declaration => VariableOf(declaration.Expression),
            IConversionOperation conversion => VariableOf(conversion.Operand),
            _ => null,
        };

    /// <summary>Whether a field or property that others can read tells of the failure.</summary>
    public bool IsKeptForOthers(FlowState state) =>
        variables.Any(variable =>
            variable.Key is IFieldSymbol or IPropertySymbol
            && ((ISymbol)variable.Key).DeclaredAccessibility is not (Accessibility.Private or Accessibility.Protected)
            && state[variable.Value].TellsFailure
        );

    /// <summary>Whether some value in the operation tells of the failure.</summary>
    public bool Tells(IOperation? operation, FlowState state)
    {
        if (operation is null)
            return false;
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part == HidingCall || part is ILocalReferenceOperation local && IsCaughtException(local.Local))
                return true;
            if (VariableOf(part) is { } variable && state[variable].TellsFailure)
                return true;
        }

        return false;
    }

    /// <summary>The operation's value.</summary>
    public FlowValue Evaluate(IOperation? operation, FlowState state)
    {
        if (operation is null)
            return FlowValue.Unknown;
        if (operation == HidingCall)
            return hidden;
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
            return new(OfConstant(constant), false);
        return operation switch
        {
            IConversionOperation conversion => Evaluate(conversion.Operand, state),
            IAwaitOperation awaited => Evaluate(awaited.Operation, state),
            IParenthesizedOperation parenthesized => Evaluate(parenthesized.Operand, state),
            IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } => Evaluate(task, state),
            IInvocationOperation { TargetMethod.Name: "FromResult", Arguments: [var argument] } => Evaluate(argument.Value, state),
            IInvocationOperation { TargetMethod.Name: "Any" or "Count" } invocation => Quantity(
                ReceiverOf(invocation),
                invocation.TargetMethod.Name == "Any",
                state
            ),
            IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "IsEmpty", Instance: { } instance } property => CountOf(
                property.Property.Name,
                instance,
                state
            ),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } unary => Not(Evaluate(unary.Operand, state)),
            IBinaryOperation binary => Compare(binary, state),
            IIsNullOperation check => IsNull(Evaluate(check.Operand, state)),
            IIsPatternOperation pattern => Match(pattern.Pattern, Evaluate(pattern.Value, state)),
            IObjectCreationOperation or IArrayCreationOperation or ITupleOperation or IAnonymousObjectCreationOperation => new(
                Knowledge.NotNull,
                Tells(operation, state)
            ),
            _ when VariableOf(operation) is { } variable => state[variable],
            _ => new(Knowledge.Unknown, Tells(operation, state)),
        };
    }

    /// <summary>The object that a call works on, also for extension methods.</summary>
    public static IOperation? ReceiverOf(IInvocationOperation invocation) =>
        invocation.Instance ?? (invocation.TargetMethod.IsExtensionMethod && invocation.Arguments.Length > 0 ? invocation.Arguments[0].Value : null);

    private static bool IsCaughtException(ILocalSymbol local) => local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is CatchDeclarationSyntax;

    // A captured target is the variable itself.
    private int? NumberOf(CaptureId id) => targets.TryGetValue(id, out var target) ? VariableOf(target) : Number(id);

    // stopped = stopped || …: what is assigned to is captured before the branch on the right.
    private static Dictionary<CaptureId, IOperation> TargetsIn(ControlFlowGraph graph)
    {
        // A capture is a statement of its own.
        var captures = graph
            .Blocks.SelectMany(block => block.Operations)
            .OfType<IFlowCaptureOperation>()
            .ToLookup(capture => capture.Id, capture => capture.Value);
        var assigned = new Dictionary<CaptureId, IOperation>();
        if (captures.Count == 0)
            return assigned;
        foreach (var assignment in graph.Operations().OfType<IAssignmentOperation>())
        {
            if (assignment.Target is IFlowCaptureReferenceOperation { Id: var id } && captures[id].FirstOrDefault() is { } value)
                assigned[id] = value;
        }

        return assigned;
    }

    private int Number(object variable)
    {
        if (variables.TryGetValue(variable, out var number))
            return number;
        return variables[variable] = variables.Count;
    }

    private FlowValue Quantity(IOperation? collection, bool isAny, FlowState state)
    {
        var value = Evaluate(collection, state);
        return isAny ? value with { Knowledge = Truth(value.Knowledge, Knowledge.Positive, Knowledge.Zero) } : value;
    }

    private FlowValue CountOf(string name, IOperation instance, FlowState state)
    {
        var value = Evaluate(instance, state);
        return name == "IsEmpty" ? value with { Knowledge = Truth(value.Knowledge, Knowledge.Zero, Knowledge.Positive) }
            : value.Knowledge is Knowledge.Zero or Knowledge.Positive ? value
            : value with { Knowledge = Knowledge.Unknown };
    }

    private FlowValue Compare(IBinaryOperation binary, FlowState state)
    {
        var left = Evaluate(binary.LeftOperand, state);
        var right = Evaluate(binary.RightOperand, state);
        var tells = left.TellsFailure || right.TellsFailure;
        bool? truth = binary.OperatorKind switch
        {
            BinaryOperatorKind.Equals => AreEqual(left.Knowledge, right.Knowledge),
            BinaryOperatorKind.NotEquals => !AreEqual(left.Knowledge, right.Knowledge),
            BinaryOperatorKind.GreaterThan when right.Knowledge == Knowledge.Zero => left.Knowledge switch
            {
                Knowledge.Positive => true,
                Knowledge.Zero => false,
                _ => null,
            },
            BinaryOperatorKind.GreaterThanOrEqual when binary.RightOperand.ConstantValue is { HasValue: true, Value: 1 } => left.Knowledge switch
            {
                Knowledge.Positive => true,
                Knowledge.Zero => false,
                _ => null,
            },
            BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => left.Truth == false || right.Truth == false ? false
            : left.Truth == true && right.Truth == true ? true
            : null,
            BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => left.Truth == true || right.Truth == true ? true
            : left.Truth == false && right.Truth == false ? false
            : null,
            _ => null,
        };
        return new(
            truth switch
            {
                true => Knowledge.True,
                false => Knowledge.False,
                null => Knowledge.Unknown,
            },
            tells
        );
    }

    private static bool? AreEqual(Knowledge left, Knowledge right) =>
        (left, right) switch
        {
            (Knowledge.Unknown, _) or (_, Knowledge.Unknown) => null,
            (Knowledge.Null, Knowledge.Null) or (Knowledge.True, Knowledge.True) or (Knowledge.False, Knowledge.False) or (Knowledge.Zero, Knowledge.Zero) =>
                true,
            (Knowledge.NotNull, Knowledge.NotNull) or (Knowledge.Positive, Knowledge.Positive) => null,
            (Knowledge.NotNull, not Knowledge.Null) or (not Knowledge.Null, Knowledge.NotNull) => null,
            _ => false,
        };

    private static FlowValue Match(IPatternOperation pattern, FlowValue value) =>
        pattern switch
        {
            IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var constant } } => value with
            {
                Knowledge = AreEqual(value.Knowledge, OfConstant(constant)) switch
                {
                    true => Knowledge.True,
                    false => Knowledge.False,
                    null => Knowledge.Unknown,
                },
            },
            INegatedPatternOperation negated => Not(Match(negated.Pattern, value)),
            IRecursivePatternOperation { MatchedType: not null }
            or IDeclarationPatternOperation
            or ITypePatternOperation when value.Knowledge == Knowledge.Null => value with
            {
                Knowledge = Knowledge.False,
            },
            IRecursivePatternOperation { DeconstructionSubpatterns.Length: 0, PropertySubpatterns.Length: 0 } => Not(IsNull(value)),
            _ => value with { Knowledge = Knowledge.Unknown },
        };

    private static FlowValue IsNull(FlowValue value) =>
        value with
        {
            Knowledge = value.Knowledge switch
            {
                Knowledge.Null => Knowledge.True,
                Knowledge.Unknown => Knowledge.Unknown,
                _ => Knowledge.False,
            },
        };

    private static FlowValue Not(FlowValue value) => value with { Knowledge = Truth(value.Knowledge, Knowledge.False, Knowledge.True) };

    private static Knowledge Truth(Knowledge value, Knowledge whenTrue, Knowledge whenFalse) =>
        value == whenTrue ? Knowledge.True
        : value == whenFalse ? Knowledge.False
        : Knowledge.Unknown;

    private static Knowledge OfConstant(object? constant) =>
        constant switch
        {
            null => Knowledge.Null,
            true => Knowledge.True,
            false => Knowledge.False,
            0 or 0L => Knowledge.Zero,
            int number => number > 0 ? Knowledge.Positive : Knowledge.Unknown,
            string => Knowledge.NotNull,
            _ => Knowledge.Unknown,
        };

    private sealed class VariableComparer : IEqualityComparer<object>
    {
        public static readonly VariableComparer Instance = new();

        public new bool Equals(object? left, object? right) =>
            left is ISymbol symbol ? SymbolEqualityComparer.Default.Equals(symbol, right as ISymbol) : object.Equals(left, right);

        public int GetHashCode(object variable) => variable is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : variable.GetHashCode();
    }
}
