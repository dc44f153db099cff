using AtLeastOnce.Deployment.Readers.Terraform.Hcl;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>Reading HCL: the tree, and where each part of it stands.</summary>
public sealed class HclTests
{
    private static HclText Read(string text, int offset = 0) => HclText.Read(text, TestContext.Current.CancellationToken, offset);

    private static HclExpression ReadValue(string value)
    {
        var hcl = Read($"x = {value}\n");
        Assert.Empty(hcl.Faults);
        var expression = Assert.Single(hcl.Body.Attributes).Value;
        Assert.Equal(4, expression.Start);
        Assert.Equal(4 + value.Length, expression.End);
        return expression;
    }

    // The tree in parentheses, operators first.
    private static string Show(HclExpression expression) =>
        expression switch
        {
            HclLiteral { Kind: HclLiteralKind.Text } text => $"'{text.Text.Replace("\n", "\\n", StringComparison.Ordinal)}'",
            HclLiteral literal => literal.Text,
            HclTemplate template => $"\"{string.Join(" ", template.Parts.Select(Show))}\"",
            HclVariable variable => variable.Name,
            HclAccess access => $"{Show(access.Target)}.{access.Name}",
            HclIndex index => $"{Show(index.Target)}[{Show(index.Index)}]",
            HclElement => "@",
            HclSplat splat => $"(splat {Show(splat.Target)} {Show(splat.Each)})",
            HclCall call => $"{call.Name}({string.Join(" ", call.Arguments.Select(Show))}{(call.IsExpanded ? "…" : "")})",
            HclUnary unary => $"({unary.Symbol} {Show(unary.Operand)})",
            HclBinary binary => $"({binary.Symbol} {Show(binary.Left)} {Show(binary.Right)})",
            HclConditional conditional => $"(? {Show(conditional.Condition)} {Show(conditional.WhenTrue)} {Show(conditional.WhenFalse)})",
            HclParentheses parentheses => $"({Show(parentheses.Inner)})",
            HclTuple tuple => $"[{string.Join(" ", tuple.Items.Select(Show))}]",
            HclObject made => "{" + string.Join(" ", made.Members.Select(member => $"{Show(member.Key)}={Show(member.Value)}")) + "}",
            HclFor { Parts: var parts } =>
                $"(for {parts.KeyName},{parts.ValueName} {Show(parts.Collection)} {(parts.ResultKey is { } key ? Show(key) + "=>" : "")}{Show(parts.Result)}"
                    + $"{(parts.Filter is { } filter ? " if " + Show(filter) : "")}{(parts.IsGrouped ? " …" : "")})",
            _ => throw new InvalidOperationException(expression.GetType().Name),
        };

    [Theory]
    [InlineData("30", "30")]
    [InlineData("1.5e3", "1.5e3")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("\"a\"", "\"'a'\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"a\\n\\t\\\"\\\\\\u00e4\\U0001F600\"", "\"'a\\n\t\"\\ä😀'\"")]
    [InlineData("\"a${b}c\"", "\"'a' b 'c'\"")]
    [InlineData("\"$${a} %%{b} $5 100%\"", "\"'${a} %{b} $5 100%'\"")]
    [InlineData("\"a ${~ b ~} c\"", "\"'a' b 'c'\"")]
    [InlineData("\"${ \"x${y}\" }\"", "\"\"'x' y\"\"")]
    [InlineData("\"%{ if a }b%{ else }c%{ endif }\"", "\"(? a \"'b'\" \"'c'\")\"")]
    [InlineData("\"%{ if a }b%{ endif }c\"", "\"(? a \"'b'\" \"\") 'c'\"")]
    [InlineData("\"%{ for i, x in y }${x},%{ endfor }\"", "\"(for i,x y \"x ','\")\"")]
    [InlineData("aws_sqs_queue.x.arn", "aws_sqs_queue.x.arn")]
    [InlineData("aws_sqs_queue.x[0].arn", "aws_sqs_queue.x[0].arn")]
    [InlineData("aws_sqs_queue.x[\"a\"].arn", "aws_sqs_queue.x[\"'a'\"].arn")]
    [InlineData("x.0.arn", "x[0].arn")]
    [InlineData("x[*].a.b", "(splat x @.a.b)")]
    [InlineData("x.*.a[0]", "(splat x @.a)[0]")]
    [InlineData("x[*].a[0].b", "(splat x @.a[0].b)")]
    [InlineData("f(a, b...)", "f(a b…)")]
    [InlineData("provider::aws::arn_parse(x)", "provider::aws::arn_parse(x)")]
    [InlineData("f(\n  a, # one\n  b,\n)", "f(a b)")]
    [InlineData("a ? b : c ? d : e", "(? a b (? c d e))")]
    [InlineData("1 + 2 * 3 - -4", "(- (+ 1 (* 2 3)) (- 4))")]
    [InlineData("!a && b || c == d", "(|| (&& (! a) b) (== c d))")]
    [InlineData("a <= b", "(<= a b)")]
    [InlineData("(a\n+ b)", "((+ a b))")]
    [InlineData("[a, [b,], {}]", "[a [b] {}]")]
    [InlineData("{ a = 1, \"b\" : 2\n (c) = 3 }", "{'a'=1 \"'b'\"=2 (c)=3}")]
    [InlineData("{\n  a = b ? c : d # e\n\n  // f\n  g = h\n}", "{'a'=(? b c d) 'g'=h}")]
    [InlineData("[for x in y : x.a if x.b]", "(for ,x y x.a if x.b)")]
    [InlineData("{ for k, v in y : k => v... }", "(for k,v y k=>v …)")]
    [InlineData("a-b", "a-b")]
    [InlineData("a - b", "(- a b)")]
    [InlineData("ä.ö", "ä.ö")]
    public void An_expression_is_read_whole(string text, string tree) => Assert.Equal(tree, Show(ReadValue(text)));

