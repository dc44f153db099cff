namespace AtLeastOnce.Deployment.Model;

/// <summary>How much is known about a setting.</summary>
internal enum SettingState
{
    /// <summary>Not written: the documented default holds, if there is one.</summary>
    Absent,

    /// <summary>Written, and all its possible values are known.</summary>
    Known,

    /// <summary>Written, but its value cannot be known from the file. Unknown is not evidence.</summary>
    Unknown,
}

/// <summary>Where a setting is written, or would be.</summary>
/// <param name="Key">The key, if the setting is written.</param>
/// <param name="Value">The whole value as written at the setting, an intrinsic function included.</param>
/// <param name="Enclosing">The mapping the setting stands in, or would be inserted into.</param>
/// <param name="IsInherited">Whether the setting is not written at its resource but inherited from shared ones (SAM's <c>Globals</c>).</param>
internal sealed record SettingSite(Place Key, Place Value, Place Enclosing, bool IsInherited = false)
{
    /// <summary>Of a model built in code.</summary>
    public static SettingSite None { get; } = new(Place.None, Place.None, Place.None);

    /// <summary>Of a setting that is not written in a mapping.</summary>
    public static SettingSite In(Place enclosing) => enclosing.IsNone ? None : new(Place.None, Place.None, enclosing);
}

/// <summary>A setting of a deployed resource: the set of values it may have, and where it is written.</summary>
internal sealed class Setting<T>
{
    private static readonly Setting<T> MissingAnywhere = new(SettingState.Absent, [], SettingSite.None);
    private readonly SettingSite site;

    private Setting(SettingState state, IReadOnlyList<SettingValue<T>> values, SettingSite site) => (State, Values, this.site) = (state, values, site);

    /// <summary>Whether the setting is written, and known.</summary>
    public SettingState State { get; }

    /// <summary>The values the setting may have; for an absent setting its documented default; none if it has no default, or is unknown.</summary>
    public IReadOnlyList<SettingValue<T>> Values { get; }

    /// <summary>Whether, beside <see cref="Values"/>, the setting may also be missing without a default (one branch is <c>AWS::NoValue</c>).</summary>
    public bool MayBeMissing { get; private init; }

    /// <summary>Why the value cannot be known, as the end of a sentence; null unless <see cref="State"/> is <see cref="SettingState.Unknown"/>.</summary>
    public string? WhyUnknown { get; private init; }

    /// <summary>The key, if the setting is written.</summary>
    public Place KeyPlace => site.Key;

    /// <summary>The whole value as written at the setting, an intrinsic function included.</summary>
    public Place ValuePlace => site.Value;

    /// <summary>The mapping the setting stands in, or would be inserted into.</summary>
    public Place Enclosing => site.Enclosing;

    /// <summary>Whether the setting is not written at its resource but inherited from shared ones (SAM's <c>Globals</c>).</summary>
    public bool IsInherited => site.IsInherited;

    /// <summary>Whether the setting is written in the file, known or not.</summary>
    public bool IsExplicit => State != SettingState.Absent;

    /// <summary>Whether the setting is neither written nor has a default.</summary>
    public bool IsMissing => State == SettingState.Absent && Values.Count == 0;

    /// <summary>The place to point at: the value, else the key, else the mapping the setting would stand in.</summary>
    public Place Place =>
        !ValuePlace.IsNone && ValuePlace.Length > 0 ? ValuePlace
        : !KeyPlace.IsNone ? KeyPlace
        : Enclosing;

    /// <summary>The parameter whose default some possible value hangs on, or null.</summary>
    public string? RestsOnParameter => Values.FirstOrDefault(value => value.Provenance == Provenance.ParameterDefault).Parameter;

    /// <summary>A setting with the given possible values.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static Setting<T> Known(IReadOnlyList<SettingValue<T>> values, Place key = default, Place value = default, bool mayBeMissing = false) =>
        Known(values, new SettingSite(key, value, Place.None), mayBeMissing);

