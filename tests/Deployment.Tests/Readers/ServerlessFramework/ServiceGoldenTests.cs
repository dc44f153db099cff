using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;

/// <summary>The golden service says in this dialect what it says in CloudFormation.</summary>
public sealed class ServiceGoldenTests
{
    private static readonly string Text = Golden.Read(Services.Orders);
    private static readonly DeploymentModel Model = Services.Read(Text, Services.Orders);

    [Fact]
    public void The_service_gives_the_same_model()
    {
        Assert.Empty(Model.Problems);
        Assert.Equal(Golden.Read(Golden.Expected), ModelText.Of(Model, Services.Given));
    }

    [Theory]
    [InlineData("maximumRetryAttempts: 3", "maximumRetryAttempts: 4")]
    [InlineData("maximumBatchingWindow: !Ref Window", "maximumBatchingWindow: 5")]
    [InlineData("MaximumPollers: 20", "MaximumPollers: 21")]
    [InlineData("short: 86400", "short: 86401")]
    [InlineData("- body: { kind: [order] }", "- body: { kind: [orders] }")]
    [InlineData("Action: kinesis:DescribeStream", "Action: kinesis:DescribeStreams")]
    [InlineData("consumer: !Ref ClicksReader", "tags: x")]
    public void What_differs_is_seen(string setting, string other)
    {
        Assert.Contains(setting, Text, StringComparison.Ordinal);
        var model = Services.Read(Text.Replace(setting, other, StringComparison.Ordinal), Services.Orders);
        Assert.NotEqual(Golden.Read(Golden.Expected), ModelText.Of(model, Services.Given));
    }

    [Fact]
    public void The_service_is_accepted()
    {
        Assert.Equal(4, Model.Mappings.Count);
        Assert.Empty(Model.Mappings.SelectMany(mapping => EventSourceMappingValidation.ValidateIn(Model, mapping)));
        Assert.Empty(Model.Mappings.SelectMany(mapping => PermissionValidation.Missing(Model, mapping)));
        Assert.Empty(Model.Queues.SelectMany(queue => QueueValidation.Validate(queue, Model.DeadLetterQueueOf(queue))));
    }

    [Fact]
    public void Every_setting_that_is_written_has_its_place()
    {
        var mapping = Assert.Single(Model.Mappings, mapping => mapping.Kind == EventSourceKind.Kinesis);
        Assert.Equal("3", mapping.MaximumRetryAttempts.ValuePlace.In(Text));
        Assert.Equal("maximumRetryAttempts", mapping.MaximumRetryAttempts.KeyPlace.In(Text));
        Assert.Equal("batchWindow", mapping.MaximumBatchingWindow.KeyPlace.In(Text));
        Assert.Equal("1700000000.5", mapping.StartingPositionTimestamp.ValuePlace.In(Text));
        Assert.Equal("stream", mapping.Declaration.In(Text));
        Assert.StartsWith("stream:\n          type: kinesis", mapping.Whole.In(Text), StringComparison.Ordinal);
        Assert.Equal("200", mapping.Properties["batchSize"].Value.In(Text));
        Assert.Contains("LostQueue", mapping.OnFailure.Single()!.Place.In(Text), StringComparison.Ordinal);

        var function = Assert.Single(Model.Functions);
        Assert.Equal("orders", function.Declaration.In(Text));
        Assert.Equal(("timeout", "30", true), (function.Timeout.KeyPlace.In(Text), function.Timeout.ValuePlace.In(Text), function.Timeout.IsInherited));
        Assert.Equal("600", Assert.Single(Model.InvokeConfigs).MaximumEventAge.ValuePlace.In(Text));
        Assert.Equal("NEW_AND_OLD_IMAGES", Model.Tables[0].StreamViewType.ValuePlace.In(Text));

        // A variable's value stands where the variable leads.
        var retention = Assert.Single(Model.Queues, queue => queue.LogicalId == "OrdersQueue").MessageRetentionPeriod;
        Assert.Equal("${self:custom.stages.short}", retention.ValuePlace.In(Text));
        Assert.Equal("86400", Assert.Single(retention.Values).Place.In(Text));
    }
}
