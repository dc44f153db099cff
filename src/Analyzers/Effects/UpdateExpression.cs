using System.Text.RegularExpressions;

namespace AtLeastOnce.Analyzers.Effects;

/// <summary>What a DynamoDB update expression does when it is applied again.</summary>
/// <param name="Addition">The first action that adds once more: <c>SET quantity = (quantity - :n)</c>; null when none does.</param>
/// <param name="Name">The attribute that it adds to.</param>
/// <param name="Placeholder">The value that an <c>ADD</c> adds: a number counts again, a set takes the same elements again; null for <c>SET</c>.</param>
internal sealed record UpdateExpression(string? Addition, string? Name, string? Placeholder)
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex Clause = new(@"\b(SET|ADD|REMOVE|DELETE)\b", Options, TimeSpan.FromSeconds(1));
    private static readonly Regex Indexed = new(@"\[\s*\d+\s*\]\s*$", Options, TimeSpan.FromSeconds(1));

    /// <summary>Reads an expression; what is computed in it is no evidence.</summary>
    public static UpdateExpression Parse(string text)
    {
        var clauses = Clause.Matches(text).Cast<Match>().ToList();
        for (var i = 0; i < clauses.Count; i++)
        {
            var start = clauses[i].Index + clauses[i].Length;
            var body = text.Substring(start, (i + 1 < clauses.Count ? clauses[i + 1].Index : text.Length) - start);
            var keyword = clauses[i].Value.ToUpperInvariant();
            foreach (var action in Split(body))
            {
                if (Adds(keyword, action) is var (name, placeholder))
                    return new($"{keyword} {action}", name, placeholder);
            }
        }

        return new(null, null, null);
    }

    private static (string Name, string? Placeholder)? Adds(string keyword, string action)
    {
        switch (keyword)
        {
            case "ADD":
                var parts = action.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
                return parts.Length == 2 ? (parts[0], parts[1]) : null;
            case "REMOVE":
                // Taking the first element of a list takes another one each time.
                return Indexed.IsMatch(action) ? (Indexed.Replace(action, "").Trim(), null) : null;
            case "SET":
                var at = action.IndexOf('=');
                if (at < 0)
                    return null;
                var (name, value) = (action.Substring(0, at).Trim(), action.Substring(at + 1).Trim());
                return value.IndexOf("list_append", StringComparison.OrdinalIgnoreCase) >= 0 || IsRelative(name, value) ? (name, null) : null;
            default:
                return null;
        }
    }

    // q - :n, (q - :n), if_not_exists(q, :zero) + :n
    private static bool IsRelative(string name, string value)
    {
        var escaped = Regex.Escape(name);
        var operand = $@"(\(\s*)*({escaped}|if_not_exists\s*\(\s*{escaped}\s*,[^)]*\))(\s*\))*";
        return Regex.IsMatch(value, $@"^{operand}\s*[+-]", Options, TimeSpan.FromSeconds(1))
            || Regex.IsMatch(value, $@"[+-]\s*{operand}\s*\)*$", Options, TimeSpan.FromSeconds(1));
    }

    // At commas that stand in no bracket.
    private static IEnumerable<string> Split(string body)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i <= body.Length; i++)
        {
            if (i < body.Length && body[i] is '(' or '[')
                depth++;
            else if (i < body.Length && body[i] is ')' or ']')
                depth--;
            else if (i == body.Length || (body[i] == ',' && depth == 0))
            {
                var action = body.Substring(start, i - start).Trim();
                if (action.Length > 0)
                    yield return action;
                start = i + 1;
            }
        }
    }
}
