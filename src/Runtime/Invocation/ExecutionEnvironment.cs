using AtLeastOnce.Runtime.Invocation.Executables;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>An execution environment: one instance of the handler, one invocation at a time, kept warm until it crashes or times out.</summary>
#pragma warning disable CA1001 // The stream is on memory.
internal sealed class ExecutionEnvironment : WorkScope
#pragma warning restore CA1001
{
    private static readonly ContextCallback Start = static state => ((ExecutionEnvironment)state!).StartHandler();
    private static readonly ContextCallback Finish = static state => ((ExecutionEnvironment)state!).FinishHandler();
    private static readonly SendOrPostCallback StartWork = static state => ExecutionContext.Run(((ExecutionEnvironment)state!).Flow, Start, state);
    private static readonly SendOrPostCallback FinishWork = static state => ExecutionContext.Run(((ExecutionEnvironment)state!).Flow, Finish, state);
    private static readonly Action<Task, object?> Wake = static (_, state) => ((RunningInvocation)state!).Environment.HandlerDone((RunningInvocation)state);

    private readonly FunctionRunner function;
    private readonly MemoryStream response = new();
    private readonly List<IDisposable> held = [];
    private Delegate? handler;
    private RuntimeProcess? process;
    private HandlerShape? shape;
    private HandlerSerializer? serializer;

    /// <summary>Makes an environment that has not run yet.</summary>
    public ExecutionEnvironment(FunctionRunner function, int number)
        : base(function.Simulation.Scheduler)
    {
        this.function = function;
        Number = number;
    }

    /// <summary>Counts the function's environments, from 1.</summary>
    public int Number { get; }

    /// <summary>The invocation under way, or null.</summary>
    public new RunningInvocation? Current { get; private set; }

    /// <summary>What the handler answered.</summary>
    public ReadOnlySpan<byte> Response => response.GetBuffer().AsSpan(0, (int)response.Length);

    /// <summary>The handler's serializer, once the environment has started.</summary>
    public object? Serializer => serializer?.Instance;

    /// <summary>Whether the handler returns a ValueTask, which Lambda's runtime takes for the response itself.</summary>
    public bool ReturnsValueTask => shape is { ReturnsValueTask: true };

    /// <summary>Its process has ended by itself.</summary>
    public bool HasDied => process is { HasExited: true };

    /// <inheritdoc/>
    public override bool LimitsRealWork => function.Settings.IsExecutable;

    /// <summary>The log stream's name, as AWS makes it.</summary>
    public string LogStreamName =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{function.Simulation.Options.Start:yyyy/MM/dd}/[$LATEST]{function.Simulation.Choices.EnvironmentText(((long)function.Ordinal << 32) + Number)}"
        );

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"{function.Label} #{Current?.Number}");

    /// <summary>Starts an invocation; the handler runs after what is running.</summary>
    public void Begin(RunningInvocation invocation)
    {
        Current = invocation;
        response.SetLength(0);
        Thaw();
        Scheduler.Enqueue(new(this, StartWork, this, UnderContext: true));
    }

    /// <summary>The invocation is over.</summary>
    public void EndInvocation(bool isLost)
    {
        Current = null;
        if (isLost)
            Lose();
        else
            Freeze();
    }

    /// <summary>The process dies within a wrapped call, from any thread: nothing of it runs any more.</summary>
    public void Crash()
    {
        lock (Scheduler.Gate)
        {
            if (IsKilled || Current is not { IsEnding: false } invocation)
                return;
            invocation.IsEnding = true;
            Scheduler.At(Math.Min(LocalNow, invocation.Deadline), invocation, RunningInvocation.CrashToken);
            Lose();
            Scheduler.Wake();
        }
    }

    /// <summary>Takes something that ends with the process, such as an open transaction.</summary>
    public void Hold(IDisposable resource)
    {
        lock (Scheduler.Gate)
        {
            held.Add(resource);
        }
    }

    /// <summary>The environment is a process from now on, which ends with it.</summary>
    public void Become(RuntimeProcess started)
    {
        process = started;
        Hold(started);
    }

    /// <summary>It has ended by itself.</summary>
    public void LetGo(IDisposable resource)
    {
        lock (Scheduler.Gate)
        {
            held.Remove(resource);
        }
    }

    /// <inheritdoc/>
    public override void ThrowIfEnded()
    {
        if (IsKilled)
            throw new InvocationEndedException(
                $"The invocation of {function.Label} that this code belongs to has ended by timeout or crash: in production nothing would run here."
            );
        if (Current is { IsDoomed: true })
            throw Doomed();
    }

    /// <summary>Synchronous code took virtual time; if it took too much, the function has timed out within it.</summary>
    /// <exception cref="InvocationEndedException">The function timed out.</exception>
    public void Spend(TimeSpan time)
    {
        var invocation = Current;
        SetLocal(LocalNow + time.Ticks);
        if (invocation is null || LocalNow <= invocation.Deadline)
            return;
        invocation.IsDoomed = true;
        throw Doomed();
    }

    /// <summary>A tracked call is under way; from any thread.</summary>
    /// <returns>What <see cref="EndCall"/> takes.</returns>
    public OpenCall BeginCall(Func<string>? name)
    {
        lock (Scheduler.Gate)
        {
            var call = new OpenCall(Epoch, name);
            BeginWait(call);
            return call;
        }
    }

    /// <summary>A tracked call is over; from any thread.</summary>
    public void EndCall(OpenCall call)
    {
        lock (Scheduler.Gate)
        {
            if (call.Epoch == Epoch && IsLive)
                EndWait(call);
            Scheduler.Wake();
        }
    }

    /// <inheritdoc/>
    public override void AfterSegment()
    {
        if (Current is not { IsEnding: false } invocation)
            return;
        if (invocation.HasReturned || invocation.IsDoomed)
            function.Returned(invocation);
        else if (!invocation.IsFinishing)
            function.Suspended(invocation);
    }

    /// <inheritdoc/>
    public override void Blocked()
    {
        if (Current is { IsEnding: false } invocation)
            function.Suspended(invocation);
    }

    /// <inheritdoc/>
    public override void Unhandled(Exception exception)
    {
        // Frozen work of an earlier invocation can bring the environment down too.
        if (Current is not { } invocation)
            return;
        if (exception is InvalidHandlerException)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
        function.Crash(invocation, exception);
    }

    private void Lose()
    {
        Kill();
        foreach (var resource in held)
        {
            try
            {
                resource.Dispose();
            }
#pragma warning disable CA1031 // What a lost process held may be in use or gone; a server would not tell anyone either.
            catch (Exception)
#pragma warning restore CA1031
            { }
        }

        held.Clear();
    }

    private InvocationEndedException Doomed() => new($"{Describe()} has timed out: in production nothing would run here.");

    private void StartHandler()
    {
        var invocation = Current!;
        if (invocation.Fault == FaultKind.CrashBeforeHandler)
        {
            Return(invocation, FunctionErrors.RuntimeExited(invocation));
            return;
        }

        if (handler is null && !TryInitialise(invocation))
            return;
        try
        {
            var input = shape!.InputType is null ? null : serializer!.Read(RequestStream(invocation));
            var context = shape.ContextType is null ? null : LambdaContextProxy.Create(shape.ContextType, invocation);
            var output = shape.Call(handler!, input, context);
            if (shape.Work is null)
            {
                Respond(invocation, output);
                return;
            }

            var work = shape.Work(output);
            invocation.Work = work;
            if (work.IsCompleted)
                FinishHandler();
            else
                work.ContinueWith(Wake, invocation, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
#pragma warning disable CA1031 // Whatever leaves the handler is a function error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Return(invocation, FunctionErrors.Of(exception));
        }
    }

    private bool TryInitialise(RunningInvocation invocation)
    {
        Delegate made;
        try
        {
            made =
                function.Settings.Factory!(this) ?? throw new InvalidHandlerException($"The factory of '{function.Label}' made no handler: it returned null.");
        }
#pragma warning disable CA1031 // A constructor that throws fails the invocation, and its environment is not used again.
        catch (Exception exception) when (exception is not InvalidHandlerException)
#pragma warning restore CA1031
        {
            invocation.LosesEnvironment = true;
            Return(invocation, FunctionErrors.Of(exception));
            return false;
        }

        shape = HandlerShape.Of(made);
        serializer = HandlerSerializer.For(
            function.Label,
            made,
            shape,
            function.Settings.Serializer ?? function.DefaultSerializer,
            function.Settings.DeployedAssembly
        );
        handler = made;
        return true;
    }

    private void FinishHandler()
    {
        if (Current is not { Work: { } work } invocation)
            return;
        try
        {
            work.GetAwaiter().GetResult();
            Respond(invocation, shape!.Result?.Invoke(work));
        }
#pragma warning disable CA1031 // Whatever leaves the handler is a function error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Return(invocation, FunctionErrors.Of(exception));
        }
    }

    private void Respond(RunningInvocation invocation, object? output)
    {
        if (shape!.OutputType is not null)
            serializer!.Write(output, response);
        invocation.Error = response.Length > FunctionErrors.MaximumResponseBytes ? FunctionErrors.ResponseTooLarge(response.Length) : null;
        invocation.HasReturned = true;
    }

    private static void Return(RunningInvocation invocation, FunctionError error)
    {
        invocation.Error = error;
        invocation.HasReturned = true;
    }

    // A handler that takes the stream itself may keep it; a serializer reads it at once.
    private MemoryStream RequestStream(RunningInvocation invocation)
    {
        if (invocation.Record is { } record)
            return record.RequestStream();
        var request = function.WriteEvent(invocation.Batch);
        return typeof(Stream).IsAssignableFrom(shape!.InputType) ? new(request.Written.ToArray(), writable: false) : request.ToStream();
    }

    private void HandlerDone(RunningInvocation invocation)
    {
        lock (Scheduler.Gate)
        {
            if (Current != invocation || IsKilled || invocation.IsFinishing)
                return;
            invocation.IsFinishing = true;
            Scheduler.Enqueue(new(this, FinishWork, this, UnderContext: true));
            Scheduler.Wake();
        }
    }
}
