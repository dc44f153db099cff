using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Rules.Time;

/// <summary>What a handler's time budget breaks on; the earlier ones are nearer to the cause.</summary>
internal enum TimeCause
{
    /// <summary>One call of a client may outlast the function (ALO303).</summary>
    Client,

    /// <summary>A full batch may outlast the function (ALO304).</summary>
    Batch,

    /// <summary>The waits may outlast the visibility timeout (ALO306).</summary>
    Waits,
}

/// <summary>
/// What is wrong with a handler's time, once for the rules that speak of it: a limit that the code spells out before the sum of a batch, that before the visibility timeout,
/// and last what rests on a default or on an assumption. A setting with several possible values must break the budget with each of them.
/// </summary>
/// <param name="Cause">What the budget breaks on.</param>
/// <param name="Link">The mapping with which it does.</param>
/// <param name="IsCertain">Whether only what the code spells out counts; else it is advice.</param>
internal sealed record TimeVerdict(TimeCause Cause, HandlerMapping Link, bool IsCertain)
{
    /// <summary>The call that outlasts the function.</summary>
    public LimitedCall? Call { get; private init; }

    /// <summary>How long it all takes.</summary>
    public TimeSpan Total { get; private init; }

    /// <summary>The function's timeout, or the visibility timeout, in seconds.</summary>
    public int Limit { get; private init; }

    /// <summary>The batching window that counts, in seconds.</summary>
    public int Window { get; private init; }

    /// <summary>The batch size that counts.</summary>
    public int BatchSize { get; private init; }

    /// <summary>The parameter on whose default this rests, or null.</summary>
    public string? Parameter { get; private init; }

    /// <summary>The verdict on a handler; null where nothing is wrong, or not enough is known.</summary>
    public static TimeVerdict? Of(Handler handler, AnalysisSession session, CancellationToken cancellationToken)
    {
        var links = handler.Mappings.Where(link => !link.Mapping.IsOff && HasLimit(link)).ToList();
        if (links.Count == 0 || !handler.IsBatchSource)
            return null;
        var time = session.TimeOf(handler, cancellationToken);
        return First(links, link => OfCall(link, time, LimitSource.Explicit))
            ?? First(links, link => OfBatch(link, time, part => part.Source == LimitSource.Explicit, isCertain: true))
            ?? First(links, link => OfWaits(link, time, handler, session, cancellationToken))
            ?? First(links, link => OfCall(link, time, LimitSource.Default))
            ?? First(links, link => OfBatch(link, time, part => part.Source != LimitSource.Default, isCertain: false));
    }

    /// <summary>The part of the verdict's time that is one record's, of the pass that takes longest.</summary>
    public static TimedPass LongestPass(HandlerTime time, int batchSize, Func<TimePart, bool> isWanted) =>
        time.Passes.OrderByDescending(pass => pass.Record.From(isWanted).Total.TotalSeconds * pass.TurnsOf(batchSize)).First();

    private static bool HasLimit(HandlerMapping link) =>
        link.Function?.Timeout is { } timeout && timeout.IsDecided() || link.Queue?.VisibilityTimeout is { } visibility && visibility.IsDecided();

    private static TimeVerdict? First(IEnumerable<HandlerMapping> links, Func<HandlerMapping, TimeVerdict?> find) =>
        links.Select(find).FirstOrDefault(verdict => verdict is not null);

    private static TimeVerdict? OfCall(HandlerMapping link, HandlerTime time, LimitSource source)
    {
        if (link.Function?.Timeout is not { } timeout || !timeout.IsDecided())
            return null;
        var seconds = timeout.Values.Max(value => value.Value);
        var call = time.Calls.FirstOrDefault(call => call.Limit.Source == source && call.Limit.Longest >= TimeSpan.FromSeconds(seconds));
        return call is null
            ? null
            : new(TimeCause.Client, link, source == LimitSource.Explicit)
            {
                Call = call,
                Limit = seconds,
                Parameter = timeout.RestsOnParameter,
            };
    }

