namespace System.Diagnostics.CodeAnalysis;

/// <summary>The out parameter is not null when the method returns <see cref="ReturnValue"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
{
    /// <summary>The return value under which the parameter is not null.</summary>
    public bool ReturnValue { get; } = returnValue;
}
