using AtLeastOnce.Runtime.Hosting;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources;
using AtLeastOnce.Runtime.Sources.Sqs;

namespace AtLeastOnce.Runtime;

/// <summary>
/// Runs real Lambda handlers behind event source mappings as AWS runs them, in virtual time: batches, retries, visibility timeouts, dead-letter queues, throttling
/// and timeouts. Everything is determined by the scenario and the seed.
/// </summary>
/// <remarks>One thread drives a host at a time. Handlers, and the objects they call, may call into the host while it runs.</remarks>
public sealed partial class LambdaTestHost : IAsyncDisposable
{
    private const string InCode = "this host";

    private readonly List<EventSource> sources = [];
    private readonly List<LambdaFunction> functions = [];
    private readonly List<EventSourceMappingOptions> mappings = [];
    private readonly AccountConcurrency account;
    private readonly Simulation simulation;
    private IReadOnlyList<LeftOutMapping> leftOut = [];
    private object? serializer;
    private bool hasRun;
    private bool isDisposed;

    /// <summary>A host with the default options.</summary>
    public LambdaTestHost()
        : this(new()) { }

    /// <summary>A host.</summary>
    /// <param name="options">Seed, start, and what is assumed where AWS documents nothing.</param>
    /// <exception cref="ArgumentException">A value of the options is out of its range.</exception>
    public LambdaTestHost(LambdaTestHostOptions options)
        : this(options, templateName: null) { }

    private LambdaTestHost(LambdaTestHostOptions options, string? templateName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        this.templateName = templateName;
        simulation = new(options) { Adopt = Attach, AdoptFunction = function => Add(function) };
        account = new(options.AccountConcurrency);
    }

    /// <summary>The options.</summary>
    public LambdaTestHostOptions Options => simulation.Options;

    /// <summary>What goes wrong beside what the code does itself.</summary>
    public Faults Faults => simulation.Faults;

    /// <summary>
    /// The virtual clock. Give it to the code under test: inside of a handler it shows the invocation's own time, and its timers belong to the invocation.
    /// </summary>
    public TimeProvider TimeProvider => simulation.TimeProvider;

    /// <summary>The mappings.</summary>
    public IReadOnlyList<EventSourceMappingOptions> Mappings => mappings;

    private string Where => templateName ?? InCode;

    /// <summary>Makes a mapping from a source to a function.</summary>
    /// <param name="source">The source; a queue comes into the host with its dead-letter queue.</param>
    /// <param name="function">The function.</param>
    /// <param name="configure">Sets the mapping up.</param>
    /// <returns>The host.</returns>
    /// <exception cref="AwsRefusalException">AWS refuses the mapping.</exception>
    /// <exception cref="InvalidOperationException">
    /// The source or function belongs to another host, or the host has been run, or it is running and the caller is none of its handlers.
    /// </exception>
    public LambdaTestHost Map(EventSource source, LambdaFunction function, Action<EventSourceMappingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(function);
        return Change(() =>
        {
            ThrowIfFixed();
            Add(source);
            Add(function);
            var name = mappings.Exists(mapping => mapping.Function == function) ? $"{function.Label}-{source.Label}" : function.Label;
            var options = new EventSourceMappingOptions(name, source, function) { Ordinal = mappings.Count };
            options.Join(simulation);
            configure?.Invoke(options);
            MappingValidation.Check(options);
            MappingValidation.CheckNew(options, mappings, simulation.Choices);
            if (mappings.Exists(mapping => mapping.Name == options.Name))
                throw new ArgumentException($"There is a mapping '{options.Name}' already: set another Name.", nameof(configure));
            mappings.Add(options);
        });
    }

    /// <summary>Takes a source into the host that no mapping reads, a queue with its dead-letter queue.</summary>
    /// <returns>The host.</returns>
    public LambdaTestHost Add(EventSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Change(() => Attach(source));
    }

    /// <summary>Sets the serializer of all functions that neither have one of their own nor declare one in their code.</summary>
    /// <param name="serializer">An <c>Amazon.Lambda.Core.ILambdaSerializer</c>.</param>
    /// <returns>The host.</returns>
    /// <exception cref="ArgumentException">It is none.</exception>
    public LambdaTestHost WithSerializer(object serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        if (AmazonLambdaCore.SerializerInterfaceOf(serializer) is null)
        {
            throw new ArgumentException($"'{serializer.GetType()}' does not implement {AmazonLambdaCore.SerializerName}.", nameof(serializer));
        }

        return Change(() => this.serializer = serializer);
    }

    /// <summary>A queue of the host.</summary>
    /// <param name="name">Its name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public SqsQueue Queue(string name) => FindSource<SqsQueue>("queue", name);

    /// <summary>A function of the host.</summary>
    /// <param name="name">Its name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public LambdaFunction Function(string name) => Find("function", name, functions, function => [function.Label, function.Name]);

