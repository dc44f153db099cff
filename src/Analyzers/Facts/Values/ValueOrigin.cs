using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts.Values;

/// <summary>Where a value may come from.</summary>
[Flags]
internal enum OriginKinds
{
    /// <summary>The same at every delivery: constants, configuration, what the code itself computes from nothing.</summary>
    Fixed = 0,

    /// <summary>The record, so that every delivery of it gives the same.</summary>
    Record = 1,

    /// <summary>Another one at every delivery: a new id, the clock, randomness, what belongs to one receive or invocation.</summary>
    Volatile = 2,

    /// <summary>The answer of another system: the same at every delivery, or not.</summary>
    Outside = 4,

    /// <summary>Code that cannot be followed. Unknown is not evidence.</summary>
    Unknown = 8,
}

/// <summary>What is known about the origin of a value.</summary>
/// <param name="Kinds">Everything that has a part in it.</param>
/// <param name="Source">The operation that makes it volatile; null unless one does.</param>
/// <param name="SourceName">How messages call that operation: <c>Guid.NewGuid()</c>.</param>
internal readonly record struct ValueOrigin(OriginKinds Kinds, IOperation? Source = null, string? SourceName = null)
{
    /// <summary>The same at every delivery.</summary>
    public static ValueOrigin Fixed => default;

    /// <summary>From the record.</summary>
    public static ValueOrigin Record => new(OriginKinds.Record);

    /// <summary>From another system.</summary>
    public static ValueOrigin Outside => new(OriginKinds.Outside);

    /// <summary>Not to be followed.</summary>
    public static ValueOrigin Unknown => new(OriginKinds.Unknown);

    /// <summary>Whether another delivery surely gives another value.</summary>
    public bool IsVolatile => (Kinds & OriginKinds.Volatile) != 0;

    /// <summary>Whether it comes from the record, and every delivery gives the same.</summary>
    public bool IsOfRecord => (Kinds & (OriginKinds.Record | OriginKinds.Volatile | OriginKinds.Unknown)) == OriginKinds.Record;

    /// <summary>Whether something has a part in it that cannot be followed.</summary>
    public bool IsUnknown => (Kinds & OriginKinds.Unknown) != 0;

    /// <summary>Another one at every delivery.</summary>
    public static ValueOrigin VolatileBy(IOperation source, string name) => new(OriginKinds.Volatile, source, name);

    /// <summary>A value in which both have a part.</summary>
    public ValueOrigin With(ValueOrigin other) => new(Kinds | other.Kinds, Source ?? other.Source, SourceName ?? other.SourceName);
}