    [Theory]
    [InlineData("<<EOT\n  a\nb ${c}\nEOT\n", "\"'  a\\nb ' c '\\n'\"")]
    [InlineData("<<-EOT\n    a\n      b\n\n    c\n  EOT\n", "\"'a\\n  b\\n\\nc\\n'\"")]
    [InlineData("<<-EOT\n    a\\n \"b\" $${c}\n  EOT\n", "\"'a\\n \"b\" ${c}\\n'\"")]
    [InlineData("<<EOT\nEOT\n", "\"\"")]
    [InlineData("<<EOT\n%{ if a }\nb\n%{ endif }\nEOT", "\"(? a \"'\\nb\\n'\" \"\") '\\n'\"")]
    public void A_heredoc_is_read_up_to_its_word(string text, string tree)
    {
        var hcl = Read("x = " + text);
        Assert.Empty(hcl.Faults);
        var value = Assert.Single(hcl.Body.Attributes).Value;
        Assert.Equal(tree.Replace("a\\n \"b\"", "a\\n \"b\"", StringComparison.Ordinal), Show(value));
        Assert.Equal(text.TrimEnd('\n'), ("x = " + text)[value.Start..value.End]);
    }

    [Fact]
    public void Blocks_have_labels_and_bodies()
    {
        const string Text = "resource aws_sqs_queue \"q\" {\n  a = 1\n  inner { b = 2 }\n  dynamic \"x\" {}\n}\nlocals {}\n";
        var hcl = Read(Text);
        Assert.Empty(hcl.Faults);
        Assert.Equal(["resource", "locals"], hcl.Body.Blocks.Select(block => block.Type));
        var resource = hcl.Body.Blocks[0];
        Assert.Equal(["aws_sqs_queue", "q"], resource.Labels);
        Assert.Equal("resource aws_sqs_queue \"q\"", Text[resource.Start..resource.HeadEnd]);
        Assert.Equal("{\n  a = 1\n  inner { b = 2 }\n  dynamic \"x\" {}\n}", Text[resource.Body.Start..resource.Body.End]);
        Assert.Equal(["inner", "dynamic"], resource.Body.Blocks.Select(block => block.Type));
        Assert.Equal("{ b = 2 }", Text[resource.Body.Blocks[0].Body.Start..resource.Body.Blocks[0].Body.End]);
        Assert.Equal("b", Text[resource.Body.Blocks[0].Body.Attributes[0].Start..resource.Body.Blocks[0].Body.Attributes[0].NameEnd]);
    }