    /// <summary>A mapping of the host.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public EventSourceMappingOptions Mapping(string name) => Find("mapping", name, mappings, mapping => [mapping.Name]);

    /// <summary>Gives a function of the host its handler; each execution environment gets its own from the factory.</summary>
    /// <param name="function">The function's name, or its logical id in the template.</param>
    /// <param name="factory">Makes a handler: <c>() =&gt; new Function(store).HandleAsync</c>.</param>
    /// <returns>The host.</returns>
    public LambdaTestHost Handle(string function, Func<Delegate> factory)
    {
        return Change(() => Function(function).Handle(factory));
    }

    /// <summary>Gives a function of the host its handler, which all execution environments share.</summary>
    /// <param name="function">The function's name, or its logical id in the template.</param>
    /// <param name="handler">The handler, of any shape that Lambda accepts.</param>
    /// <returns>The host.</returns>
    /// <exception cref="InvalidHandlerException">Lambda could not use the handler.</exception>
    public LambdaTestHost Handle(string function, Delegate handler)
    {
        return Change(() => Function(function).Handle(handler));
    }

    /// <summary>Gives a function of the host its handler: a method of an instance that all execution environments share.</summary>
    /// <param name="function">The function's name, or its logical id in the template.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="method">The method's name.</param>
    /// <returns>The host.</returns>
    /// <exception cref="InvalidHandlerException">There is no such method, or several, or Lambda could not use it.</exception>
    public LambdaTestHost Handle(string function, object instance, string method)
    {
        return Change(() => Function(function).Handle(HandlerMethod.Bind(instance, method)));
    }

    /// <summary>Gives a function of the host a program, which runs in processes of its own and in real time.</summary>
    /// <param name="function">The function's name, or its logical id in the template.</param>
    /// <param name="executable">The program.</param>
    /// <returns>The host.</returns>
    public LambdaTestHost Handle(string function, LambdaExecutable executable)
    {
        Function(function).Handle(executable);
        return this;
    }

    /// <summary>Ends the host, and the processes of functions that are programs.</summary>
    /// <returns>When they are gone.</returns>
    public async ValueTask DisposeAsync()
    {
        isDisposed = true;
        await Task.WhenAll(functions.Select(function => function.Runner!.StopAsync().AsTask())).ConfigureAwait(false);
    }

    /// <summary>Takes a function into the host that no mapping feeds, with what it names as destinations.</summary>
    /// <returns>The host.</returns>
    /// <exception cref="ArgumentException">There is another function of that name.</exception>
    /// <exception cref="InvalidOperationException">The function belongs to another host.</exception>
    public LambdaTestHost Add(LambdaFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Change(() => Attach(function));
    }

    private void Attach(LambdaFunction function)
    {
        if (functions.Contains(function))
            return;
        if (function.Runner is not null)
            throw new InvalidOperationException($"The function '{function.Name}' belongs to another host. Make a function for each host.");
        if (functions.Exists(other => other.Name == function.Name))
            throw new ArgumentException($"There is a function '{function.Name}' already.", nameof(function));
        function.Arn = $"arn:aws:lambda:{Options.Region}:{Options.AccountId}:function:{function.Name}";
        function.Runner = new(simulation, function, Faults, account, functions.Count) { DefaultSerializer = serializer };
        functions.Add(function);
        function.JoinDestinations(simulation);
    }

    private void Attach(EventSource source)
    {
        if (sources.Contains(source))
            return;
        if (sources.Exists(other => other.Kind == source.Kind && other.Name == source.Name))
            throw new ArgumentException($"There is a {source.Kind.ToLowerInvariant()} '{source.Name}' already.", nameof(source));

        // Entered first, because a queue may bring others that lead back to it.
        sources.Add(source);
        try
        {
            source.Attach(simulation, sources.Count - 1);
        }
        catch
        {
            sources.Remove(source);
            throw;
        }
    }

    /// <summary>Changes what the host has: between runs, or from a handler; of several threads one after the other.</summary>
    private LambdaTestHost Change(Action change)
    {
        lock (simulation.Scheduler.Gate)
        {
            simulation.Scheduler.ThrowIfStranger();
            change();
        }

        return this;
    }

    private T FindSource<T>(string kind, string name)
        where T : EventSource => Find(kind, name, sources.OfType<T>(), source => [source.Label, source.Name]);

    private T Find<T>(string kind, string name, IEnumerable<T> all, Func<T, string[]> namesOf)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (simulation.Scheduler.Gate)
        {
            foreach (var candidate in all)
            {
                if (namesOf(candidate).Contains(name))
                    return candidate;
            }

            throw new ArgumentException(Names.Missing(kind, name, Where, [.. all.Select(candidate => namesOf(candidate)[0])]), nameof(name));
        }
    }

    private void ThrowIfFixed()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (hasRun)
            throw new InvalidOperationException("The host has been run: mappings are made before the first run.");
    }
}
