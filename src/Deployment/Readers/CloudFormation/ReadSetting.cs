using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>A setting before its documented default is filled in.</summary>
/// <param name="Written">What is written; null for nothing at all.</param>
/// <param name="Site">Where it is written, or would be.</param>
/// <param name="MayBeAbsent">Whether nothing is written, for sure or under a condition.</param>
internal readonly record struct ReadSetting<T>(Setting<T>? Written, SettingSite Site, bool MayBeAbsent)
{
    /// <summary>The setting, with a documented default where it is left out.</summary>
    public Setting<T> Or(T documentedDefault)
    {
        if (Written is null)
            return Setting<T>.Default(documentedDefault, Site.IsInherited ? SettingSite.In(Site.Enclosing) : Site);
        if (!MayBeAbsent)
            return Written;
        List<SettingValue<T>> values = [.. Written.Values];
        if (!values.Any(value => EqualityComparer<T>.Default.Equals(value.Value, documentedDefault)))
        {
            values.Add(new(documentedDefault, Place.None, Provenance.DocumentedDefault, null));
        }

        return Setting<T>.Known(values, Site);
    }

    /// <summary>The setting, which has no default.</summary>
    public Setting<T> OrMissing() => Written ?? Setting<T>.Missing(Site);
}
