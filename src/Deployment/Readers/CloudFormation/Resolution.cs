using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>On what a value hangs beside what is written.</summary>
/// <param name="Provenance">The kind.</param>
/// <param name="Parameter">The parameter, if there is one.</param>
internal readonly record struct Basis(Provenance Provenance, string? Parameter)
{
    /// <summary>On nothing.</summary>
    public static Basis Literal => new(Provenance.Literal, null);

    /// <summary>On both: a parameter's default weakens more than an allowed value, and that more than a literal.</summary>
    public Basis And(Basis other) =>
        Provenance == Provenance.ParameterDefault || other.Provenance == Provenance.Literal ? this
        : other.Provenance == Provenance.ParameterDefault || Provenance == Provenance.Literal ? other
        : this;
}

/// <summary>A value that a place of a template may have: a text, a mapping or sequence, or nothing (<c>AWS::NoValue</c>, or not written).</summary>
/// <param name="Text">The text, if it is one.</param>
/// <param name="Node">The node: of a literal the scalar itself, of a collection the collection; null for a computed text and for nothing.</param>
/// <param name="Start">Offset of where the value is written.</param>
/// <param name="End">Offset after it.</param>
/// <param name="Basis">On what it hangs.</param>
internal sealed record Alternative(SymbolicText? Text, YamlNode? Node, int Start, int End, Basis Basis)
{
    /// <summary>Whether there is no value.</summary>
    public bool IsNothing => Text is null && Node is null;

    /// <summary>A text written at a node.</summary>
    public static Alternative OfText(SymbolicText text, YamlNode at, Basis basis = default) => new(text, null, at.Start, at.End, basis);

    /// <summary>No value, by what is written at a node.</summary>
    public static Alternative Nothing(YamlNode at) => new(null, null, at.Start, at.End, Basis.Literal);
}

/// <summary>What a place of a template can be once deployed: one of some values, or unknown.</summary>
internal sealed class Resolution
{
    /// <summary>The most values that are followed; beyond, the place is unknown.</summary>
    public const int MaximumAlternatives = 32;

    private Resolution(IReadOnlyList<Alternative> alternatives, string? whyUnknown) => (Alternatives, WhyUnknown) = (alternatives, whyUnknown);

    /// <summary>Nothing is written.</summary>
    public static Resolution Nothing { get; } = Of(new Alternative(null, null, 0, 0, Basis.Literal));

    /// <summary>The possible values; none when unknown.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; }

    /// <summary>Why it is unknown, as the end of a sentence; null if it is known.</summary>
    public string? WhyUnknown { get; }

    /// <summary>One value.</summary>
    public static Resolution Of(Alternative alternative) => new([alternative], null);

    /// <summary>One of several.</summary>
    public static Resolution Of(IReadOnlyList<Alternative> alternatives) =>
        alternatives.Count switch
        {
            0 => Unknown("it has no possible value"),
            > MaximumAlternatives => Unknown("it has too many possible values"),
            _ => new(alternatives, null),
        };

    /// <summary>Not known.</summary>
    public static Resolution Unknown(string why) => new([], why);

    /// <summary>What each value leads to, taken together.</summary>
    public Resolution Then(Func<Alternative, Resolution> next)
    {
        if (WhyUnknown is not null)
            return this;
        if (Alternatives.Count == 1)
            return next(Alternatives[0]).On(Alternatives[0].Basis);
        var all = new List<Alternative>();
        foreach (var alternative in Alternatives)
        {
            var result = next(alternative).On(alternative.Basis);
            if (result.WhyUnknown is not null)
                return result;
            all.AddRange(result.Alternatives);
            if (all.Count > MaximumAlternatives)
                break;
        }

        return Of(all);
    }

    /// <summary>The same values, which hang on something more.</summary>
    public Resolution On(Basis basis)
    {
        if (WhyUnknown is not null || basis.Provenance == Provenance.Literal)
            return this;
        var all = new List<Alternative>(Alternatives.Count);
        foreach (var value in Alternatives)
            all.Add(value with { Basis = value.Basis.And(basis) });
        return new(all, null);
    }
}
