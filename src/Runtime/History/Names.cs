namespace AtLeastOnce.Runtime;

/// <summary>What to say when something is asked for by a name that does not exist.</summary>
internal static class Names
{
    /// <summary>No such thing; what there is, and which one may have been meant.</summary>
    /// <param name="kind">What was asked for: <c>queue</c>.</param>
    /// <param name="name">The name that does not exist.</param>
    /// <param name="where">Where it was looked for: <c>template.yaml</c>.</param>
    /// <param name="existing">The names that exist there.</param>
    public static string Missing(string kind, string name, string where, IReadOnlyCollection<string> existing)
    {
        if (existing.Count == 0)
            return $"No {kind} '{name}' in {where}; it has none.";
        var text = $"No {kind} '{name}' in {where}; it has {string.Join(", ", existing)}.";
        return Nearest(name, existing) is { } nearest ? $"{text} Did you mean \"{nearest}\"?" : text;
    }

    /// <summary>The name that was probably meant, or null.</summary>
    private static string? Nearest(string name, IEnumerable<string> existing)
    {
        var (best, bestDistance) = ((string?)null, int.MaxValue);
        foreach (var candidate in existing)
        {
            // A name that holds the other is near, however much longer it is: 'Orders' is 'OrdersQueue'.
            var holds = name.Length > 2 && candidate.Contains(name, StringComparison.OrdinalIgnoreCase);
            var distance = holds ? 0 : Distance(name, candidate);
            if (distance > Math.Max(2, Math.Max(name.Length, candidate.Length) / 3))
                continue;
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                var value = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = row[j];
                row[j] = value;
            }
        }

        return row[right.Length];
    }
}
