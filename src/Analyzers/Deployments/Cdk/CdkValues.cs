using System.Xml;
using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>Reads the values that CDK's properties have: numbers, durations, members of enumerations.</summary>
internal sealed class CdkValues(ProgramValues values)
{
    private const string Duration = "Amazon.CDK.Duration";

    /// <summary>A whole number, sums and products of such.</summary>
    public int? Number(Written value) =>
        values.Amount(value) is { } amount && amount == Math.Floor(amount) && Math.Abs(amount) <= int.MaxValue ? (int)amount : null;

    /// <summary>A truth value.</summary>
    public static bool? Flag(Written value) => value.Operation.ConstantValue is { HasValue: true, Value: bool flag } ? flag : null;

    /// <summary>A text.</summary>
    public static string? Text(Written value) => value.Operation.ConstantValue is { HasValue: true, Value: string text } ? text : null;

    /// <summary>The name of an enumeration's member, or of a static one: <c>TRIM_HORIZON</c>, <c>DOTNET_8</c>.</summary>
    public static string? Member(Written value) => value.Operation is IMemberReferenceOperation { Instance: null, Member.Name: var name } ? name : null;

    /// <summary>A point in time, in seconds since 1970.</summary>
    public double? Timestamp(Written value) => values.Amount(value);

    /// <summary>A duration in whole seconds.</summary>
    public int? Seconds(Written value) =>
        SpanOf(value) is { } span && span.TotalSeconds == Math.Floor(span.TotalSeconds) && span.TotalSeconds <= int.MaxValue ? (int)span.TotalSeconds : null;

    /// <summary>A duration in whole hours.</summary>
    public int? Hours(Written value) => Seconds(value) is { } seconds && seconds % 3600 == 0 ? seconds / 3600 : null;

    /// <summary>Whether a value is a list that is written out.</summary>
    public static bool IsList(Written value) => ProgramLists.ElementsOf(value.Operation) is not null;

    /// <summary>What is in a list that is written out.</summary>
    public static IEnumerable<Written> ElementsOf(Written list) =>
        (ProgramLists.ElementsOf(list.Operation) ?? []).Select(element => new Written(element, list.Frame));

    private TimeSpan? SpanOf(Written value) => values.Steps.Into(() => Reckoned(value), null);

    private TimeSpan? Reckoned(Written value)
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
        if (values.Amount(only) is not { } amount || amount is < 0 or > 1e9)
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

    private Written? Only(IOperation operation, ProgramFrame frame) => values.Single(new(operation, frame));

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
