namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What is known of a value on one path.</summary>
internal enum Knowledge : byte
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary><c>true</c>.</summary>
    True,

    /// <summary><c>false</c>.</summary>
    False,

    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary>Some object.</summary>
    NotNull,

    /// <summary>The number zero, or an empty collection.</summary>
    Zero,

    /// <summary>A number above zero, or a collection with something in it.</summary>
    Positive,
}

/// <summary>A value on one path of the control flow.</summary>
/// <param name="Knowledge">What it is.</param>
/// <param name="TellsFailure">Whether it was set because of the failure that the path started with, so that whoever reads it may know of it.</param>
internal readonly record struct FlowValue(Knowledge Knowledge, bool TellsFailure)
{
    /// <summary>Nothing is known.</summary>
    public static FlowValue Unknown => default;

    /// <summary>The value as one character, for a state's text.</summary>
    public char Code => (char)('a' + ((int)Knowledge * 2) + (TellsFailure ? 1 : 0));

    /// <summary>The value of a code.</summary>
    public static FlowValue Of(char code) => new((Knowledge)((code - 'a') / 2), (code - 'a') % 2 == 1);

    /// <summary>The truth of a condition, or null when it is not known.</summary>
    public bool? Truth =>
        Knowledge switch
        {
            Knowledge.True => true,
            Knowledge.False => false,
            _ => null,
        };
}

/// <summary>
/// Where a path stands: the values of the variables it has met, as one text (so that states compare and hash cheaply), and whether it has
/// left the record it started with.
/// </summary>
/// <param name="Values">One code a variable, by the variable's number.</param>
/// <param name="IsRecordOver">Whether the loop has gone on to another record.</param>
/// <param name="IsRelated">Whether the path took a branch that was decided by, or could depend on, a value that tells of the failure.</param>
internal readonly record struct FlowState(string Values, bool IsRecordOver, bool IsRelated)
{
    /// <summary>Nothing is known yet.</summary>
    public static FlowState Empty => new("", false, false);

    /// <summary>The value of a variable.</summary>
    public FlowValue this[int variable] => variable < Values.Length ? FlowValue.Of(Values[variable]) : FlowValue.Unknown;

    /// <summary>The same state with another value for a variable.</summary>
    public FlowState With(int variable, FlowValue value)
    {
        if (this[variable] == value)
            return this;
        var codes = Values.PadRight(variable + 1, FlowValue.Unknown.Code).ToCharArray();
        codes[variable] = value.Code;
        return this with { Values = new string(codes).TrimEnd(FlowValue.Unknown.Code) };
    }

    /// <summary>The state of a path on which nothing has failed.</summary>
    public FlowState WithoutFailure()
    {
        for (var variable = 0; variable < Values.Length; variable++)
        {
            if (this[variable].TellsFailure)
                return new(
                    new string([.. Values.Select(code => (FlowValue.Of(code) with { TellsFailure = false }).Code)]).TrimEnd(FlowValue.Unknown.Code),
                    false,
                    false
                );
        }

        return new(Values, false, false);
    }

    /// <summary>What holds in both states.</summary>
    public FlowState Join(FlowState other)
    {
        var codes = new char[Math.Min(Values.Length, other.Values.Length)];
        for (var index = 0; index < codes.Length; index++)
            codes[index] = Values[index] == other.Values[index] ? Values[index] : FlowValue.Unknown.Code;
        return this with { Values = new string(codes).TrimEnd(FlowValue.Unknown.Code) };
    }
}
