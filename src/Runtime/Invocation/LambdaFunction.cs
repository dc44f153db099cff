using System.Reflection;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Invocation.Executables;

namespace AtLeastOnce.Runtime;

/// <summary>A Lambda function around a real handler.</summary>
public sealed partial class LambdaFunction
{
    private TimeSpan timeout = TimeSpan.FromSeconds(Defaults.FunctionTimeout);
    private int? reservedConcurrency;

    /// <summary>A function without a handler yet.</summary>
    /// <param name="name">The function's name, 1 to 64 characters.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    internal LambdaFunction(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > 64)
            throw new ArgumentException($"The function name '{name}' is longer than 64 characters.", nameof(name));
        Name = name;
    }

    /// <summary>A function whose execution environments each have their own handler, as in Lambda: <c>() =&gt; new Function(store).HandleAsync</c>.</summary>
    /// <param name="name">The function's name, 1 to 64 characters.</param>
    /// <param name="factory">Makes the handler of an execution environment, at its first invocation.</param>
    public LambdaFunction(string name, Func<Delegate> factory)
        : this(name) => Handle(factory);

    /// <summary>A function whose execution environments all share one handler.</summary>
    /// <param name="name">The function's name, 1 to 64 characters.</param>
    /// <param name="handler">The handler, of any shape that Lambda accepts.</param>
    /// <exception cref="InvalidHandlerException">Lambda could not use the handler.</exception>
    public LambdaFunction(string name, Delegate handler)
        : this(name) => Handle(handler);

    /// <summary>A function whose execution environments all share one instance.</summary>
    /// <param name="name">The function's name, 1 to 64 characters.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="method">The name of its handler method.</param>
    /// <exception cref="InvalidHandlerException">There is no such method, or several, or Lambda could not use it.</exception>
    public LambdaFunction(string name, object instance, string method)
        : this(name) => Handle(HandlerMethod.Bind(instance, method));

    /// <summary>A function whose execution environments are processes, for a Native AOT or custom-runtime function and executable assemblies.</summary>
    /// <param name="name">The function's name, 1 to 64 characters.</param>
    /// <param name="executable">The program.</param>
    public LambdaFunction(string name, LambdaExecutable executable)
        : this(name) => Handle(executable);

    /// <summary>The function's name.</summary>
    public string Name { get; }

    /// <summary>How long an invocation may take, whole seconds from 1 s to 15 min. Default 3 s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public TimeSpan Timeout
    {
        get => timeout;
        set =>
            timeout =
                Limits.FunctionTimeout.Contains((int)value.TotalSeconds) && value.Ticks % TimeSpan.TicksPerSecond == 0
                    ? Told(value, nameof(Timeout))
                    : throw new ArgumentOutOfRangeException(nameof(value), value, "A function's timeout is whole seconds, from 1 to 900.");
    }

    /// <summary>The memory in MB, as <c>ILambdaContext</c> tells it. Default 128. It has no effect on the run.</summary>
    public int MemorySize { get; set; } = Defaults.FunctionMemorySize;

    /// <summary>
    /// The most invocations at once; null (the default) for no limit but the account's. What comes above is throttled (C-13), which uses up receives of queue
    /// messages (S-7). 0 stops the function.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int? ReservedConcurrency
    {
        get => reservedConcurrency;
        set =>
            reservedConcurrency = value is null or >= 0
                ? Told(value, nameof(ReservedConcurrency))
                : throw new ArgumentOutOfRangeException(nameof(value), value, "Reserved concurrency is 0 or more.");
    }

    /// <summary>The function's ARN; known once a host has it.</summary>
    public string Arn { get; internal set; } = "";

    /// <summary>The logical id in the template.</summary>
    internal string? LogicalId { get; init; }

    /// <summary>What messages and histories call the function.</summary>
    internal string Label => LogicalId ?? Name;

    /// <summary>What the template leaves open.</summary>
    internal OpenSettings Open { get; } = new();

    internal TimeSpan TakesPerInvocation { get; private set; }

    internal TimeSpan TakesPerRecord { get; private set; }

    /// <summary>Makes the handler of an execution environment; null as long as the function has none.</summary>
    internal Func<ExecutionEnvironment, Delegate>? Factory { get; private set; }

    /// <summary>Whether its code runs in processes of its own, which have limits of real time of their own.</summary>
    internal bool IsExecutable { get; private set; }

    internal object? Serializer { get; private set; }

    /// <summary>The assembly that the template's handler string names, if it is loaded.</summary>
    internal Assembly? DeployedAssembly { get; set; }

    /// <summary>The template's handler string, if it is known.</summary>
    internal string? DeployedHandler { get; init; }

    internal FunctionRunner? Runner { get; set; }

    /// <summary>
    /// Says how long an invocation takes in virtual time, on top of what its own delays and wrapped calls take. The time passes after the handler's code: its
    /// effects are made even if the function then times out.
    /// </summary>
    /// <param name="perInvocation">For each invocation; zero or more.</param>
    /// <param name="perRecord">For each record of its batch; zero or more.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public LambdaFunction Takes(TimeSpan perInvocation = default, TimeSpan perRecord = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perInvocation, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(perRecord, TimeSpan.Zero);
        (TakesPerInvocation, TakesPerRecord) = (perInvocation, perRecord);
        return this;
    }

    /// <summary>Names the serializer, if the handler's code does not declare one with <c>LambdaSerializerAttribute</c>.</summary>
    /// <param name="serializer">An <c>Amazon.Lambda.Core.ILambdaSerializer</c>.</param>
    /// <returns>The function.</returns>
    /// <exception cref="ArgumentException">It is none.</exception>
    public LambdaFunction WithSerializer(object serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        Serializer = AmazonLambdaCore.SerializerInterfaceOf(serializer) is not null
            ? serializer
            : throw new ArgumentException($"'{serializer.GetType()}' does not implement {AmazonLambdaCore.SerializerName}.", nameof(serializer));
        return this;
    }

    internal void Handle(Func<Delegate> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Handle(_ => factory(), isExecutable: false);
    }

    internal void Handle(Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        HandlerShape.Of(handler);
        Handle(_ => handler, isExecutable: false);
    }

    internal void Handle(LambdaExecutable executable)
    {
        ArgumentNullException.ThrowIfNull(executable);
        Handle(environment => new ExecutableHandler(environment, Runner!, executable).HandleAsync, isExecutable: true);
    }

    private void Handle(Func<ExecutionEnvironment, Delegate> factory, bool isExecutable) => (Factory, IsExecutable) = (factory, isExecutable);

    private T Told<T>(T value, string setting)
    {
        Open.Close(setting);
        return value;
    }
}
