using Xunit.v3;

namespace AtLeastOnce.Runtime.Tests.Rules;

/// <summary>
/// Rules of the semantics reference that a test proves, where its name does not begin with them (<c>R20_R21_…</c>). As a trait: <c>--filter-trait Rule=R-20</c>.
/// </summary>
/// <param name="ids">The rules: <c>R-20</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuleAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    /// <summary>The rules.</summary>
    public IReadOnlyList<string> Ids { get; } = ids;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. Ids.Select(id => new KeyValuePair<string, string>("Rule", id))];
}
