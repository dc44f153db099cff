using System.Globalization;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Durations that the code spells out.</summary>
internal static class Durations
{
    /// <summary>The duration of <c>TimeSpan.FromMinutes(5)</c> and its kin, and of <c>new TimeSpan(h, m, s)</c>; null for any other value.</summary>
    public static TimeSpan? Of(IOperation value)
    {
        switch (Unconverted(value))
        {
            case IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type }, Arguments: [{ Value: var number }, ..] }
                when type.Is("System.TimeSpan"):
                return Unit(name, "From") is { } unit && Number(number) is { } count ? Times(unit, count) : null;
            case IObjectCreationOperation { Type: { } created, Arguments: [var hours, var minutes, var seconds] } when created.Is("System.TimeSpan"):
                return (Number(hours.Value), Number(minutes.Value), Number(seconds.Value)) is ({ } h, { } m, { } s)
                    ? TimeSpan.FromSeconds((h * 3600) + (m * 60) + s)
                    : null;
            default:
                return null;
        }
    }

    /// <summary>The unit that a method counts in by its name: <c>FromMinutes</c>, <c>AddDays</c>; null for any other name.</summary>
    public static TimeSpan? Unit(string name, string verb) =>
        !name.StartsWith(verb, StringComparison.Ordinal)
            ? null
            : name.Substring(verb.Length) switch
            {
                "Days" => TimeSpan.FromDays(1),
                "Hours" => TimeSpan.FromHours(1),
                "Minutes" => TimeSpan.FromMinutes(1),
                "Seconds" => TimeSpan.FromSeconds(1),
                "Milliseconds" => TimeSpan.FromMilliseconds(1),
                _ => null,
            };

    private static TimeSpan? Times(TimeSpan unit, double count) => Math.Abs(count) < 1_000_000 ? TimeSpan.FromSeconds(unit.TotalSeconds * count) : null;

    private static double? Number(IOperation operation) =>
        Unconverted(operation).ConstantValue is { HasValue: true, Value: IConvertible number and not string }
            ? number.ToDouble(CultureInfo.InvariantCulture)
            : null;

    private static IOperation Unconverted(IOperation operation) =>
        operation is IConversionOperation { ConstantValue.HasValue: false } conversion ? Unconverted(conversion.Operand) : operation;
}
