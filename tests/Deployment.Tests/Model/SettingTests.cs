using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Model;

public sealed class SettingTests
{
    [Fact]
    public void Unknown_is_not_evidence()
    {
        var setting = Setting<int>.Unknown("it hides");
        Assert.False(setting.All(_ => true));
        Assert.False(setting.Any(_ => true));
        Assert.Null(setting.Single());
        Assert.True(setting.IsExplicit);
        Assert.False(setting.IsMissing);
        Assert.Null(setting.RestsOnParameter);
        Assert.Equal("unknown: it hides", setting.ToString());
    }

    [Fact]
    public void A_default_is_a_fact()
    {
        var setting = Setting<int>.Default(30);
        Assert.True(setting.All(value => value == 30));
        Assert.Equal(30, setting.Single());
        Assert.False(setting.IsExplicit);
        Assert.False(setting.IsMissing);
        Assert.Equal("30 (default)", setting.ToString());
    }

    [Fact]
    public void Missing_satisfies_nothing()
    {
        var setting = Setting<string>.Missing();
        Assert.False(setting.All(_ => true));
        Assert.Null(setting.Single());
        Assert.True(setting.IsMissing);
        Assert.Equal("missing", setting.ToString());
    }

    [Fact]
    public void A_known_setting_has_a_value() => Assert.Throws<ArgumentException>(() => Setting<int>.Known([]));

    [Fact]
    public void Selecting_keeps_everything_else()
    {
        var key = new Place("p", 1, 2, 0, 1, 0, 3);
        var setting = Setting<int>.Known([new(5, key, Provenance.ParameterDefault, "P")], key, key, mayBeMissing: true).In(key, inherited: true);
        var selected = setting.Select(value => value > 3);
        Assert.Equal((true, Provenance.ParameterDefault, "P"), (selected.Values[0].Value, selected.Values[0].Provenance, selected.RestsOnParameter));
        Assert.Equal((key, key, key, true, true), (selected.KeyPlace, selected.ValuePlace, selected.Enclosing, selected.IsInherited, selected.MayBeMissing));
        Assert.False(selected.All(_ => true));
        Assert.Null(selected.Single());
    }

    [Fact]
    public void A_model_can_be_built_in_code()
    {
        var queue = new Queue("orders") { RedrivePolicy = Setting.Of(new RedrivePolicy(ResourceLink.To("dlq"), Setting.Of(3))) };
        var dead = new Queue("dlq");
        var function = new Function("f");
        var mapping = new EventSourceMapping("m", EventSourceKind.Sqs) { Source = ResourceLink.To("orders"), Function = ResourceLink.To("f") };
        var model = new DeploymentModel(functions: [function], queues: [queue, dead], mappings: [mapping]);
        Assert.Same(queue, model.QueueOf(mapping));
        Assert.Same(function, model.FunctionOf(mapping));
        Assert.Same(dead, model.DeadLetterQueueOf(queue));
        Assert.True(model.IsDeadLetterQueue(dead));
        Assert.Equal(
            (10, 0, 3, 30),
            (mapping.BatchSize.Single(), mapping.MaximumBatchingWindow.Single(), function.Timeout.Single(), queue.VisibilityTimeout.Single())
        );
        Assert.False(mapping.ReportBatchItemFailures.Single());
        Assert.Null(model.Find("nothing"));
        Assert.Null(model.QueueOf(new("n", EventSourceKind.Sqs) { Source = ResourceLink.To("f") }));
    }
}
