using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers;

/// <summary>One service in several dialects: the models say the same.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Files => [.. Golden.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_dialect_gives_the_same_model(string file)
    {
        var model = Templates.Read(Golden.Read(file), file);
        Assert.Empty(model.Problems);
        Assert.Equal(Golden.Read(Golden.Expected), ModelText.Of(model));
    }

    [Theory]
    [InlineData("orders.sam.yaml")]
    [InlineData("orders.cloudformation.json")]
    public void The_service_is_accepted(string file)
    {
        var model = Templates.Read(Golden.Read(file), file);
        Assert.Equal(4, model.Mappings.Count);
        Assert.Empty(model.Mappings.SelectMany(mapping => EventSourceMappingValidation.ValidateIn(model, mapping)));
        Assert.Empty(model.Queues.SelectMany(queue => QueueValidation.Validate(queue, model.DeadLetterQueueOf(queue))));
    }

    [Theory]
    [InlineData("orders.sam.yaml", "MaximumRetryAttempts: 3", "MaximumRetryAttempts: 4")]
    [InlineData("orders.sam.yaml", "StreamViewType: NEW_AND_OLD_IMAGES", "StreamViewType: NEW_IMAGE")]
    [InlineData("orders.cloudformation.yaml", "FilterPolicyScope: MessageBody", "FilterPolicyScope: MessageAttributes")]
    [InlineData("orders.cloudformation.yaml", "EventSourceArn: !GetAtt OrdersQueue.Arn", "EventSourceArn: !GetAtt LostQueue.Arn")]
    [InlineData("orders.cloudformation.yaml", "Action: [sqs:Receive*, ", "Action: [")]
    public void What_differs_is_seen(string file, string setting, string other)
    {
        var text = Golden.Read(file);
        Assert.Contains(setting, text, StringComparison.Ordinal);
        Assert.NotEqual(Golden.Read(Golden.Expected), ModelText.Of(Templates.Read(text.Replace(setting, other, StringComparison.Ordinal), file)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_setting_that_is_written_has_its_place(string file)
    {
        var text = Golden.Read(file);
        var model = Templates.Read(text, file);
        var mapping = Assert.Single(model.Mappings, mapping => mapping.Kind == EventSourceKind.Kinesis);
        Assert.Equal("3", mapping.MaximumRetryAttempts.ValuePlace.In(text));
        Assert.Equal("MaximumRetryAttempts", mapping.MaximumRetryAttempts.KeyPlace.In(text).Trim('"'));
        Assert.Equal("1700000000.5", mapping.StartingPositionTimestamp.ValuePlace.In(text));
        Assert.Equal("NEW_AND_OLD_IMAGES", model.Tables[0].StreamViewType.ValuePlace.In(text).Trim('"'));
        Assert.Equal("48", model.Streams[0].RetentionHours.ValuePlace.In(text));
        Assert.Contains("LostQueue", mapping.OnFailure.Single()!.Place.In(text), StringComparison.Ordinal);
        Assert.Equal("600", Assert.Single(model.InvokeConfigs).MaximumEventAge.ValuePlace.In(text));
    }
}
