using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>What Terraform's provider writes in its own way.</summary>
public sealed class TerraformResourceTests
{
    private const string Queues = """
        variable "url" {}
        resource "aws_sqs_queue" "q" {}
        resource "aws_sqs_queue" "dlq" {}
        resource "aws_sqs_queue" "own" {
          redrive_policy = <<-JSON
            { "deadLetterTargetArn": "${aws_sqs_queue.dlq.arn}", "maxReceiveCount": "4" }
          JSON
        }
        """;

    private static Queue Read(string id, string text) => Assert.IsType<Queue>(Modules.Read(Queues + "\n" + text).Find("aws_sqs_queue." + id));

    private static string Show(Queue queue) =>
        queue.RedrivePolicy.State == SettingState.Unknown ? "unknown"
        : queue.RedrivePolicy.Values.Count == 0 ? "none"
        : string.Join(" | ", queue.RedrivePolicy.Values.Select(value => $"{value.Value.DeadLetter} after {value.Value.MaxReceiveCount}"))
            + (queue.RedrivePolicy.MayBeMissing ? " | none" : "");

    [Fact]
    public void What_is_left_out_has_the_documented_defaults()
    {
        var model = Modules.Read(
            """
            resource "aws_sqs_queue" "q" {}
            resource "aws_kinesis_stream" "s" {}
            resource "aws_lambda_function" "f" { reserved_concurrent_executions = -1 }
            resource "aws_lambda_event_source_mapping" "q" {
              event_source_arn = aws_sqs_queue.q.arn
              function_name    = aws_lambda_function.f.arn
            }
            resource "aws_lambda_event_source_mapping" "s" {
              event_source_arn = aws_kinesis_stream.s.arn
              function_name    = aws_lambda_function.f.arn
            }
            """
        );
        var (queue, function) = (model.Queues[0], model.Functions[0]);
        Assert.Equal("30 (default)", queue.VisibilityTimeout.ToString());
        Assert.Equal("345600 (default)", queue.MessageRetentionPeriod.ToString());
        Assert.Equal("24 (default)", model.Streams[0].RetentionHours.ToString());
        Assert.Equal("3 (default)", function.Timeout.ToString());
        Assert.True(function.ReservedConcurrency.IsMissing);
        Assert.Equal(["10 (default)", "100 (default)"], model.Mappings.Select(mapping => mapping.BatchSize.ToString()));
        Assert.Equal(["missing", "-1 (default)"], model.Mappings.Select(mapping => mapping.MaximumRetryAttempts.ToString()));
        Assert.Equal([function, function], model.Mappings.Select(model.FunctionOf));
    }

    [Theory]
    [InlineData("\"../publish/orders.zip\"", "../publish/orders.zip")]
    [InlineData("\"${path.module}/orders.zip\"", "./orders.zip")]
    [InlineData("\"${path.root}/orders.zip\"", "./orders.zip")]
    [InlineData("\"${path.cwd}/orders.zip\"", null)]
    [InlineData("data.archive_file.folder.output_path", "./src/Orders/publish")]
    [InlineData("data.archive_file.file.output_path", "bootstrap")]
    [InlineData("data.archive_file.many.output_path", "many.zip")]
    [InlineData("data.archive_file.none.output_path", null)]
    public void The_code_of_a_function_is_its_file_or_what_that_is_made_of(string filename, string? code)
    {
        var model = Modules.Read(
            $$"""
            data "archive_file" "folder" {
              source_dir  = "${path.module}/src/Orders/publish"
              output_path = "folder.zip"
            }
            data "archive_file" "file" {
              source_file = "bootstrap"
              output_path = "file.zip"
            }
            data "archive_file" "many" { output_path = "many.zip" }
            resource "aws_lambda_function" "f" { filename = {{filename}} }
            """
        );
        Assert.Equal(code, Assert.Single(model.Functions).CodeUri.Single());
    }

    [Theory]
    [InlineData("q", "", "none")]
    [InlineData("own", "", "aws_sqs_queue.dlq after 4")]
    [InlineData(
        "q",
        "resource \"aws_sqs_queue_redrive_policy\" \"r\" {\n  queue_url = aws_sqs_queue.q.id\n  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dlq.arn, maxReceiveCount = 3 })\n}",
        "aws_sqs_queue.dlq after 3"
    )]
    [InlineData(
        "q",
        "resource \"aws_sqs_queue_redrive_policy\" \"r\" {\n  count = var.url ? 1 : 0\n  queue_url = aws_sqs_queue.q.url\n  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dlq.arn, maxReceiveCount = 3 })\n}",
        "aws_sqs_queue.dlq after 3 | none"
    )]
    [InlineData("q", "resource \"aws_sqs_queue_redrive_policy\" \"r\" {\n  queue_url = var.url\n  redrive_policy = \"{}\"\n}", "unknown")]
    [InlineData("own", "resource \"aws_sqs_queue_redrive_policy\" \"r\" {\n  queue_url = var.url\n  redrive_policy = \"{}\"\n}", "aws_sqs_queue.dlq after 4")]
    [InlineData(
        "q",
        "resource \"aws_sqs_queue_redrive_policy\" \"r\" {\n  queue_url = \"https://sqs.eu-west-1.amazonaws.com/1/other\"\n  redrive_policy = \"{}\"\n}",
        "none"
    )]
    public void Redrive_policies_are_found_wherever_they_are_written(string queue, string more, string expected) =>
        Assert.Equal(expected, Show(Read(queue, more)));

