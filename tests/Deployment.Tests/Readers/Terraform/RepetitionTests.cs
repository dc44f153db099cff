using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>Resources that may be there, or be there often: <c>count</c>, <c>for_each</c>, dynamic blocks.</summary>
public sealed class RepetitionTests
{
    private const string Variables =
        "variable \"open\" {}\nvariable \"create\" { default = true }\nvariable \"skip\" { default = false }\nvariable \"names\" {}\n";

    private static DeploymentModel ReadQueue(string repetition) =>
        Modules.Read($"{Variables}resource \"aws_sqs_queue\" \"q\" {{\n  {repetition}\n  name = \"q\"\n}}\n");

    [Theory]
    [InlineData("", "aws_sqs_queue.q:")]
    [InlineData("count = 1", "aws_sqs_queue.q[0]:")]
    [InlineData("count = 2", "aws_sqs_queue.q[0]:,aws_sqs_queue.q[1]:")]
    [InlineData("count = 0", "")]
    [InlineData("count = false ? 1 : 0", "")]
    [InlineData("count = var.create ? 1 : 0", "aws_sqs_queue.q[0]:var.create ? 1 : 0")]
    [InlineData("count = var.open ? 1 : 0", "aws_sqs_queue.q[0]:var.open ? 1 : 0")]
    [InlineData("count = var.open ? 2 : 1", "aws_sqs_queue.q[0]:,aws_sqs_queue.q[1]:var.open ? 2 : 1 > 1")]
    [InlineData("count = var.skip ? 1 : 0", "aws_sqs_queue.q:var.skip ? 1 : 0")]
    [InlineData("count = var.open", "aws_sqs_queue.q:var.open")]
    [InlineData("count = 5000", "aws_sqs_queue.q:5000")]
    [InlineData("for_each = toset([\"a\", \"b\"])", "aws_sqs_queue.q[\"a\"]:,aws_sqs_queue.q[\"b\"]:")]
    [InlineData("for_each = { a = 1 }", "aws_sqs_queue.q[\"a\"]:")]
    [InlineData("for_each = {}", "")]
    [InlineData("for_each = var.names", "aws_sqs_queue.q:var.names")]
    public void What_is_repeated_has_its_addresses_and_conditions(string repetition, string expected)
    {
        var queues = ReadQueue(repetition).Queues;
        Assert.Equal(expected, string.Join(",", queues.Select(queue => $"{queue.LogicalId}:{queue.Condition}")));
    }

    [Fact]
    public void Each_of_several_has_its_own_values_and_links()
    {
        var model = Modules.Read(
            """
            locals { queues = { orders = { visibility = 90, tries = 3 }, mails = { visibility = 60, tries = 5 } } }
            resource "aws_sqs_queue" "dlq" {
              for_each = local.queues
              name     = "${each.key}-dlq"
            }
            resource "aws_sqs_queue" "q" {
              for_each                   = local.queues
              name                       = each.key
              visibility_timeout_seconds = each.value.visibility
              redrive_policy = jsonencode({
                deadLetterTargetArn = aws_sqs_queue.dlq[each.key].arn
                maxReceiveCount     = each.value.tries
              })
            }
            resource "aws_lambda_function" "f" {
              for_each      = aws_sqs_queue.q
              function_name = each.key
            }
            resource "aws_lambda_event_source_mapping" "m" {
              for_each         = aws_sqs_queue.q
              event_source_arn = each.value.arn
              function_name    = aws_lambda_function.f[each.key].arn
            }
            """
        );
        Assert.Empty(model.Problems);
        Assert.Equal(4, model.Queues.Count);
        var orders = Assert.IsType<Queue>(model.Find("aws_sqs_queue.q[\"orders\"]"));
        Assert.Equal(("orders", 90), (orders.Name.Single(), orders.VisibilityTimeout.Single()));
        Assert.Equal("aws_sqs_queue.dlq[\"orders\"]", model.DeadLetterQueueOf(orders)!.LogicalId);
        Assert.Equal(3, orders.RedrivePolicy.Single()!.MaxReceiveCount.Single());
        var mapping = Assert.Single(model.MappingsOf(orders));
        Assert.Equal("aws_lambda_function.f[\"orders\"]", model.FunctionOf(mapping)!.LogicalId);
        Assert.Equal(2, model.Mappings.Count);
        Assert.Empty(model.Mappings.SelectMany(other => EventSourceMappingValidation.ValidateIn(model, other)));
    }

    [Fact]
    public void Where_it_is_not_known_how_many_there_are_one_stands_for_all()
    {
        var model = Modules.Read(
            """
            variable "queues" {}
            resource "aws_sqs_queue" "dlq" {
              for_each = var.queues
            }
            resource "aws_sqs_queue" "q" {
              for_each                   = var.queues
              visibility_timeout_seconds = each.value
              delay_seconds              = 5
              redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dlq[each.key].arn, maxReceiveCount = 5 })
            }
            resource "aws_lambda_event_source_mapping" "one" {
              event_source_arn = aws_sqs_queue.q["a"].arn
              function_name    = "f"
            }
            """
        );
        var queue = Assert.IsType<Queue>(model.Find("aws_sqs_queue.q"));
        Assert.Equal("var.queues", queue.Condition);
        Assert.Equal(SettingState.Unknown, queue.VisibilityTimeout.State);
        Assert.Equal(5, queue.DelaySeconds.Single());
        Assert.Equal("aws_sqs_queue.dlq", model.DeadLetterQueueOf(queue)!.LogicalId);
        Assert.Equal("aws_sqs_queue.q", Assert.Single(model.Mappings).Source.LogicalId);
    }

