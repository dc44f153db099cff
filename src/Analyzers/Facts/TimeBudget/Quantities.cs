using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>
/// Computes numbers and durations that the code spells out: through constants, locals that are set once, fields of the class, parameters of the calls on the way, and the
/// variables of loops whose turns are counted. Where two values are possible the smaller one counts.
/// </summary>
internal sealed class Quantities(MemberDefinitions members)
{
    private const int Deepest = 24;

    private readonly Dictionary<ISymbol, (double Value, int RaisedBehind)> turns = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Located> elements = new(SymbolEqualityComparer.Default);
    private int depth;

    /// <summary>Sets the variable of a loop over spelled-out elements for one turn.</summary>
    public void SetTurn(ISymbol variable, Located element) => elements[variable] = element;

    /// <summary>Sets the variable of a loop for one turn.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="value">Its value when the turn begins.</param>
    /// <param name="raisedBehind">The place in the code behind which it is one more.</param>
    public void SetTurn(ISymbol variable, double value, int raisedBehind = int.MaxValue) => turns[variable] = (value, raisedBehind);

    /// <summary>Forgets the variable of a loop.</summary>
    public void EndTurns(ISymbol variable)
    {
        turns.Remove(variable);
        elements.Remove(variable);
    }

    /// <summary>The number; null where the code does not spell it out.</summary>
    public double? Number(IOperation? value, Frame frame) => Guarded(value, operation => FindNumber(operation, frame));

    /// <summary>The duration; <see cref="TimeSpan.MaxValue"/> for an infinite one, null where the code does not spell it out.</summary>
    public TimeSpan? Duration(IOperation? value, Frame frame) => Guarded(value, operation => FindDuration(operation, frame));

    /// <summary>Whether a condition about loop variables holds; null where it hangs on something else.</summary>
    public bool? Truth(IOperation? condition, Frame frame) =>
        Guarded<bool>(
            condition,
            operation =>
                operation switch
                {
                    { ConstantValue: { HasValue: true, Value: bool constant } } => constant,
                    IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => !Truth(operand, frame),
                    IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both => (
                        Truth(both.LeftOperand, frame),
                        Truth(both.RightOperand, frame)
                    ) switch
                    {
                        (false, _) or (_, false) => false,
                        (true, true) => true,
                        _ => null,
                    },
                    IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either => (
                        Truth(either.LeftOperand, frame),
                        Truth(either.RightOperand, frame)
                    ) switch
                    {
                        (true, _) or (_, true) => true,
                        (false, false) => false,
                        _ => null,
                    },
                    IBinaryOperation comparison when Number(comparison.LeftOperand, frame) is { } left && Number(comparison.RightOperand, frame) is { } right =>
                        comparison.OperatorKind switch
                        {
                            BinaryOperatorKind.LessThan => left < right,
                            BinaryOperatorKind.LessThanOrEqual => left <= right,
                            BinaryOperatorKind.GreaterThan => left > right,
                            BinaryOperatorKind.GreaterThanOrEqual => left >= right,
                            BinaryOperatorKind.Equals => left.Equals(right),
                            BinaryOperatorKind.NotEquals => !left.Equals(right),
                            _ => null,
                        },
                    _ => null,
                }
        );

    /// <summary>The elements of an array or collection that is spelled out; null for any other value.</summary>
    public IReadOnlyList<Located>? Elements(IOperation? value, Frame frame)
    {
        if (value is null || depth > Deepest)
            return null;
        depth++;
        try
        {
            return value.WithoutConversions() switch
            {
                IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues.Select(element => new Located(element, frame)).ToList(),
                IArrayInitializerOperation initializer => initializer.ElementValues.Select(element => new Located(element, frame)).ToList(),
                IObjectCreationOperation { Initializer: { } initializer } list when list.Type?.Name == "List" => initializer
                    .Initializers.OfType<IInvocationOperation>()
                    .Where(add => add.Arguments.Length == 1)
                    .Select(add => new Located(add.Arguments[0].Value, frame))
                    .ToList(),
                var other when Resolve(other, frame) is { } definition => Elements(definition.Operation, definition.Frame),
                _ => null,
            };
        }
        finally
        {
            depth--;
        }
    }

    /// <summary>The lambda or method group that a delegate surely is; null where it may be several things.</summary>
    public Located? Function(IOperation value, Frame frame)
    {
        for (var turn = 0; turn < 8; turn++)
        {
            value = value.WithoutConversions();
            if (value is IDelegateCreationOperation creation)
                value = creation.Target;
            if (value is IAnonymousFunctionOperation or IMethodReferenceOperation)
                return new(value, frame);
            if (Resolve(value, frame) is not { } definition)
                return null;
            (value, frame) = (definition.Operation, definition.Frame);
        }

        return null;
    }

