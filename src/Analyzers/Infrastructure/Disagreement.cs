using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>What two descriptions of one service say differently, of which a rule finds fault with the first only.</summary>
/// <param name="first">The subject in which the rule finds it.</param>
/// <param name="settings">The settings that differ, as each of the two has them.</param>
internal sealed class Disagreement(DeploymentSubject first, IReadOnlyList<(DescribedSetting First, DescribedSetting Other)> settings)
{
    /// <summary>Where the other description says otherwise.</summary>
    public IEnumerable<Place> Places => settings.Select(setting => setting.Other.Place).Distinct();

    /// <summary>The end of the message.</summary>
    public string Text
    {
        get
        {
            var said = settings.Select(setting => $"{first.Words.Name(setting.First.Property)} is {setting.First.In(Name)} and {setting.Other.In(Name)}");
            return $" The service is described twice, and the descriptions disagree: {string.Join("; ", said)}. It depends on which of them is deployed; make them agree.";
        }
    }

    // Two folders may have a file of the same name: then the folder belongs to the place.
    private string Name(Place place)
    {
        var (one, other) = (settings[0].First.Place.Path, settings[0].Other.Place.Path);
        if (FileOf(one) != FileOf(other))
            return place.ToString();
        var folder = place.Path.Substring(0, place.Path.Length - FileOf(place.Path).Length).TrimEnd('/', '\\');
        return folder.Length == 0 ? place.ToString() : FileOf(folder) + "/" + place;
    }

    private static string FileOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}
