using AtLeastOnce.Deployment.Edits;
using static AtLeastOnce.Deployment.Tests.Edits.Terraform.EditedModule;

namespace AtLeastOnce.Deployment.Tests.Edits.Terraform;

public sealed class AttributeEditsTests
{
    private const string Mapping = """
        # who reads what
        resource "aws_lambda_event_source_mapping" "orders" {
          event_source_arn = aws_sqs_queue.q.arn # the queue
          function_name    = aws_lambda_function.f.arn
          batch_size       = 5

          filter_criteria {
            filter {
              pattern = "{}"
            }
          }
        }

        resource "aws_sqs_queue" "q" {}

        """;

    private static string InQueue(string body, string more = "") => $"resource \"aws_sqs_queue\" \"q\" {{\n{body}}}\n{more}";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_new_attribute_stands_with_the_others_and_before_the_blocks(string lineEnd)
    {
        var expected = Mapping
            .Replace("event_source_arn =", "event_source_arn        =", StringComparison.Ordinal)
            .Replace("function_name    =", "function_name           =", StringComparison.Ordinal)
            .Replace(
                "batch_size       = 5\n",
                "batch_size              = 5\n  function_response_types = [\"ReportBatchItemFailures\"]\n",
                StringComparison.Ordinal
            );
        Assert.Equal(expected.ReplaceLineEndings(lineEnd), Of(Mapping.ReplaceLineEndings(lineEnd), Report));
        Assert.Equal("\uFEFF" + expected, Of("\uFEFF" + Mapping, Report));
    }

    [Theory]
    [InlineData("  function_response_types = []\n", "  function_response_types = [\"ReportBatchItemFailures\"]\n")]
    [InlineData("  function_response_types = null # none\n", "  function_response_types = [\"ReportBatchItemFailures\"] # none\n")]
    public void An_empty_list_is_filled(string before, string after)
    {
        static string Text(string line) =>
            "resource \"aws_lambda_event_source_mapping\" \"m\" {\n  event_source_arn = aws_sqs_queue.q.arn\n\n"
            + line
            + "}\n\nresource \"aws_sqs_queue\" \"q\" {}\n";
        Assert.Equal(Text(after), Of(Text(before), Report));
    }

    [Theory]
    [InlineData("  visibility_timeout_seconds = 30 # short\n", "  visibility_timeout_seconds = 185 # short\n")]
    [InlineData("  visibility_timeout_seconds = \"30\"\n", "  visibility_timeout_seconds = \"185\"\n")]
    [InlineData("  visibility_timeout_seconds = (30)\n", "  visibility_timeout_seconds = (185)\n")]
    [InlineData("  name = \"q\"\n", "  name                       = \"q\"\n  visibility_timeout_seconds = 185\n")]
    [InlineData("  name=\"q\"\n", "  name=\"q\"\n  visibility_timeout_seconds = 185\n")]
    [InlineData("    name = \"q\"\n\n    tags = {}\n", "    name                       = \"q\"\n    visibility_timeout_seconds = 185\n\n    tags = {}\n")]
    [InlineData("  tags = {\n    a = 1\n  }\n", "  tags = {\n    a = 1\n  }\n  visibility_timeout_seconds = 185\n")]
    [InlineData("  # nothing yet\n", "  visibility_timeout_seconds = 185\n  # nothing yet\n")]
    [InlineData("  kms_data_key_reuse_period_seconds = 300\n", "  kms_data_key_reuse_period_seconds = 300\n  visibility_timeout_seconds        = 185\n")]
    [InlineData("  policy = <<EOT\n{}\nEOT\n", "  policy = <<EOT\n{}\nEOT\n  visibility_timeout_seconds = 185\n")]
    public void A_visibility_timeout_is_set(string before, string after) => Assert.Equal(InQueue(after), Of(InQueue(before), Visibility));

    [Theory]
    [InlineData("{}", "{\n  visibility_timeout_seconds = 185\n}")]
    [InlineData("{ name = \"q\" }", "{\n  name                       = \"q\"\n  visibility_timeout_seconds = 185\n}")]
    public void A_block_on_one_line_is_unfolded(string before, string after) =>
        Assert.Equal($"resource \"aws_sqs_queue\" \"q\" {after} # q\n", Of($"resource \"aws_sqs_queue\" \"q\" {before} # q\n", Visibility));

    [Theory]
    [InlineData("variable \"v\" {\n  default = 30 # s\n}\n", "var.v", "variable \"v\" {\n  default = 185 # s\n}\n")]
    [InlineData("locals {\n  v = 30\n}\n", "local.v", "locals {\n  v = 185\n}\n")]
    [InlineData("locals {\n  v = var.w\n}\nvariable \"w\" { default = 30 }\n", "local.v", "locals {\n  v = var.w\n}\nvariable \"w\" { default = 185 }\n")]
    public void What_only_the_queue_uses_is_changed_at_its_place(string declared, string expression, string changed)
    {
        var body = $"  visibility_timeout_seconds = {expression}\n";
        Assert.Equal(InQueue(body, changed), Of(InQueue(body, declared), Visibility));
    }

