using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>How the paths that a failure can take end. Several can be set, one for each path.</summary>
[Flags]
internal enum PathEnds
{
    /// <summary>On none.</summary>
    None = 0,

    /// <summary>The failure, or the record, gets into the response.</summary>
    Reported = 1,

    /// <summary>The record or the exception is given to code that cannot be seen, or stored where it may be looked at.</summary>
    HandedOver = 2,

    /// <summary>An exception leaves the method.</summary>
    Escapes = 4,

    /// <summary>The method returns as if nothing had happened, or with a value.</summary>
    Returns = 8,

    /// <summary>Too many paths to follow.</summary>
    Unknown = 16,
}

/// <summary>The ends of all paths from one failure.</summary>
/// <param name="Ends">How they end.</param>
/// <param name="Returned">The values returned on paths that return.</param>
/// <param name="IsRecordOver">Whether a path that returns has gone on to other records before.</param>
internal sealed record PathResult(PathEnds Ends, ImmutableHashSet<FlowValue> Returned, bool IsRecordOver)
{
    /// <summary>Too many paths to follow.</summary>
    public static PathResult Unknown { get; } = new(PathEnds.Unknown, ImmutableHashSet<FlowValue>.Empty, false);

    /// <summary>How the code that the failure is handed to drops it when that code fails itself; null where the failure is handed to none such.</summary>
    public RecordFailure? LastResort { get; init; }

    /// <summary>Whether no path does anything about the failure that is certain to be done.</summary>
    public bool IsSwallowed => Ends == PathEnds.Returns;
}

/// <summary>A catch clause that takes an exception.</summary>
/// <param name="Region">Its region in the control flow.</param>
/// <param name="Type">What it catches; null for a bare clause.</param>
/// <param name="HasFilter">Whether a <c>when</c> decides, so that it need not take it.</param>
/// <param name="Syntax">The clause in source.</param>
internal sealed record CatchTarget(ControlFlowRegion Region, ITypeSymbol? Type, bool HasFilter, SyntaxNode? Syntax)
{
    /// <summary>What it takes.</summary>
    public CatchKind Kind => CatchKinds.Of(Type);

    /// <summary>Whether it takes every exception.</summary>
    public bool TakesAll => Kind == CatchKind.Everything && !HasFilter;

    /// <summary>Whether it takes cancellations alone. One that is thrown on ends the invocation; no record is the cause of it.</summary>
    public bool IsOfCancellation => Type?.IsOrDerivesFrom("System.OperationCanceledException") == true;
}
