using System.Text.Json;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Destinations;

/// <summary>A bus and its rules (N-8, N-9), and schedules (N-10).</summary>
public class EventBusTests
{
    private sealed record Order(string Id, int Total);

    [Fact]
    public async Task N8_an_event_goes_to_the_targets_of_all_rules_that_match()
    {
        List<CloudWatchEvent<Order>> seen = [];
        var (large, topic) = (new SqsQueue("large"), new SnsTopic("all"));
        var bus = new EventBus("shop")
            .Rule("""{"source":["my.shop"]}""", new LambdaFunction("ship", (CloudWatchEvent<Order> input) => seen.Add(input)))
            .Rule("""{"detail":{"Total":[{"numeric":[">",100]}]}}""", large)
            .Rule("""{"detail-type":[{"prefix":"Order"}]}""", topic);
        await using var host = new LambdaTestHost().Add(bus);

        var first = bus.Put("my.shop", "OrderPlaced", new Order("a", 50), ["arn:aws:shop:a"]);
        bus.Put("other.shop", "Order", """{"Id":"b","Total":200}""");
        bus.Put("other.shop", "Refund", new Order("c", 10));
        await host.RunUntilIdleAsync();

        var input = Assert.Single(seen);
        Assert.Equal((first.Id, "0", "123456789012", "us-east-1"), (input.Id, input.Version, input.Account, input.Region));
        Assert.Equal(("my.shop", "OrderPlaced", new Order("a", 50)), (input.Source, input.DetailType, input.Detail));
        Assert.Equal(["arn:aws:shop:a"], input.Resources);
        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), input.Time.ToUniversalTime());
        Assert.Equal("b", Assert.Single(large.Messages).Json<JsonElement>().GetProperty("detail").GetProperty("Id").GetString());
        Assert.Equal(2, topic.Messages.Count);
        Assert.Equal(["a", "b", "c"], host.Bus("shop").Events.Select(put => JsonDocument.Parse(put.Detail).RootElement.GetProperty("Id").GetString()));
    }

    [Theory]
    [InlineData("", "x", "{}", "InvalidArgument: Parameter Source is not valid. Reason: Source is a required argument.")]
    [InlineData("x", "", "{}", "InvalidArgument: Parameter DetailType is not valid. Reason: DetailType is a required argument.")]
    [InlineData("x", "x", "[]", "MalformedDetail: Detail is malformed.")]
    [InlineData("x", "x", "{", "MalformedDetail: Detail is malformed.")]
    [InlineData("aws.s3", "x", "{}", "NotAuthorizedForSourceException: Not authorized for the source.")]
    public async Task N9_what_EventBridge_refuses_is_refused(string source, string detailType, string detail, string message)
    {
        var bus = new EventBus("shop");
        await using var host = new LambdaTestHost().Add(bus);

        Assert.Equal(message, Assert.Throws<AwsErrorException>(() => bus.Put(source, detailType, detail)).Message);
        Assert.Empty(bus.Events);
    }

    [Fact]
    public void N8_bad_patterns_are_refused_and_those_not_simulated_say_so()
    {
        var bus = new EventBus("shop");
        var queue = new SqsQueue("queue");

        Assert.Equal(
            "InvalidEventPatternException: Event pattern is not valid. Reason: A field of a pattern holds an array of values, or an object.",
            Assert.Throws<AwsErrorException>(() => bus.Rule("""{"source":"x"}""", queue)).Message
        );
        Assert.Equal(
            """The pattern uses an operator that is not simulated, at 23: {"source":[{"wildcard":"*"}]}""",
            Assert.Throws<NotSupportedException>(() => bus.Rule("""{"source":[{"wildcard":"*"}]}""", queue)).Message
        );
    }

    [Fact]
    public async Task N10_a_schedule_fires_at_its_rate_while_the_host_runs_for_a_time()
    {
        List<(DateTime Time, string Type)> seen = [];
        var function = new LambdaFunction("tick", (ScheduledEvent input) => seen.Add((input.Time.ToUniversalTime(), input.DetailType)));
        await using var host = new LambdaTestHost().Schedule(TimeSpan.FromMinutes(5), function);

        var run = await host.RunForAsync(TimeSpan.FromMinutes(16));

        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(new[] { 5, 10, 15 }.Select(minutes => (start.AddMinutes(minutes), "Scheduled Event")), seen);
        Assert.Equal([300, 600, 900], run.Invocations.Select(invocation => invocation.Start.TotalSeconds));
        Assert.Contains(
            "\"resources\":[\"arn:aws:events:us-east-1:123456789012:rule/tick-schedule\"],\"detail\":{}",
            run.Invocations[0].RequestJson,
            StringComparison.Ordinal
        );
        Assert.Equal("schedule tick-schedule", run.Events.OfType<EventAccepted>().First().From);
    }

    [Fact]
    public async Task N10_a_schedule_does_not_keep_a_run_until_idle_going_and_goes_on_afterwards()
    {
        var ticks = 0;
        var failing = new LambdaFunction("failing", () => throw new InvalidOperationException());
        await using var host = new LambdaTestHost().Schedule(TimeSpan.FromMinutes(1), new("tick", () => ticks++));
        host.InvokeEvent(failing);

        var run = await host.RunUntilIdleAsync();
        Assert.Equal((0, Seconds(180.3)), (ticks, run.End));

        await host.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, ticks);
    }

    [Theory]
    [InlineData(59)]
    [InlineData(90)]
    public void N10_a_rate_is_whole_minutes(int seconds) =>
        Assert.Equal(
            "ValidationException: Parameter ScheduleExpression is not valid.",
            Assert.Throws<ValidationException>(() => new LambdaTestHost().Schedule(Seconds(seconds), new("tick", () => { }))).Message
        );
}
