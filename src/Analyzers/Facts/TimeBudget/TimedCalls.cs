using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>What a call may take: a delay, a request of a client, work in a retry, or a method of the source. A task that nobody waits for in place takes no time.</summary>
internal sealed class TimedCalls
{
    private const int DeepestCall = 10;

    private readonly TimeEvaluator evaluator;
    private readonly AnalysisSession session;
    private readonly Handler handler;
    private readonly Quantities quantities;
    private readonly Cancellations cancellations;
    private readonly HttpClientLimits httpClients;
    private readonly AwsClientLimits awsClients;
    private readonly ResiliencePipelines pipelines;
    private readonly TimeSpan? assumed;
    private readonly CancellationToken cancellationToken;
    private readonly HashSet<IOperation> waitedFor = [];

    public TimedCalls(
        TimeEvaluator evaluator,
        AnalysisSession session,
        Handler handler,
        ValueOrigins origins,
        MemberDefinitions members,
        Quantities quantities,
        Cancellations cancellations,
        TimeSpan? assumed,
        CancellationToken cancellationToken
    )
    {
        (this.evaluator, this.session, this.handler, this.quantities, this.cancellations, this.assumed, this.cancellationToken) = (
            evaluator,
            session,
            handler,
            quantities,
            cancellations,
            assumed,
            cancellationToken
        );
        pipelines = new(origins, members, quantities);
        httpClients = new(origins, members, quantities, new(session.Compilation, session.Models, quantities, pipelines, cancellationToken));
        awsClients = new(origins, members, quantities);
    }

    /// <summary>The calls of clients that were come by, each once.</summary>
    public List<LimitedCall> Limited { get; } = [];

    /// <summary>Whether a call of a known client, database or service was come by.</summary>
    public bool HasCalledOut { get; set; }

    /// <summary>What a call and its arguments may take.</summary>
    public WorstCase Run(IInvocationOperation call, Frame frame)
    {
        if (SafeCalls.IsLogging(call))
            return WorstCase.None;
        cancellations.CancelAfter(call, frame);
        if (call.TargetMethod is { Name: "WhenAll" or "WaitAll" } && call.TargetMethod.ContainingType.Is("System.Threading.Tasks.Task"))
            return Together(call, frame);
        if (call is { TargetMethod.Name: "WaitAsync", Instance: { } task } && call.TargetMethod.ContainingType.Name == "Task")
            return Capped(call, task, frame);
        var time = evaluator.RunChildren(call, frame).Time;
        return IsWaitedFor(call) ? time.Then(Own(call, frame)) : time;
    }

    /// <summary>What a lambda or method group may take when it is called.</summary>
    public WorstCase RunFunction(IOperation function, IOperation? taker, Frame frame)
    {
        switch (function)
        {
            case IAnonymousFunctionOperation lambda:
                return evaluator.Run(lambda.Body, new Frame(lambda.Symbol, lambda.Body, taker, frame)).Time;
            case IMethodReferenceOperation reference when session.Calls.TargetOf(reference, handler.Type) is { } target:
                return Enter(target, taker, frame);
            default:
                return WorstCase.Unknown;
        }
    }

    private WorstCase Own(IInvocationOperation call, Frame frame)
    {
        var method = call.TargetMethod;
        HasCalledOut |= IsKnownService(call);
        if (NameOfWait(method) is { } wait)
            return Delay(call, frame, wait);
        if (ClientCalls.HttpReceiver(call) is { } http)
            return Request(call, frame, httpClients.Of(http, frame), attempts: 1);
        if (ClientCalls.AwsReceiver(call) is { } client)
        {
            var limit = awsClients.Of(client, frame);
            return Request(call, frame, limit?.Limit, limit?.Attempts ?? 1);
        }

        if (ResiliencePipelines.Runs(call))
            return FunctionOf(call) is { } work
                ? ResiliencePipelines.Apply(pipelines.Of(call.Instance!, frame), RunFunction(work, call, frame), call, frame)
                : WorstCase.Unknown;
        if (method is { Name: "Run", ContainingType: var type } && type.Is("System.Threading.Tasks.Task"))
            return FunctionOf(call) is { } started ? RunFunction(started, call, frame) : WorstCase.None;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return call.Instance is { } called && quantities.Function(called, frame) is { } function
                ? RunFunction(function.Operation, null, function.Frame)
                : WorstCase.Unknown;
        if (session.Calls.TargetOf(call, handler.Type) is { } target)
            return Enter(target, call, frame);
        return IsOutside(call) ? Opaque(call, frame) : WorstCase.None;
    }

    private bool IsKnownService(IInvocationOperation call) =>
        ClientCalls.HttpReceiver(call) is not null
        || ClientCalls.AwsReceiver(call) is not null
        || call.TargetMethod.ReturnType.Name is "Task" or "ValueTask"
            && (call.TargetMethod.ContainingType.IsIn("System.Data") || session.IsKnown(call.TargetMethod, cancellationToken));

    /// <summary>What a method of the source may take when it is called.</summary>
    public WorstCase Enter(IMethodSymbol target, IOperation? call, Frame frame)
    {
        if (
            frame.Depth >= DeepestCall
            || frame.Methods.Contains(target, SymbolEqualityComparer.Default)
            || session.Methods.Of(target, cancellationToken) is not { } body
        )
            return WorstCase.Unknown;
        return evaluator.Run(new Frame(target, body.Root, call, frame));
    }

