using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Async;
using AtLeastOnce.Runtime.Sources.Calls;

namespace AtLeastOnce.Runtime;

public sealed partial class LambdaTestHost
{
    private readonly List<(string Name, Schedule Schedule)> schedules = [];

    /// <summary>
    /// Invokes a function and waits for its result, as with <c>InvocationType=RequestResponse</c>. From the test it runs the host until the result is there, with whatever
    /// else happens in that time; from a handler it takes the invocation's own virtual time.
    /// </summary>
    /// <typeparam name="TResponse">What the function answers; read from its JSON, property names in any case.</typeparam>
    /// <param name="function">The function; it comes into the host.</param>
    /// <param name="request">A string is JSON as it is; anything else is serialised; null is <c>{}</c>.</param>
    /// <returns>The function's response or error, or that it was throttled: nothing is tried again (Y-1).</returns>
    /// <exception cref="AwsErrorException">The request is no JSON, or larger than 6 MB.</exception>
    /// <exception cref="System.Text.Json.JsonException">The response is no such JSON.</exception>
    /// <exception cref="InvalidOperationException">A run is under way and the caller is none of its handlers, or a function has no handler.</exception>
    /// <inheritdoc cref="RunUntilIdleAsync" path="/exception"/>
    public async Task<InvokeResponse<TResponse>> CallAsync<TResponse>(LambdaFunction function, object? request = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        var payload = InvocationPayload.Of(request, InvocationPayload.RequestResponse);
        return new(function.Label, await CallAsync(function, payload).ConfigureAwait(false));
    }

    /// <summary>Invokes a function of the host and waits for its result.</summary>
    /// <typeparam name="TResponse">What the function answers.</typeparam>
    /// <param name="function">The function's name, or its logical id in the template.</param>
    /// <param name="request">A string is JSON as it is; anything else is serialised; null is <c>{}</c>.</param>
    /// <returns>The function's response or error, or that it was throttled.</returns>
    /// <exception cref="ArgumentException">There is no function of that name; the message lists those there are.</exception>
    /// <inheritdoc cref="CallAsync{TResponse}(LambdaFunction, object?)" path="/exception"/>
    public Task<InvokeResponse<TResponse>> CallAsync<TResponse>(string function, object? request = null) => CallAsync<TResponse>(Function(function), request);

    /// <summary>A load balancer with a function as its target (L-1 to L-5).</summary>
    /// <param name="function">The function; it comes into the host.</param>
    /// <param name="multiValueHeaders">
    /// The target group's attribute <c>lambda.multi_value_headers.enabled</c>: whether requests and responses have lists of values for headers and query parameters.
    /// </param>
    /// <returns>The load balancer; a client of it: <c>new HttpClient(host.LoadBalancer(function))</c>.</returns>
    public LoadBalancer LoadBalancer(LambdaFunction function, bool multiValueHeaders = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Add(function);
        return new(simulation, function, multiValueHeaders, CallAsync);
    }

    /// <summary>
    /// Invokes a function asynchronously at a rate, first when the rate's time is over (N-10). A schedule never ends: it fires in <see cref="RunForAsync"/> only, and in
    /// <see cref="RunUntilIdleAsync"/>, which waits for the end of everything, its times pass without effect.
    /// </summary>
    /// <param name="rate">How often: whole minutes, at least one.</param>
    /// <param name="function">The function; it comes into the host.</param>
    /// <param name="name">The rule's name; null for one made of the function's.</param>
    /// <returns>The host.</returns>
    /// <exception cref="ValidationException">EventBridge refuses the rate.</exception>
    /// <exception cref="ArgumentException">There is a schedule of that name.</exception>
    public LambdaTestHost Schedule(TimeSpan rate, LambdaFunction function, string? name = null)
    {
        if (rate < TimeSpan.FromMinutes(1) || rate.Ticks % TimeSpan.TicksPerMinute != 0)
            throw new ValidationException("Parameter ScheduleExpression is not valid.", "N-10");
        return Schedule(ScheduleTimes.Every(rate), function, name);
    }

    /// <summary>Invokes a function asynchronously as an expression says, in UTC (N-10); as with a rate, in <see cref="RunForAsync"/> only.</summary>
    /// <param name="expression"><c>rate(5 minutes)</c>, <c>cron(0 12 ? * MON-FRI *)</c>, or once <c>at(2026-01-31T12:00:00)</c>.</param>
    /// <param name="function">The function; it comes into the host.</param>
    /// <param name="name">The rule's name; null for one made of the function's.</param>
    /// <returns>The host.</returns>
    /// <exception cref="ValidationException">EventBridge refuses the expression; the message says what it takes.</exception>
    /// <exception cref="ArgumentException">There is a schedule of that name.</exception>
    public LambdaTestHost Schedule(string expression, LambdaFunction function, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return Schedule(ScheduleTimes.Read(expression), function, name);
    }

    private LambdaTestHost Schedule(ScheduleTimes times, LambdaFunction function, string? name)
    {
        ArgumentNullException.ThrowIfNull(function);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var rule = name ?? $"{function.Label}-schedule";
        return Change(() =>
        {
            if (schedules.Exists(other => other.Name == rule))
                throw new ArgumentException($"There is a schedule '{rule}' already.", nameof(name));
            Attach(function);
            Add(times, new(rule, function));
        });
    }

    private void Add(ScheduleTimes times, ScheduledEvent sent) => schedules.Add((sent.Name, new(simulation, times, sent, schedules.Count)));

    private async Task<InvocationAnswer> CallAsync(LambdaFunction function, byte[] payload)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var scheduler = simulation.Scheduler;
        var caller = WorkScope.Current is { } scope && scope.Scheduler == scheduler ? scope : null;
        SynchronousCall call;
        Task ended;
        lock (scheduler.Gate)
        {
            scheduler.ThrowIfStranger();
            var drives = !scheduler.IsRunning;
            Attach(function);
            if (drives)
                Prepare();
            call = SynchronousCall.Start(function.Runner!, payload, caller);
            scheduler.Wake();
            ended = drives ? scheduler.RunAsync(until: null, () => call.IsDone) : call.Ended;
        }

        await ended.ConfigureAwait(false);
        return call.Answer;
    }
}
