using AtLeastOnce.Deployment.Readers.Terraform.Hcl;

namespace AtLeastOnce.Deployment.Edits.Terraform;

/// <summary>Sets attributes of a block by changes of its file's text; what is missing on the way to them is made. Null where it cannot be done safely.</summary>
/// <param name="files">The module's files.</param>
/// <param name="path">The file of the block.</param>
/// <param name="block">The block.</param>
/// <param name="queueArn">The expression for the ARN of the queue that is added.</param>
internal sealed class HclBodyEditor(HclFiles files, string path, HclBlock block, string queueArn)
{
    private readonly string text = files.TextOf(path);
    private readonly HclStyle style = files.StyleOf(path);
    private readonly HclValueWriter writer = new(files.StyleOf(path).Lines.NewLine, files.StyleOf(path).StepOf(block), queueArn);

    // What stands last in a resource by custom; new attributes go before it.
    private static readonly string[] Last = ["tags", "depends_on"];

    /// <summary>Sets attributes, each by the names of the blocks that it stands in and its own.</summary>
    public IReadOnlyList<TemplateEdit>? Set(IReadOnlyList<(string[] Path, EditValue Value)> settings)
    {
        var edits = new List<TemplateEdit>();
        var attributes = new List<(string, string)>();
        var blocks = new List<string>();
        var indent = style.InnerIndentOf(block);
        foreach (var (names, value) in settings)
        {
            if (names.Length == 1 && block.Body[names[0]] is null && !HasBlock(names[0]))
                attributes.Add((names[0], writer.Attribute(value, indent)));
            else if (names.Length > 1 && block.Body[names[0]] is null && !HasBlock(names[0]))
                blocks.Add(Nested(names, value, indent));
            else if (Change(names, value) is { } changes)
                edits.AddRange(changes);
            else
                return null;
        }

        return Add(attributes, blocks) is { } added ? [.. edits, .. added] : null;
    }

    private bool HasBlock(string type) =>
        block.Body.Blocks.Any(inner => inner.Type == type || inner is { Type: "dynamic", Labels: [{ } made] } && made == type);

    private IReadOnlyList<TemplateEdit>? Change(string[] names, EditValue value)
    {
        if (block.Body[names[0]] is not { } attribute)
        {
            return block.Body.Blocks.Where(inner => inner.Type == names[0]).ToList() is [var only] && names.Length > 1
                ? new HclBodyEditor(files, path, only, queueArn).Set([([.. names.Skip(1)], value)])
                : null;
        }

        if (files.PlaceOf(path, attribute.Value) is not { } place)
            return null;
        foreach (var name in names.Skip(1))
        {
            if (MemberOf(place.Expression, name) is not { } member || files.PlaceOf(place.Path, member) is not { } next)
                return null;
            place = next;
        }

        return Replace(place, value) is { } edit ? [edit] : null;
    }

    // A member of an object that is written as JSON.
    private static HclExpression? MemberOf(HclExpression expression, string name) =>
        expression is HclCall { Name: "jsonencode", IsExpanded: false, Arguments: [HclObject written] }
        && written.Members.Where(member => KeyOf(member) == name).ToList() is [var only]
            ? only.Value
            : null;

    private static string? KeyOf(HclMember member) =>
        member.Key switch
        {
            HclLiteral { Kind: HclLiteralKind.Text } word => word.Text,
            HclTemplate quoted => quoted.Literal,
            _ => null,
        };

    private TemplateEdit? Replace(HclValuePlace place, EditValue value)
    {
        var expression = place.Expression;
        var isQuoted = expression is HclTemplate { Literal: not null } && files.TextOf(place.Path)[expression.Start] == '"';
        var written = (expression, value) switch
        {
            (HclLiteral { Kind: HclLiteralKind.Number or HclLiteralKind.Boolean }, EditScalar { IsText: false } scalar) => scalar.Written,
            (HclUnary { Symbol: "-" }, EditScalar { IsText: false } scalar) => scalar.Written,
            (HclTemplate, EditScalar scalar) when isQuoted => HclValueWriter.Quoted(scalar.Written),
            (HclTuple { Items.Count: 0 }, EditList) => writer.Attribute(value, ""),
            (HclLiteral { Kind: HclLiteralKind.Null }, EditScalar or EditList) => writer.Attribute(value, ""),
            (HclLiteral { Kind: HclLiteralKind.Null }, _) when IsInBlock(place) => writer.Attribute(value, style.Lines.IndentOf(expression.Start)),
            _ => null,
        };
        return written is null ? null : new(expression.Start, expression.End - expression.Start, written) { Path = place.Path };
    }

    // The default of a variable cannot refer to a queue.
    private bool IsInBlock(HclValuePlace place) => place.Path == path && block.Start <= place.Expression.Start && place.Expression.End <= block.Body.End;

    private string Nested(string[] names, EditValue value, string indent)
    {
        var step = style.StepOf(block);
        return names.Length == 2
            ? writer.Block(names[0], indent, writer.Lines([(names[1], writer.Attribute(value, indent + step))], indent + step))
            : writer.Block(names[0], indent, style.Lines.NewLine + indent + step + Nested([.. names.Skip(1)], value, indent + step));
    }

