using AtLeastOnce.Analyzers.Facts.Values;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>Who says how long something may take; the later ones are the less certain ones.</summary>
internal enum LimitSource
{
    /// <summary>The code spells it out.</summary>
    Explicit,

    /// <summary>A documented default of the client.</summary>
    Default,

    /// <summary>The project's configuration, for calls of which nothing else is known.</summary>
    Assumed,
}

/// <summary>The longest that one call may take.</summary>
/// <param name="Longest">How long; <see cref="TimeSpan.MaxValue"/> for a limit that is switched off.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Name">How messages call the limit: <c>HttpClient.Timeout</c>.</param>
/// <param name="Place">Where it is set; null for a default.</param>
internal sealed record TimeLimit(TimeSpan Longest, LimitSource Source, string Name, SyntaxNode? Place = null)
{
    /// <summary>The shorter one of two limits that hold for the same call; null counts as none.</summary>
    public static TimeLimit? Shorter(TimeLimit? one, TimeLimit? other) =>
        one is null ? other
        : other is null ? one
        : other.Longest < one.Longest ? other
        : one;
}

/// <summary>A time that several calls share: what is left of a token that cancels itself.</summary>
/// <param name="Limit">How long the token lives.</param>
internal sealed class SharedLimit(TimeLimit limit)
{
    /// <summary>How long the token lives.</summary>
    public TimeLimit Limit { get; } = limit;
}

/// <summary>A part of the time that one record may take.</summary>
/// <param name="Operation">The call that waits.</param>
/// <param name="Frame">The method it stands in, and how the handler gets there.</param>
/// <param name="Longest">How long it may take.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Name">What messages call it: <c>Task.Delay</c>, <c>HttpClient.Timeout</c>.</param>
/// <param name="IsWait">Whether it waits on purpose: a delay of the code's own, or of a retry.</param>
/// <param name="Shared">The token that ends it together with other parts; null for none.</param>
internal sealed record TimePart(IOperation Operation, Frame Frame, TimeSpan Longest, LimitSource Source, string Name, bool IsWait, SharedLimit? Shared = null);

/// <summary>A call of a client, and the limit that it has of its own.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Frame">The method it stands in, and how the handler gets there.</param>
/// <param name="Limit">The limit.</param>
internal sealed record LimitedCall(IOperation Operation, Frame Frame, TimeLimit Limit);
