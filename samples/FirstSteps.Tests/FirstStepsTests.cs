using AtLeastOnce.Demo;
using AtLeastOnce.Runtime;
using Microsoft.CodeAnalysis;

namespace FirstSteps.Tests;

/// <summary>Everybody's first question: "my batch size is three, I sent four messages: where is the fourth?"</summary>
public sealed class FirstStepsTests
{
    private static readonly string[] Pictures = ["1.png", "2.png", "3.png", "4.png"];

    private readonly List<string> thumbnails = [];

    [Fact]
    public async Task Three_come_at_once_and_the_fourth_when_the_window_is_over()
    {
        await using var host = LambdaTestHost
            .FromTemplate("../FirstSteps/template.yaml")
            .Handle("ThumbnailFunction", () => new ThumbnailFunction(thumbnails.Add).Handle);
        host.Queue("PicturesQueue").SendMany(Pictures);

        EsmRun run = await host.RunUntilIdleAsync();

        Assert.Equal([3, 1], run.Invocations.Select(invocation => invocation.Deliveries.Count));
        Assert.True(run.Invocations[0].Start < TimeSpan.FromSeconds(1));
        Assert.True(run.Invocations[1].Start >= TimeSpan.FromSeconds(12));
        Assert.Equal(Pictures, thumbnails.Order());
        run.EnsureAllAcknowledged();
    }

    [Fact]
    public async Task The_analyzers_say_what_AWS_advises_for_the_queue()
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../samples/FirstSteps"));
        var finding = Assert.Single(await SampleAnalysis.FindAsync(folder), finding => finding.Id == "ALO302");
        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
        Assert.Contains("132 s", finding.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_window_throttles_burn_receives_and_a_message_is_given_up_that_never_ran()
    {
        var dlq = new SqsQueue("pictures-dlq");
        var queue = new SqsQueue("pictures") { DeadLetter = new(dlq, maxReceiveCount: 1) };
        var function = new LambdaFunction("thumbnails", () => new ThumbnailFunction(thumbnails.Add).Handle) { Timeout = TimeSpan.FromSeconds(20) };
        await using var host = new LambdaTestHost(new() { Seed = 7 }).Map(
            queue,
            function,
            mapping =>
            {
                mapping.BatchSize = 3;
                mapping.ReportBatchItemFailures = true;
            }
        );
        host.Faults.Throttle(first: 1000);
        queue.SendMany(Pictures);

        EsmRun run = await host.RunForAsync(TimeSpan.FromMinutes(2));

        Assert.Empty(run.Invocations);
        Assert.Equal(4, run.Queue("pictures-dlq").Messages.Count);
        Assert.Empty(thumbnails);
    }
}
