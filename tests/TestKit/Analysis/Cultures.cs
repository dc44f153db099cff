using System.Globalization;

namespace AtLeastOnce.TestKit;

/// <summary>Runs a verification as a developer of another country would: comma as decimal separator, a dotted capital I.</summary>
public static class Cultures
{
    /// <summary>The cultures that break careless formatting and casing: the invariant one to compare with, French, Turkish.</summary>
    public static IReadOnlyList<string> Telling { get; } = ["", "fr-FR", "tr-TR"];

    /// <summary>Runs under one culture, for formatting as well as for texts.</summary>
    /// <exception cref="CultureNotFoundException">The machine does not know the culture.</exception>
    public static async Task RunAsync(string culture, Func<Task> verification)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var chosen = CultureInfo.GetCultureInfo(culture, predefinedOnly: true);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (chosen, chosen);
        try
        {
            await verification().ConfigureAwait(false);
        }
        catch (VerificationException exception) when (culture.Length > 0)
        {
            throw new VerificationException($"Under {culture}: {exception.Message}", exception);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }

    /// <summary>Runs under each of <see cref="Telling"/>.</summary>
    public static async Task RunInEachAsync(Func<Task> verification)
    {
        foreach (var culture in Telling)
            await RunAsync(culture, verification).ConfigureAwait(false);
    }
}
