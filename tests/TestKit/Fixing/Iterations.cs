namespace AtLeastOnce.TestKit;

/// <summary>How often something may happen: n for exactly n, −n for at most n.</summary>
internal readonly record struct Iterations(int Most, bool Exactly)
{
    internal static Iterations Of(int? stated, int atMostByDefault, int times = 1) =>
        stated is { } number ? new(Math.Abs(number) * times, number >= 0) : new(atMostByDefault * times, Exactly: false);

    public override string ToString() => Exactly ? $"exactly {Most}" : $"at most {Most}";
}
