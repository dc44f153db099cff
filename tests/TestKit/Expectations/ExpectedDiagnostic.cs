using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>A <see cref="DiagnosticResult"/> whose places are known.</summary>
internal sealed record ExpectedDiagnostic(DiagnosticResult Result, DiagnosticSeverity? Severity, ImmutableArray<Place> Places)
{
    /// <summary>How much it states: the more, the earlier it chooses its diagnostic.</summary>
    internal int Weight =>
        (Result.MessageArguments is null ? 0 : 4)
        + (Result.Message is null ? 0 : 4)
        + (Result.IgnoresAdditionalLocations ? 0 : 2)
        + (Places is [{ End: not null }, ..] ? 1 : 0);

    internal bool Accepts(Diagnostic actual) =>
        Result.Id == actual.Id
        && (Severity is null || Severity == actual.Severity)
        && (Result.Message is null || Result.Message == actual.GetMessage(CultureInfo.InvariantCulture))
        && (Result.MessageArguments is not { } arguments || arguments.SequenceEqual(DiagnosticText.Arguments(actual), StringComparer.Ordinal))
        && AcceptsLocation(actual)
        && (Result.IgnoresAdditionalLocations || AcceptsAdditionalLocations(actual));

    private bool AcceptsLocation(Diagnostic actual) => Place.Of(actual.Location) is { } place ? Places.Length > 0 && Places[0].Accepts(place) : Places.IsEmpty;

    private bool AcceptsAdditionalLocations(Diagnostic actual)
    {
        var stated = Places.Skip(1).ToArray();
        return stated.Length == actual.AdditionalLocations.Count
            && stated.Zip(actual.AdditionalLocations).All(pair => Place.Of(pair.Second) is { } place && pair.First.Accepts(place));
    }
}
