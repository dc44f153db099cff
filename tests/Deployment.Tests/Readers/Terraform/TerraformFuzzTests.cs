using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;
using FsCheck;
using FsCheck.Fluent;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>Whatever is done to a text, reading it gives a model whose places lie in the text.</summary>
public sealed class TerraformFuzzTests
{
    private static readonly string[] Fragments =
    [
        "${",
        "%{ if ",
        "%{ for x in ",
        "%{ endif }",
        "%{ else }",
        "$${",
        "~}",
        "<<EOF\n",
        "<<-EOT\n",
        "EOT\n",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        " = ",
        " ? ",
        " : ",
        " => ",
        "...",
        "[*]",
        ".*.",
        ".0",
        "for x in ",
        "for_each = ",
        "count = ",
        "dynamic \"",
        "/*",
        "*/",
        "//",
        "#",
        "\\",
        "\\u",
        "\"",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\0",
        "\uFEFF",
        "\u2028",
        "\uD800",
        "1e999",
        "-",
        "!",
        "||",
        "each.value",
        "jsonencode(",
        "null",
        "😀",
    ];

    private const string Small = """
        # alo:disable ALO302 tested by hand
        locals { names = { for k, v in var.queues : k => "${v}-${k}" if v != "" } }
        variable "queues" { default = { a = "x", b = "y" } }
        resource "aws_sqs_queue" "q" {
          for_each       = local.names
          name           = each.value
          delay_seconds  = -1 * (2 + 3) % 4
          redrive_policy = <<-JSON
            { "deadLetterTargetArn": "${aws_sqs_queue.dlq[0].arn}", "maxReceiveCount": %{ if true }5%{ else }6%{ endif } }
          JSON
          /* a comment */ visibility_timeout_seconds = var.long ? max(30, 60) : null // another
        }
        resource "aws_sqs_queue" "dlq" {
          count = 1
          name  = "dlq-${count.index}"
        }
        resource "aws_lambda_event_source_mapping" "m" {
          event_source_arn = aws_sqs_queue.q["a"].arn
          function_name    = join("", aws_lambda_function.f[*].arn)
          dynamic "scaling_config" {
            for_each = [1]
            content { maximum_concurrency = scaling_config.value + 1 }
          }
        }
        """;

    private static readonly string[] Seeds = [Small, Small.Replace("\n", "\r\n", StringComparison.Ordinal), Golden.Read(Golden.Terraform)];

    private static void CheckModule(string text)
    {
        var model = Modules.Read(text);
        Check(model, text);
        Assert.True(model.Problems.Count <= HclText.MaximumFaults);
    }

    private static void Check(DeploymentModel model, string text)
    {
        Assert.True(model.IsTemplate || !model.Resources.Any());
        Assert.DoesNotContain(model.Problems, problem => problem.Text.Contains("cannot be understood", StringComparison.Ordinal));
        ModelPlaces.Check(model, _ => text);
    }

    [Fact]
    public void Mutated_modules_are_read() => Fuzzing.Run(Mutation.Of(Seeds, Fragments), 500, 20_260_703, mutation => CheckModule(mutation.Text));

    [Fact]
    public void Mutated_plans_are_read() =>
        Fuzzing.Run(
            Mutation.Of([Golden.Read(Golden.TerraformPlan)], Fragments),
            40,
            20_260_704,
            mutation =>
            {
                var text = (mutation with { Changes = [.. mutation.Changes.Take(2)] }).Text;
                Check(Modules.ReadPlan(text), text);
            }
        );

    [Fact]
    public void Every_beginning_of_a_module_is_read()
    {
        for (var length = 0; length <= Small.Length; length++)
            CheckModule(Small[..length]);
        var golden = Golden.Read(Golden.Terraform);
        for (var length = 0; length <= golden.Length; length += 61)
            CheckModule(golden[..length]);
    }

    [Fact]
    public void Any_text_is_read() => Fuzzing.Run(ArbMap.Default.ArbFor<string?>(), 400, 20_260_705, text => CheckModule(text ?? ""));

    [Fact]
    public void Every_expression_lies_within_what_holds_it() =>
        Fuzzing.Run(
            Mutation.Of(Seeds, Fragments),
            400,
            20_260_706,
            mutation =>
            {
                var text = mutation.Text;
                var hcl = HclText.Read(text, TestContext.Current.CancellationToken);
                CheckBody(hcl.Body, 0, text.Length);
                Assert.All(hcl.Faults, fault => Assert.True(0 <= fault.Start && fault.Start <= fault.End && fault.End <= text.Length));
                Assert.All(hcl.Comments, comment => Assert.True(0 <= comment.Start && comment.Start < comment.End && comment.End <= text.Length));
            }
        );

    private static void CheckBody(HclBody body, int start, int end)
    {
        Assert.True(start <= body.Start && body.Start <= body.End && body.End <= end);
        foreach (var attribute in body.Attributes)
        {
            Assert.True(body.Start <= attribute.Start && attribute.Start < attribute.NameEnd && attribute.NameEnd < attribute.Value.Start);
            Assert.True(attribute.Value.Start < attribute.Value.End && attribute.Value.End <= body.End);
        }

        foreach (var block in body.Blocks)
        {
            Assert.True(body.Start <= block.Start && block.Start < block.HeadEnd && block.HeadEnd <= block.Body.Start);
            CheckBody(block.Body, block.HeadEnd, body.End);
        }
    }
}
