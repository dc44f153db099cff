namespace AtLeastOnce.Runtime;

/// <summary>The settings of a resource that its template leaves open. Nothing is guessed: the test says what they are before the first run.</summary>
internal sealed class OpenSettings
{
    private readonly SortedDictionary<string, string> reasons = new(StringComparer.Ordinal);

    /// <summary>The settings that are still open, each with the reason.</summary>
    public IEnumerable<(string Setting, string Why)> All => reasons.Select(reason => (reason.Key, reason.Value));

    /// <summary>The template does not tell a setting.</summary>
    public void Leave(string setting, string why) => reasons[setting] = why;

    /// <summary>The test tells it.</summary>
    public void Close(string setting) => reasons.Remove(setting);
}