    [Theory]
    [InlineData("aws_sqs_queue.q[0].arn", "aws_sqs_queue.q[0]")]
    [InlineData("aws_sqs_queue.q.0.arn", "aws_sqs_queue.q[0]")]
    [InlineData("one(aws_sqs_queue.q[*].arn)", "aws_sqs_queue.q[0]")]
    [InlineData("aws_sqs_queue.q.*.arn[0]", "aws_sqs_queue.q[0]")]
    [InlineData("join(\"\", aws_sqs_queue.q[*].arn)", "aws_sqs_queue.q[0]")]
    [InlineData("try(aws_sqs_queue.q[0].arn, null)", "aws_sqs_queue.q[0]")]
    [InlineData("element(concat(aws_sqs_queue.q[*].arn, [\"\"]), 0)", "aws_sqs_queue.q[0]")]
    [InlineData("\"${aws_sqs_queue.q[0].arn}\"", "aws_sqs_queue.q[0]")]
    [InlineData("aws_sqs_queue.q[1].arn", null)]
    [InlineData("aws_sqs_queue.q.arn", null)]
    [InlineData("aws_sqs_queue.other[0].arn", null)]
    public void An_element_is_found_by_every_way_of_writing_it(string source, string? target)
    {
        var model = Modules.Read(
            $"resource \"aws_sqs_queue\" \"q\" {{\n  count = 1\n}}\nresource \"aws_lambda_event_source_mapping\" \"m\" {{\n  event_source_arn = {source}\n}}\n"
        );
        var mapping = Assert.Single(model.Mappings);
        Assert.Equal(target, mapping.Source.LogicalId);
        Assert.Equal(target is null ? EventSourceKind.Unknown : EventSourceKind.Sqs, mapping.Kind);
    }

    [Theory]
    [InlineData("[10]", "10")]
    [InlineData("[]", "missing")]
    [InlineData("var.names", "unknown: how often a block is repeated is known only when deployed")]
    [InlineData("var.create ? [10] : []", "unknown: how often a block is repeated is known only when deployed")]
    public void Dynamic_blocks_are_made_where_they_are_known(string items, string expected)
    {
        var model = Modules.Read(
            $$"""
            {{Variables}}
            resource "aws_sqs_queue" "q" {}
            resource "aws_lambda_event_source_mapping" "m" {
              event_source_arn = aws_sqs_queue.q.arn
              dynamic "scaling_config" {
                for_each = {{items}}
                iterator = it
                content {
                  maximum_concurrency = it.value
                }
              }
            }
            """
        );
        Assert.Equal(expected, Assert.Single(model.Mappings).MaximumConcurrency.ToString());
    }

    [Fact]
    public void What_is_not_followed_after_it_was_made_is_unknown()
    {
        var model = Modules.Read(
            """
            resource "aws_sqs_queue" "q" {
              visibility_timeout_seconds = 5
              delay_seconds              = 5
              lifecycle {
                ignore_changes = [visibility_timeout_seconds, redrive_policy]
              }
            }
            """
        );
        var queue = Assert.Single(model.Queues);
        Assert.Equal((SettingState.Unknown, SettingState.Unknown), (queue.VisibilityTimeout.State, queue.RedrivePolicy.State));
        Assert.Equal(5, queue.DelaySeconds.Single());
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("count = var.open ? 1 : 0", "count = var.open ? 1 : 0", true)]
    [InlineData("count = var.open ? 1 : 0", "count = var.open ? 0 : 1", false)]
    [InlineData("count = var.open ? 1 : 0", "count = 0", false)]
    [InlineData("count = var.create ? 1 : 0", "count = var.create ? 0 : 1", false)]
    public void Two_mappings_that_may_never_be_deployed_together_are_no_duplicates(string first, string second, bool isRefused)
    {
        var model = Modules.Read(
            $$"""
            {{Variables}}
            resource "aws_sqs_queue" "q" {}
            resource "aws_lambda_function" "f" {}
            resource "aws_lambda_event_source_mapping" "first" {
              {{first}}
              event_source_arn = aws_sqs_queue.q.arn
              function_name    = aws_lambda_function.f.arn
            }
            resource "aws_lambda_event_source_mapping" "second" {
              {{second}}
              event_source_arn = aws_sqs_queue.q.arn
              function_name    = aws_lambda_function.f.arn
            }
            """
        );
        Assert.Equal(isRefused, model.Mappings.Any(mapping => EventSourceMappingValidation.ValidateIn(model, mapping).Count > 0));
    }
}
