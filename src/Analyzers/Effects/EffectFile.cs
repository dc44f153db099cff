using System.Collections.Immutable;
using System.Globalization;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Analyzers.Effects;

/// <summary>What is wrong with an effect file, and where.</summary>
internal sealed record EffectFileProblem(Place Place, string Text);

/// <summary>
/// Reads files of effects: YAML (or JSON) with a list <c>effects</c> of entries with <c>name</c>, <c>does</c>, <c>types</c>, <c>methods</c>, and where they matter
/// <c>again</c>, <c>identity</c>, <c>token</c>, <c>tokenLifetime</c>, <c>condition</c>, <c>text</c>, <c>answer</c>.
/// </summary>
internal static class EffectFile
{
    private const string Resource = "AtLeastOnce.Analyzers.Effects.effects.yaml";

    private static readonly Dictionary<string, EffectKind> Kinds = new(StringComparer.Ordinal)
    {
        ["overwrites"] = EffectKind.Overwrites,
        ["adds"] = EffectKind.Adds,
        ["sends"] = EffectKind.Sends,
        ["update-expression"] = EffectKind.UpdateExpression,
        ["sql"] = EffectKind.Sql,
        ["http"] = EffectKind.Http,
        ["entity"] = EffectKind.Entity,
        ["document-update"] = EffectKind.DocumentUpdate,
        ["reads"] = EffectKind.Reads,
    };

    private static readonly string[] Keys = ["name", "does", "types", "methods", "again", "identity", "token", "tokenLifetime", "condition", "text", "answer"];

    /// <summary>The product's own effects.</summary>
    public static ImmutableArray<Effect> ReadBuiltIn()
    {
        using var stream = typeof(EffectFile).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var (effects, problems) = Read(Resource, reader.ReadToEnd(), CancellationToken.None);
        return problems.IsEmpty ? effects : throw new InvalidDataException($"{problems[0].Place}: {problems[0].Text}");
    }

    /// <summary>Reads a file; what cannot be read is left out and told.</summary>
    public static (ImmutableArray<Effect> Effects, ImmutableArray<EffectFileProblem> Problems) Read(
        string path,
        string text,
        CancellationToken cancellationToken
    )
    {
        var reader = new Reader(new TextMap(path, text));
        var yaml = YamlText.Read(text, cancellationToken);
        if (yaml.Fault is { } fault)
            reader.Complain(fault.Start, fault.End, fault.Text);
        else
            reader.ReadRoot(yaml.Root);
        return (reader.Effects.ToImmutable(), reader.Problems.ToImmutable());
    }

    private sealed class Reader(TextMap map)
    {
        public ImmutableArray<Effect>.Builder Effects { get; } = ImmutableArray.CreateBuilder<Effect>();

        public ImmutableArray<EffectFileProblem>.Builder Problems { get; } = ImmutableArray.CreateBuilder<EffectFileProblem>();

        public void Complain(int start, int end, string text) => Problems.Add(new(map.PlaceOf(start, end), text));

        public void ReadRoot(YamlNode? root)
        {
            if (root is not YamlMapping mapping || mapping["effects"]?.Value is not YamlSequence entries)
            {
                Complain(root?.Start ?? 0, root?.End ?? 0, "An effect file is a mapping with a list 'effects'.");
                return;
            }

            foreach (var entry in entries.Items)
            {
                if (entry is YamlMapping fields)
                    ReadEntry(fields);
                else
                    Complain(entry, "An effect is a mapping with name, does, types and methods.");
            }
        }

        private void ReadEntry(YamlMapping fields)
        {
            var before = Problems.Count;
            foreach (var entry in fields.Entries)
            {
                if (!Keys.Contains(entry.Key.Value))
                    Complain(entry.Key, $"An effect has no '{entry.Key.Value}'. It has {string.Join(", ", Keys)}.");
            }

            var name = Required(fields, "name");
            var types = Texts(fields, "types");
            var methods = Texts(fields, "methods");
            if (types.IsEmpty || methods.IsEmpty)
                Complain(fields, $"The effect '{name}' needs 'types' and 'methods': lists of names.");
            var kind = EffectKind.Reads;
            if (fields["does"]?.Value is not YamlScalar does)
                Complain(fields, $"The effect '{name}' does not say what it 'does': {string.Join(", ", Kinds.Keys)}.");
            else if (!Kinds.TryGetValue(does.Value, out kind))
                Complain(does, $"An effect 'does' one of {string.Join(", ", Kinds.Keys)}, not '{does.Value}'.");
            TimeSpan? lifetime = null;
            if (fields["tokenLifetime"]?.Value is YamlScalar written && (lifetime = Lifetime(written.Value)) is null)
                Complain(written, $"A 'tokenLifetime' is a number of minutes or hours, as 5m or 24h, not '{written.Value}'.");
            if (Problems.Count > before)
                return;
            Effects.Add(
                new(name, kind, types, methods)
                {
                    Again = Text(fields, "again") ?? "does it again",
                    Identity = Texts(fields, "identity").Select(AccessPath.Parse).ToImmutableArray(),
                    Token = Texts(fields, "token").Select(AccessPath.Parse).ToImmutableArray(),
                    TokenLifetime = lifetime,
                    Condition = Text(fields, "condition") is { } condition ? AccessPath.Parse(condition) : null,
                    Text = Text(fields, "text") is { } text ? AccessPath.Parse(text) : null,
                    Answer = Text(fields, "answer"),
                }
            );
        }

        private void Complain(YamlNode node, string text) => Complain(node.Start, node.End, text);

        private string Required(YamlMapping fields, string key)
        {
            if (Text(fields, key) is { } text)
                return text;
            Complain(fields, $"An effect needs a '{key}'.");
            return "?";
        }

        private static string? Text(YamlMapping fields, string key) => fields[key]?.Value is YamlScalar { IsNull: false } scalar ? scalar.Value : null;

        private static ImmutableArray<string> Texts(YamlMapping fields, string key) =>
            fields[key]?.Value switch
            {
                YamlScalar { IsNull: false } scalar => ImmutableArray.Create(scalar.Value),
                YamlSequence sequence => sequence.Items.OfType<YamlScalar>().Select(item => item.Value).ToImmutableArray(),
                _ => ImmutableArray<string>.Empty,
            };

        private static TimeSpan? Lifetime(string text)
        {
            if (text.Length < 2 || !int.TryParse(text.Substring(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            return text[text.Length - 1] switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                _ => null,
            };
        }
    }
}
