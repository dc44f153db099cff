using AtLeastOnce.Analyzers.Facts.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Claims;

/// <summary>A write under the record's key that is refused once the record has been claimed.</summary>
/// <param name="Reached">The write.</param>
/// <param name="Rejection">The exception that refuses it; null where its result says so.</param>
internal sealed record Claim(ReachedEffect Reached, INamedTypeSymbol? Rejection)
{
    /// <summary>Whether it gives itself up: it expires, or it is a state that somebody may take over.</summary>
    public bool Expires { get; init; }

    /// <summary>How long it is kept, by an attribute that says when it expires; null where none says, or it is a state that is taken over.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Whether it is the work itself: what follows it is not looked at.</summary>
    public bool IsWork { get; init; }

    /// <summary>Whether nothing but a record that was handled before is refused.</summary>
    public bool RefusesOnlyDuplicates { get; init; }

    /// <summary>Whether the rejection is a duplicate key of a database, whose exception may say anything else as well.</summary>
    public bool IsOfDatabase { get; init; }

    /// <summary>The clause that takes duplicate keys and nothing else; null where none is written.</summary>
    public CatchClauseSyntax? DuplicateClause { get; init; }

    /// <summary>How messages call it: <c>PutItem</c>.</summary>
    public string Name => Reached.Effect.Name;
}

/// <summary>Work that is done only if the claim succeeds, after it, and that can fail.</summary>
/// <param name="Call">The call that does it.</param>
/// <param name="Frame">Where that stands: the claim's method, or one that leads to it.</param>
/// <param name="Name">How messages call it.</param>
internal sealed record ClaimedWork(IInvocationOperation Call, Frame Frame, string Name);

/// <summary>A claim, how its refusal travels, and what is lost when the work behind it fails.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Refusals">How a refusal arrives in each method on the way, the claim's own first.</param>
/// <param name="Lost">The work that is never done when it fails once; null when there is none, or when something takes care of it.</param>
internal sealed record JudgedClaim(Claim Claim, IReadOnlyList<Refusal> Refusals, ClaimedWork? Lost);
