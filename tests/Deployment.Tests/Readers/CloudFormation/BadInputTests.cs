using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class BadInputTests
{
    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static Problem OnlyProblem(string text)
    {
        var model = Templates.Read(text);
        Assert.False(model.IsTemplate);
        Assert.Empty(model.Functions);
        return Assert.Single(model.Problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("text")]
    [InlineData("[1, 2]")]
    [InlineData("services:\n  web:\n    image: x\n")]
    [InlineData("{ \"Logging\": { \"LogLevel\": { \"Default\": \"Information\" } } }")]
    [InlineData("Resources: 5\n")]
    [InlineData("Resources:\n")]
    [InlineData("Resources:\n  greeting: hello\n  Type: words\n")]
    [InlineData("Resources: [a]\n")]
    [InlineData("resources:\n  Q: { Type: AWS::SQS::Queue }\n")]
    public void Another_file_is_no_template_and_no_problem(string text)
    {
        var model = Templates.Read(text);
        Assert.False(model.IsTemplate);
        Assert.Empty(model.Problems);
        Assert.Equal(Templates.Path, model.Path);
    }

    [Theory]
    [InlineData("Resources:\n\tQ: 1\n", "template.yaml(1,1)")]
    [InlineData("Resources:\n  Q: [1, 2\n", "template.yaml(3,1)")]
    [InlineData("Resources: {\"a\": \"b\n", "template.yaml(1,18)")]
    [InlineData("Resources:\n  Q: 'x\n", "template.yaml(2,6)")]
    [InlineData("a: 1\n b: 2\n", "template.yaml(2,3)")]
    [InlineData("Resources: *nowhere\n", "template.yaml(1,12)")]
    [InlineData("Resources: &a [*a]\n", "template.yaml(1,16)")]
    [InlineData("a: %b\n", "template.yaml(1,4)")]
    [InlineData("a: @b\n", "template.yaml(1,4)")]
    [InlineData("%TAG ! x\n%TAG ! y\n--- a\n", "template.yaml(2,1)")]
    public void A_broken_text_is_a_problem_with_a_place(string text, string place)
    {
        var problem = OnlyProblem(text);
        Assert.Equal(place, problem.Place.ToString());
        Assert.EndsWith(".", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_is_no_template()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var bytes = new byte[512];
            new Random(seed).NextBytes(bytes);
            Assert.False(Templates.Read(new([.. bytes.Select(value => (char)value)])).IsTemplate);
        }
    }

    [Fact]
    public void A_text_that_is_too_long_is_not_read()
    {
        var problem = OnlyProblem("a: " + new string('x', YamlText.MaximumLength));
        Assert.Equal("The file is longer than 2097152 characters and is not read.", problem.Text);
        Assert.Equal(0, problem.Place.Start);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    public void What_is_nested_too_deeply_is_not_read(string open, string close)
    {
        foreach (var depth in new[] { 70, 100_000 })
        {
            var problem = OnlyProblem(Repeat(open, depth) + "1" + Repeat(close, depth));
            Assert.Equal("The file is nested deeper than 64 levels and is not read.", problem.Text);
        }

        Assert.Empty(Templates.Read(Repeat("[", 60) + Repeat("]", 60)).Problems);
    }

    [Fact]
    public void A_bomb_of_aliases_does_not_go_off()
    {
        var bomb =
            "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.Equal("The file has more than 200000 values, aliases expanded, and is not read.", OnlyProblem(bomb + "Resources: {}\n").Text);
    }

    [Fact]
    public void A_chain_of_aliases_is_not_deeper_than_a_nest()
    {
        var chain = "a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 80).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n"));
        Assert.Equal("The file is nested deeper than 64 levels and is not read.", OnlyProblem(chain).Text);
    }

    [Fact]
    public void A_text_of_very_many_values_is_not_read() =>
        Assert.Equal("The file has more than 200000 values, aliases expanded, and is not read.", OnlyProblem("[" + Repeat("1,", 300_000) + "]").Text);

    [Fact]
    public void Very_many_comments_and_resources_are_read_in_one_pass()
    {
        var text = "Resources:\n" + Repeat("  # alo:disable ALO501 x\n", 20_000) + "  Q: { Type: AWS::SQS::Queue }\n";
        var model = Templates.Read(text);
        Assert.Equal(20_000, model.Suppressions.Count);
        Assert.All(model.Suppressions, suppression => Assert.Equal(model.Queues[0].Whole, suppression.AppliesTo));
    }

    [Fact]
    public void A_chain_of_conditions_ends()
    {
        var chain = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"  C{i}: !Not [!Condition C{i + 1}]\n"));
        var model = Templates.Read($"Conditions:\n{chain}Resources:\n  Q: {{ Type: AWS::SQS::Queue, Properties: {{ VisibilityTimeout: !If [C0, 1, 2] }} }}\n");
        Assert.True(model.IsTemplate);
        Assert.Equal("1 | 2", model.Queues[0].VisibilityTimeout.ToString());
    }

    [Fact]
    public void A_key_that_is_written_twice_is_a_problem_of_a_template_that_is_read()
    {
        const string Text = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: 1\n      VisibilityTimeout: 2\n";
        var model = Templates.Read(Text);
        Assert.True(model.IsTemplate);
        var problem = Assert.Single(model.Problems);
        Assert.Equal("The key 'VisibilityTimeout' is written twice; the last one counts.", problem.Text);
        Assert.Equal("template.yaml(6,7)", problem.Place.ToString());
        Assert.Equal(2, Assert.Single(model.Queues).VisibilityTimeout.Single());
    }

    [Fact]
    public void Anchors_and_merge_keys_are_followed()
    {
        const string Text =
            "Shared: &shared { VisibilityTimeout: 77 }\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      <<: *shared\n      DelaySeconds: &d 3\n"
            + "  R:\n    Type: AWS::SQS::Queue\n    Properties: { DelaySeconds: *d }\n";
        var model = Templates.Read(Text);
        Assert.Empty(model.Problems);
        Assert.Equal((77, 3), (model.Queues[0].VisibilityTimeout.Single(), model.Queues[0].DelaySeconds.Single()));
        Assert.Equal("77", model.Queues[0].VisibilityTimeout.ValuePlace.In(Text));
        Assert.Equal(3, model.Queues[1].DelaySeconds.Single());
        Assert.Equal("*d", model.Queues[1].DelaySeconds.ValuePlace.In(Text));
    }

    [Fact]
    public void Cancellation_is_the_only_exception()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => TemplateReader.Read("t", Templates.Orders, source.Token));
    }
}
