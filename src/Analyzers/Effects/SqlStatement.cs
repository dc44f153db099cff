using System.Text.RegularExpressions;

namespace AtLeastOnce.Analyzers.Effects;

/// <summary>What a SQL text does when it runs again.</summary>
internal enum SqlEffect
{
    /// <summary>It changes nothing, or the same as before, or cannot be told.</summary>
    None,

    /// <summary>It inserts another row.</summary>
    Inserts,

    /// <summary>It adds to a column once more.</summary>
    Increments,
}

/// <summary>A SQL text.</summary>
/// <param name="Effect">What it does when it runs again.</param>
/// <param name="Summary">The statement in short: <c>INSERT INTO orders</c>.</param>
/// <param name="IsClaim">Whether it inserts a row only if none is there.</param>
internal sealed record SqlStatement(SqlEffect Effect, string Summary, bool IsClaim)
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    private static readonly Regex Insert = new(@"\bINSERT\s+(?<how>OR\s+\w+\s+|IGNORE\s+)?INTO\s+(?<table>[\w\.\[\]""`⁇]+)", Options, TimeSpan.FromSeconds(1));
    private static readonly Regex Guarded = new(
        @"\bON\s+CONFLICT\b|\bON\s+DUPLICATE\s+KEY\b|\bNOT\s+EXISTS\b|\bMERGE\b|\bWHERE\b.*\bIS\s+NULL\b",
        Options,
        TimeSpan.FromSeconds(1)
    );
    private static readonly Regex DoesNothing = new(@"\bDO\s+NOTHING\b|\bNOT\s+EXISTS\b|\bIGNORE\b", Options, TimeSpan.FromSeconds(1));
    private static readonly Regex Update = new(
        @"(\bUPDATE\s+(?<table>[\w\.\[\]""`⁇]+)\s+SET|\bDO\s+UPDATE\s+SET|\bON\s+DUPLICATE\s+KEY\s+UPDATE)\s+(?<sets>.*?)(\bWHERE\b|\bRETURNING\b|;|$)",
        Options,
        TimeSpan.FromSeconds(1)
    );
    private static readonly Regex Read = new(@"^\s*(WITH\b.*\)\s*)?SELECT\b(?!.*\b(UPDATE|DELETE|INTO|EXEC|CALL)\b)", Options, TimeSpan.FromSeconds(1));
    private static readonly Regex Relative = new(
        @"(?<column>[\w\.\[\]""`]+)\s*=\s*(COALESCE\s*\(\s*|ISNULL\s*\(\s*|\(\s*)*([\w]+\.)?\k<column>\s*(,\s*\w+\s*\)\s*)?\)?\s*(\+|-|\|\|)",
        Options,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>Whether it only reads.</summary>
    public bool IsRead { get; private init; }

    /// <summary>Reads a text.</summary>
    public static SqlStatement Parse(string text)
    {
        var sql = Regex.Replace(text, @"--[^\n]*|/\*.*?\*/", " ", Options, TimeSpan.FromSeconds(1));
        var increment =
            Update.Match(sql) is { Success: true } update && Relative.Match(update.Groups["sets"].Value) is { Success: true } set
                ? new SqlStatement(
                    SqlEffect.Increments,
                    Short($"{(update.Groups["table"] is { Success: true, Value: var table } ? $"UPDATE {table} SET" : "… UPDATE SET")} {set.Value.Trim()} …"),
                    false
                )
                : null;
        if (Insert.Match(sql) is not { Success: true } insert)
            return increment ?? new(SqlEffect.None, "", false) { IsRead = Read.IsMatch(sql) };
        var summary = Short($"INSERT INTO {insert.Groups["table"].Value}");
        if (insert.Groups["how"].Success || Guarded.IsMatch(sql))
            return increment is not null && !DoesNothing.IsMatch(sql) ? increment : new(SqlEffect.None, summary, IsClaim: DoesNothing.IsMatch(sql));
        return new(SqlEffect.Inserts, summary, false);
    }

    private static string Short(string text) => Regex.Replace(text, @"\s+", " ");
}