    [Theory]
    [InlineData(
        "jsonencode({ deadLetterTargetArn = aws_sqs_queue.dlq.arn, maxReceiveCount = var.open })",
        "aws_sqs_queue.dlq after unknown: parameter 'open' has no default"
    )]
    [InlineData("\"{\\\"deadLetterTargetArn\\\":\\\"${aws_sqs_queue.dlq.arn}\\\",\\\"maxReceiveCount\\\":${var.tries}}\"", "aws_sqs_queue.dlq after 7")]
    [InlineData("var.open ? jsonencode({ deadLetterTargetArn = aws_sqs_queue.dlq.arn, maxReceiveCount = 2 }) : null", "aws_sqs_queue.dlq after 2 | none")]
    [InlineData("jsonencode({ deadLetterTargetArn = \"arn:aws:sqs:eu-west-1:1:x\", maxReceiveCount = 2 })", "arn:aws:sqs:eu-west-1:1:x after 2")]
    [InlineData("jsonencode({ deadLetterTargetArn = module.m.arn, maxReceiveCount = 2 })", "unknown: module 'm' is not read after 2")]
    [InlineData("file(\"redrive.json\")", "unknown")]
    [InlineData("\"{}}\"", "unknown")]
    [InlineData("null", "none")]
    [InlineData("\"\"", "none")]
    public void A_redrive_policy_is_read_from_every_way_of_writing_json(string policy, string expected)
    {
        var model = Modules.Read(
            $"variable \"open\" {{}}\nvariable \"tries\" {{ default = 7 }}\nresource \"aws_sqs_queue\" \"dlq\" {{}}\nresource \"aws_sqs_queue\" \"q\" {{\n  redrive_policy = {policy}\n}}\n"
        );
        Assert.Equal(expected, Show((Queue)model.Find("aws_sqs_queue.q")!));
    }

    [Theory]
    [InlineData("aws_lambda_function.f.function_name", true)]
    [InlineData("aws_lambda_function.f.arn", true)]
    [InlineData("var.open", true)]
    [InlineData("aws_lambda_function.other.function_name", false)]
    public void A_permission_lets_others_invoke_a_function(string function, bool mayBeInvoked)
    {
        var model = Modules.Read(
            $$"""
            variable "open" {}
            resource "aws_lambda_function" "f" { function_name = "orders" }
            resource "aws_lambda_function" "other" { function_name = "other" }
            resource "aws_lambda_permission" "p" {
              function_name = {{function}}
            }
            """
        );
        Assert.Equal(mayBeInvoked, ((Function)model.Find("aws_lambda_function.f")!).MayBeInvokedByOthers);
    }

    [Theory]
    [InlineData("aws_lambda_function.f.arn", "aws_lambda_function.f", null)]
    [InlineData("aws_lambda_function.f.function_name", "aws_lambda_function.f", null)]
    [InlineData("aws_lambda_function.f.id", "aws_lambda_function.f", null)]
    [InlineData("aws_lambda_alias.live.arn", "aws_lambda_function.f", "aws_lambda_alias.live")]
    [InlineData("\"${aws_lambda_function.f.arn}:live\"", "aws_lambda_function.f", "live")]
    [InlineData("\"${aws_lambda_function.f.function_name}:${aws_lambda_alias.live.name}\"", "aws_lambda_function.f", "live")]
    [InlineData("\"orders\"", "aws_lambda_function.f", null)]
    [InlineData("\"other\"", null, null)]
    [InlineData("aws_lambda_function.f.version", null, null)]
    [InlineData("module.f.arn", null, null)]
    public void Functions_are_linked_by_identity(string written, string? function, string? qualifier)
    {
        var model = Modules.Read(
            $$"""
            resource "aws_lambda_function" "f" { function_name = "orders" }
            resource "aws_lambda_alias" "live" {
              name          = "live"
              function_name = aws_lambda_function.f.function_name
            }
            resource "aws_lambda_event_source_mapping" "m" {
              function_name = {{written}}
            }
            """
        );
        var link = Assert.Single(model.Mappings).Function;
        Assert.Equal((function, qualifier), (link.LogicalId, link.Qualifier));
    }

