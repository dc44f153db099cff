using System.Text.Json;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>The service of the other dialects as a plan of its Terraform module: the model says the same.</summary>
public sealed class PlanGoldenTests
{
    // A plan is made with values for all variables: the one that has no default has what it was given.
    private static string Expected =>
        Golden.Read(Golden.Expected).Replace("MaximumBatchingWindow: 5?Window | 10?Window", "MaximumBatchingWindow: 5", StringComparison.Ordinal);

    [Fact]
    public void A_plan_gives_the_same_model()
    {
        Assert.NotEqual(Golden.Read(Golden.Expected), Expected);
        var model = Modules.ReadPlan(Golden.Read(Golden.TerraformPlan));
        Assert.Empty(model.Problems);
        Assert.Equal(Expected, ModelText.Of(model));
    }

    [Fact]
    public void A_plan_on_one_line_as_terraform_writes_it_gives_the_same_model()
    {
        using var plan = JsonDocument.Parse(Golden.Read(Golden.TerraformPlan));
        var line = JsonSerializer.Serialize(plan.RootElement);
        Assert.DoesNotContain('\n', line);
        Assert.Equal(Expected, ModelText.Of(Modules.ReadPlan(line)));
    }

    [Fact]
    public void The_service_is_accepted()
    {
        var model = Modules.ReadPlan(Golden.Read(Golden.TerraformPlan));
        Assert.Equal(4, model.Mappings.Count);
        Assert.Empty(model.Mappings.SelectMany(mapping => EventSourceMappingValidation.ValidateIn(model, mapping)));
        Assert.Empty(model.Queues.SelectMany(queue => QueueValidation.Validate(queue, model.DeadLetterQueueOf(queue))));
    }

    [Theory]
    [InlineData("\"maximum_retry_attempts\": 3,", "\"maximum_retry_attempts\": 4,")]
    [InlineData("\"stream_view_type\": \"NEW_AND_OLD_IMAGES\"", "\"stream_view_type\": \"NEW_IMAGE\"")]
    [InlineData("\"filter_policy_scope\": \"MessageBody\"", "\"filter_policy_scope\": \"MessageAttributes\"")]
    [InlineData("\\\"maxReceiveCount\\\":5", "\\\"maxReceiveCount\\\":4")]
    [InlineData("\\\"sqs:Receive*\\\",", "")]
    [InlineData("\"default\": 20", "\"default\": 21")]
    public void What_differs_is_seen(string setting, string other)
    {
        var text = Golden.Read(Golden.TerraformPlan);
        Assert.Contains(setting, text, StringComparison.Ordinal);
        Assert.NotEqual(Expected, ModelText.Of(Modules.ReadPlan(text.Replace(setting, other, StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_setting_that_is_written_has_its_place()
    {
        var text = Golden.Read(Golden.TerraformPlan);
        var model = Modules.ReadPlan(text);
        var mapping = Assert.Single(model.Mappings, mapping => mapping.Kind == EventSourceKind.Kinesis);
        Assert.Equal("\"aws_lambda_event_source_mapping.Clicks\"", mapping.Declaration.In(text));
        Assert.Equal("3", mapping.MaximumRetryAttempts.ValuePlace.In(text));
        Assert.Equal("\"maximum_retry_attempts\"", mapping.MaximumRetryAttempts.KeyPlace.In(text));
        Assert.Equal("\"arn:aws:sqs:eu-west-1:123456789012:lost\"", mapping.OnFailure.Single()!.Place.In(text));
        Assert.Equal("aws_sqs_queue.LostQueue", mapping.OnFailure.Single()!.LogicalId);
        Assert.Equal("48", model.Streams[0].RetentionHours.ValuePlace.In(text));
    }
}
