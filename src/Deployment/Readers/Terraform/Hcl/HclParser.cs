namespace AtLeastOnce.Deployment.Readers.Terraform.Hcl;

/// <summary>Reads bodies: attributes and blocks. After a fault it goes on with the next line.</summary>
internal sealed partial class HclParser(string text, int offset, CancellationToken cancellation) : HclScanner(text, offset, cancellation)
{
    private readonly List<HclFault> faults = [];
    private int depth;
    private bool isOver;

    /// <summary>The whole text.</summary>
    public HclText ReadFile()
    {
        var body = ReadItems(Here, isBlock: false);
        return new(body, faults, Comments);
    }

    // Reads up to the brace that closes the block, or to the end.
    private HclBody ReadItems(int start, bool isBlock)
    {
        var attributes = new List<HclAttribute>();
        var blocks = new List<HclBlock>();
        HashSet<string>? names = null;
        while (!isOver)
        {
            try
            {
                SkipLines();
                if (IsAtEnd)
                {
                    if (isBlock)
                        Add(Expected("'}'"));
                    break;
                }

                if (isBlock && Take("}"))
                    break;
                ReadItem(attributes, ref names, blocks);
                SkipBlank();
                if (!IsAtEnd && !IsAtLineEnd && !(isBlock && Current == '}'))
                    throw Expected("the end of the line");
            }
            catch (HclException exception)
            {
                Add(exception);
                Recover();
            }
        }

        return new(start, Here, attributes, blocks);
    }

    private void ReadItem(List<HclAttribute> attributes, ref HashSet<string>? names, List<HclBlock> blocks)
    {
        var start = Here;
        var name = RequireWord("the name of an attribute or block");
        var end = Here;
        SkipBlank();
        if (Current == '=' && At(1) != '=')
        {
            Position++;
            SkipBlank();
            var value = ReadExpression();
            if (IsWritten(attributes, ref names, name))
                AddFault(new(start, end, $"The attribute '{name}' is written twice; the first one counts."));
            attributes.Add(Made(new HclAttribute(name, start, end, value)));
            return;
        }

        var labels = new List<string>();
        while (!IsAtEnd && Current != '{')
        {
            labels.Add(Current == '"' ? RequireText() : RequireWord("'=', a label or '{'"));
            end = Here;
            SkipBlank();
        }

        blocks.Add(Made(ReadBlock(name, labels, start, end)));
    }

    // Only names among many are put into a table.
    private static bool IsWritten(List<HclAttribute> attributes, ref HashSet<string>? names, string name) =>
        attributes.Count < HclBody.Few
            ? attributes.FirstNamed(name) is not null
            : !(names ??= new(attributes.Select(attribute => attribute.Name), StringComparer.Ordinal)).Add(name);

    private HclBlock ReadBlock(string type, List<string> labels, int start, int headEnd)
    {
        var open = Here;
        Require("{");
        if (++depth > HclText.MaximumDepth)
        {
            depth--;
            throw TooDeep(Position - 1);
        }

        var body = ReadItems(open, isBlock: true);
        depth--;
        return new(type, labels, start, headEnd, body);
    }

    private string RequireText()
    {
        var start = Position;
        return ReadQuoted().Literal ?? throw new HclException(start, Position, "A label is a text without interpolations.");
    }

    // What a fault leaves behind is not known: reading goes on with the next line, outside of all brackets.
    private void Recover()
    {
        IgnoresLineEnds = false;
        Limit = Text.Length;
        SkipLine();
    }

    private void Add(HclException exception)
    {
        AddFault(new(Offset(exception.Start), Offset(Math.Max(exception.Start, exception.End)), exception.Message));
        isOver |= exception.IsLast;
    }

    private void AddFault(HclFault fault)
    {
        faults.Add(fault);
        isOver |= faults.Count >= HclText.MaximumFaults;
    }
}
