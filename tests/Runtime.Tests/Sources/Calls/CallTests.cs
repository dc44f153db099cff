using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Calls;

/// <summary>Invocations whose caller waits (Y-1 to Y-3).</summary>
public class CallTests
{
    private sealed record Question(int Number);

    private sealed record Answer(int Number);

    private static LambdaFunction Doubles(string name = "double") =>
        new(name, (Question question) => question.Number < 0 ? throw new ArgumentException("negative") : new Answer(question.Number * 2));

    [Fact]
    public async Task Y1_a_call_runs_the_host_and_gives_the_functions_response()
    {
        await using var host = new LambdaTestHost();

        var response = await host.CallAsync<Answer>(Doubles(), new Question(21));

        Assert.Equal((200, null, """{"Number":42}"""), (response.StatusCode, response.FunctionError, response.Payload));
        Assert.Equal(new Answer(42), response.EnsureSuccess());
        Assert.Equal(Seconds(0.1), (await host.RunUntilIdleAsync()).End);
    }

    [Fact]
    public async Task Y1_strings_are_JSON_and_nothing_is_an_empty_object()
    {
        await using var host = new LambdaTestHost().Add(Doubles());

        Assert.Equal(6, (await host.CallAsync<Answer>("double", """{"Number":3}""")).Response!.Number);
        Assert.Equal(0, (await host.CallAsync<Answer>("double")).Response!.Number);
        await Assert.ThrowsAsync<AwsErrorException>(() => host.CallAsync<Answer>("double", "{"));
        Assert.StartsWith(
            "No function 'doubel' in this host; it has double.",
            (await Assert.ThrowsAsync<ArgumentException>(() => host.CallAsync<Answer>("doubel"))).Message,
            StringComparison.Ordinal
        );
        var nothing = await host.CallAsync<Answer>(new LambdaFunction("nothing", () => { }));
        Assert.Equal((200, "", null), (nothing.StatusCode, nothing.Payload, nothing.Response));
    }

    [Fact]
    public async Task Y2_an_error_is_a_result_and_nothing_is_tried_again()
    {
        await using var host = new LambdaTestHost();

        var response = await host.CallAsync<Answer>(Doubles(), new Question(-1));

        Assert.Equal((200, "Unhandled"), (response.StatusCode, response.FunctionError));
        Assert.Equal("""{"errorType":"ArgumentException","errorMessage":"negative"}""", response.Payload);
        Assert.Null(response.Response);
        var exception = Assert.Throws<InvalidOperationException>(() => response.EnsureSuccess());
        Assert.Equal("'double' failed: ArgumentException: negative (Y-2).", exception.Message);
        Assert.IsType<ArgumentException>(exception.InnerException);
        var run = await host.RunUntilIdleAsync();
        Assert.Equal(
            """
              00:00:00.000  double #1     ▶ called with {"Number":-1}
              00:00:00.100  double #1     ✖ failed: ArgumentException: negative

            """,
            run.Timeline
        );
    }

    [Fact]
    public async Task Y2_a_timeout_is_an_error_after_the_functions_time()
    {
        await using var host = new LambdaTestHost();
        var function = new LambdaFunction("slow", () => Task.Delay(Seconds(10), host.TimeProvider));

        var response = await host.CallAsync<Answer>(function);

        Assert.Equal(("Unhandled", "Sandbox.Timedout"), (response.FunctionError, response.Error!.Type));
        Assert.Equal(Seconds(3), (await host.RunUntilIdleAsync()).End);
    }

    [Fact]
    public async Task Y3_a_throttled_call_is_429_and_did_not_run()
    {
        await using var host = new LambdaTestHost();
        var function = Doubles();
        function.ReservedConcurrency = 0;

        var response = await host.CallAsync<Answer>(function, new Question(1));

        Assert.Equal((429, "TooManyRequestsException", null), (response.StatusCode, response.ErrorType, response.FunctionError));
        Assert.Equal("""{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}""", response.Payload);
        Assert.Equal(
            "'double' was throttled and did not run: reserved concurrency 0 is in use (Y-3).",
            Assert.Throws<InvalidOperationException>(() => response.EnsureSuccess()).Message
        );
        var run = await host.RunUntilIdleAsync();
        Assert.Empty(run.Invocations);
        Assert.Single(run.Events.OfType<CallThrottled>());
    }

    [Fact]
    public async Task A_call_lets_everything_else_happen_up_to_its_end_and_the_run_goes_on_from_there()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        scenario.Function.Takes(perRecord: Seconds(1));
        _ = scenario.Host;
        scenario.Queue.SendMany("1", "2");

