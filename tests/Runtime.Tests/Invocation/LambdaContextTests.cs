using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Invocation;

public class LambdaContextTests
{
    [Fact]
    public async Task Tells_who_runs_where()
    {
        List<ILambdaContext> contexts = [];
        await using var scenario = new Scenario((SQSEvent _, ILambdaContext context) => contexts.Add(context), m => m.BatchSize = 1);
        scenario.Function.MemorySize = 512;

        var run = await scenario.RunAsync("1", "2");

        var context = contexts[0];
        Assert.Equal("orders", context.FunctionName);
        Assert.Equal("$LATEST", context.FunctionVersion);
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:orders", context.InvokedFunctionArn);
        Assert.Equal("/aws/lambda/orders", context.LogGroupName);
        Assert.Matches("^2026/01/01/\\[\\$LATEST\\][0-9a-f]{32}$", context.LogStreamName);
        Assert.NotEqual(contexts[0].LogStreamName, contexts[1].LogStreamName);
        Assert.Equal(512, context.MemoryLimitInMB);
        Assert.Equal(run.Invocations.Select(invocation => invocation.AwsRequestId), contexts.Select(each => each.AwsRequestId));
        Assert.NotEqual(contexts[0].AwsRequestId, contexts[1].AwsRequestId);
        Assert.Null(context.ClientContext);
        Assert.Null(context.Identity);
    }

    [Fact]
    public async Task RemainingTime_runs_down_on_the_virtual_clock()
    {
        List<TimeSpan> remaining = [];
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(
            async (SQSEvent _, ILambdaContext context) =>
            {
                remaining.Add(context.RemainingTime);
                await Task.Delay(Seconds(2), host!.TimeProvider);
                remaining.Add(context.RemainingTime);
            }
        );
        scenario.Function.Timeout = Seconds(10);
        host = scenario.Host;

        await scenario.RunAsync("m");

        Assert.Equal([Seconds(10), Seconds(8)], remaining);
    }

    [Fact]
    public async Task What_is_logged_is_in_the_history()
    {
        await using var scenario = new Scenario(
            (SQSEvent _, ILambdaContext context) =>
            {
                context.Logger.LogLine("a line");
                context.Logger.LogInformation("plain");
                context.Logger.LogWarning("order {id} of {0}", "A");
                context.Logger.Log(LogLevel.Critical, "critical {name}", 5);
                context.Logger.LogError(new FormatException("bad"), "failed");
            }
        );

        var run = await scenario.RunAsync("m");

        Assert.Equal(
            [
                ("Information", "a line"),
                ("Information", "plain"),
                ("Warning", "order A of A"),
                ("Critical", "critical 5"),
                ("Error", "failed FormatException: bad"),
            ],
            run.Events.OfType<LogWritten>().Select(log => (log.Level, log.Text))
        );
        Assert.Contains("orders #1        log Warning: order A of A", run.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_one_log_stand_below_each_other()
    {
        await using var scenario = new Scenario((SQSEvent _, ILambdaContext context) => context.Logger.LogLine("first\r\n  second\nthird\n"));

        var run = await scenario.RunAsync("m");

        var before = "  00:00:00.000  orders #1        ";
        Assert.Contains(
            $"{before}log Information: first\n{new string(' ', before.Length)}  second\n{new string(' ', before.Length)}third\n  00:",
            run.Timeline,
            StringComparison.Ordinal
        );
    }
}
