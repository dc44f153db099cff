using AtLeastOnce.Runtime.Sources.Async;

namespace AtLeastOnce.Runtime;

public sealed partial class LambdaTestHost
{
    /// <summary>
    /// Invokes a function asynchronously, as with <c>InvocationType=Event</c>: the event goes into the function's queue, and runs when the host runs. Function errors are
    /// retried after one and two minutes, throttles for up to the maximum event age, and then <see cref="LambdaFunction.EventInvokeConfig"/> and
    /// <see cref="LambdaFunction.DeadLetterQueue"/> say who learns of it.
    /// </summary>
    /// <param name="function">The function; it comes into the host.</param>
    /// <param name="payload">A string is JSON as it is; anything else is serialised; null is <c>{}</c>.</param>
    /// <returns>Lambda's answer: 202.</returns>
    /// <exception cref="AwsErrorException">The payload is no JSON, or larger than 1 MB .</exception>
    /// <exception cref="InvalidOperationException">The host runs, and the caller is none of its handlers; or the function belongs to another host.</exception>
    public AcceptedEvent InvokeEvent(LambdaFunction function, object? payload = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var bytes = InvocationPayload.Of(payload, InvocationPayload.Event);
        return simulation.Scheduler.Serve(() =>
        {
            Add(function);
            var accepted = function.Events.Accept(bytes, simulation.CallerNow, from: null);
            return new AcceptedEvent(202, accepted.AwsRequestId, accepted.Number);
        });
    }

    /// <summary>Invokes a function of the host asynchronously.</summary>
    /// <param name="function">The function's name, or its logical id in the template.</param>
    /// <param name="payload">A string is JSON as it is; anything else is serialised; null is <c>{}</c>.</param>
    /// <returns>Lambda's answer: 202.</returns>
    /// <exception cref="ArgumentException">There is no function of that name; the message lists those there are.</exception>
    /// <inheritdoc cref="InvokeEvent(LambdaFunction, object?)" path="/exception"/>
    public AcceptedEvent InvokeEvent(string function, object? payload = null) => InvokeEvent(Function(function), payload);
}
