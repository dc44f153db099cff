using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>A place of a call that takes an identity, with what AWS allows there.</summary>
/// <param name="IsToken">Whether it is nothing but an identity: nobody reads it, unlike the key of what is stored.</param>
/// <param name="MostCharacters">How long the identity may be, in characters; null where that is no matter.</param>
/// <param name="TakesColons">Whether it may have colons.</param>
internal sealed record IdentitySlot(bool IsToken, int? MostCharacters, bool TakesColons)
{
    private const int LengthOfGuid = 36;

    private static readonly IdentitySlot Key = new(false, null, true);

    private static readonly Dictionary<string, IdentitySlot> Tokens = new(StringComparer.Ordinal)
    {
        ["MessageDeduplicationId"] = new(true, 128, true),
        ["Name"] = new(true, 80, false),
        ["ClientRequestToken"] = new(true, 36, false),
        ["ClientToken"] = new(true, 64, false),
        ["IdempotencyToken"] = new(true, 64, false),
        ["IdempotencyKey"] = new(true, 255, true),
    };

    /// <summary>The place of a token by its name; one that is not known takes no more than a GUID.</summary>
    public static IdentitySlot OfToken(AccessPath path) => Tokens.TryGetValue(path.Name, out var slot) ? slot : new(true, LengthOfGuid, false);

    /// <summary>The place whose value changes with every delivery.</summary>
    public static IdentitySlot Of(JudgedEffect effect)
    {
        if (effect.Reached.Effect.Kind == EffectKind.Http)
            return Tokens["IdempotencyKey"];
        var token = effect.Reached.Effect.Token.FirstOrDefault(path => $"'{path.Name}'" == effect.Repetition.IdentityName);
        return token is null || token.Name is "Id" or "_id" ? Key : OfToken(token);
    }

    /// <summary>Whether the record's id may stand there, in place of a text of that many characters, or of the whole value.</summary>
    public bool Takes(RecordIdentity identity, int replaced, bool isWhole) =>
        (TakesColons || identity.IsPlain) && (MostCharacters is not { } most || identity.Length <= replaced || isWhole && identity.Length <= most);
}
