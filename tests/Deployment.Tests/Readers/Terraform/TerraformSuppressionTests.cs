using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>Comments that silence rules, in each way of writing a comment.</summary>
public sealed class TerraformSuppressionTests
{
    private const string Queue = """
        resource "aws_sqs_queue" "q" {
          visibility_timeout_seconds = 30
          delay_seconds              = 5
        }
        """;

    private static (DeploymentModel Model, Queue Queue) Read(string text)
    {
        var model = Modules.Read(text);
        return (model, Assert.Single(model.Queues));
    }

    [Theory]
    [InlineData("# alo:disable ALO302 drained by hand")]
    [InlineData("#alo:disable ALO302 drained by hand")]
    [InlineData("// alo:disable ALO302 drained by hand")]
    [InlineData("/* alo:disable ALO302 drained by hand */")]
    [InlineData("/* alo:disable ALO302 drained by hand\n */")]
    public void A_comment_above_silences_what_follows(string comment)
    {
        foreach (var lineEnd in new[] { "\n", "\r\n" })
        {
            var text = Queue.Replace("  visibility", $"  {comment}\n  visibility", StringComparison.Ordinal).Replace("\n", lineEnd, StringComparison.Ordinal);
            var (model, queue) = Read(text);
            var suppression = Assert.Single(model.Suppressions);
            Assert.Equal(("ALO302", "drained by hand"), (suppression.RuleId, suppression.Reason));
            Assert.Equal(comment.Replace("\n", lineEnd, StringComparison.Ordinal), suppression.Place.In(text));
            Assert.Equal("visibility_timeout_seconds = 30", suppression.AppliesTo.In(text));
            Assert.Same(suppression, model.SuppressionOf("ALO302", queue.VisibilityTimeout.Place));
            Assert.Null(model.SuppressionOf("ALO302", queue.DelaySeconds.Place));
            Assert.Null(model.SuppressionOf("ALO301", queue.VisibilityTimeout.Place));
        }
    }

    [Theory]
    [InlineData("# alo:disable ALO302, ALO501")]
    [InlineData("// alo:disable ALO302,ALO501")]
    [InlineData("/* alo:disable ALO302, ALO501 */")]
    public void A_comment_at_the_end_silences_its_line(string comment)
    {
        var (model, queue) = Read(Queue.Replace("= 30", "= 30 " + comment, StringComparison.Ordinal));
        Assert.Equal(["ALO302", "ALO501"], model.Suppressions.Select(suppression => suppression.RuleId));
        Assert.All(model.Suppressions, suppression => Assert.Equal("", suppression.Reason));
        Assert.NotNull(model.SuppressionOf("ALO302", queue.VisibilityTimeout.Place));
        Assert.Null(model.SuppressionOf("ALO302", queue.DelaySeconds.Place));
    }

    [Fact]
    public void A_comment_above_a_block_silences_all_of_it()
    {
        var (model, queue) = Read("# alo:disable ALO302 legacy\n// another\n\n" + Queue);
        Assert.Null(model.SuppressionOf("ALO302", queue.VisibilityTimeout.Place));
        (model, queue) = Read("# alo:disable ALO302 legacy\n// another\n/* and one\n   more */\n" + Queue);
        Assert.NotNull(model.SuppressionOf("ALO302", queue.VisibilityTimeout.Place));
        Assert.NotNull(model.SuppressionOf("ALO302", queue.Declaration));
    }

    [Fact]
    public void A_comment_in_an_object_silences_its_member()
    {
        const string Text = """
            resource "aws_sqs_queue" "dlq" {}
            resource "aws_sqs_queue" "q" {
              redrive_policy = jsonencode({
                deadLetterTargetArn = aws_sqs_queue.dlq.arn
                # alo:disable ALO502 tried elsewhere
                maxReceiveCount = 1
              })
            }
            """;
        var model = Modules.Read(Text);
        var count = ((Queue)model.Find("aws_sqs_queue.q")!).RedrivePolicy.Single()!.MaxReceiveCount;
        Assert.NotNull(model.SuppressionOf("ALO502", count.Place));
        Assert.Equal("maxReceiveCount = 1", Assert.Single(model.Suppressions).AppliesTo.In(Text));
    }

    [Theory]
    [InlineData("  name = \"# alo:disable ALO302 x\"\n  visibility")]
    [InlineData("  name = <<EOT\n# alo:disable ALO302 x\nEOT\n  visibility")]
    [InlineData("  # see alo:disable ALO302\n  visibility")]
    [InlineData("  # alo:disabled ALO302\n  visibility")]
    [InlineData("  # alo:disable\n  visibility")]
    public void What_only_looks_like_such_a_comment_silences_nothing(string before) =>
        Assert.Empty(Read(Queue.Replace("  visibility", before, StringComparison.Ordinal)).Model.Suppressions);

    [Theory]
    [InlineData("ALO3021")]
    [InlineData("ALO30")]
    public void An_id_that_no_rule_has_is_read_too_and_silences_nothing(string id)
    {
        var (model, queue) = Read(Queue.Replace("= 30", $"= 30 // alo:disable {id} drained by hand", StringComparison.Ordinal));
        Assert.Equal((id, "drained by hand"), (model.Suppressions[0].RuleId, model.Suppressions[0].Reason));
        Assert.Null(model.SuppressionOf("ALO302", queue.VisibilityTimeout.Place));
    }

    [Fact]
    public void A_comment_of_one_file_is_not_about_another()
    {
        var model = Modules.Read(("m/a.tf", "# alo:disable ALO302 x\n" + Queue), ("m/b.tf", Queue.Replace("\"q\"", "\"other\"", StringComparison.Ordinal)));
        Assert.NotNull(model.SuppressionOf("ALO302", model.Queues[0].VisibilityTimeout.Place));
        Assert.Null(model.SuppressionOf("ALO302", model.Queues[1].VisibilityTimeout.Place));
    }
}
