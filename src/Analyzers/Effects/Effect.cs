using System.Collections.Immutable;

namespace AtLeastOnce.Analyzers.Effects;

/// <summary>What doing it again does.</summary>
internal enum EffectKind
{
    /// <summary>It writes the same again where its identity is the same: a put, a save under a key, an upload.</summary>
    Overwrites,

    /// <summary>It adds once more: a charge, an insert, an increment, a job.</summary>
    Adds,

    /// <summary>It sends once more, on a channel that may know a token.</summary>
    Sends,

    /// <summary>A DynamoDB update: its expression says.</summary>
    UpdateExpression,

    /// <summary>A SQL statement: its text says.</summary>
    Sql,

    /// <summary>An HTTP request: its method, address and headers say.</summary>
    Http,

    /// <summary>It adds an entity to a unit of work: its key says.</summary>
    Entity,

    /// <summary>It updates a document: its operators say.</summary>
    DocumentUpdate,

    /// <summary>It changes nothing: a read. Known so that nothing is guessed about it.</summary>
    Reads,
}

/// <summary>Something code does to the world, as the catalogue describes it.</summary>
/// <param name="Name">How messages call it: <c>UpdateItem</c>.</param>
/// <param name="Kind">What doing it again does.</param>
/// <param name="Types">Full names of the types whose methods do it; types that derive from them or implement them do as well.</param>
/// <param name="Methods">Names of the methods; <c>*</c> stands for any letters. An <c>Async</c> at the end of the method's name is left away.</param>
internal sealed record Effect(string Name, EffectKind Kind, ImmutableArray<string> Types, ImmutableArray<string> Methods)
{
    /// <summary>What every redelivery does, as the end of a sentence: <c>sends the message again</c>.</summary>
    public string Again { get; init; } = "does it again";

    /// <summary>Where the identity of what is written comes from.</summary>
    public ImmutableArray<AccessPath> Identity { get; init; } = ImmutableArray<AccessPath>.Empty;

    /// <summary>Where the token stands that makes a repetition harmless.</summary>
    public ImmutableArray<AccessPath> Token { get; init; } = ImmutableArray<AccessPath>.Empty;

    /// <summary>How long the token protects; null for ever.</summary>
    public TimeSpan? TokenLifetime { get; init; }

    /// <summary>Where the condition stands that can make a repetition harmless.</summary>
    public AccessPath? Condition { get; init; }

    /// <summary>Where the text of the update expression or of the SQL statement stands.</summary>
    public AccessPath? Text { get; init; }

    /// <summary>The member of the result that is read where the call asks for an answer, and is no effect; null where it always is one.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether the effect can only be seen as a guard or claim of the work that follows.</summary>
    public bool IsClaim { get; init; }
}

/// <summary>A value of a call: <c>request.Item</c> is the property <c>Item</c> of the argument for <c>request</c>; <c>*.ClientToken</c> that of any argument; <c>this</c> the object itself.</summary>
/// <param name="Parameter">The parameter's name, <c>*</c> or <c>this</c>.</param>
/// <param name="Members">The members from there on.</param>
internal sealed record AccessPath(string Parameter, ImmutableArray<string> Members)
{
    /// <summary>Reads a path.</summary>
    public static AccessPath Parse(string text)
    {
        var parts = text.Split('.');
        return new(parts[0], parts.Skip(1).ToImmutableArray());
    }

    /// <summary>How messages call the value: its last member.</summary>
    public string Name => Members.IsEmpty ? Parameter : Members[Members.Length - 1];
}
