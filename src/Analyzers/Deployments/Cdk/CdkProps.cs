using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>The properties that a construct is made with.</summary>
/// <param name="values">Follows values.</param>
/// <param name="construct">The construct's creation: where a property that is not written would be.</param>
/// <param name="props">The props object; null when the construct is made without one.</param>
/// <param name="isUnknown">Whether there is a props object that cannot be followed.</param>
internal sealed class CdkProps(ProgramValues values, IOperation construct, Written? props, bool isUnknown)
{
    private const string Computed = "it is computed in code";

    /// <summary>Where a property that is not written would be: the props, or the construct.</summary>
    public Place Enclosing { get; } = SourcePlaces.Of(props?.Operation.Syntax ?? construct.Syntax);

    /// <summary>The props of an argument that may be left out.</summary>
    public static CdkProps Of(ProgramValues values, Written construct, IArgumentOperation? argument)
    {
        if (argument is null || argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value.ConstantValue is { HasValue: true, Value: null })
            return new(values, construct.Operation, null, false);
        var props = values.Single(new(argument.Value, construct.Frame));
        return props is { Operation: IObjectCreationOperation } ? new(values, construct.Operation, props, false) : new(values, construct.Operation, null, true);
    }

    /// <summary>The props object that a property holds, or one of none.</summary>
    public CdkProps Inner(string name)
    {
        var value = ValueOf(name, out var isUnreadable);
        if (value is not { } written)
            return new(values, construct, null, isUnreadable);
        return values.Single(written) is { Operation: IObjectCreationOperation } inner
            ? new(values, construct, inner, false)
            : new(values, construct, null, true);
    }

    /// <summary>Whether the property is written, or may be.</summary>
    public bool Has(string name) => ValueOf(name, out var isUnreadable) is not null || isUnreadable;

    /// <summary>The property as written; null where it is not, or cannot be followed.</summary>
    public Written? Value(string name) => ValueOf(name, out _);

    /// <summary>A property as a setting.</summary>
    /// <param name="name">The property.</param>
    /// <param name="read">The value that an operation has; null where it has none.</param>
    /// <param name="absent">The setting when the property is not written.</param>
    public Setting<T> Read<T>(string name, Func<Written, T?> read, Setting<T> absent)
        where T : struct => Read(name, written => read(written) is { } value ? (true, value) : (false, default), absent);

    /// <summary>A property that holds a text or another object as a setting.</summary>
    public Setting<T> ReadObject<T>(string name, Func<Written, T?> read, Setting<T> absent)
        where T : class => Read(name, written => read(written) is { } value ? (true, value) : (false, default!), absent);

    private Setting<T> Read<T>(string name, Func<Written, (bool IsKnown, T Value)> read, Setting<T> absent)
    {
        if (ValueOf(name, out var isUnreadable) is not { } written)
            return isUnreadable ? Setting<T>.Unknown(Computed, default, Enclosing) : absent.In(Enclosing);
        var (key, value) = (KeyOf(written.Operation), SourcePlaces.Of(written.Operation.Syntax));
        var known = new List<SettingValue<T>>();
        var mayBeMissing = false;
        foreach (var possible in values.Of(written))
        {
            if (possible.Operation.ConstantValue is { HasValue: true, Value: null })
            {
                if (absent.Values.Count > 0)
                    known.AddRange(absent.Values);
                else
                    mayBeMissing = true;
                continue;
            }

            var (isKnown, result) = read(possible);
            if (!isKnown)
                return Setting<T>.Unknown(Computed, key, value);
            known.Add(new(result, SourcePlaces.Of(possible.Operation.Syntax), Provenance.Literal, null));
        }

        return known.Count == 0 ? absent.In(Enclosing) : Setting<T>.Known(known, key, value, mayBeMissing).In(Enclosing);
    }

    private Written? ValueOf(string name, out bool isUnreadable)
    {
        isUnreadable = isUnknown;
        return props is { } made ? values.MemberOf(made, name, out isUnreadable) : null;
    }

    private static Place KeyOf(IOperation value) => ExpressionSyntaxes.TargetOf(value.Syntax) is { } target ? SourcePlaces.Of(target) : default;
}
