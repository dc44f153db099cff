using System.Text.Json;

namespace AtLeastOnce.Runtime.Tests.Hosting;

/// <summary>Schedules of a template: SAM's events, rules of EventBridge and schedules of its Scheduler.</summary>
public class TemplateSchedulesTests
{
    private static LambdaTestHost WithEvent(string written, List<string> seen) =>
        TemplateOnDisk
            .Load(
                $$"""
                Parameters:
                  Cron: { Type: String }
                Resources:
                  Tick:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: none
                      Runtime: dotnet10
                      Events:
                        Often: {{written}}
                """
            )
            .Handle("Tick", (JsonElement input) => seen.Add(input.GetRawText()))
            .WithSerializer(new Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer());

    private static LambdaTestHost WithResource(string resource, List<string> seen) =>
        TemplateOnDisk
            .LoadWith(resource)
            .Handle("F", (JsonElement input) => seen.Add(input.GetRawText()))
            .WithSerializer(new Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer());

    [Theory]
    [InlineData("{ Type: Schedule, Properties: { Schedule: rate(5 minutes) } }", "aws.events", "arn:aws:events:us-east-1:123456789012:rule/TickOften", "{}")]
    [InlineData(
        "{ Type: Schedule, Properties: { Schedule: cron(0/5 * * * ? *), Enabled: true } }",
        "aws.events",
        "arn:aws:events:us-east-1:123456789012:rule/TickOften",
        "{}"
    )]
    [InlineData(
        "{ Type: ScheduleV2, Properties: { ScheduleExpression: rate(5 minutes), ScheduleExpressionTimezone: UTC } }",
        "aws.scheduler",
        "arn:aws:scheduler:us-east-1:123456789012:schedule/default/TickOften",
        "\"{}\""
    )]
    public async Task N10_a_functions_schedule_fires_in_runs_for_a_time(string written, string source, string arn, string detail)
    {
        List<string> seen = [];
        await using var host = WithEvent(written, seen);

        await host.RunUntilIdleAsync();
        Assert.Empty(seen);
        var run = await host.RunForAsync(TimeSpan.FromMinutes(11));

        Assert.Equal([5, 10], run.Invocations.Select(invocation => invocation.Start.TotalMinutes));
        var first = JsonDocument.Parse(seen[0]).RootElement;
        Assert.Equal(
            ("Scheduled Event", source, arn, detail, "2026-01-01T00:05:00Z"),
            (
                first.GetProperty("detail-type").GetString(),
                first.GetProperty("source").GetString(),
                first.GetProperty("resources")[0].GetString(),
                first.GetProperty("detail").GetRawText(),
                first.GetProperty("time").GetString()
            )
        );
    }

    [Theory]
    [InlineData("{ Type: Schedule, Properties: { Schedule: rate(1 minute), Input: '{\"kind\":\"tick\"}' } }")]
    [InlineData("{ Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 minute), Input: '{\"kind\":\"tick\"}' } }")]
    public async Task N10_the_input_of_a_schedule_is_what_the_function_gets(string written)
    {
        List<string> seen = [];
        await using var host = WithEvent(written, seen);

        await host.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["""{"kind":"tick"}"""], seen);
    }

    [Theory]
    [InlineData("{ Type: Schedule, Properties: { Schedule: rate(1 minute), Enabled: false } }")]
    [InlineData("{ Type: Schedule, Properties: { Schedule: rate(1 minute), State: DISABLED } }")]
    [InlineData("{ Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 minute), State: DISABLED } }")]
    public async Task A_disabled_schedule_does_not_fire(string written)
    {
        List<string> seen = [];
        await using var host = WithEvent(written, seen);

        await host.RunForAsync(TimeSpan.FromMinutes(10));

        Assert.Empty(seen);
    }

    [Theory]
    [InlineData("R: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(1 hour), Targets: [{ Id: t, Arn: !GetAtt F.Arn }] } }", 2)]
    [InlineData(
        "R: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(1 hour), State: DISABLED, Targets: [{ Id: t, Arn: !GetAtt F.Arn }] } }",
        0
    )]
    [InlineData("R: { Type: AWS::Scheduler::Schedule, Properties: { ScheduleExpression: rate(1 hour), Target: { Arn: !GetAtt F.Arn } } }", 2)]
    [InlineData("R: { Type: AWS::Scheduler::Schedule, Properties: { ScheduleExpression: 'at(2026-01-01T01:30:00)', Target: { Arn: !GetAtt F.Arn } } }", 1)]
    public async Task N10_rules_and_schedules_that_are_resources_fire_too(string resource, int expected)
    {
        List<string> seen = [];
        await using var host = WithResource(resource, seen);

        await host.RunForAsync(TimeSpan.FromHours(2));

        Assert.Equal(expected, seen.Count);
        Assert.All(
            seen,
            input => Assert.Contains(resource.Contains("Scheduler", StringComparison.Ordinal) ? "/default/R\"" : ":rule/R\"", input, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task N10_a_queue_gets_the_event_of_a_rule()
    {
        await using var host = TemplateOnDisk.LoadWith(
            "R: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(1 hour), Targets: [{ Id: t, Arn: !GetAtt Q.Arn, Input: '{\"n\":1}' }] } }"
        );

        var run = await host.RunForAsync(TimeSpan.FromHours(2));

        Assert.Equal(["""{"n":1}""", """{"n":1}"""], run.Queue("Q").Messages.Select(message => message.Body));
    }

    [Fact]
    public void An_expression_that_cannot_be_read_is_an_error_that_tells_what_is_allowed()
    {
        var exception = Assert.Throws<ValidationException>(() => WithEvent("{ Type: Schedule, Properties: { Schedule: rate(5 minute) } }", []));

        Assert.StartsWith(
            "ValidationException: Parameter ScheduleExpression is not valid.\n  'rate(5 minute)' is none of these:\n  rate(1 minute), rate(5 minutes), ",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Schedule: !Ref Cron", "its expression is not known: ")]
    [InlineData("Schedule: rate(1 minute), State: !Ref Cron", "whether it is enabled is not known: ")]
    [InlineData("Schedule: rate(1 minute), Input: !Ref Cron", "its input is not known: ")]
    [InlineData("Schedule: rate(1 minute), InputPath: $.detail", "its input is not known: it is made of the event")]
    public async Task What_the_template_does_not_tell_of_a_schedule_is_said_where_it_would_fire(string properties, string why)
    {
        List<string> seen = [];
        await using var host = WithEvent($"{{ Type: Schedule, Properties: {{ {properties} }} }}", seen);

        await host.RunUntilIdleAsync();
        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => host.RunForAsync(TimeSpan.FromMinutes(1)));

        Assert.Contains($" invokes 'Tick', but cannot be simulated: {why}", exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("The schedule 'Often' of ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_zone_is_not_guessed()
    {
        await using var host = WithEvent(
            "{ Type: ScheduleV2, Properties: { ScheduleExpression: cron(0 12 * * ? *), ScheduleExpressionTimezone: Europe/Vienna } }",
            []
        );

        Assert.Contains(
            "its time zone is not UTC, or not known: Europe/Vienna",
            (await Assert.ThrowsAsync<NotSupportedException>(() => host.RunForAsync(TimeSpan.FromMinutes(1)))).Message,
            StringComparison.Ordinal
        );
    }
}