    private IReadOnlyList<TemplateEdit>? Add(List<(string Name, string Value)> attributes, List<string> blocks)
    {
        if (attributes.Count + blocks.Count == 0)
            return [];
        var (open, close, indent) = (block.Body.Start, block.Body.End - 1, style.InnerIndentOf(block));
        if (text[open] != '{' || text[close] != '}')
            return null;
        return style.IsOneLine(open, close) ? Unfold(attributes, blocks, indent) : [.. AddAttributes(attributes, indent), .. AddBlocks(blocks, indent)];
    }

    // resource "aws_sqs_queue" "orders" { name = "orders" }
    private IReadOnlyList<TemplateEdit>? Unfold(List<(string Name, string Value)> attributes, List<string> blocks, string indent)
    {
        var (open, close) = (block.Body.Start, block.Body.End - 1);
        var inner = text.Substring(open + 1, close - open - 1).Trim();
        if (block.Body.Blocks.Count > 0 || block.Body.Attributes.Count > 1)
            return null;
        if (block.Body.Attributes is [var only])
        {
            if (text.Substring(only.Start, only.Value.End - only.Start) != inner)
                return null;
            attributes.Insert(0, (only.Name, text.Substring(only.Value.Start, only.Value.End - only.Value.Start)));
        }
        else if (inner.Length > 0)
        {
            return null;
        }

        var lines = writer.Lines(attributes, indent) + string.Concat(blocks.Select((made, i) => Parted(made, indent, attributes.Count > 0 || i > 0)));
        return [new(open + 1, close - open - 1, lines + style.Lines.NewLine + style.Lines.IndentOf(block.Start)) { Path = path }];
    }

    private string Parted(string made, string indent, bool isParted) => (isParted ? style.Lines.NewLine : "") + style.Lines.NewLine + indent + made;

    private IEnumerable<TemplateEdit> AddBlocks(List<string> blocks, string indent)
    {
        if (blocks.Count == 0)
            return [];
        var end = block.Body.End - 1;
        while (char.IsWhiteSpace(text[end - 1]))
            end--;
        var isFirst = end == block.Body.Start + 1;
        var made = string.Concat(blocks.Select((written, i) => Parted(written, indent, !isFirst || i > 0)));
        return [new(style.Lines.LineEnd(end), 0, made) { Path = path }];
    }

    private IEnumerable<TemplateEdit> AddAttributes(List<(string Name, string Value)> attributes, string indent)
    {
        if (attributes.Count == 0)
            yield break;
        var written = block.Body.Attributes.OrderBy(attribute => attribute.Start).ToList();
        var firstBlock = block.Body.Blocks.Count == 0 ? int.MaxValue : block.Body.Blocks.Min(inner => inner.Start);
        var before = written.Where(attribute => attribute.Start < firstBlock).ToList();
        var anchor = before.LastOrDefault(attribute => !Last.Contains(attribute.Name)) ?? before.LastOrDefault();
        if (anchor is null)
        {
            yield return new(style.Lines.LineEnd(block.Body.Start), 0, writer.Lines(attributes, indent)) { Path = path };
            yield break;
        }

        // The signs of neighbouring lines stand one below the other, if they do already.
        var group = GroupOf(anchor, written);
        var width = group.Select(attribute => attribute.Name.Length).DefaultIfEmpty(0).Max();
        var isAligned = group.Count > 0 && group.All(attribute => SignOf(attribute) - attribute.Start == width + 1);
        var longest = attributes.Where(attribute => !HclValueWriter.IsLong(attribute.Value)).Select(attribute => attribute.Name.Length).DefaultIfEmpty(0).Max();
        if (isAligned && longest > width)
        {
            foreach (var attribute in group)
                yield return new(SignOf(attribute), 0, new(' ', longest - width)) { Path = path };
        }

        yield return new(style.Lines.LineEnd(anchor.Value.End - 1), 0, writer.Lines(attributes, indent, isAligned ? width : 0)) { Path = path };
    }

    private List<HclAttribute> GroupOf(HclAttribute anchor, List<HclAttribute> written)
    {
        if (!style.IsOneLine(anchor.Start, anchor.Value.End))
            return [];
        var (first, last) = (written.IndexOf(anchor), written.IndexOf(anchor));
        while (first > 0 && AreNeighbours(written[first - 1], written[first]))
            first--;
        while (last + 1 < written.Count && AreNeighbours(written[last], written[last + 1]))
            last++;
        return written.GetRange(first, last - first + 1);
    }

    private bool AreNeighbours(HclAttribute one, HclAttribute next)
    {
        if (!style.IsOneLine(one.Start, one.Value.End) || !style.IsOneLine(next.Start, next.Value.End))
            return false;
        var between = text.Substring(style.Lines.LineEnd(one.Start), style.Lines.LineStart(next.Start) - style.Lines.LineEnd(one.Start));
        return between is "\n" or "\r\n";
    }

    private int SignOf(HclAttribute attribute) => text.IndexOf('=', attribute.NameEnd);
}