    /// <summary>A setting with the given possible values.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static Setting<T> Known(IReadOnlyList<SettingValue<T>> values, SettingSite site, bool mayBeMissing = false) =>
        values.Count == 0
            ? throw new ArgumentException("A known setting has at least one value.", nameof(values))
            : new(SettingState.Known, values, site) { MayBeMissing = mayBeMissing };

    /// <summary>A setting that is left out and has no default.</summary>
    public static Setting<T> Missing(Place enclosing = default) => Missing(SettingSite.In(enclosing));

    /// <summary>A setting that is left out and has no default.</summary>
    public static Setting<T> Missing(SettingSite site) => ReferenceEquals(site, SettingSite.None) ? MissingAnywhere : new(SettingState.Absent, [], site);

    /// <summary>A setting that is left out, so that its documented default holds.</summary>
    public static Setting<T> Default(T documentedDefault, Place enclosing = default) => Default(documentedDefault, SettingSite.In(enclosing));

    /// <summary>A setting that is left out, so that its documented default holds.</summary>
    public static Setting<T> Default(T documentedDefault, SettingSite site) =>
        new(SettingState.Absent, [new(documentedDefault, Place.None, Provenance.DocumentedDefault, null)], site);

    /// <summary>A setting that is written with a value that cannot be known.</summary>
    public static Setting<T> Unknown(string why, Place key = default, Place value = default) => Unknown(why, new SettingSite(key, value, Place.None));

    /// <summary>A setting that is written with a value that cannot be known.</summary>
    public static Setting<T> Unknown(string why, SettingSite site) => new(SettingState.Unknown, [], site) { WhyUnknown = why };

    /// <summary>The same setting with the mapping it stands in.</summary>
    public Setting<T> In(Place enclosing, bool inherited = false) =>
        new(State, Values, site with { Enclosing = enclosing, IsInherited = inherited }) { MayBeMissing = MayBeMissing, WhyUnknown = WhyUnknown };

    /// <summary>Whether every possible value, and at least one, satisfies <paramref name="predicate"/>. False when unknown: unknown is not evidence.</summary>
    public bool All(Func<T, bool> predicate) => Values.Count > 0 && !MayBeMissing && Values.All(value => predicate(value.Value));

    /// <summary>Whether some possible value satisfies <paramref name="predicate"/>. False when nothing is known.</summary>
    public bool Any(Func<T, bool> predicate) => Values.Any(value => predicate(value.Value));

    /// <summary>The same setting seen as another type; places and provenance stay.</summary>
    public Setting<TResult> Select<TResult>(Func<T, TResult> selector) =>
        new Setting<TResult>(
            State,
            [.. Values.Select(value => new SettingValue<TResult>(selector(value.Value), value.Place, value.Provenance, value.Parameter))],
            site
        )
        {
            MayBeMissing = MayBeMissing,
            WhyUnknown = WhyUnknown,
        };

    /// <summary>For debugging and test output.</summary>
    public override string ToString() =>
        State switch
        {
            SettingState.Unknown => $"unknown: {WhyUnknown}",
            _ when Values.Count == 0 => "missing",
            _ => string.Join(" | ", Values.Select(value => FormattableString.Invariant($"{value.Value}"))) + (State == SettingState.Absent ? " (default)" : ""),
        };
}

/// <summary>Making settings in code.</summary>
internal static class Setting
{
    /// <summary>A setting with one value that is written nowhere: a model built in code.</summary>
    public static Setting<T> Of<T>(T value) => Setting<T>.Known([new(value, Place.None, Provenance.Literal, null)]);
}

/// <summary>Reading settings of value types.</summary>
internal static class ValueSettingExtensions
{
    /// <summary>The only value the setting can have (a documented default included), or null.</summary>
    public static T? Single<T>(this Setting<T> setting)
        where T : struct => setting.Values.Count == 1 && !setting.MayBeMissing ? setting.Values[0].Value : null;
}

/// <summary>Reading settings of reference types.</summary>
internal static class ReferenceSettingExtensions
{
    /// <summary>The only value the setting can have (a documented default included), or null.</summary>
    public static T? Single<T>(this Setting<T> setting)
        where T : class => setting.Values.Count == 1 && !setting.MayBeMissing ? setting.Values[0].Value : null;
}