    [Theory]
    [InlineData("stream_enabled = true\n  stream_view_type = \"NEW_IMAGE\"", "NEW_IMAGE")]
    [InlineData("stream_enabled = false\n  stream_view_type = \"NEW_IMAGE\"", "missing")]
    [InlineData("stream_view_type = \"NEW_IMAGE\"", "missing")]
    [InlineData("stream_enabled = var.open\n  stream_view_type = \"NEW_IMAGE\"", "unknown: parameter 'open' has no default")]
    public void A_table_has_a_stream_when_it_is_enabled(string stream, string expected) =>
        Assert.Equal(
            expected,
            Assert.Single(Modules.Read($"variable \"open\" {{}}\nresource \"aws_dynamodb_table\" \"t\" {{\n  {stream}\n}}\n").Tables).StreamViewType.ToString()
        );

    [Fact]
    public void A_role_has_the_policies_that_are_attached_to_it()
    {
        const string Start = """
            resource "aws_sqs_queue" "q" {}
            resource "aws_iam_role" "r" { name = "orders" }
            data "aws_iam_policy" "sqs" { arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole" }

            """;
        const string Attachment = "resource \"aws_iam_role_policy_attachment\" \"a\" {\n  role = aws_iam_role.r.name\n  policy_arn = ";
        var queue = ResourceLink.To("aws_sqs_queue.q");
        Assert.Equal(Grant.NotAllowed, May(""));
        Assert.Equal(Grant.Allowed, May(Attachment + "data.aws_iam_policy.sqs.arn\n}\n"));
        Assert.Equal(
            Grant.Allowed,
            May(Attachment.Replace("aws_iam_role.r.name", "\"orders\"", StringComparison.Ordinal) + "data.aws_iam_policy.sqs.arn\n}\n")
        );
        Assert.Equal(
            Grant.NotAllowed,
            May(Attachment.Replace("aws_iam_role.r.name", "\"others\"", StringComparison.Ordinal) + "data.aws_iam_policy.sqs.arn\n}\n")
        );
        Assert.Equal(Grant.Unknown, May(Attachment + "module.m.arn\n}\n"));
        Assert.Equal(
            Grant.Unknown,
            May(Attachment.Replace("aws_iam_role.r.name", "module.m.role", StringComparison.Ordinal) + "data.aws_iam_policy.sqs.arn\n}\n")
        );
        Assert.Equal(Grant.Unknown, May("module \"m\" {\n  source = \"./m\"\n  role = aws_iam_role.r.name\n}\n"));
        Assert.Equal(Grant.Unknown, May("locals { given = [aws_iam_role.r.name] }\nmodule \"m\" {\n  source = \"./m\"\n  roles = local.given\n}\n"));
        Assert.Equal(Grant.NotAllowed, May("module \"m\" {\n  source = \"./m\"\n  queue = aws_sqs_queue.q.name\n}\n"));
        Assert.Equal(
            Grant.Allowed,
            May("resource \"aws_iam_policy_attachment\" \"a\" {\n  roles = [aws_iam_role.r.name]\n  policy_arn = data.aws_iam_policy.sqs.arn\n}\n")
        );

        Grant May(string more) => Assert.Single(Modules.Read(Start + more).Roles).MayDo("sqs:ReceiveMessage", queue);
    }

    [Fact]
    public void Buckets_rules_and_schedules_are_triggers()
    {
        var model = Modules.Read(
            """
            variable "bucket" {}
            resource "aws_lambda_function" "f" {}
            resource "aws_sqs_queue" "q" {}
            resource "aws_s3_bucket" "b" {}
            resource "aws_s3_bucket_notification" "b" {
              bucket      = aws_s3_bucket.b.bucket
              eventbridge = true
              queue {
                queue_arn = aws_sqs_queue.q.arn
                events    = ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"]
              }
            }
            resource "aws_s3_bucket_notification" "other" {
              bucket = var.bucket
              lambda_function {
                lambda_function_arn = aws_lambda_function.f.arn
                events              = ["s3:ObjectCreated:*"]
              }
            }
            resource "aws_cloudwatch_event_rule" "r" {
              schedule_expression = "rate(5 minutes)"
              is_enabled          = false
            }
            resource "aws_cloudwatch_event_target" "t" {
              rule  = aws_cloudwatch_event_rule.r.name
              arn   = aws_lambda_function.f.arn
              input_transformer {
                input_template = "{}"
              }
            }
            resource "aws_cloudwatch_event_target" "other" {
              rule = "elsewhere"
              arn  = aws_lambda_function.f.arn
            }
            resource "aws_scheduler_schedule" "s" {
              schedule_expression          = "rate(1 hour)"
              schedule_expression_timezone = "Europe/Vienna"
              target {
                arn   = aws_lambda_function.f.arn
                input = jsonencode({ a = 1 })
                retry_policy {
                  maximum_retry_attempts = 0
                }
              }
            }
            """
        );
        Assert.True(Assert.Single(model.Buckets).NotifiesEventBridge.Single());
        var (put, other, rule, elsewhere, schedule) = (model.Triggers[0], model.Triggers[1], model.Triggers[2], model.Triggers[3], model.Triggers[4]);
        Assert.Equal(("aws_s3_bucket.b", "aws_sqs_queue.q"), (put.Source.Single()!.LogicalId, put.Target.LogicalId));
        Assert.Equal(["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"], put.EventTypes.Single()!);
        Assert.Equal((SettingState.Unknown, "aws_lambda_function.f"), (other.Source.State, other.Target.LogicalId));
        Assert.Equal(("aws_cloudwatch_event_target.t", TriggerKind.Schedule, false), (rule.LogicalId, rule.Kind, rule.Enabled.Single()));
        Assert.Equal((SettingState.Unknown, 185), (rule.Input.State, rule.MaximumRetryAttempts.Single()));
        Assert.Equal((SettingState.Unknown, SettingState.Unknown), (elsewhere.Filter.State, elsewhere.Enabled.State));
        Assert.Equal(
            ("Europe/Vienna", "{\"a\":1}", 0, true),
            (schedule.TimeZone.Single(), schedule.Input.Single(), schedule.MaximumRetryAttempts.Single(), schedule.IsOfScheduler)
        );
    }

