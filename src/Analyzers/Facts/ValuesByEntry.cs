using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// The record values of the methods that one handler reaches, by the parameters through which they come in. Several facts look at the same methods with the same ones.
/// </summary>
internal sealed class ValuesByEntry(KnownTypes types)
{
    private const int MostParameters = 64;

    private readonly Dictionary<(MethodBody, ulong), RecordValues> known = [];

    /// <summary>The values of a method whose parameters hold the batch, a record, or something made from one.</summary>
    /// <param name="body">The method.</param>
    /// <param name="entry">Those parameters.</param>
    public RecordValues Of(MethodBody body, IReadOnlyCollection<ISymbol> entry)
    {
        var ordinals = 0UL;
        foreach (var symbol in entry)
        {
            if (symbol is not IParameterSymbol { Ordinal: var ordinal and < MostParameters })
                return RecordValues.Of(body, entry, [], null, types);
            ordinals |= 1UL << ordinal;
        }

        if (!known.TryGetValue((body, ordinals), out var values))
            known.Add((body, ordinals), values = RecordValues.Of(body, entry, [], null, types));
        return values;
    }
}
