namespace AtLeastOnce.Deployment.Model;

/// <summary>Patterns of policies, in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
internal static class Wildcards
{
    /// <summary>Whether the whole text fits the pattern. Takes time of pattern times text at most.</summary>
    public static bool Match(string pattern, string text, bool ignoreCase)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p, t);
                p++;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || AreEqual(pattern[p], text[t], ignoreCase)))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    private static bool AreEqual(char one, char other, bool ignoreCase) =>
        one == other || (ignoreCase && char.ToLowerInvariant(one) == char.ToLowerInvariant(other));
}