    [Fact]
    public void Resources_of_several_files_are_one_module()
    {
        const string Queue = "resource \"aws_sqs_queue\" \"q\" {\n  visibility_timeout_seconds = local.visibility\n}\n";
        const string Locals = "locals {\n  visibility = 90\n}\n";
        const string Mapping = "resource \"aws_lambda_event_source_mapping\" \"m\" {\n  event_source_arn = aws_sqs_queue.q.arn\n  batch_size = 5\n}\n";
        var model = Modules.Read(("m/queue.tf", Queue), ("m/mapping.tf", Mapping), ("m/locals.tf", Locals), ("m/readme.md", "resource"));
        var mapping = Assert.Single(model.Mappings);
        var queue = model.QueueOf(mapping)!;
        Assert.Equal("m/locals.tf", model.Path);
        Assert.Equal(("m/mapping.tf", "5"), (mapping.BatchSize.Place.Path, mapping.BatchSize.Place.In(Mapping)));
        Assert.Equal(("m/queue.tf", "local.visibility"), (queue.VisibilityTimeout.Place.Path, queue.VisibilityTimeout.Place.In(Queue)));
        Assert.Equal(("m/locals.tf", "90"), (queue.VisibilityTimeout.Values[0].Place.Path, queue.VisibilityTimeout.Values[0].Place.In(Locals)));
        Assert.Equal("queue.tf(2,32)", queue.VisibilityTimeout.Place.ToString());
    }

    [Theory]
    [InlineData("resource \"aws_sqs_queue_policy\" \"p\" {\n  queue_url = aws_sqs_queue.q.url\n  policy = POLICY\n}", "")]
    [InlineData("", "policy = POLICY")]
    public void What_the_policy_of_a_queue_itself_allows(string policy, string within)
    {
        const string Document =
            "jsonencode({ Statement = [{ Effect = \"Allow\", Principal = { AWS = \"*\" }, Action = [\"sqs:SendMessage\"], Resource = \"*\" }, { Effect = \"Allow\", Principal = { Service = \"sns.amazonaws.com\" }, Action = \"sqs:*\", Resource = \"*\" }] })";
        var model = Modules.Read(("resource \"aws_sqs_queue\" \"q\" {\n  " + within + "\n}\n" + policy + "\n").Replace("POLICY", Document));
        Assert.Empty(model.Problems);
        var statement = Assert.Single(model.ResourcePolicies);
        Assert.Equal(["sqs:SendMessage"], statement.Actions);
        Assert.Equal("aws_sqs_queue.q", Assert.Single(statement.Resources).LogicalId);
    }

    [Fact]
    public void Environment_variables_lead_to_queues()
    {
        var function = Assert.Single(
            Modules
                .Read(
                    """
                    resource "aws_sqs_queue" "q" {}
                    resource "aws_lambda_function" "f" {
                      environment {
                        variables = { ORDERS_URL = aws_sqs_queue.q.url, STAGE = "test", HOST = data.aws_region.here.name }
                      }
                    }
                    """
                )
                .Functions
        );
        Assert.Equal(["HOST", "ORDERS_URL", "STAGE"], function.Environment.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("aws_sqs_queue.q", function.Environment["ORDERS_URL"].Single()?.LogicalId);
        Assert.Equal("test", function.Environment["STAGE"].Single()?.Literal);
        Assert.Null(function.Environment["HOST"].Single()?.LogicalId);
    }
}
