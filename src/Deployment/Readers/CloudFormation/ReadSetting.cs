using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>A setting before its documented default is filled in.</summary>
/// <param name="Setting">What is written.</param>
/// <param name="MayBeAbsent">Whether nothing is written, for sure or under a condition.</param>
internal readonly record struct ReadSetting<T>(Setting<T> Setting, bool MayBeAbsent)
{
    /// <summary>The setting, with a documented default where it is left out.</summary>
    public Setting<T> Or(T documentedDefault)
    {
        if (!MayBeAbsent)
            return Setting;
        if (Setting.State == SettingState.Absent)
            return Setting<T>.Default(documentedDefault, Setting.Enclosing);
        List<SettingValue<T>> values = [.. Setting.Values];
        if (!values.Any(value => EqualityComparer<T>.Default.Equals(value.Value, documentedDefault)))
        {
            values.Add(new(documentedDefault, Place.None, Provenance.DocumentedDefault, null));
        }

        return Setting<T>.Known(values, Setting.KeyPlace, Setting.ValuePlace).In(Setting.Enclosing, Setting.IsInherited);
    }

    /// <summary>The setting, which has no default.</summary>
    public Setting<T> OrMissing() => Setting;
}
