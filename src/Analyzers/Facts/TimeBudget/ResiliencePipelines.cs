using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>One strategy of a pipeline of Polly's.</summary>
/// <param name="Limit">The time after which it gives up; null for a retry.</param>
/// <param name="Delays">The waits between its attempts; null for a timeout.</param>
/// <param name="Source">Who says so.</param>
internal sealed record ResilienceStrategy(TimeLimit? Limit, IReadOnlyList<TimeSpan>? Delays, LimitSource Source);

/// <summary>
/// The retries and timeouts of Polly's pipelines (<c>ResiliencePipelineBuilder</c>), of its older policies, and of the resilience handlers of <c>HttpClient</c>. Delays with a
/// random part, and such as a function computes, do not count.
/// </summary>
internal sealed class ResiliencePipelines(ValueOrigins origins, MemberDefinitions members, Quantities quantities)
{
    private const string Package = "Polly";
    private const int MostRetries = 50;

    // RetryStrategyOptions; HttpStandardResilienceOptions.TotalRequestTimeout.
    private const int DefaultRetries = 3;
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeLimit DefaultTotal = new(TimeSpan.FromSeconds(30), LimitSource.Default, "the standard resilience handler's total timeout");

    /// <summary>Whether the call runs work in a pipeline or policy.</summary>
    public static bool Runs(IInvocationOperation call) =>
        call.TargetMethod.Name.StartsWith("Execute", StringComparison.Ordinal) && call.TargetMethod.ContainingType.IsIn(Package) && call.Instance is not null;

    /// <summary>The strategies of a pipeline or policy, the outermost first; empty where it is not seen how it is made.</summary>
    public IReadOnlyList<ResilienceStrategy> Of(IOperation pipeline, Frame frame)
    {
        var strategies = new List<ResilienceStrategy>();
        foreach (var definition in origins.Definitions(pipeline, frame))
        {
            var (made, place) = (definition.Operation, definition.Frame);
            if (
                made is IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } own
                && members.Of(own.Member.OriginalDefinition) is [var value]
            )
                (made, place) = (value.WithoutConversions(), new(frame.Outermost.Method, value.Root(), null, null));
            if (strategies.Count > 0 || made is not IInvocationOperation chain || !IsOfPackage(chain))
                return [];
            AddChain(chain, place, strategies);
        }

