using System.Globalization;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>What a value is as the type a setting wants, or why it cannot be told.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="Value">The value, if <paramref name="WhyUnknown"/> is null.</param>
/// <param name="WhyUnknown">Why not.</param>
internal readonly record struct Converted<T>(T Value, string? WhyUnknown)
{
    /// <summary>No value of that type.</summary>
    public static Converted<T> Unknown(string why) => new(default!, why);
}

/// <summary>Reads the settings of one resource.</summary>
/// <param name="resolver">The template's resolver.</param>
/// <param name="map">The text's places.</param>
/// <param name="own">The resource's properties.</param>
/// <param name="shared">What all resources of the kind inherit, or null.</param>
/// <param name="whyUnknown">Why nothing can be known of the resource, or null.</param>
internal sealed class SettingReader(IntrinsicResolver resolver, PlaceMap map, YamlMapping? own, YamlMapping? shared, string? whyUnknown)
{
    private static readonly char[] Dot = ['.'];
    private SettingSite? unwritten;

    // Where a setting would be written that is left out.
    private SettingSite Unwritten => unwritten ??= own is null ? SettingSite.None : SettingSite.In(map.PlaceOf(own));

    /// <summary>A reader of a mapping within the same resource.</summary>
    public SettingReader Within(YamlMapping inner) => new(resolver, map, inner, null, whyUnknown);

    /// <summary>A whole number.</summary>
    /// <param name="path">The property.</param>
    /// <param name="documentedDefault">What holds when it is left out, or null.</param>
    public Setting<int> Number(string path, int? documentedDefault) =>
        documentedDefault is { } value ? Read(path, ToNumber).Or(value) : Read(path, ToNumber).OrMissing();

    /// <summary>True or false.</summary>
    public Setting<bool> Flag(string path, bool? documentedDefault) =>
        documentedDefault is { } value ? Read(path, ToFlag).Or(value) : Read(path, ToFlag).OrMissing();

    /// <summary>A text.</summary>
    public Setting<string> Text(string path, string? documentedDefault = null) =>
        documentedDefault is { } value ? Read(path, ToText).Or(value) : Read(path, ToText).OrMissing();

    /// <summary>A list of texts.</summary>
    public ReadSetting<IReadOnlyList<string>> Texts(string path) => Read(path, ToTexts);

    /// <summary>A text, or a list of them.</summary>
    public ReadSetting<IReadOnlyList<string>> TextOrTexts(string path) =>
        Read(
            path,
            alternative =>
                alternative.Node is YamlSequence ? ToTexts(alternative)
                : ToText(alternative) is { WhyUnknown: null, Value: var text } ? new([text], null)
                : Converted<IReadOnlyList<string>>.Unknown(ToText(alternative).WhyUnknown!)
        );

    /// <summary>A setting of any type.</summary>
    /// <param name="path">The property.</param>
    /// <param name="convert">Makes a value of what is written.</param>
    public ReadSetting<T> Read<T>(string path, Func<Alternative, Converted<T>> convert)
    {
        // Most settings are left out.
        if (whyUnknown is null && IsLeftOut(own, path) && IsLeftOut(shared, path))
            return new(null, Unwritten, true);
        return Read(NamesOf(path), convert);
    }

    private ReadSetting<T> Read<T>(string[] names, Func<Alternative, Converted<T>> convert)
    {
        var isOwn = IsWritten(own, names);
        var inherited = !isOwn && IsWritten(shared, names);
        var source = inherited ? shared : own;
        var nowhere = inherited ? SettingSite.In(map.PlaceOf(shared!)) : Unwritten;
        if (whyUnknown is not null)
            return new(Setting<T>.Unknown(whyUnknown, nowhere), nowhere, false);
        if (!inherited && !isOwn && shared is { MayHaveOthers: true })
            return new(Setting<T>.Unknown("a macro may set it", nowhere), nowhere, false);
        if (source is null)
            return new(null, nowhere, true);
        var (key, value) = PlacesOf(source, names);
        return Convert(resolver.ResolveAt(source, names), convert, new(key, value, nowhere.Enclosing, inherited));
    }

    /// <summary>A number that may have a fraction.</summary>
    public Setting<double> Real(string path) => Read(path, ToReal).OrMissing();

    /// <summary>A part of the template as JSON without white space.</summary>
    public Setting<string> Json(string path) => Read(path, ToJson).OrMissing();

    /// <summary>Whether anything is written at a path, known or not.</summary>
    public bool IsWritten(string path) =>
        !(IsLeftOut(own, path) && IsLeftOut(shared, path)) && NamesOf(path) is var names && (IsWritten(own, names) || IsWritten(shared, names));