    [Theory]
    [InlineData("variable \"v\" { default = 30 }\noutput \"v\" { value = var.v }\n", "var.v")]
    [InlineData("variable \"v\" {\n  default = 30\n  validation {\n    condition = 100 > 1\n    error_message = \"No.\"\n  }\n}\n", "var.v")]
    [InlineData("variable \"v\" {}\n", "var.v")]
    [InlineData("locals {\n  v = 30\n  w = local.v\n}\n", "local.v")]
    [InlineData("locals {\n  v = 6 * 5\n}\n", "local.v")]
    [InlineData("resource \"aws_lambda_function\" \"f\" {\n  timeout = 30\n}\n", "aws_lambda_function.f.timeout")]
    [InlineData("resource \"aws_lambda_function\" \"f\" {\n  timeout = 30\n}\n", "6 * aws_lambda_function.f.timeout")]
    [InlineData("", "30\n  lifecycle {\n    ignore_changes = [visibility_timeout_seconds]\n  }")]
    public void What_is_shared_or_computed_is_left_alone(string declared, string expression) =>
        None(InQueue($"  visibility_timeout_seconds = {expression}\n", declared), Visibility);

    [Fact]
    public void A_variable_is_changed_in_the_file_that_gives_its_value()
    {
        const string Declared = "variable \"v\" {\n  default = 30\n}\n";
        (string Path, string Text)[] files = [("infra/main.tf", InQueue("  visibility_timeout_seconds = var.v\n")), ("infra/variables.tf", Declared)];
        Assert.Equal([files[0], ("infra/variables.tf", Declared.Replace("30", "185", StringComparison.Ordinal))], Of(files, Visibility));
        files = [.. files, ("infra/terraform.tfvars", "v = 20\n")];
        Assert.Equal([files[0], files[1], ("infra/terraform.tfvars", "v = 185\n")], Of(files, Visibility));
        files = [.. files, ("infra/a.auto.tfvars", "v = 20\n")];
        Assert.Empty(Visibility(TextOf(files)));
    }

    [Fact]
    public void What_an_override_says_is_not_hidden_behind_an_edit()
    {
        (string Path, string Text)[] files =
        [
            ("infra/main.tf", InQueue("  visibility_timeout_seconds = 10\n")),
            ("infra/override.tf", InQueue("  visibility_timeout_seconds = 30\n")),
        ];
        Assert.Empty(Visibility(TextOf(files)));
    }

    [Theory]
    [InlineData("  count = 2\n")]
    [InlineData("  for_each = toset([\"a\", \"b\"])\n")]
    public void A_block_of_several_resources_is_left_alone(string repetition)
    {
        var text = TextOf(("infra/main.tf", InQueue(repetition + "  visibility_timeout_seconds = 30\n")));
        Assert.All(text.Model.Queues, queue => Assert.Empty(TemplateEdits.SetVisibilityTimeout(text, queue, 185)));
        Assert.Equal(2, text.Model.Queues.Count);
    }

    [Fact]
    public void A_part_of_a_document_is_changed_in_it()
    {
        const string Policy = "  redrive_policy = jsonencode({\n    deadLetterTargetArn = aws_sqs_queue.d.arn\n    maxReceiveCount     = 3 # tries\n  })\n";
        const string Dead = "resource \"aws_sqs_queue\" \"d\" {}\n";
        Assert.Equal(
            InQueue(Policy.Replace("3 #", "5 #", StringComparison.Ordinal), Dead),
            Of(InQueue(Policy, Dead), text => NumberEdits.MaxReceiveCount(text, text.Model.Queues[0], 5))
        );
    }

    [Fact]
    public void A_plan_is_never_changed()
    {
        var plan = Golden.Read(Golden.TerraformPlan);
        var model = Readers.Terraform.Modules.ReadPlan(plan);
        var text = new DeploymentText(plan, model);
        Assert.NotEmpty(model.Queues);
        Assert.All(model.Queues, queue => Assert.Empty(TemplateEdits.SetVisibilityTimeout(text, queue, 185)));
        Assert.All(model.Mappings, mapping => Assert.Empty(TemplateEdits.AddReportBatchItemFailures(text, mapping)));
    }

    [Fact]
    public void An_edit_that_is_made_is_not_offered_again()
    {
        var text = TextOf(("infra/main.tf", Of(Mapping, Report)));
        Assert.Empty(Report(text));
    }
}
