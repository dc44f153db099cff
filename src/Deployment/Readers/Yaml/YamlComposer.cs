using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AtLeastOnce.Deployment.Readers.Yaml;

/// <summary>Builds nodes from YamlDotNet's events.</summary>
internal sealed class YamlComposer
{
    private const char ByteOrderMark = '\uFEFF';
    private readonly string text;
    private readonly int offset;
    private readonly Parser parser;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);
    private readonly List<YamlFault> doubts = [];
    private readonly List<YamlScalar> scalars = [];
    private int position;
    private long size;

    /// <summary>Prepares to read the text.</summary>
    public YamlComposer(string text, CancellationToken cancellation)
    {
        this.text = text;
        this.cancellation = cancellation;

        // YamlDotNet takes a byte order mark for a part of the first scalar.
        offset = text.Length > 0 && text[0] == ByteOrderMark ? 1 : 0;
        position = offset;
        parser = new(new Scanner(new StringReader(offset == 0 ? text : text.Substring(offset)), skipComments: true));
    }

    /// <summary>Reads the first document.</summary>
    public YamlText Compose()
    {
        try
        {
            Next();
            Next();
            return new(parser.Current is DocumentStart ? ComposeNext(0) : null, null, doubts, scalars);
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (TextFault fault)
        {
            return Failed(fault.Fault);
        }
        catch (YamlException exception)
        {
            var start = Clamp(exception.Start.Index);
            return Failed(new(start, Math.Max(start, Clamp(exception.End.Index)), $"It is no valid YAML or JSON: {Sentence(exception.Message)}"));
        }
#pragma warning disable CA1031 // Whatever text it is given, YamlDotNet must not break an analyzer: it throws more than YamlException.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Failed(new(position, position, $"It is no valid YAML or JSON: {Sentence(exception.Message)}"));
        }
    }

    private YamlText Failed(YamlFault fault) => new(null, fault, doubts, scalars);

    // YamlDotNet ends some messages with its own idea of the place.
    private static string Sentence(string message) => message.TrimEnd().TrimEnd('.') + ".";

    private int Clamp(long index) => (int)Math.Min(Math.Max(index + offset, 0), text.Length);

    private void Next()
    {
        cancellation.ThrowIfCancellationRequested();
        if (!parser.MoveNext())
            throw new TextFault(new(position, position, "The text ends too early."));
        position = Clamp(parser.Current!.End.Index);
    }

    private YamlNode ComposeNext(int depth)
    {
        Next();
        return ComposeCurrent(depth);
    }

    private YamlNode ComposeCurrent(int depth)
    {
        var current = parser.Current!;
        var start = Clamp(current.Start.Index);
        if (depth > YamlText.MaximumDepth)
            throw TooDeep(start);
        if (++size > YamlText.MaximumSize)
            throw TooLarge(start);
        switch (current)
        {
            case AnchorAlias alias:
                return ComposeAlias(alias, depth);
            case Scalar scalar:
                return Anchored(scalar, ComposeScalar(scalar));
            case MappingStart mapping:
                return Anchored(mapping, ComposeMapping(mapping, depth));
            case SequenceStart sequence:
                return Anchored(sequence, ComposeSequence(sequence, depth));
            default:
                throw new TextFault(new(start, position, "A value is expected."));
        }
    }

    private static TextFault TooDeep(int start) =>
        new(new(start, start, FormattableString.Invariant($"The file is nested deeper than {YamlText.MaximumDepth} levels and is not read.")));

    private static TextFault TooLarge(int start) =>
        new(new(start, start, FormattableString.Invariant($"The file has more than {YamlText.MaximumSize} values, aliases expanded, and is not read.")));

    private YamlNode Anchored(NodeEvent node, YamlNode result)
    {
        // An anchor is known only after its node: an alias within would be a node without end.
        if (!node.Anchor.IsEmpty)
            anchors[node.Anchor.Value] = result;
        return result;
    }

    private YamlNode ComposeAlias(AnchorAlias alias, int depth)
    {
        var (start, end) = SpanOf(alias);
        if (!anchors.TryGetValue(alias.Value.Value, out var target))
        {
            throw new TextFault(new(start, end, $"The alias '{alias.Value.Value}' names no anchor before it."));
        }

        if (depth + target.Depth > YamlText.MaximumDepth)
            throw TooDeep(start);
        size += target.Size;
        if (size > YamlText.MaximumSize)
            throw TooLarge(start);
        return target.AliasAt(start, end);
    }

    private YamlScalar ComposeScalar(Scalar scalar)
    {
        var (start, end) = SpanOf(scalar);
        var result = new YamlScalar(start, end, LocalTag(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);
        scalars.Add(result);
        return result;
    }

    private YamlMapping ComposeMapping(MappingStart mapping, int depth)
    {
        var entries = new List<YamlEntry>();
        HashSet<string>? names = null;
        var start = Clamp(mapping.Start.Index);
        var end = start;
        while (true)
        {
            Next();
            if (parser.Current is MappingEnd)
                break;
            var key = ComposeCurrent(depth + 1);
            var value = ComposeNext(depth + 1);
            end = Math.Max(key.End, value.End);
            if (key is not YamlScalar name)
            {
                doubts.Add(new(key.Start, key.End, "A key that is no text is passed over."));
                continue;
            }

            if (name.Value != YamlMapping.MergeKey && IsWritten(entries, ref names, name.Value))
            {
                doubts.Add(new(name.Start, name.End, $"The key '{name.Value}' is written twice; the last one counts."));
            }

            entries.Add(new(name, value));
        }

        return new(start, EndOf(parser.Current, '}', end), LocalTag(mapping), entries, mapping.Style == MappingStyle.Flow);
    }

    // Only names among many are put into a table.
    private static bool IsWritten(List<YamlEntry> entries, ref HashSet<string>? names, string name)
    {
        if (entries.Count >= YamlMapping.Few)
            return !(names ??= new(entries.Select(entry => entry.Key.Value), StringComparer.Ordinal)).Add(name);
        foreach (var entry in entries)
        {
            if (entry.Key.Value == name)
                return true;
        }

        return false;
    }

    private YamlSequence ComposeSequence(SequenceStart sequence, int depth)
    {
        var items = new List<YamlNode>();
        var start = Clamp(sequence.Start.Index);
        var end = start;
        while (true)
        {
            Next();
            if (parser.Current is SequenceEnd)
                break;
            items.Add(ComposeCurrent(depth + 1));
            end = items[items.Count - 1].End;
        }

        return new(start, EndOf(parser.Current, ']', end), LocalTag(sequence), items, sequence.Style == SequenceStyle.Flow);
    }

    // Marks are exact in UTF-16, but the end of a block scalar, or of a tag without a value, takes blank lines along.
    private (int Start, int End) SpanOf(ParsingEvent node)
    {
        var (start, end) = (Clamp(node.Start.Index), Clamp(node.End.Index));
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return (start, end);
    }

    // The end mark of a collection in brackets lies before its bracket; that of a block collection at whatever follows.
    private int EndOf(ParsingEvent collectionEnd, char bracket, int lastChildEnd)
    {
        var mark = Clamp(collectionEnd.Start.Index);
        return mark < text.Length && text[mark] == bracket && mark >= lastChildEnd ? mark + 1 : lastChildEnd;
    }

    // YAML's own tags (!!str) and the non-specific one (!) say nothing that a template needs.
    private static string? LocalTag(NodeEvent node) =>
        !node.Tag.IsEmpty && !node.Tag.IsNonSpecific && node.Tag.Value.Length > 1 && node.Tag.Value[0] == '!' ? node.Tag.Value : null;

    private sealed class TextFault(YamlFault fault) : Exception(fault.Text)
    {
        public YamlFault Fault { get; } = fault;
    }
}