    /// <summary>What a local, parameter, field or property surely is; null where it may be several things.</summary>
    public Located? Resolve(IOperation value, Frame frame) =>
        value switch
        {
            ILocalReferenceOperation local => elements.TryGetValue(local.Local, out var element) ? element : LocalValue(local.Local, frame),
            IParameterReferenceOperation parameter => Passed(parameter.Parameter, frame),
            IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } member => members.Of(
                member.Member.OriginalDefinition
            )
                is [var only]
                ? new(only, frame)
                : null,
            _ => null,
        };

    /// <summary>What the parameter of a method on the way is given.</summary>
    public static Located? Passed(IParameterSymbol parameter, Frame frame)
    {
        for (var current = frame; current is not null; current = current.Caller)
        {
            if (current.Method.Parameters.Any(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, parameter.OriginalDefinition)))
                return current is { Caller: { } caller, Method.MethodKind: not MethodKind.AnonymousFunction } && current.ArgumentFor(parameter) is { } argument
                    ? new(argument, caller)
                    : null;
        }

        return null;
    }

    private static Located? LocalValue(ILocalSymbol local, Frame frame)
    {
        for (var current = frame; current is not null; current = current.Caller)
        {
            var sets = current.Root.SetsOf(local);
            if (sets.Any(set => set.IsInitial))
                return sets is [{ Value: { } only }] ? new(only, current) : null;
        }

        return null;
    }

    private T? Guarded<T>(IOperation? value, Func<IOperation, T?> find)
        where T : struct
    {
        if (value is null || depth > Deepest)
            return null;
        depth++;
        try
        {
            return find(value.WithoutConversions());
        }
        finally
        {
            depth--;
        }
    }

    private double? FindNumber(IOperation value, Frame frame)
    {
        switch (value)
        {
            case var _ when Arithmetic.ConstantOf(value) is { } constant:
                return constant;
            case ILocalReferenceOperation local when turns.TryGetValue(local.Local, out var turn):
                return turn.Value + (local.Syntax.SpanStart >= turn.RaisedBehind ? 1 : 0);
            case IParameterReferenceOperation parameter when turns.TryGetValue(parameter.Parameter, out var turn):
                return turn.Value;
            case IIncrementOrDecrementOperation { Target: var raised }:
                return Number(raised, frame);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, Operand: var operand }:
                return -Number(operand, frame);
            case IBinaryOperation binary when Number(binary.LeftOperand, frame) is { } left && Number(binary.RightOperand, frame) is { } right:
                return Arithmetic.Of(binary, left, right);
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                return Truth(choice.Condition, frame) switch
                {
                    true => Number(choice.WhenTrue, frame),
                    false => Number(otherwise, frame),
                    null => Number(choice.WhenTrue, frame) is { } one && Number(otherwise, frame) is { } other ? Math.Min(one, other) : null,
                };
            case IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type }, Arguments: var arguments }:
                // A random addition never shortens the wait.
                if (type.Is("System.Random"))
                    return name is "Next" or "NextInt64" && arguments.Length == 2 ? Number(arguments[0].Value, frame) : 0;
                return type.Is("System.Math") && arguments.Select(argument => Number(argument.Value, frame)).ToList() is [{ } first, { } second]
                    ? name switch
                    {
                        "Pow" => Math.Pow(first, second),
                        "Min" => Math.Min(first, second),
                        "Max" => Math.Max(first, second),
                        _ => null,
                    }
                    : null;
            case IPropertyReferenceOperation { Property.Name: "Length" or "Count", Instance: { } list } when Elements(list, frame) is { } elements:
                return elements.Count;
            case IPropertyReferenceOperation { Property: { Name: "TotalMilliseconds" or "TotalSeconds" or "TotalMinutes", ContainingType: var span } total }
                when span.Is("System.TimeSpan"):
                return Duration(((IPropertyReferenceOperation)value).Instance, frame) is { } duration
                    ? total.Name switch
                    {
                        "TotalMilliseconds" => duration.TotalMilliseconds,
                        "TotalSeconds" => duration.TotalSeconds,
                        _ => duration.TotalMinutes,
                    }
                    : null;
            case var _ when ElementOf(value, frame) is { } element:
                return Number(element.Operation, element.Frame);
            case var _ when Resolve(value, frame) is { } definition:
                return Number(definition.Operation, definition.Frame);
            default:
                return null;
        }
    }

    private TimeSpan? FindDuration(IOperation value, Frame frame)
    {
        switch (value)
        {
            case IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type }, Arguments: [var number, ..] } call
                when type.Is("System.TimeSpan"):
                if (Durations.Unit(name, "From") is { } unit)
                    return Sum(call, unit, frame);
                return (name, Duration(call.Instance, frame)) switch
                {
                    ("Multiply", { } duration) => Times(duration, Number(number.Value, frame)),
                    ("Add", { } duration) => Duration(number.Value, frame) is { } more ? Checked(duration.TotalSeconds + more.TotalSeconds) : null,
                    _ => null,
                };
            case IObjectCreationOperation { Type: { } created, Arguments: var arguments } when created.Is("System.TimeSpan"):
                var numbers = arguments.Select(argument => Number(argument.Value, frame)).ToList();
                return numbers switch
                {
                    [{ } ticks] => Checked(ticks / TimeSpan.TicksPerSecond),
                    [{ } hours, { } minutes, { } seconds] => Checked((hours * 3600) + (minutes * 60) + seconds),
                    [{ } days, { } hours, { } minutes, { } seconds] => Checked((days * 86400) + (hours * 3600) + (minutes * 60) + seconds),
                    _ => null,
                };
            case IFieldReferenceOperation { Field: { Name: "Zero", ContainingType: var type } } when type.Is("System.TimeSpan"):
                return TimeSpan.Zero;
            case IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType: var type } } when type.Is("System.Threading.Timeout"):
                return TimeSpan.MaxValue;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product:
                return product.LeftOperand.Type.Is("System.TimeSpan")
                    ? Times(Duration(product.LeftOperand, frame), Number(product.RightOperand, frame))
                    : Times(Duration(product.RightOperand, frame), Number(product.LeftOperand, frame));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Divide } sum
                when Duration(sum.LeftOperand, frame) is { } left:
                return sum.OperatorKind == BinaryOperatorKind.Divide
                    ? Number(sum.RightOperand, frame) is { } by and not 0d
                        ? Times(left, 1 / by)
                        : null
                    : Duration(sum.RightOperand, frame) is { } right
                        ? Checked(left.TotalSeconds + (sum.OperatorKind == BinaryOperatorKind.Add ? right : -right).TotalSeconds)
                        : null;
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                return Truth(choice.Condition, frame) switch
                {
                    true => Duration(choice.WhenTrue, frame),
                    false => Duration(otherwise, frame),
                    null => Duration(choice.WhenTrue, frame) is { } one && Duration(otherwise, frame) is { } other ? (one < other ? one : other) : null,
                };
            case var _ when ElementOf(value, frame) is { } element:
                return Duration(element.Operation, element.Frame);
            case var _ when Resolve(value, frame) is { } definition:
                return Duration(definition.Operation, definition.Frame);
            default:
                return null;
        }
    }

    // TimeSpan.FromHours(1, 30): what follows is counted by the names of the parameters.
    private TimeSpan? Sum(IInvocationOperation call, TimeSpan unit, Frame frame)
    {
        double? seconds = 0;
        foreach (var argument in call.Arguments)
        {
            var each = argument.Parameter?.Ordinal == 0 ? unit : Durations.Unit(argument.Parameter?.Name ?? "", "");
            var number = Number(argument.Value, frame);
            seconds += number is 0d ? 0 : each?.TotalSeconds * number;
        }

        return seconds is { } sum ? Checked(sum) : null;
    }

    private Located? ElementOf(IOperation value, Frame frame)
    {
        var (list, position) = value switch
        {
            IArrayElementReferenceOperation { Indices: [var index] } element => (element.ArrayReference, index),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } indexed, Arguments: [var argument] } => (indexed, argument.Value),
            _ => (null, null),
        };
        return
            list is not null
            && Number(position, frame) is { } at
            && Elements(list, frame) is { } elements
            && at >= 0
            && at < elements.Count
            && Math.Floor(at).Equals(at)
            ? elements[(int)at]
            : null;
    }

    private static TimeSpan? Times(TimeSpan? unit, double? count) =>
        unit is { } one && count is { } number
            ? one == TimeSpan.MaxValue
                ? null
                : Checked(one.TotalSeconds * number)
            : null;

    private static TimeSpan? Checked(double seconds) =>
        !double.IsNaN(seconds) && Math.Abs(seconds) < 1e9 ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)) : null;
}