    private static TimeVerdict? OfBatch(HandlerMapping link, HandlerTime time, Func<TimePart, bool> isWanted, bool isCertain)
    {
        var size = link.Mapping.BatchSize;
        if (time.WatchesTime || link.Function?.Timeout is not { } timeout || !timeout.IsDecided() || !size.IsDecided())
            return null;
        var (seconds, least) = (timeout.Values.Max(value => value.Value), size.Values.Min(value => value.Value));
        var total = time.TotalOf(least, isWanted);
        return total <= TimeSpan.FromSeconds(seconds)
            ? null
            : new(TimeCause.Batch, link, isCertain)
            {
                Total = total,
                Limit = seconds,
                BatchSize = least,
                Parameter = timeout.RestsOnParameter ?? size.RestsOnParameter,
            };
    }

    // The visibility timeout begins at the receive (B-16); an invocation ends at the function's timeout, which is never longer (P-23).
    private static TimeVerdict? OfWaits(HandlerMapping link, HandlerTime time, Handler handler, AnalysisSession session, CancellationToken cancellationToken)
    {
        var (size, window) = (link.Mapping.BatchSize, link.Mapping.MaximumBatchingWindow);
        if (
            time.WatchesTime
            || link.Queue?.VisibilityTimeout is not { } visibility
            || !visibility.IsDecided()
            || !size.IsDecided()
            || !window.IsDecided()
            || link.Function is { } function && EventSourceMappingValidation.ValidateVisibility(function, link.Queue) is not null
            || ChangesVisibility(handler, session, cancellationToken)
        )
            return null;
        var least = size.Values.Min(value => value.Value);
        var waits = time.TotalOf(least, part => part is { IsWait: true, Source: LimitSource.Explicit });
        var run =
            link.Function?.Timeout is { } timeout && timeout.IsDecided() && timeout.Values.Min(value => value.Value) is var most && waits.TotalSeconds > most
                ? TimeSpan.FromSeconds(most)
                : waits;
        var (longest, held) = (visibility.Values.Max(value => value.Value), window.Values.Min(value => value.Value));
        return waits == TimeSpan.Zero || run.TotalSeconds + held <= longest
            ? null
            : new(TimeCause.Waits, link, IsCertain: true)
            {
                Total = waits,
                Limit = longest,
                Window = held,
                BatchSize = least,
                Parameter = visibility.RestsOnParameter ?? size.RestsOnParameter ?? window.RestsOnParameter,
            };
    }

    private static bool ChangesVisibility(Handler handler, AnalysisSession session, CancellationToken cancellationToken) =>
        session
            .FlowOf(handler, cancellationToken)
            .Bodies.SelectMany(body => body.Operations)
            .OfType<IInvocationOperation>()
            .Any(call => call.TargetMethod.Name.StartsWith("ChangeMessageVisibility", StringComparison.Ordinal));
}

/// <summary>Places and words of the rules about time.</summary>
internal static class TimePlaces
{
    /// <summary>The last place in the handler's file on the way to a node: the node itself, or the call that leads to it; the handler's name where none is.</summary>
    public static Location Of(Handler handler, Frame frame, SyntaxNode node) =>
        (
            node.SyntaxTree == handler.Anchor.SourceTree
                ? Head(node)
                : frame.Calls.LastOrDefault(call => call.Syntax.SyntaxTree == handler.Anchor.SourceTree)?.Syntax.GetLocation()
        ) ?? handler.Anchor;

    /// <summary>The methods on the way, as messages name it; empty when it is the handler's own.</summary>
    public static string Path(Handler handler, Frame frame) =>
        Wording.Path(handler, frame.Methods.Skip(1).Where(method => method.MethodKind != MethodKind.AnonymousFunction));

    /// <summary>Where a setting is written, in brackets; that it is a default, where it is not written.</summary>
    public static string Where<T>(Setting<T> setting) => setting.Place.IsNone || !setting.IsExplicit ? " (default)" : $" ({setting.Place})";

    /// <summary>What a finding says that rests on a parameter's default.</summary>
    public static string Assumption(string? parameter) =>
        parameter is null ? "" : $" This holds as long as the deployment keeps the default of parameter '{parameter}'.";

    /// <summary>The severity of a graded finding, in the preset of the project.</summary>
    public static DiagnosticSeverity Grade(Handler handler, AnalysisSession session, bool isCertain) =>
        isCertain || handler.Anchor.SourceTree is { } tree && session.OptionsIn(tree).IsStrict ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;

    private static Location Head(SyntaxNode node) =>
        node switch
        {
            CommonForEachStatementSyntax loop => loop.ForEachKeyword.GetLocation(),
            ForStatementSyntax loop => loop.ForKeyword.GetLocation(),
            _ => node.GetLocation(),
        };
}
