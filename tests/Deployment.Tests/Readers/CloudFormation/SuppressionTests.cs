using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class SuppressionTests
{
    private const string Text = """
        Resources:
          # alo:disable ALO501 legacy queue, drained by hand
          # the rest is about nothing
          Q:
            Type: AWS::SQS::Queue # alo:disable ALO999
            Properties:
              # alo:disable ALO302, ALO301 measured: 2 s
              VisibilityTimeout: 5
              DelaySeconds: 1 #alo:disable ALO510 tested
              QueueName: "x # alo:disable ALO502 no comment"
          R:
            Type: AWS::SQS::Queue
            Metadata:
              Note: |
                # alo:disable ALO503 a text
              Url: http://x/#alo:disable ALO504
        # alo:disable ALO505 at the end
        """;

    private static readonly DeploymentModel Model = Templates.Read(Text);

    private const string Json = """
        {
          "Metadata": { "alo:disable": "ALO505 everywhere" },
          "Resources": {
            "Q": {
              "Type": "AWS::SQS::Queue",
              "Metadata": { "alo:disable": [ "ALO302, ALO501 drained by hand", "ALO502", "none" ] }
            },
            "R": { "Type": "AWS::SQS::Queue", "Metadata": { "alo:disable": { "x": "ALO301" } } }
          }
        }
        """;

    [Fact]
    public void Metadata_says_in_JSON_what_a_comment_says_in_YAML()
    {
        var model = Templates.Read(Json, "app.template");
        Assert.Equal(
            [("ALO505", "everywhere"), ("ALO302", "drained by hand"), ("ALO501", "drained by hand"), ("ALO502", "")],
            model.Suppressions.Select(suppression => (suppression.RuleId, suppression.Reason))
        );
        Assert.Equal("\"ALO302, ALO501 drained by hand\"", model.Suppressions[1].Place.In(Json));
        Assert.NotNull(model.SuppressionOf("ALO501", model.Queues[0].Declaration));
        Assert.Null(model.SuppressionOf("ALO501", model.Queues[1].Declaration));
        Assert.NotNull(model.SuppressionOf("ALO505", model.Queues[1].Declaration));
        Assert.Null(model.SuppressionOf("ALO301", model.Queues[1].Declaration));
    }

    /// <summary>As the compiler does with the ids of a pragma.</summary>
    [Fact]
    public void Ids_count_in_whatever_case_they_are_written()
    {
        var model = Templates.Read("Resources:\n  Q:\n    Type: AWS::SQS::Queue # alo:disable alo302, Alo501 drained by hand\n");
        Assert.Equal([("ALO302", "drained by hand"), ("ALO501", "drained by hand")], model.Suppressions.Select(one => (one.RuleId, one.Reason)));
    }

    [Fact]
    public void Comments_are_found_with_ids_and_reason()
    {
        Assert.Equal(
            [
                ("ALO501", "legacy queue, drained by hand"),
                ("ALO999", ""),
                ("ALO302", "measured: 2 s"),
                ("ALO301", "measured: 2 s"),
                ("ALO510", "tested"),
                ("ALO505", "at the end"),
            ],
            Model.Suppressions.Select(suppression => (suppression.RuleId, suppression.Reason))
        );
        Assert.Equal("# alo:disable ALO501 legacy queue, drained by hand", Model.Suppressions[0].Place.In(Text));
        Assert.Equal("template.yaml(2,3)", Model.Suppressions[0].Place.ToString());
    }

    [Theory]
    [InlineData("ALO3022 measured", "ALO3022", "measured")]
    [InlineData("ALO30 measured", "ALO30", "measured")]
    [InlineData("alo30", "ALO30", "")]
    [InlineData("CS0168 not used", "CS0168", "not used")]
    public void Ids_that_no_rule_has_are_read_too(string words, string id, string reason)
    {
        var comment = Assert.Single(Templates.Read($"Resources:\n  Q: {{ Type: AWS::SQS::Queue }} # alo:disable {words}\n").Suppressions);
        var metadata = Assert.Single(
            Templates
                .Read($$"""{ "Resources": { "Q": { "Type": "AWS::SQS::Queue", "Metadata": { "alo:disable": "{{words}}" } } } }""", "app.template")
                .Suppressions
        );
        Assert.Equal((id, reason), (comment.RuleId, comment.Reason));
        Assert.Equal((id, reason), (metadata.RuleId, metadata.Reason));
    }

    [Theory]
    [InlineData("drained by hand")]
    [InlineData("302")]
    [InlineData("- ALO302")]
    [InlineData("ALO302x y")]
    public void What_begins_with_no_id_silences_nothing(string words) =>
        Assert.Empty(Templates.Read($"Resources:\n  Q: {{ Type: AWS::SQS::Queue }} # alo:disable {words}\n").Suppressions);

    [Fact]
    public void A_comment_above_a_resource_covers_the_resource()
    {
        Assert.Equal(Model.Queues[0].Whole, Model.Suppressions[0].AppliesTo);
        Assert.NotNull(Model.SuppressionOf("ALO501", Model.Queues[0].Declaration));
        Assert.NotNull(Model.SuppressionOf("ALO501", Model.Queues[0].VisibilityTimeout.Place));
        Assert.Null(Model.SuppressionOf("ALO501", Model.Queues[1].Declaration));
        Assert.Null(Model.SuppressionOf("ALO502", Model.Queues[0].Declaration));
        Assert.Null(Model.SuppressionOf("ALO501", Place.None));
    }

    [Fact]
    public void A_comment_above_a_property_covers_the_property()
    {
        Assert.Equal("VisibilityTimeout: 5", Model.Suppressions[2].AppliesTo.In(Text));
        Assert.NotNull(Model.SuppressionOf("ALO302", Model.Queues[0].VisibilityTimeout.Place));
        Assert.NotNull(Model.SuppressionOf("ALO301", Model.Queues[0].VisibilityTimeout.Place));
        Assert.Null(Model.SuppressionOf("ALO302", Model.Queues[0].DelaySeconds.Place));
    }

    [Fact]
    public void A_comment_behind_something_covers_its_line()
    {
        Assert.NotNull(Model.SuppressionOf("ALO510", Model.Queues[0].DelaySeconds.Place));
        Assert.Null(Model.SuppressionOf("ALO510", Model.Queues[0].VisibilityTimeout.Place));
        Assert.Null(Model.SuppressionOf("ALO510", Model.Queues[0].Properties["QueueName"].Key));
    }

    [Fact]
    public void Carriage_returns_change_nothing()
    {
        var text = Text.Replace("\n", "\r\n", StringComparison.Ordinal);
        var model = Templates.Read(text);
        Assert.Equal(
            Model.Suppressions.Select(suppression => (suppression.RuleId, suppression.Reason)),
            model.Suppressions.Select(suppression => (suppression.RuleId, suppression.Reason))
        );
        Assert.Equal("VisibilityTimeout: 5", model.Suppressions[2].AppliesTo.In(text));
    }
}
