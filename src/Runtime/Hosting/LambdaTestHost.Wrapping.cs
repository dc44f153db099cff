using System.Data.Common;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Invocation.Database;

namespace AtLeastOnce.Runtime;

public sealed partial class LambdaTestHost
{
    /// <summary>
    /// Puts an object of the test behind tracked calls: in virtual time each takes <paramref name="latency"/>, an invocation that has timed out or crashed gets no further than
    /// its next one, and <see cref="Faults"/> can strike at each. A call takes effect when it is made; its result comes after the latency. Calls of the test itself pass
    /// through, as do reads of properties and subscriptions to events.
    /// </summary>
    /// <remarks>Members that take or return spans cannot be wrapped. What a call returns is not wrapped in its turn.</remarks>
    /// <typeparam name="T">An interface.</typeparam>
    /// <param name="real">The object.</param>
    /// <param name="latency">What a call takes; none by default.</param>
    /// <returns>The wrapped object, for the handler.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is no interface.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The latency is negative.</exception>
    public T Wrap<T>(T real, TimeSpan? latency = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(real);
        if (!typeof(T).IsInterface)
            throw new ArgumentException(
                $"Wrap needs an interface, but got '{typeof(T)}'. Name the one the handler depends on: host.Wrap<IStore>(store).",
                nameof(real)
            );
        return WrappedCalls<T>.Wrap(real, Tracked(latency));
    }

    /// <summary>
    /// Puts HTTP behind tracked calls, as <see cref="Wrap{T}"/> does with an object: <c>new HttpClient(host.WrapHttp(fake))</c>, or such a client in the configuration of an AWS
    /// SDK client. The history names a request by method and address, without the query.
    /// </summary>
    /// <param name="inner">What answers: a fake, or a handler that really sends.</param>
    /// <param name="latency">What a request takes; none by default.</param>
    /// <returns>The handler for an <see cref="HttpClient"/>; it disposes the inner one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The latency is negative.</exception>
    public HttpMessageHandler WrapHttp(HttpMessageHandler inner, TimeSpan? latency = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new TrackedHttpHandler(inner, Tracked(latency));
    }

    /// <summary>
    /// Puts a database behind tracked calls, as <see cref="Wrap{T}"/> does with an object: every execution and preparation of a command, and the begin and end of every
    /// transaction. A transaction whose process is lost is rolled back, as a server does. Readers are those of the database.
    /// </summary>
    /// <param name="real">The connection, which Dapper, Entity Framework Core and the like take in its wrapped form.</param>
    /// <param name="latency">What a call takes; none by default.</param>
    /// <returns>The wrapped connection, for the handler; it disposes the real one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The latency is negative.</exception>
    public DbConnection WrapConnection(DbConnection real, TimeSpan? latency = null)
    {
        ArgumentNullException.ThrowIfNull(real);
        return new TrackedConnection(real, Tracked(latency));
    }

    private TrackedCalls Tracked(TimeSpan? latency) =>
        latency is { } negative && negative < TimeSpan.Zero
            ? throw new ArgumentOutOfRangeException(nameof(latency), latency, "A latency is zero or more.")
            : new(simulation, latency ?? TimeSpan.Zero);
}