    /// <summary>The settings in a mapping of names, the resource's own and the shared ones, by their names.</summary>
    /// <param name="path">The mapping.</param>
    /// <param name="convert">Makes values of what is written.</param>
    public IReadOnlyDictionary<string, Setting<T>> ReadAll<T>(string path, Func<Alternative, Converted<T>> convert)
    {
        var result = new Dictionary<string, Setting<T>>(StringComparer.Ordinal);
        if (IsLeftOut(own, path) && IsLeftOut(shared, path))
            return result;
        foreach (var properties in new[] { own, shared })
        {
            var mapping = properties;
            foreach (var name in NamesOf(path))
                mapping = mapping?[name]?.Value as YamlMapping;
            if (mapping is null || Intrinsic.Of(mapping) is not null)
                continue;
            foreach (var name in mapping.Members.Select(entry => entry.Key.Value))
            {
                if (name.IndexOf('.') < 0 && !result.ContainsKey(name))
                    result.Add(name, Read([.. NamesOf(path), name], convert).OrMissing());
            }
        }

        return result;
    }

    /// <summary>The mappings that are the items of a list, those under a condition included.</summary>
    /// <param name="path">The list.</param>
    /// <param name="whyIncomplete">Why there may be others, or null.</param>
    public IReadOnlyList<YamlMapping> Items(string path, out string? whyIncomplete)
    {
        whyIncomplete = whyUnknown;
        if (own is null || whyUnknown is not null)
            return [];
        var list = resolver.ResolveAt(own, NamesOf(path));
        whyIncomplete = list.WhyUnknown;
        var result = new List<YamlMapping>();
        foreach (var alternative in list.Alternatives.Where(alternative => !alternative.IsNothing))
        {
            if (alternative.Node is not YamlSequence sequence)
            {
                whyIncomplete ??= "it is no list";
                continue;
            }

            foreach (var item in sequence.Items.Select(resolver.Resolve))
            {
                var mappings = item.Alternatives.Select(choice => choice.Node).OfType<YamlMapping>().ToList();
                result.AddRange(mappings);
                if (mappings.Count < item.Alternatives.Count(choice => !choice.IsNothing) || item.WhyUnknown is not null)
                    whyIncomplete ??= item.WhyUnknown ?? "an item is no mapping";
            }
        }

        return result;
    }

    /// <summary>What is written at a path can be.</summary>
    public Resolution Resolve(string path) =>
        whyUnknown is not null ? Resolution.Unknown(whyUnknown)
        : own is null ? Resolution.Nothing
        : resolver.ResolveAt(own, NamesOf(path));

    /// <summary>What the items of a list can be; of anything else, itself.</summary>
    public IEnumerable<Resolution> ItemsOf(Alternative alternative) =>
        alternative.Node is YamlSequence sequence ? sequence.Items.Select(resolver.Resolve) : [Resolution.Of(alternative)];

    /// <summary>What a node can be.</summary>
    public Resolution Resolve(YamlNode node) => resolver.Resolve(node);

    /// <summary>A setting of a node that is no property of a mapping, such as an item of a list.</summary>
    public Setting<string> TextOf(YamlNode node)
    {
        var place = map.PlaceOf(node);
        return Convert(resolver.Resolve(node), ToText, new(place, place, place)).OrMissing();
    }

    /// <summary>A text as it is written, symbols allowed.</summary>
    public Resolution ResolveSub(string text, YamlNode at) => new TextFunctions(resolver).Sub(text, null, at);

    /// <summary>The place of an alternative.</summary>
    public Place PlaceOf(Alternative alternative) => map.PlaceOf(alternative.Start, alternative.End);

    private static Converted<string> ToText(Alternative alternative) =>
        alternative.Text is not { } text ? Converted<string>.Unknown("it is no text")
        : text.Literal is { } literal ? new(literal, null)
        : Converted<string>.Unknown(WhySymbolic(text));

    private Converted<IReadOnlyList<string>> ToTexts(Alternative alternative)
    {
        if (alternative.Node is not YamlSequence sequence)
            return Converted<IReadOnlyList<string>>.Unknown("it is no list");
        var texts = new List<string>();
        foreach (var item in sequence.Items)
        {
            var text = TextOf(item);
            if (text.IsMissing)
                continue;
            if (text.Single() is not { } value)
                return Converted<IReadOnlyList<string>>.Unknown(text.WhyUnknown ?? "an item hangs on a condition");
            texts.Add(value);
        }

        return new(texts, null);
    }

    /// <summary>Why a text with symbols has no value before it is deployed.</summary>
    public static string WhySymbolic(SymbolicText text) =>
        text.FirstSymbol switch
        {
            { Kind: SegmentKind.Parameter } parameter => $"parameter '{parameter.Text}' has no default",
            { Kind: SegmentKind.Variable } variable => $"'${{{variable.Text}}}' is looked up while deploying",
            { } symbol => $"'{symbol.Text}' is known only when deployed",
            null => "it is known only when deployed",
        };

    private static string[] NamesOf(string path) => path.IndexOf('.') < 0 ? [path] : path.Split(Dot);

