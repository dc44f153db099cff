namespace AtLeastOnce.Deployment.Model;

/// <summary>
/// A comment that silences a rule in a deployment file: <c># alo:disable ALO302 legacy queue, drained by hand</c>; where the format has no comments,
/// an entry of the resource's metadata that says the same.
/// </summary>
/// <param name="RuleId">The rule, in capitals: also an id that no rule has.</param>
/// <param name="Reason">The words after the ids; empty if none were given.</param>
/// <param name="Place">The comment.</param>
/// <param name="AppliesTo">What it silences: its line, or the resource or property (with its value) that follows it.</param>
internal sealed record Suppression(string RuleId, string Reason, Place Place, Place AppliesTo)
{
    /// <summary>Whether a finding at <paramref name="place"/> is silenced.</summary>
    public bool Covers(Place place) => !place.IsNone && AppliesTo.Path == place.Path && AppliesTo.Start <= place.Start && place.Start <= AppliesTo.End;
}