        return strategies;
    }

    /// <summary>The total limit of <c>AddStandardResilienceHandler</c>.</summary>
    public TimeLimit? OfStandardHandler(IInvocationOperation add)
    {
        foreach (var lambda in LambdasOf(add))
        {
            foreach (var assignment in lambda.Body.Descendants().OfType<ISimpleAssignmentOperation>())
            {
                if (assignment.Target is not IPropertyReferenceOperation target || !MentionsTotal(target))
                    continue;
                var set =
                    target.Property.Name == "Timeout" ? assignment.Value
                    : assignment.Value.WithoutConversions() is IObjectCreationOperation options ? SetOf(options, "Timeout")
                    : null;
                return quantities.Duration(set, FrameOf(lambda)) is { } total
                    ? new(total, LimitSource.Explicit, "TotalRequestTimeout", assignment.Syntax)
                    : null;
            }
        }

        // Options that are bound to a configuration are not read.
        return add.Arguments.Length <= 1 || LambdasOf(add).Any() ? DefaultTotal : null;
    }

    /// <summary>The limit that <c>AddResilienceHandler</c> sets around everything else; null where it sets none.</summary>
    public TimeLimit? OfHandler(IInvocationOperation add)
    {
        var strategies = new List<ResilienceStrategy>();
        foreach (var lambda in LambdasOf(add))
            AddCalls(lambda.Body, FrameOf(lambda), strategies);
        return strategies.FirstOrDefault()?.Limit;
    }

    /// <summary>What running work in the strategies comes to.</summary>
    public static WorstCase Apply(IReadOnlyList<ResilienceStrategy> strategies, WorstCase work, IOperation call, Frame frame)
    {
        // A retry takes a timeout of Polly's for a failure, but not that of a client, which cancels.
        var isRetriedAfterTimeout = false;
        foreach (var strategy in strategies.Reverse())
        {
            if (strategy.Limit is { } limit)
            {
                if (work.HasUnknown || work.Total > limit.Longest)
                    work = WorstCase.Of(new(call, frame, limit.Longest, limit.Source, limit.Name, IsWait: false));
                isRetriedAfterTimeout = true;
            }
            else
            {
                var attempts = work;
                foreach (var delay in strategy.Delays!)
                {
                    if (delay > TimeSpan.Zero)
                        attempts = attempts.Then(WorstCase.Of(new(call, frame, delay, strategy.Source, "Polly retry delay", IsWait: true)));
                    if (isRetriedAfterTimeout)
                        attempts = attempts.Then(work);
                }

                work = attempts;
            }
        }

        return work;
    }

    private void AddChain(IInvocationOperation chain, Frame frame, List<ResilienceStrategy> strategies)
    {
        if (chain.TargetMethod.Name is "WrapAsync" or "Wrap")
        {
            var wrapped = chain.TargetMethod.IsStatic ? chain.Arguments.SelectMany(Elements) : chain.Arguments.SelectMany(Elements).Prepend(chain.Instance!);
            foreach (var policy in wrapped)
                strategies.AddRange(Of(policy, frame));
            return;
        }

        AddCalls(chain, frame, strategies);
    }

    private static IEnumerable<IOperation> Elements(IArgumentOperation argument) =>
        argument.Value is IArrayCreationOperation { Initializer: { } initializer } ? initializer.ElementValues.AsEnumerable() : [argument.Value];

    private void AddCalls(IOperation root, Frame frame, List<ResilienceStrategy> strategies)
    {
        var calls = root.DescendantsAndSelf().OfType<IInvocationOperation>().Where(IsOfPackage).OrderBy(call => call.Syntax.Span.End);
        foreach (var call in calls)
        {
            if (StrategyOf(call, frame) is { } strategy)
                strategies.Add(strategy);
        }
    }

    private ResilienceStrategy? StrategyOf(IInvocationOperation call, Frame frame)
    {
        var arguments = call
            .Arguments.Where(argument => argument != call.Arguments.FirstOrDefault() || call.Instance is not null || !call.TargetMethod.IsExtensionMethod)
            .Select(argument => argument.Value.WithoutConversions())
            .ToList();
        switch (call.TargetMethod.Name)
        {
            case "AddTimeout" when arguments is [var timeout]:
                var duration = timeout is IObjectCreationOperation made
                    ? quantities.Duration(SetOf(made, "Timeout"), frame)
                    : quantities.Duration(timeout, frame);
                return duration is { } limit ? new(new(limit, LimitSource.Explicit, "Polly timeout", call.Syntax), null, LimitSource.Explicit) : null;
            case "TimeoutAsync" or "Timeout" when arguments is [var timeout, ..]:
                var span =
                    timeout.Type.Is("System.TimeSpan") ? quantities.Duration(timeout, frame)
                    : quantities.Number(timeout, frame) is { } seconds ? TimeSpan.FromSeconds(seconds)
                    : null;
                return span is { } after ? new(new(after, LimitSource.Explicit, "Polly timeout", call.Syntax), null, LimitSource.Explicit) : null;
            case "AddRetry" when arguments is [IObjectCreationOperation options]:
                return RetryOf(options, frame);
            case "WaitAndRetryAsync" or "WaitAndRetry" when arguments is [var count, var provider, ..]:
                return WaitAndRetryOf(count, provider, frame);
            case "WaitAndRetryAsync" or "WaitAndRetry" when arguments is [var delays]:
                return quantities.Elements(delays, frame) is { } elements
                    ? Retry(elements.Select(element => quantities.Duration(element.Operation, element.Frame) ?? TimeSpan.Zero).ToList(), LimitSource.Explicit)
                    : null;
            default:
                return null;
        }
    }

    private ResilienceStrategy? RetryOf(IObjectCreationOperation options, Frame frame)
    {
        var isOfHttp = options.Type?.Name == "HttpRetryStrategyOptions";
        var (count, delay, backoff, jitter) = (
            SetOf(options, "MaxRetryAttempts"),
            SetOf(options, "Delay"),
            SetOf(options, "BackoffType"),
            SetOf(options, "UseJitter")
        );
        var retries = count is null ? DefaultRetries : quantities.Number(count, frame);
        var first = delay is null ? DefaultDelay : quantities.Duration(delay, frame);
        if (retries is not (>= 0 and <= MostRetries) || first is not { } step)
            return null;
        var isRandom =
            SetOf(options, "DelayGenerator") is not null || (jitter is null ? isOfHttp : jitter.ConstantValue is not { HasValue: true, Value: false });
        var kind = backoff is null ? (isOfHttp ? "Exponential" : "Constant") : (backoff.WithoutConversions() as IFieldReferenceOperation)?.Field.Name;
        var most = SetOf(options, "MaxDelay") is { } longest ? quantities.Duration(longest, frame) ?? TimeSpan.Zero : TimeSpan.MaxValue;
        var delays = new List<TimeSpan>();
        for (var attempt = 0; attempt < retries; attempt++)
        {
            var times = kind switch
            {
                "Constant" => 1,
                "Linear" => attempt + 1,
                "Exponential" => Math.Pow(2, attempt),
                _ => 0,
            };
            var wait = isRandom ? 0 : Math.Min(step.TotalSeconds * times, most.TotalSeconds);
            delays.Add(TimeSpan.FromSeconds(Math.Min(wait, 1e8)));
        }

        return Retry(delays, count is null && delay is null ? LimitSource.Default : LimitSource.Explicit);
    }

    // WaitAndRetryAsync(3, attempt => TimeSpan.FromSeconds(Math.Pow(2, attempt))): attempts count from 1.
    private ResilienceStrategy? WaitAndRetryOf(IOperation count, IOperation provider, Frame frame)
    {
        var target = provider is IDelegateCreationOperation creation ? creation.Target : provider;
        if (
            quantities.Number(count, frame) is not (>= 0 and <= MostRetries and var retries)
            || target is not IAnonymousFunctionOperation { Symbol.Parameters: [var attempt, ..] } lambda
            || lambda.Body.Descendants().OfType<IReturnOperation>().ToList() is not [{ ReturnedValue: { } result }]
        )
            return null;
        var delays = new List<TimeSpan>();
        for (var number = 1; number <= retries; number++)
        {
            quantities.SetTurn(attempt, number);
            delays.Add(quantities.Duration(result, new(lambda.Symbol, lambda.Body, null, frame)) ?? TimeSpan.Zero);
        }

        quantities.EndTurns(attempt);
        return Retry(delays, LimitSource.Explicit);
    }

    private static ResilienceStrategy Retry(IReadOnlyList<TimeSpan> delays, LimitSource source) => new(null, delays, source);

    private static bool MentionsTotal(IPropertyReferenceOperation target) =>
        target.DescendantsAndSelf().OfType<IPropertyReferenceOperation>().Any(property => property.Property.Name == "TotalRequestTimeout");

    private static IOperation? SetOf(IObjectCreationOperation options, string member) =>
        options
            .Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation target && target.Property.Name == member)
            ?.Value;

    private static IEnumerable<IAnonymousFunctionOperation> LambdasOf(IInvocationOperation call) =>
        call.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>().Take(1));

    private static Frame FrameOf(IAnonymousFunctionOperation lambda) => new(lambda.Symbol, lambda.Root(), null, null);

    private static bool IsOfPackage(IInvocationOperation call) =>
        (call.TargetMethod.ReducedFrom ?? call.TargetMethod).ContainingType is { } type
        && (type.IsIn(Package) || type.IsIn("Microsoft.Extensions.Http.Resilience"));
}