    [Theory]
    [InlineData("# a\nx = 1 // b\n/* c\n d */ y = 2\n")]
    [InlineData("\uFEFF# a\r\nx = 1 // b\r\n/* c\r\n d */ y = 2\r\n")]
    public void Comments_are_kept_apart(string text)
    {
        var hcl = Read(text, offset: 7);
        Assert.Empty(hcl.Faults);
        Assert.Equal(
            ["# a", "// b", text.Contains('\r', StringComparison.Ordinal) ? "/* c\r\n d */" : "/* c\n d */"],
            hcl.Comments.Select(comment => text[(comment.Start - 7)..(comment.End - 7)])
        );
        Assert.Equal(["x", "y"], hcl.Body.Attributes.Select(attribute => text[(attribute.Start - 7)..(attribute.NameEnd - 7)]));
        Assert.Equal(["1", "2"], hcl.Body.Attributes.Select(attribute => text[(attribute.Value.Start - 7)..(attribute.Value.End - 7)]));
    }

    [Theory]
    [InlineData("a = \nb = 2\n", "b", "Here a value is expected.", 4)]
    [InlineData("a = [1, 2\nb = 2\nc = 3\n", "c", "Here ',' or ']' is expected.", 10)]
    [InlineData("a = \"x\nb = 2\n", "b", "The text is not closed on its line.", 6)]
    [InlineData("a = 1 2\nb = 2\n", "a b", "Here the end of the line is expected.", 6)]
    [InlineData("= 1\nb = 2\n", "b", "Here the name of an attribute or block is expected.", 0)]
    [InlineData("a = \"\\q\"\nb = 2\n", "b", "The escape is not known.", 5)]
    [InlineData("a = <<X\n${\nX\nb = 2\n", "b", "The text ends where a value is expected.", 11)]
    [InlineData("a = \"%{ endif }\"\nb = 2\n", "b", "Here '\"' is expected.", 15)]
    [InlineData("a = 1\na = 2\n", "a a", "The attribute 'a' is written twice; the first one counts.", 6)]
    [InlineData("}\nb = 2\n", "b", "Here the name of an attribute or block is expected.", 0)]
    public void After_a_fault_reading_goes_on_with_the_next_line(string text, string attributes, string fault, int start)
    {
        var hcl = Read(text);
        var first = hcl.Faults[0];
        Assert.Equal((fault, start), (first.Text, first.Start));
        Assert.Equal(attributes, string.Join(" ", hcl.Body.Attributes.Select(attribute => attribute.Name)));
    }

    [Theory]
    [InlineData("r {\n  a = 1\n", "The text ends where '}' is expected.", 12)]
    [InlineData("a = <<X\nb = 2\n", "The text is not closed by 'X'.", 4)]
    [InlineData("/* a", "The comment is not closed.", 0)]
    public void What_is_not_closed_is_told(string text, string fault, int start)
    {
        var hcl = Read(text);
        var only = Assert.Single(hcl.Faults);
        Assert.Equal((fault, start), (only.Text, only.Start));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("(", ")")]
    [InlineData("{ a = ", "}")]
    [InlineData("!", "")]
    [InlineData("\"${", "}\"")]
    [InlineData("1 + ", "")]
    [InlineData("a ? b : ", "")]
    public void Nesting_is_bounded(string open, string close)
    {
        Assert.Empty(Read("x = " + Nested(30)).Faults);
        var deep = Read("x = " + Nested(100_000));
        Assert.Contains("nested deeper than 64 levels", deep.Faults[0].Text, StringComparison.Ordinal);
        Assert.Empty(deep.Body.Attributes);

        string Nested(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth)) + "\n";
    }

    [Fact]
    public void Blocks_are_bounded()
    {
        var deep = Read(string.Concat(Enumerable.Repeat("a {\n", 100_000)));
        Assert.Equal(HclText.MaximumFaults, deep.Faults.Count);
        Assert.Contains("nested deeper than 64 levels", deep.Faults[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_texts_are_not_read()
    {
        var hcl = Read(new string(' ', HclText.MaximumLength + 1));
        Assert.Equal("The file is longer than 2097152 characters and is not read.", Assert.Single(hcl.Faults).Text);
        Assert.Contains(
            "more than 200000 values",
            Assert.Single(Read("x = [" + string.Concat(Enumerable.Repeat("1,", 250_000)) + "]").Faults).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled() => Assert.Throws<OperationCanceledException>(() => HclText.Read("x = 1\n", new CancellationToken(true)));
}
