using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Tests.Readers.Terraform;
using static AtLeastOnce.Deployment.Tests.Edits.Terraform.EditedModule;

namespace AtLeastOnce.Deployment.Tests.Edits.Terraform;

/// <summary>Queues that are added to a module.</summary>
public sealed class QueueEditsTests
{
    private const string Function = """
        resource "aws_lambda_function" "f" {
          function_name = "f"
          role          = aws_iam_role.f.arn
        }

        resource "aws_kinesis_stream" "s" {
          name = "s"
        }

        """;

    private const string Variable = "\nvariable \"region\" {\n  default = \"eu-west-1\"\n}\n";

    private const string Role = """

        resource "aws_iam_role" "f" {
          name = "f"
        }

        resource "aws_iam_role_policy_attachment" "f" {
          role       = aws_iam_role.f.name
          policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole"
        }

        """;

    private const string Mapping = """
        resource "aws_lambda_event_source_mapping" "clicks" {
          event_source_arn  = aws_kinesis_stream.s.arn
          function_name     = aws_lambda_function.f.arn
          starting_position = "LATEST"
        }

        """;

    private const string Limited = """
        resource "aws_lambda_event_source_mapping" "clicks" {
          event_source_arn               = aws_kinesis_stream.s.arn
          function_name                  = aws_lambda_function.f.arn
          starting_position              = "LATEST"
          maximum_retry_attempts         = 10
          bisect_batch_on_function_error = true

          destination_config {
            on_failure {
              destination_arn = aws_sqs_queue.clicks_failures.arn
            }
          }
        }

        resource "aws_sqs_queue" "clicks_failures" {
          name_prefix               = "clicks-failures-"
          message_retention_seconds = 1209600
        }

        """;

    private const string Policy = """

        resource "aws_iam_role_policy" "clicks_failures" {
          role = aws_iam_role.f.id
          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect   = "Allow"
              Action   = "sqs:SendMessage"
              Resource = aws_sqs_queue.clicks_failures.arn
            }]
          })
        }

        """;

    private static string Block(string body, string label = "q") => $"resource \"aws_sqs_queue\" \"{label}\" {{\n{body}}}\n";

    private static string Dead(string body, string label = "q_dead_letter") => "\n" + Block(body, label);

    private static string Redrive(string arn = "aws_sqs_queue.q_dead_letter.arn") =>
        $"  redrive_policy = jsonencode({{\n    deadLetterTargetArn = {arn}\n    maxReceiveCount     = 5\n  }})\n";

    [Theory]
    [InlineData("  name = \"q\"\n", "  name                      = \"q-dead-letter\"\n")]
    [InlineData("  name = \"${var.stage}-q\" # the name\n", "  name                      = \"${var.stage}-q-dead-letter\"\n")]
    [InlineData("  delay_seconds = 5\n", "  name_prefix               = \"q-dead-letter-\"\n")]
    [InlineData("  name = local.name\n", "  name_prefix               = \"q-dead-letter-\"\n")]
    public void A_dead_letter_queue_stands_behind_its_source(string body, string name)
    {
        const string More = "\nvariable \"stage\" {}\n\nlocals {\n  name = var.stage\n}\n";
        Assert.Equal(Block(body + Redrive()) + Dead(name + "  message_retention_seconds = 1209600\n") + More, Of(Block(body) + More, DeadLetter));
    }

