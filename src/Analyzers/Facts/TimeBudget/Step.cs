namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>How a piece of code ends when it takes longest; the later ones leave more behind them.</summary>
internal enum Ending
{
    /// <summary>What follows it runs.</summary>
    GoesOn,

    /// <summary>The next turn of the loop runs.</summary>
    NextTurn,

    /// <summary>The loop is left.</summary>
    LeavesLoop,

    /// <summary>The method is left.</summary>
    Leaves,
}

/// <summary>What a piece of code may take, and how it ends.</summary>
internal readonly record struct Step(WorstCase Time, Ending End)
{
    /// <summary>Nothing happens.</summary>
    public static Step Nothing => new(WorstCase.None, Ending.GoesOn);

    /// <summary>It takes some time and goes on.</summary>
    public static implicit operator Step(WorstCase time) => new(time, Ending.GoesOn);

    /// <summary>One or the other: the longer time, and the end that lets more follow.</summary>
    public Step Or(Step other) => new(Time.Or(other.Time), Least(End, other.End));

    /// <summary>The end that lets more follow.</summary>
    public static Ending Least(Ending one, Ending other) => one < other ? one : other;
}
