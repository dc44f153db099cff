using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>The service of the other dialects as a Terraform module: the model says the same.</summary>
public sealed class TerraformGoldenTests
{
    [Fact]
    public void A_module_gives_the_same_model()
    {
        var model = Modules.Read(Golden.Read(Golden.Terraform));
        Assert.Empty(model.Problems);
        Assert.Equal(Golden.Read(Golden.Expected), ModelText.Of(model));
    }

    [Fact]
    public void The_service_is_accepted()
    {
        var model = Modules.Read(Golden.Read(Golden.Terraform));
        Assert.Equal(4, model.Mappings.Count);
        Assert.Empty(model.Mappings.SelectMany(mapping => EventSourceMappingValidation.ValidateIn(model, mapping)));
        Assert.Empty(model.Queues.SelectMany(queue => QueueValidation.Validate(queue, model.DeadLetterQueueOf(queue))));
    }

    [Theory]
    [InlineData("maximum_retry_attempts             = 3", "maximum_retry_attempts = 4")]
    [InlineData("stream_view_type = \"NEW_AND_OLD_IMAGES\"", "stream_view_type = \"NEW_IMAGE\"")]
    [InlineData("filter_policy_scope = \"MessageBody\"", "filter_policy_scope = \"MessageAttributes\"")]
    [InlineData("event_source_arn                   = aws_sqs_queue.OrdersQueue.arn", "event_source_arn = aws_sqs_queue.LostQueue.arn")]
    [InlineData("[\"sqs:Receive*\", ", "[")]
    [InlineData("queue_url = aws_sqs_queue.LostQueue.id", "queue_url = aws_sqs_queue.PaymentsQueue.id")]
    [InlineData("default = 20", "default = 21")]
    [InlineData("state               = \"DISABLED\"", "")]
    public void What_differs_is_seen(string setting, string other)
    {
        var text = Golden.Read(Golden.Terraform);
        Assert.Contains(setting, text, StringComparison.Ordinal);
        Assert.NotEqual(Golden.Read(Golden.Expected), ModelText.Of(Modules.Read(text.Replace(setting, other, StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_setting_that_is_written_has_its_place()
    {
        var text = Golden.Read(Golden.Terraform);
        var model = Modules.Read(text);
        var mapping = Assert.Single(model.Mappings, mapping => mapping.Kind == EventSourceKind.Kinesis);
        Assert.Equal("aws_lambda_event_source_mapping.Clicks", mapping.LogicalId);
        Assert.Equal("resource \"aws_lambda_event_source_mapping\" \"Clicks\"", mapping.Declaration.In(text));
        Assert.StartsWith("resource \"aws_lambda_event_source_mapping\" \"Clicks\" {", mapping.Whole.In(text), StringComparison.Ordinal);
        Assert.EndsWith("\n}", mapping.Whole.In(text), StringComparison.Ordinal);
        Assert.Equal("3", mapping.MaximumRetryAttempts.ValuePlace.In(text));
        Assert.Equal("maximum_retry_attempts", mapping.MaximumRetryAttempts.KeyPlace.In(text));
        Assert.Equal("60 * 60", mapping.MaximumRecordAge.ValuePlace.In(text));
        Assert.Equal("\"2023-11-14T22:13:20.5Z\"", mapping.StartingPositionTimestamp.ValuePlace.In(text));
        Assert.Equal("\"NEW_AND_OLD_IMAGES\"", model.Tables[0].StreamViewType.ValuePlace.In(text));
        Assert.Equal("48", model.Streams[0].RetentionHours.ValuePlace.In(text));
        Assert.Equal("aws_sqs_queue.LostQueue.arn", mapping.OnFailure.Single()!.Place.In(text));
        Assert.Equal("600", Assert.Single(model.InvokeConfigs).MaximumEventAge.ValuePlace.In(text));
    }
}