    // Whether not even the first name of a path is written, nor may be brought by a function.
    private static bool IsLeftOut(YamlMapping? mapping, string path)
    {
        if (mapping is null)
            return true;
        if (mapping.HasFunctions)
            return false;
        var dot = path.IndexOf('.');
        var length = dot < 0 ? path.Length : dot;
        for (var i = 0; i < mapping.Entries.Count; i++)
        {
            var name = mapping.Entries[i].Key.Value;
            if (name.Length == length && string.CompareOrdinal(name, 0, path, 0, length) == 0)
                return false;
        }

        return true;
    }

    // SAM lays what a resource says over what all share, mapping by mapping.
    private static bool IsWritten(YamlMapping? mapping, string[] names)
    {
        if (mapping is null)
            return false;
        foreach (var name in names)
        {
            if (mapping is null)
                return true;
            if (mapping[name] is not { } entry)
                return false;
            mapping = entry.Value is YamlMapping inner && Intrinsic.Of(inner) is null ? inner : null;
        }

        return true;
    }

    private Converted<string> ToJson(Alternative alternative)
    {
        if (alternative.Node is not { } node)
            return ToText(alternative);
        var json = new JsonText(resolver).Write(node, out var why);
        return json is null ? Converted<string>.Unknown(why!) : new(json, null);
    }

    private static Converted<double> ToReal(Alternative alternative)
    {
        var text = ToText(alternative);
        return text.WhyUnknown is not null ? Converted<double>.Unknown(text.WhyUnknown)
            : double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number) ? new(number, null)
            : Converted<double>.Unknown($"'{Shortened(text.Value)}' is no number");
    }

    // A number may stand in quotes. What YAML 1.1 may read as octal or as a float is left alone.
    private static Converted<int> ToNumber(Alternative alternative)
    {
        var text = ToText(alternative);
        if (text.WhyUnknown is not null)
            return Converted<int>.Unknown(text.WhyUnknown);
        var digits = text.Value.Trim();
        var mayBeOctal = digits.Length > 1 && digits[0] is '0' or '+';
        return !mayBeOctal && int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new(number, null)
            : Converted<int>.Unknown($"'{Shortened(text.Value)}' is no whole number");
    }

    private static Converted<bool> ToFlag(Alternative alternative)
    {
        var text = ToText(alternative);
        if (text.WhyUnknown is not null)
            return Converted<bool>.Unknown(text.WhyUnknown);
        var isPlain = alternative.Node is YamlScalar { IsPlain: true };
        return text.Value.ToLowerInvariant() switch
        {
            "true" => new(true, null),
            "false" => new(false, null),
            "yes" or "on" when isPlain => new(true, null),
            "no" or "off" when isPlain => new(false, null),
            _ => Converted<bool>.Unknown($"'{Shortened(text.Value)}' is neither true nor false"),
        };
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : text.Substring(0, 40) + "…";

    private ReadSetting<T> Convert<T>(Resolution resolution, Func<Alternative, Converted<T>> convert, SettingSite site)
    {
        if (resolution.WhyUnknown is { } why)
            return Unknown(why);
        if (resolution.Alternatives is [{ IsNothing: false } only])
        {
            var converted = convert(only);
            return converted.WhyUnknown is { } whyNot ? Unknown(whyNot) : new(Setting<T>.Known([ValueOf(only, converted.Value)], site), site, false);
        }

        var values = new List<SettingValue<T>>();
        var mayBeAbsent = false;
        foreach (var alternative in resolution.Alternatives)
        {
            if (alternative.IsNothing)
            {
                mayBeAbsent = true;
                continue;
            }

            var converted = convert(alternative);
            if (converted.WhyUnknown is not null)
                return Unknown(converted.WhyUnknown);
            Add(values, ValueOf(alternative, converted.Value));
        }

        return values.Count == 0
            ? new(null, new(Place.None, Place.None, site.Enclosing, site.IsInherited), true)
            : new(Setting<T>.Known(values, site, mayBeAbsent), site, mayBeAbsent);

        ReadSetting<T> Unknown(string because) => new(Setting<T>.Unknown(because, site), site, false);
    }

    private SettingValue<T> ValueOf<T>(Alternative alternative, T value) =>
        new(value, PlaceOf(alternative), alternative.Basis.Provenance, alternative.Basis.Parameter);

    // Of equal values the one that hangs on least is kept: it holds whatever the other hangs on.
    private static void Add<T>(List<SettingValue<T>> values, SettingValue<T> value)
    {
        var same = values.FindIndex(other => EqualityComparer<T>.Default.Equals(other.Value, value.Value));
        if (same < 0)
            values.Add(value);
        else if (value.Provenance == Provenance.Literal)
            values[same] = value;
    }

    private (Place Key, Place Value) PlacesOf(YamlMapping mapping, string[] names)
    {
        YamlEntry? found = null;
        foreach (var name in names)
        {
            if (mapping[name] is not { } entry)
                break;
            found = entry;
            if (entry.Value is not YamlMapping inner || Intrinsic.Of(inner) is not null)
                break;
            mapping = inner;
        }

        return found is null ? (Place.None, Place.None) : (map.PlaceOf(found.Key), map.PlaceOf(found.Value));
    }
}