        await scenario.Host.CallAsync<Answer>(Doubles(), new Question(1));
        Assert.Equal(2, scenario.Queue.Messages.Count);
        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Empty(scenario.Queue.Messages);
        Assert.Equal(["orders", "double"], run.Invocations.Select(invocation => invocation.Function));
        Assert.Equal(Seconds(2), run.End);
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("orders").ToString());
        Assert.Equal(7 * 2, (await scenario.Host.CallAsync<Answer>("double", new Question(7))).Response!.Number);
    }

    [Fact]
    public async Task A_handler_calls_another_function_and_waits_in_virtual_time()
    {
        await using var host = new LambdaTestHost();
        var inner = Doubles().Takes(perInvocation: Seconds(2));
        List<TimeSpan> remaining = [];
        var outer = new LambdaFunction(
            "outer",
            async (Question question, Amazon.Lambda.Core.ILambdaContext context) =>
            {
                var response = await host.CallAsync<Answer>(inner, question);
                remaining.Add(context.RemainingTime);
                var again = await host.CallAsync<Answer>(inner, new Question(-1)).ConfigureAwait(false);
                return $"{response.Response!.Number} {again.FunctionError}";
            }
        )
        {
            Timeout = Seconds(10),
        };

        var response = await host.CallAsync<string>(outer, new Question(4));

        Assert.Equal("8 Unhandled", response.Response);
        Assert.Equal([Seconds(8)], remaining);
        var run = await host.RunUntilIdleAsync();
        Assert.Equal(
            [("outer", 0.0), ("double", 0.0), ("double", 2.0)],
            run.Invocations.Select(invocation => (invocation.Function, invocation.Start.TotalSeconds))
        );
        Assert.Equal(Seconds(4), run.Invocations[0].End);
        Assert.False(run.UsedRealTime);
    }

    [Fact]
    public async Task A_handler_makes_calls_side_by_side_and_blocking_ones()
    {
        await using var host = new LambdaTestHost();
        var inner = Doubles().Takes(perInvocation: Seconds(2));
        var parallel = new LambdaFunction(
            "parallel",
            async () =>
            {
                var answers = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => host.CallAsync<Answer>(inner, new Question(number))));
                return answers.Sum(answer => answer.Response!.Number);
            }
        );
        var blocking = new LambdaFunction("blocking", () => host.CallAsync<Answer>(inner, new Question(5)).GetAwaiter().GetResult().Response!.Number);

        Assert.Equal(12, (await host.CallAsync<int>(parallel)).EnsureSuccess());
        Assert.Equal(10, (await host.CallAsync<int>(blocking)).EnsureSuccess());

        var run = await host.RunUntilIdleAsync();
        Assert.Equal(
            [("parallel", 0.0, 2.0), ("double", 0.0, 2.0), ("double", 0.0, 2.0), ("double", 0.0, 2.0), ("blocking", 2.0, 4.0), ("double", 2.0, 4.0)],
            run.Invocations.Select(invocation => (invocation.Function, invocation.Start.TotalSeconds, invocation.End!.Value.TotalSeconds))
        );
    }

    [Fact]
    public async Task A_caller_that_times_out_does_not_go_on_when_the_answer_comes()
    {
        await using var host = new LambdaTestHost();
        var inner = Doubles().Takes(perInvocation: Seconds(2));
        var wentOn = false;
        var outer = new LambdaFunction(
            "outer",
            async () =>
            {
                await host.CallAsync<Answer>(inner, new Question(4));
                wentOn = true;
            }
        )
        {
            Timeout = Seconds(1),
        };

        var response = await host.CallAsync<string>(outer);
        var run = await host.RunUntilIdleAsync();

        Assert.Equal("Sandbox.Timedout", response.Error!.Type);
        Assert.False(wentOn);
        Assert.Equal(Seconds(2), run.Invocations[1].End);
        Assert.False(run.UsedRealTime);
    }

    [Fact]
    public async Task A_second_driver_is_refused()
    {
        await using var host = new LambdaTestHost();
        var function = Doubles();
        var blocked = new TaskCompletionSource();
        var running = host.CallAsync<string>(new LambdaFunction("waits", () => blocked.Task));

        Assert.StartsWith(
            "This host is running",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => host.CallAsync<Answer>(function))).Message,
            StringComparison.Ordinal
        );
        blocked.SetResult();
        await running;
        Assert.Equal(2, (await host.CallAsync<Answer>(function, new Question(1))).Response!.Number);
    }
}
