using System.Globalization;
using System.Xml;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>Reads the values that CDK's properties have: numbers, durations, members of enumerations.</summary>
internal sealed class CdkValues(ConstructValues values)
{
    private const string Duration = "Amazon.CDK.Duration";

    /// <summary>A whole number, sums and products of such.</summary>
    public int? Number(Written value) => Amount(value) is { } amount && amount == Math.Floor(amount) && Math.Abs(amount) <= int.MaxValue ? (int)amount : null;

    /// <summary>A truth value.</summary>
    public static bool? Flag(Written value) => value.Operation.ConstantValue is { HasValue: true, Value: bool flag } ? flag : null;

    /// <summary>A text.</summary>
    public static string? Text(Written value) => value.Operation.ConstantValue is { HasValue: true, Value: string text } ? text : null;

    /// <summary>The name of an enumeration's member, or of a static one: <c>TRIM_HORIZON</c>, <c>DOTNET_8</c>.</summary>
    public static string? Member(Written value) => value.Operation is IMemberReferenceOperation { Instance: null, Member.Name: var name } ? name : null;

    /// <summary>A point in time, in seconds since 1970.</summary>
    public double? Timestamp(Written value) => Amount(value);

    /// <summary>A duration in whole seconds.</summary>
    public int? Seconds(Written value) =>
        SpanOf(value) is { } span && span.TotalSeconds == Math.Floor(span.TotalSeconds) && span.TotalSeconds <= int.MaxValue ? (int)span.TotalSeconds : null;

    /// <summary>A duration in whole hours.</summary>
    public int? Hours(Written value) => Seconds(value) is { } seconds && seconds % 3600 == 0 ? seconds / 3600 : null;

    /// <summary>Whether a value is an array or a collection expression, with its elements.</summary>
    public static bool IsList(Written value) =>
        value.Operation is IArrayCreationOperation { Initializer: not null } || value.Operation.Syntax.GetType().Name == "CollectionExpressionSyntax";

    /// <summary>What is in an array or a collection expression.</summary>
    public static IEnumerable<Written> ElementsOf(Written list)
    {
        var elements = list.Operation switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues.AsEnumerable(),
            // A collection expression has an operation newer than the Roslyn that this is built against.
            _ => list.Operation.ChildOperations,
        };
        return elements.Select(element => new Written(element, list.Frame));
    }

    private TimeSpan? SpanOf(Written value)
    {
        if (value.Operation is not IInvocationOperation { TargetMethod: var method } call || !method.ContainingType.Is(Duration))
            return null;
        if (method.Name == "Plus" && call is { Instance: { } instance, Arguments: [{ Value: var added }] })
            return Only(instance, value.Frame) is { } one && Only(added, value.Frame) is { } other && SpanOf(one) is { } first && SpanOf(other) is { } second
                ? first + second
                : null;
        if (call.Arguments is not [{ Value: var argument }] || Only(argument, value.Frame) is not { } only)
            return null;
        if (method.Name == "Parse")
            return Text(only) is { } text ? Parsed(text) : null;
        if (Amount(only) is not { } amount || amount is < 0 or > 1e9)
            return null;
        return method.Name switch
        {
            "Millis" => TimeSpan.FromMilliseconds(amount),
            "Seconds" => TimeSpan.FromSeconds(amount),
            "Minutes" => TimeSpan.FromMinutes(amount),
            "Hours" => TimeSpan.FromHours(amount),
            "Days" => TimeSpan.FromDays(amount),
            _ => null,
        };
    }

    private Written? Only(IOperation operation, ConstructFrame frame) => values.Single(new(operation, frame));

    private double? Amount(Written value)
    {
        if (value.Operation.ConstantValue is { HasValue: true, Value: IConvertible constant and not string and not bool and not char })
            return constant.ToDouble(CultureInfo.InvariantCulture);
        if (
            value.Operation is not IBinaryOperation binary
            || Only(binary.LeftOperand, value.Frame) is not { } left
            || Only(binary.RightOperand, value.Frame) is not { } right
        )
            return null;
        if (Amount(left) is not { } first || Amount(right) is not { } second)
            return null;
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.Add => first + second,
            BinaryOperatorKind.Subtract => first - second,
            BinaryOperatorKind.Multiply => first * second,
            _ => null,
        };
    }

    private static TimeSpan? Parsed(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
