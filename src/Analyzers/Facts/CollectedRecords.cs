using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// Lists that a loop fills with what it makes of the records while it works on them, for something that is done with all of them behind the loop: when that fails, the
/// work of the loop has taken hold. A list that is only read in, for one write of all of it, is none: there nothing has been done before.
/// </summary>
internal sealed class CollectedRecords
{
    // Words that a call begins with which asks, waits or reads: nothing has happened by it.
    private static readonly string[] Questions =
    [
        "Validate",
        "Check",
        "Ensure",
        "Verify",
        "Assert",
        "Require",
        "Guard",
        "Authorize",
        "Wait",
        "Delay",
        "Throttle",
        "Load",
        "Preload",
        "Read",
        "Fetch",
        "Prefetch",
        "Throw",
    ];
    private static readonly string[] Identifiers = ["MessageId", "SequenceNumber", "EventSequenceNumber", "EventId", "EventID"];

    private readonly Dictionary<ISymbol, int> filledUntil = new(SymbolEqualityComparer.Default);

    private CollectedRecords() { }

    /// <summary>The lists that the loops of a method fill.</summary>
    public static CollectedRecords In(RecordValues values)
    {
        var collected = new CollectedRecords();
        foreach (var loop in values.Iterations.Select(iteration => iteration.Operation).OfType<ILoopOperation>())
        {
            var body = loop.Body.DescendantsAndSelf().ToList();
            if (!body.Any(operation => IsWork(operation, values)))
                continue;
            foreach (
                var list in body.OfType<IInvocationOperation>()
                    .Where(call => AreAdded(call, values) && !CatchClauses.Contain(call))
                    .Select(call => ((ILocalReferenceOperation)call.Instance!).Local)
            )
            {
                if (!loop.Syntax.Span.Contains(list.Locations[0].SourceSpan))
                    collected.filledUntil[list] = loop.Syntax.Span.End;
            }
        }

        return collected;
    }

    /// <summary>Whether the call works on such a list behind the loop that has filled it.</summary>
    public bool AreGivenTo(IInvocationOperation call) =>
        filledUntil.Count > 0
        && call.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf())
            .OfType<ILocalReferenceOperation>()
            .Any(reference => filledUntil.TryGetValue(reference.Local, out var end) && call.Syntax.SpanStart >= end);

    /// <summary>
    /// Whether the call adds records, or what is made of them, to a local list. A list of failures, of identifiers, of tasks or of their results tells of records and
    /// holds none.
    /// </summary>
    public static bool AreAdded(IInvocationOperation call, RecordValues values) =>
        call is { TargetMethod.Name: "Add" or "AddRange", Instance: ILocalReferenceOperation { Type: { } type }, Arguments: [{ Value: var added }] }
        && ElementTypes.Of(type) is { } element
        && !ResponseShape.IsItem(element)
        && element.Name is not ("Task" or "ValueTask")
        && added.WithoutConversions() is var value
        && !value.HasPart(part => part is IAwaitOperation)
        && !(value is IPropertyReferenceOperation { Property.Name: var name } && Identifiers.Contains(name))
        && values.IsMentionedIn(value);

    // await orders.ShipAsync(message.Body); as a statement: what is loaded or told gives something back. Who waits or checks has done nothing yet.
    private static bool IsWork(IOperation operation, RecordValues values) =>
        operation is IExpressionStatementOperation { Operation: IAwaitOperation { Operation: IInvocationOperation call } }
        && !SafeCalls.IsLogging(call)
        && !(call.TargetMethod.Name.Words() is [var first, ..] && Questions.Contains(first))
        && !CatchClauses.Contain(call)
        && values.IsMentionedIn(call);
}