    // How a message calls a method that does nothing but wait; null for any other.
    private static string? NameOfWait(IMethodSymbol method) =>
        (method.Name, (method.ReducedFrom ?? method).ContainingType) switch
        {
            ("Delay", var type) when type.Is("System.Threading.Tasks.Task") || type.Is("System.Threading.Tasks.TimeProviderTaskExtensions") => "Task.Delay",
            ("Sleep", var type) when type.Is("System.Threading.Thread") => "Thread.Sleep",
            _ => null,
        };

    private WorstCase Delay(IInvocationOperation call, Frame frame, string name)
    {
        var time = call.Arguments.FirstOrDefault(argument =>
            argument.Parameter?.Type is { } type && (type.Is("System.TimeSpan") || type.SpecialType == SpecialType.System_Int32)
        );
        var duration =
            time?.Value is not { } value ? null
            : time.Parameter!.Type.Is("System.TimeSpan") ? quantities.Duration(value, frame)
            : quantities.Number(value, frame) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
        var (kind, shared) = cancellations.Of(call, frame);
        if (duration is not { } wait || wait == TimeSpan.MaxValue || kind == TokenKind.Outer)
            return WorstCase.Unknown;
        return wait <= TimeSpan.Zero ? WorstCase.None : WorstCase.Of(new(call, frame, wait, LimitSource.Explicit, name, IsWait: true, shared));
    }

    private WorstCase Request(IInvocationOperation call, Frame frame, TimeLimit? limit, int attempts)
    {
        var (kind, shared) = cancellations.Of(call, frame);
        if (kind == TokenKind.Unknown)
            return WorstCase.Unknown;
        var shorter = TimeLimit.Shorter(limit, shared?.Limit);
        if (shorter is null)
            return Opaque(call, frame);
        if (!Limited.Exists(known => known.Operation == call))
            Limited.Add(new(call, frame, shorter));
        if (kind == TokenKind.Outer)
            return WorstCase.Unknown;
        var time = WorstCase.None;
        for (var attempt = 0; attempt < attempts; attempt++)
            time = time.Then(WorstCase.Of(new(call, frame, shorter.Longest, shorter.Source, shorter.Name, IsWait: false, shared)));
        return time;
    }

    private WorstCase Opaque(IInvocationOperation call, Frame frame) =>
        assumed is { } each
            ? WorstCase.Of(new(call, frame, each, LimitSource.Assumed, "assumed for " + call.TargetMethod.Name, IsWait: false))
            : WorstCase.Unknown;

    // What leaves the process, or may: anything that is awaited and that nobody sees.
    private static bool IsOutside(IInvocationOperation call) =>
        call.TargetMethod.ReturnType.Name is "Task" or "ValueTask"
        && !SafeCalls.IsSafe(call)
        && (!call.TargetMethod.ContainingType.IsIn("System") || call.TargetMethod.ContainingType.IsIn("System.Data"));

    private WorstCase Together(IInvocationOperation call, Frame frame)
    {
        var longest = WorstCase.None;
        foreach (var argument in call.Arguments)
        {
            // An array or a span of tasks, made for the call.
            var tasks = argument.Value.WithoutConversions() switch
            {
                IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues.AsEnumerable(),
                var value when value.Type?.Name == "ReadOnlySpan" => value.ChildOperations,
                var value => [value],
            };
            foreach (var task in tasks)
                longest = longest.Or(Started(task, frame));
        }

        return longest;
    }

    private WorstCase Capped(IInvocationOperation call, IOperation task, Frame frame)
    {
        var time = Started(task, frame);
        var limit = call
            .Arguments.Where(argument => argument.Value.Type.Is("System.TimeSpan"))
            .Select(argument => quantities.Duration(argument.Value, frame))
            .FirstOrDefault();
        return limit is { } most && most != TimeSpan.MaxValue && IsWaitedFor(call) && (time.HasUnknown || time.Total > most)
            ? WorstCase.Of(new(call, frame, most, LimitSource.Explicit, "WaitAsync", IsWait: false))
            : time;
    }

    private WorstCase Started(IOperation task, Frame frame)
    {
        waitedFor.Add(task.WithoutConversions());
        return evaluator.Run(task, frame).Time;
    }

    private static IOperation? FunctionOf(IInvocationOperation call) =>
        call
            .Arguments.Select(argument => argument.Value.WithoutConversions())
            .Select(value => value is IDelegateCreationOperation creation ? creation.Target : value)
            .FirstOrDefault(value => value is IAnonymousFunctionOperation or IMethodReferenceOperation);

    /// <summary>Whether the call is awaited or blocked on where it is made, or handed back to a caller that is looked at itself.</summary>
    public bool IsWaitedFor(IInvocationOperation call)
    {
        if (call.TargetMethod.ReturnType.Name is not ("Task" or "ValueTask") || waitedFor.Contains(call))
            return true;
        IOperation current = call;
        while (true)
        {
            switch (current.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    current = current.Parent;
                    continue;
                case IAwaitOperation or IReturnOperation:
                case IPropertyReferenceOperation { Property.Name: "Result" }:
                    return true;
                case IInvocationOperation { TargetMethod.Name: "Wait" or "GetAwaiter" or "WaitAsync" } wait when wait.Instance == current:
                    return true;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" } next when next.Instance == current:
                    current = next;
                    continue;
                case IConditionalOperation choice when choice.Condition != current:
                    current = choice;
                    continue;
                default:
                    return false;
            }
        }
    }
}
