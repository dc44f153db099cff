using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// Computes the facts of a handler's methods, callees first. One builder serves one handler and runs on one thread, so that results do not
/// depend on who asks first.
/// </summary>
internal sealed partial class MethodFactsBuilder(
    KnownTypes knownTypes,
    ValuesByEntry values,
    MethodBodies bodies,
    Calls knownCalls,
    Reporting knownReporting,
    INamedTypeSymbol? handlerType,
    CancellationToken cancellationToken
)
{
    private const int DeepestCall = 8;

    private readonly KnownTypes types = knownTypes;
    private readonly Calls calls = knownCalls;
    private readonly Reporting reporting = knownReporting;
    private readonly INamedTypeSymbol? type = handlerType;

    private readonly Dictionary<(IMethodSymbol, string), MethodFacts> known = [];
    private readonly HashSet<IMethodSymbol> open = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<PassedDelegate, int> numbers = [];

    /// <summary>The facts of a handler.</summary>
    public MethodFacts OfHandler(IMethodSymbol method, IParameterSymbol? eventParameter) =>
        Of(method, eventParameter is null ? [] : [eventParameter.OriginalDefinition], [], null, isPerRecord: false, isHandler: true);

    private MethodFacts Of(
        IMethodSymbol method,
        IReadOnlyList<ISymbol> entry,
        IReadOnlyList<ISymbol> collected,
        RecordValues? outer,
        bool isPerRecord,
        bool isHandler = false,
        ImmutableDictionary<IParameterSymbol, PassedDelegate>? given = null
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        given ??= PassedDelegate.None;
        var key = (
            method,
            Names(entry) + (collected.Count > 0 ? "|" + Names(collected) : "") + (isPerRecord ? "*" : "") + (given.IsEmpty ? "" : Numbers(given))
        );
        if (known.TryGetValue(key, out var facts))
            return facts;
        if (open.Count >= DeepestCall || bodies.Of(method, cancellationToken) is not { } body || !open.Add(method))
            return MethodFacts.Empty;
        var held = outer is null && collected.Count == 0 ? values.Of(body, entry) : RecordValues.Of(body, entry, collected, outer, types);
        facts = new MethodWalk(this, body, held, isPerRecord, isHandler, given).Walk();
        open.Remove(method);
        return known[key] = facts;
    }

    private static string Names(IReadOnlyList<ISymbol> symbols) => string.Join(",", symbols.Select(symbol => symbol.Name));

    private string Numbers(ImmutableDictionary<IParameterSymbol, PassedDelegate> given) =>
        string.Concat(given.OrderBy(pair => pair.Key.Ordinal).Select(pair => $">{pair.Key.Name}={NumberOf(pair.Value)}"));

    private int NumberOf(PassedDelegate passed)
    {
        if (!numbers.TryGetValue(passed, out var number))
            numbers.Add(passed, number = numbers.Count);
        return number;
    }

    // How a method that is given a failure or its record drops both when it fails itself; null when it lets its own failure out, tells of it, or keeps something.
    private RecordFailure? BestEffortOf(IMethodSymbol method) =>
        method.ReturnType.Awaited() is null && !reporting.MayKeep(method)
            ? BestEffort.In(Of(method, [.. method.Parameters], [], null, isPerRecord: true))
            : null;
}
