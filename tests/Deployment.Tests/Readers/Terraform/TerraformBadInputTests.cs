using System.Globalization;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Terraform;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>What is no module, or not a whole one.</summary>
public sealed class TerraformBadInputTests
{
    [Theory]
    [InlineData("")]
    [InlineData("locals { a = 1 }\n")]
    [InlineData("resource \"azurerm_storage_queue\" \"q\" {}\n")]
    [InlineData("resource {}\nresource \"aws_sqs_queue\" {}\n")]
    public void A_module_without_resources_of_aws_is_no_template(string text)
    {
        var model = Modules.Read(text);
        Assert.False(model.IsTemplate);
        Assert.Empty(model.Problems);
        Assert.Empty(model.Resources);
    }

    [Fact]
    public void No_files_are_no_template() => Assert.False(TerraformReader.Read([], TestContext.Current.CancellationToken).IsTemplate);

    [Fact]
    public void A_fault_makes_its_resource_unknown_and_leaves_the_others()
    {
        const string Text = """
            resource "aws_sqs_queue" "faulty" {
              visibility_timeout_seconds = = 5
              delay_seconds = 6
            }
            resource "aws_sqs_queue" "whole" {
              delay_seconds = 7
            }
            """;
        var model = Modules.Read(Text);
        var problem = Assert.Single(model.Problems);
        Assert.Equal(("main.tf(2,32)", "Here a value is expected."), (problem.Place.ToString(), problem.Text));
        var faulty = (Queue)model.Find("aws_sqs_queue.faulty")!;
        Assert.Equal("a part of it cannot be read", faulty.VisibilityTimeout.WhyUnknown);
        Assert.Equal(SettingState.Unknown, faulty.DelaySeconds.State);
        Assert.Equal(SettingState.Unknown, faulty.RedrivePolicy.State);
        var whole = (Queue)model.Find("aws_sqs_queue.whole")!;
        Assert.Equal((7, 30), (whole.DelaySeconds.Single(), whole.VisibilityTimeout.Single()));
    }

    [Theory]
    [InlineData("dynamic {")]
    [InlineData("dynamic \"a\" \"b\" {")]
    public void A_dynamic_block_that_makes_nothing_leaves_the_rest_alone(string head)
    {
        var model = Modules.Read(
            $$"""
            resource "aws_lambda_event_source_mapping" "m" {
              batch_size = 5
              {{head}}
                for_each = [1]
                content { maximum_concurrency = 2 }
              }
            }
            """
        );
        Assert.Empty(model.Problems);
        Assert.Equal(5, Assert.Single(model.Mappings).BatchSize.Single());
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("resource \"aws_lambda_event_source_mapping\" \"m {\n}\n", true)]
    public void What_cannot_be_read_may_be_another_source_of_a_function(string more, bool expected) =>
        Assert.Equal(expected, Assert.Single(Modules.Read("resource \"aws_lambda_function\" \"f\" {}\n" + more).Functions).HasUnreadEvents);

    [Fact]
    public void What_is_not_read_is_told()
    {
        var model = Modules.Read(("m/a.tf.json", "{}"), ("m/b.tf", "resource \"aws_sqs_queue\" \"q\" {}\n"), ("m/terraform.tfvars.json", "{}"));
        Assert.Equal(
            ["m/a.tf.json: Configuration written in JSON is not read.", "m/terraform.tfvars.json: Configuration written in JSON is not read."],
            model.Problems.Select(problem => $"{problem.Place.Path}: {problem.Text}")
        );
        Assert.Single(model.Queues);
    }

    [Fact]
    public void A_file_that_is_too_long_is_told_and_the_others_are_read()
    {
        var model = Modules.Read(("m/a.tf", new string(' ', (2 * 1024 * 1024) + 1)), ("m/b.tf", "resource \"aws_sqs_queue\" \"q\" {}\n"));
        Assert.Equal(
            "m/a.tf: The file is longer than 2097152 characters and is not read.",
            Assert.Single(model.Problems.Select(problem => $"{problem.Place.Path}: {problem.Text}"))
        );
        Assert.Equal("m/b.tf", Assert.Single(model.Queues).Declaration.Path);
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("", "\r\n")]
    [InlineData("\uFEFF", "\r\n")]
    public void Byte_order_marks_and_line_ends_do_not_move_places(string mark, string lineEnd)
    {
        var text = mark + Golden.Read(Golden.Terraform).Replace("\n", lineEnd, StringComparison.Ordinal);
        var model = Modules.Read(text);
        Assert.Empty(model.Problems);
        Assert.Equal(Golden.Read(Golden.Expected), ModelText.Of(model));
        Assert.Equal("6 * aws_lambda_function.OrdersFunction.timeout", model.Queues[0].VisibilityTimeout.ValuePlace.In(text)[15..^5]);
        Assert.Equal("resource \"aws_sqs_queue\" \"OrdersQueue\"", model.Queues[0].Declaration.In(text));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"format_version\":\"1.0\",\"values\":{}}")]
    [InlineData("{\"format_version\":\"1.0\",\"planned_values\":5}")]
    public void Other_json_is_no_plan(string text)
    {
        var model = Modules.ReadPlan(text);
        Assert.False(model.IsTemplate);
        Assert.Empty(model.Problems);
    }

    [Fact]
    public void Broken_json_is_told()
    {
        var model = Modules.ReadPlan("{\"format_version\": [}");
        Assert.False(model.IsTemplate);
        Assert.StartsWith("It is no valid YAML or JSON", Assert.Single(model.Problems).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fr-FR")]
    [InlineData("ar-SA")]
    public void Reading_is_the_same_everywhere(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new(culture);
            Assert.Equal(Golden.Read(Golden.Expected), ModelText.Of(Modules.Read(Golden.Read(Golden.Terraform))));
            Assert.Equal("16", Modules.ReadVisibility("floor(1.25e1 + 3.75)").ToString());
            Assert.Equal("-12", Modules.ReadVisibility("{ TITLE = -12 }[upper(\"title\")]").ToString());
            var queues = Modules.Read("resource \"aws_sqs_queue\" \"q\" {\n  count = 2\n  name = \"q-${count.index}\"\n}\n").Queues;
            Assert.Equal(["q-0", "q-1"], queues.Select(queue => queue.Name.Single()));
            Assert.Equal(4, Modules.ReadPlan(Golden.Read(Golden.TerraformPlan)).Mappings.Count);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