    [Fact]
    public void A_policy_that_is_written_as_null_is_replaced() =>
        Assert.Contains(
            "  delay_seconds  = 5\n  redrive_policy = jsonencode({\n    deadLetterTargetArn = aws_sqs_queue.q_dead_letter.arn\n    maxReceiveCount     = 5\n  })\n}\n",
            Of(Block("  delay_seconds  = 5\n  redrive_policy = null\n"), DeadLetter),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_name_that_another_queue_has_is_not_given_twice() =>
        Assert.Contains(
            "  name_prefix               = \"q-dead-letter-\"\n",
            Of(Block("  name = \"q\"\n") + Block("  name = \"q-dead-letter\"\n", "other"), DeadLetter),
            StringComparison.Ordinal
        );

    [Fact]
    public void Beside_a_FIFO_queue_it_is_one_too() =>
        Assert.Equal(
            Block("  name       = \"q.fifo\"\n  fifo_queue = true\n" + Redrive())
                + Dead("  name                      = \"q-dead-letter.fifo\"\n  fifo_queue                = true\n  message_retention_seconds = 1209600\n"),
            Of(Block("  name       = \"q.fifo\"\n  fifo_queue = true\n"), DeadLetter)
        );

    [Fact]
    public void It_is_made_where_and_when_its_source_is() =>
        Assert.Equal(
            Block("  count    = var.on ? 1 : 0\n  provider = aws.eu\n\n  name = \"q\"\n" + Redrive("aws_sqs_queue.q_dead_letter[count.index].arn"))
                + Dead(
                    "  count    = var.on ? 1 : 0\n  provider = aws.eu\n\n  name                      = \"q-dead-letter\"\n  message_retention_seconds = 1209600\n"
                )
                + "\nvariable \"on\" {\n  default = true\n}\n",
            Of(Block("  count    = var.on ? 1 : 0\n  provider = aws.eu\n\n  name = \"q\"\n") + "\nvariable \"on\" {\n  default = true\n}\n", DeadLetter)
        );

    [Fact]
    public void It_lies_in_the_region_of_its_source() =>
        Assert.Equal(
            Block("  name   = \"q\"\n  region = var.region\n" + Redrive())
                + Dead("  region                    = var.region\n  name                      = \"q-dead-letter\"\n  message_retention_seconds = 1209600\n")
                + Variable,
            Of(Block("  name   = \"q\"\n  region = var.region\n") + Variable, DeadLetter)
        );

    [Fact]
    public void A_policy_lies_in_no_region()
    {
        var mapping = Mapping.TrimEnd('\n', '}') + "\n  region            = var.region\n}\n";
        var edited = Of(Function + mapping + Role + Variable, Limit);
        Assert.Contains("\" {\n  region                    = var.region\n  name_prefix ", edited, StringComparison.Ordinal);
        Assert.Contains("resource \"aws_iam_role_policy\" \"clicks_failures\" {\n  role ", edited, StringComparison.Ordinal);
        Assert.Equal(2, edited.Split("= var.region").Length - 1);
    }

    [Theory]
    [InlineData("q_queue", "q_dead_letter_queue")]
    [InlineData("q-queue", "q-dead-letter-queue")]
    public void It_is_named_after_its_source(string label, string dead)
    {
        var edited = Of(Block("  delay_seconds = 0\n", label), DeadLetter);
        Assert.Equal($"aws_sqs_queue.{dead}", Modules.Read(edited).Queues[1].LogicalId);
    }

    [Fact]
    public void A_name_that_is_taken_gets_a_number()
    {
        var edited = Of(
            Block("  delay_seconds = 0\n") + Block("", "q_dead_letter").Replace("{\n}", "{}", StringComparison.Ordinal),
            text => TemplateEdits.AddDeadLetterQueue(text, text.Model.Queues[0])
        );
        Assert.Contains("resource \"aws_sqs_queue\" \"q_dead_letter_2\" {\n", edited, StringComparison.Ordinal);
        Assert.Contains("deadLetterTargetArn = aws_sqs_queue.q_dead_letter_2.arn\n", edited, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  redrive_policy = var.policy\n", "variable \"policy\" {\n  default = null\n}\n")]
    [InlineData("  fifo_queue = var.fifo\n", "variable \"fifo\" {\n  default = false\n}\n")]
    [InlineData(
        "",
        "resource \"aws_sqs_queue_redrive_policy\" \"q\" {\n  queue_url      = aws_sqs_queue.q.id\n  redrive_policy = jsonencode({ maxReceiveCount = 3 })\n}\n"
    )]
    public void Without_knowing_the_queue_nothing_is_added(string body, string more) => None(Block("  delay_seconds = 0\n" + body) + more, DeadLetter);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Retries_bisect_and_destination_come_together(string lineEnd) =>
        Assert.Equal((Function + Limited).ReplaceLineEndings(lineEnd), Of((Function + Mapping).ReplaceLineEndings(lineEnd), Limit));

    [Fact]
    public void A_role_of_the_module_is_allowed_to_send()
    {
        var edited = Of(Function + Mapping + Role, Limit);
        Assert.Equal(Function + Limited + Policy + Role, edited);
        Assert.Empty(PermissionValidation.Missing(Modules.Read(edited), Modules.Read(edited).Mappings[0]));
    }

    [Fact]
    public void A_destination_alone_is_added_to_a_block_that_is_there()
    {
        const string Before = "  maximum_retry_attempts = 3\n\n  destination_config {\n  }\n}\n";
        const string After =
            "  maximum_retry_attempts = 3\n\n  destination_config {\n    on_failure {\n      destination_arn = aws_sqs_queue.clicks_failures.arn\n    }\n  }\n}\n";
        var mapping = Mapping.TrimEnd('\n', '}');
        Assert.Contains(
            mapping + "\n" + After,
            Of(Function + mapping + "\n" + Before, text => StreamFailureEdits.AddDestination(text, text.Model.Mappings[0])),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("  maximum_retry_attempts = var.retries\n", "variable \"retries\" {\n  default = -1\n}\n")]
    [InlineData("  maximum_retry_attempts = 3\n", "")]
    public void Retries_that_are_limited_or_a_variables_stay(string line, string more) =>
        None(Function + Mapping.TrimEnd('\n', '}') + "\n" + line + "}\n" + more, Limit);

    [Fact]
    public void Endless_retries_that_are_written_are_replaced()
    {
        var mapping = Mapping.TrimEnd('\n', '}') + "\n  maximum_retry_attempts = -1\n  bisect_batch_on_function_error = false\n}\n";
        var edited = Of(Function + mapping, Limit);
        Assert.Contains("  maximum_retry_attempts = 10\n  bisect_batch_on_function_error = true\n\n  destination_config {\n", edited, StringComparison.Ordinal);
    }

    [Fact]
    public void The_golden_module_is_changed_where_it_is_written()
    {
        var text = TextOf(("infra/" + Golden.Terraform, Golden.Read(Golden.Terraform)));
        var source = Golden.Read(Golden.Terraform);
        var changed = 0;
        foreach (var queue in text.Model.Queues)
        {
            var edits = TemplateEdits.SetMessageRetentionPeriod(text, queue, 1000);
            var edited = Modules.Read(TemplateEdit.Apply(source, edits));
            changed += edits.Count > 0 ? 1 : 0;
            foreach (var other in text.Model.Queues)
            {
                var expected = edits.Count > 0 && other == queue ? "1000" : other.MessageRetentionPeriod.ToString();
                Assert.Equal(expected, ((Queue)edited.Find(other.LogicalId)!).MessageRetentionPeriod.ToString());
            }
        }

        Assert.Equal((text.Model.Queues.Count, true), (changed, changed > 1));
    }
}
