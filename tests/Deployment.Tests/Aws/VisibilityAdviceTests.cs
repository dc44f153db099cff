using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Aws;

public sealed class VisibilityAdviceTests
{
    private static VisibilityAdvice? Advice(int visibility, int timeout, int window = 0, int factor = VisibilityAdvice.Factor) =>
        VisibilityAdvice.For(
            new("m", EventSourceKind.Sqs) { MaximumBatchingWindow = Setting.Of(window) },
            new("f") { Timeout = Setting.Of(timeout) },
            new("q") { VisibilityTimeout = Setting.Of(visibility) },
            factor
        );

    [Theory]
    [InlineData(30, 30, 5, nameof(VisibilityGrade.BelowTwice), 185)]
    [InlineData(64, 30, 5, nameof(VisibilityGrade.BelowTwice), 185)]
    [InlineData(65, 30, 5, nameof(VisibilityGrade.BelowAdvised), 185)]
    [InlineData(184, 30, 5, nameof(VisibilityGrade.BelowAdvised), 185)]
    [InlineData(185, 30, 5, null, 0)]
    [InlineData(18, 3, 0, null, 0)]
    public void It_is_six_times_the_timeout_and_the_window(int visibility, int timeout, int window, string? grade, int advised)
    {
        var advice = Advice(visibility, timeout, window);
        Assert.Equal(grade, advice?.Grade.ToString());
        if (advice is not null)
            Assert.Equal((visibility, timeout, window, advised), (advice.Visibility, advice.FunctionTimeout, advice.BatchingWindow, advice.Advised));
    }

    [Fact]
    public void The_defaults_follow_the_advice() => Assert.Null(VisibilityAdvice.For(new("m", EventSourceKind.Sqs), new("f"), new("q")));

    [Fact]
    public void The_factor_is_the_teams_own() => Assert.Equal((null, 40), (Advice(30, 10, 0, 3), Advice(30, 10, 0, 4)!.Advised));

    [Fact]
    public void The_advice_is_never_more_than_a_queue_can_have() =>
        Assert.Equal((43200, null), (VisibilityAdvice.AdvisedFor(900, 300, 60), Advice(43200, 900, 300, 60)));

    [Fact]
    public void The_mildest_of_the_possible_deployments_counts()
    {
        static Setting<int> Either(int a, int b) =>
            Setting<int>.Known([new(a, Place.None, Provenance.Literal, null), new(b, Place.None, Provenance.ParameterDefault, "P")]);
        var advice = VisibilityAdvice.For(
            new("m", EventSourceKind.Sqs),
            new("f") { Timeout = Either(60, 30) },
            new("q") { VisibilityTimeout = Either(30, 90) }
        )!;
        Assert.Equal(
            (90, 30, 180, VisibilityGrade.BelowAdvised, "P"),
            (advice.Visibility, advice.FunctionTimeout, advice.Advised, advice.Grade, advice.RestsOnParameter)
        );
        Assert.Null(VisibilityAdvice.For(new("m", EventSourceKind.Sqs), new("f") { Timeout = Setting<int>.Unknown("it hides") }, new("q")));
    }
}
