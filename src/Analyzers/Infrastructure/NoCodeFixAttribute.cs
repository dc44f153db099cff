namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Says why a rule offers no fix; a rule has a fix or this.</summary>
/// <param name="reason">The reason, for people who ask.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class NoCodeFixAttribute(string reason) : Attribute
{
    /// <summary>The reason, for people who ask.</summary>
    public string Reason { get; } = reason;
}
