using System.Text;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>The kinds of pieces that a text of a template is made of.</summary>
internal enum SegmentKind
{
    /// <summary>Text as it is.</summary>
    Literal,

    /// <summary>A pseudo parameter: <c>AWS::Region</c>.</summary>
    PseudoParameter,

    /// <summary>A parameter whose value is not known.</summary>
    Parameter,

    /// <summary>What <c>Ref</c> gives of a resource.</summary>
    Reference,

    /// <summary>An attribute of a resource, written <c>LogicalId.Attribute</c>.</summary>
    Attribute,

    /// <summary>A variable of a framework that is looked up while deploying: <c>ssm:/orders/queue</c>.</summary>
    Variable,
}

/// <summary>A piece of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The literal text, or the name.</param>
internal readonly record struct Segment(SegmentKind Kind, string Text);

/// <summary>A text of which some pieces are only known once it is deployed. Two of them are equal when they are made of the same pieces.</summary>
internal sealed class SymbolicText
{
    private const string Open = "${";
    private static readonly SymbolicText Empty = new("", []);

    // Most texts are nothing but a literal, of which the pieces are not asked for.
    private readonly string? literal;
    private IReadOnlyList<Segment>? segments;

    private SymbolicText(string? literal, IReadOnlyList<Segment>? joined) => (this.literal, segments) = (literal, joined);

    /// <summary>Makes a text of pieces; neighbouring literals become one.</summary>
    public SymbolicText(IEnumerable<Segment> segments)
    {
        var joined = new List<Segment>();
        var literal = "";
        StringBuilder? longer = null;
        foreach (var segment in segments)
        {
            if (segment.Kind != SegmentKind.Literal)
            {
                AddLiteral();
                joined.Add(segment);
            }
            else if (literal.Length == 0)
            {
                literal = segment.Text;
            }
            else
            {
                (longer ??= new(literal)).Append(segment.Text);
            }
        }

        AddLiteral();
        this.segments = joined;
        this.literal =
            joined.Count == 0 ? ""
            : joined is [{ Kind: SegmentKind.Literal, Text: var only }] ? only
            : null;

        void AddLiteral()
        {
            if (literal.Length > 0)
                joined.Add(new(SegmentKind.Literal, longer?.ToString() ?? literal));
            (literal, longer) = ("", null);
        }
    }

    /// <summary>The pieces.</summary>
    public IReadOnlyList<Segment> Segments => segments ??= [new(SegmentKind.Literal, literal!)];

    /// <summary>Characters of the pieces.</summary>
    public int Length
    {
        get
        {
            if (literal is not null)
                return literal.Length;
            var length = 0;
            for (var i = 0; i < Segments.Count; i++)
                length += Segments[i].Text.Length;
            return length;
        }
    }

    /// <summary>The text if all of it is literal, else null.</summary>
    public string? Literal => literal;

    /// <summary>The first piece that is not literal, or null.</summary>
    public Segment? FirstSymbol
    {
        get
        {
            for (var i = 0; literal is null && i < Segments.Count; i++)
            {
                if (Segments[i].Kind != SegmentKind.Literal)
                    return Segments[i];
            }

            return null;
        }
    }

    /// <summary>Whether a literal piece contains some text.</summary>
    public bool Contains(string text)
    {
        if (literal is not null)
            return literal.Contains(text);
        for (var i = 0; i < Segments.Count; i++)
        {
            if (Segments[i].Kind == SegmentKind.Literal && Segments[i].Text.Contains(text))
                return true;
        }

        return false;
    }

    /// <summary>What stands after a literal prefix, up to the next slash; empty if the text begins otherwise.</summary>
    public SymbolicText Within(string prefix)
    {
        if (
            prefix.Length > 0
            && !(Segments.Count > 0 && Segments[0] is { Kind: SegmentKind.Literal } first && first.Text.StartsWith(prefix, StringComparison.Ordinal))
        )
            return Of("");
        var result = new List<Segment>();
        for (var i = 0; i < Segments.Count; i++)
        {
            var segment = i == 0 && prefix.Length > 0 ? new(SegmentKind.Literal, Segments[0].Text.Substring(prefix.Length)) : Segments[i];
            var slash = segment.Kind == SegmentKind.Literal ? segment.Text.IndexOf('/') : -1;
            result.Add(slash < 0 ? segment : new(SegmentKind.Literal, segment.Text.Substring(0, slash)));
            if (slash >= 0)
                break;
        }

        return new(result);
    }

    /// <summary>What stands after the last slash of a literal piece.</summary>
    public SymbolicText AfterLastSlash()
    {
        for (var i = Segments.Count - 1; i >= 0; i--)
        {
            if (Segments[i].Kind == SegmentKind.Literal && Segments[i].Text.LastIndexOf('/') is >= 0 and var slash)
                return new([new(SegmentKind.Literal, Segments[i].Text.Substring(slash + 1)), .. Segments.Skip(i + 1)]);
        }

        return this;
    }

    /// <summary>This text with another one after it.</summary>
    public SymbolicText Followed(SymbolicText other)
    {
        if (literal is "")
            return other;
        if (other.literal is "")
            return this;
        if (literal is not null && other.literal is not null)
            return Of(literal + other.literal);

        // Only where the two meet there may be literals to join.
        var joins = Segments[Segments.Count - 1].Kind == SegmentKind.Literal && other.Segments[0].Kind == SegmentKind.Literal;
        var joined = new Segment[Segments.Count + other.Segments.Count - (joins ? 1 : 0)];
        for (var i = 0; i < Segments.Count; i++)
            joined[i] = Segments[i];
        for (var i = joins ? 1 : 0; i < other.Segments.Count; i++)
            joined[joined.Length - other.Segments.Count + i] = other.Segments[i];
        if (joins)
            joined[Segments.Count - 1] = new(SegmentKind.Literal, Segments[Segments.Count - 1].Text + other.Segments[0].Text);
        return new(null, joined);
    }

    /// <summary>A literal text.</summary>
    public static SymbolicText Of(string literal) => literal.Length == 0 ? Empty : new(literal, null);

    /// <summary>A text in the notation of <c>Fn::Sub</c>, with no other variables than pseudo parameters.</summary>
    public static SymbolicText OfPseudoParameters(string text)
    {
        var pieces = new List<Segment>();
        var position = 0;
        while (text.IndexOf(Open, position, StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = text.IndexOf('}', open);
            var name = open + Open.Length;
            pieces.Add(new(SegmentKind.Literal, text.Substring(position, open - position)));
            pieces.Add(new(SegmentKind.PseudoParameter, text.Substring(name, close - name)));
            position = close + 1;
        }

        pieces.Add(new(SegmentKind.Literal, text.Substring(position)));
        return new(pieces);
    }

    /// <summary>A text of one piece.</summary>
    public static SymbolicText Of(SegmentKind kind, string name) => kind == SegmentKind.Literal ? Of(name) : new(null, [new(kind, name)]);

    /// <summary>In the notation of <c>Fn::Sub</c>; equal texts are written equally.</summary>
    public override string ToString()
    {
        if (literal is not null)
            return literal;
        var result = new StringBuilder();
        foreach (var segment in Segments)
        {
            if (segment.Kind == SegmentKind.Literal)
                result.Append(segment.Text);
            else
                result.Append(Open).Append(segment.Text).Append('}');
        }

        return result.ToString();
    }
}
