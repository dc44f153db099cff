using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What a message that a handler sends is made of.</summary>
internal enum SentContent
{
    /// <summary>The body of the message that the handler was given, as it is.</summary>
    SameMessage,

    /// <summary>The same body, with attributes beside it.</summary>
    SameMessageWithAttributes,

    /// <summary>Something else, as far as can be seen.</summary>
    Other,
}

/// <summary>A message that a handler sends to a queue.</summary>
/// <param name="Reached">The call, and how the handler gets there.</param>
/// <param name="Queues">Every queue that it may go to; none where one of them cannot be told.</param>
/// <param name="Content">What is sent.</param>
/// <param name="IsLimited">Whether a comparison decides about the send, of something that the message itself carries: a counter of tries, a time.</param>
/// <param name="IsLimitedByTime">Whether a comparison of the clock with what the message carries decides: until it is due, as long as it is young.</param>
internal sealed record QueueSend(ReachedEffect Reached, IReadOnlyList<QueueName> Queues, SentContent Content, bool IsLimited, bool IsLimitedByTime);

/// <summary>Finds what a handler sends to SQS queues. Sends in catch clauses are among them: there messages are sent again.</summary>
internal sealed class QueueSends
{
    private const string Client = "Amazon.SQS.IAmazonSQS";
    private const int DeepestSum = 8;

    private readonly KnownTypes types;
    private readonly MethodBodies bodies;
    private readonly ValueOrigins origins;
    private readonly EffectValues values;
    private readonly QueueNames names;
    private readonly CancellationToken cancellationToken;

    private QueueSends(Handler handler, KnownTypes types, MethodBodies bodies, Calls calls, CancellationToken cancellationToken)
    {
        (this.types, this.bodies, this.cancellationToken) = (types, bodies, cancellationToken);
        origins = new(types, bodies, calls, new(types, isInvokedByMapping: true), handler.Type, cancellationToken);
        values = new(origins, new(origins));
        names = new(origins, values, bodies, cancellationToken);
    }

    /// <summary>The sends of a handler, in the order of the code.</summary>
    public static ImmutableArray<QueueSend> Of(
        Handler handler,
        ReachedEffects reach,
        KnownTypes types,
        MethodBodies bodies,
        Calls calls,
        CancellationToken cancellationToken
    )
    {
        var sends = reach.Effects.Where(reached => reached.Effect.Kind == EffectKind.Sends && reached.Effect.Types.Contains(Client)).ToList();
        return sends.Count == 0 ? ImmutableArray<QueueSend>.Empty : new QueueSends(handler, types, bodies, calls, cancellationToken).Of(sends);
    }

    private ImmutableArray<QueueSend> Of(IEnumerable<ReachedEffect> sends) =>
        sends
            .Select(reached => new QueueSend(
                reached,
                names.At(reached.Call, reached.Frame, "queueUrl", "QueueUrl"),
                ContentOf(reached),
                Decides(reached, (condition, _, frame) => condition.HasPart(part => IsLimit(part, frame))),
                Decides(reached, IsLimitOfTime)
            ))
            .ToImmutableArray();

    private SentContent ContentOf(ReachedEffect reached)
    {
        var (call, frame) = (reached.Call, reached.Frame);
        var bodyOf = AccessPath.Parse(call.TargetMethod.Parameters.Any(parameter => parameter.Name == "messageBody") ? "messageBody" : "request.MessageBody");
        var (presence, found) = values.ValuesOf(call, frame, bodyOf);
        if (presence != Presence.Set || !found.All(IsOwnMessage))
            return SentContent.Other;
        return values.ValuesOf(call, frame, AccessPath.Parse("request.MessageAttributes")).Presence == Presence.Unset
            ? SentContent.SameMessage
            : SentContent.SameMessageWithAttributes;
    }

    // message.Body, or what it was deserialised to, serialised again.
    private bool IsOwnMessage(Located value)
    {
        var definitions = origins.Definitions(value.Operation, value.Frame);
        return definitions.Count > 0 && definitions.All(definition => IsOwnMessage(definition.Operation, definition.Frame));
    }

    private bool IsOwnMessage(IOperation operation, Frame frame) =>
        operation switch
        {
            IPropertyReferenceOperation { Property.Name: "Body", Instance: { } record } => types.IsRecord(record.Type),
            IInvocationOperation { TargetMethod.Name: "Serialize" or "SerializeObject", Arguments: [{ Value: { } value }, ..] } => IsOwnMessage(
                new(value, frame)
            ),
            IInvocationOperation { TargetMethod.Name: "Deserialize" or "DeserializeObject", Arguments: [{ Value: { } text }, ..] } => IsOwnMessage(
                new(text, frame)
            ),
            _ => false,
        };

    // Whether, on the way from the handler, a comparison of this kind decides.
    private bool Decides(ReachedEffect reached, Func<IOperation, bool, Frame, bool> isLimit)
    {
        IOperation point = reached.Call;
        for (var frame = reached.Frame; frame is not null; frame = frame.Caller)
        {
            if (
                bodies.Of(frame.Method, cancellationToken) is { } body
                && ControlDependence.Of(body.Graph, point) is { } dependence
                && dependence.Conditions().Any(decision => isLimit(decision.Condition, decision.Outcome, frame))
            )
                return true;
            if (frame.Call is null)
                break;
            point = frame.Call;
        }

        return false;
    }

    // order.Tries < 5
    private bool IsLimit(IOperation condition, Frame frame) => Compared(condition).Any(operand => IsCarried(operand, frame));

    // DateTime.UtcNow - order.CreatedAt < TimeSpan.FromHours(1), which time ends; what SQS says of the time begins anew with every send.
    private bool IsLimitOfTime(IOperation condition, bool outcome, Frame frame)
    {
        var operands = condition.DescendantsAndSelf().SelectMany(Compared).ToList();
        if (!operands.Exists(operand => (origins.Of(operand, frame).Kinds & OriginKinds.Record) != 0))
            return false;
        var parts = values.AllPartsOf([.. operands.Select(operand => new Located(operand, frame))]).Select(part => part.Operation).ToList();
        return parts.Exists(VolatileValues.IsClock) && !parts.Exists(IsOfQueue) && !LastsForEver(condition, outcome, frame);
    }

    // DateTime.UtcNow > order.DueAt: once it is so, it stays so.
    private bool LastsForEver(IOperation condition, bool outcome, Frame frame)
    {
        if (condition is not IBinaryOperation { OperatorKind: var kind } comparison || !IsRelational(kind))
            return false;
        var growth = Growth(comparison.LeftOperand, frame) - Growth(comparison.RightOperand, frame);
        var isUpwards = kind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;
        return growth != 0 && growth > 0 == (isUpwards == outcome);
    }

    // How a value changes as time goes on: more than 0 where it grows, less where it shrinks, 0 where it stays or that cannot be told.
    private int Growth(IOperation? value, Frame frame, int depth = 0)
    {
        if (value is null || depth > DeepestSum || origins.Definitions(value, frame) is not [var only])
            return 0;
        return only.Operation switch
        {
            var operation when VolatileValues.IsClock(operation) => 1,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference => Of(difference.LeftOperand) - Of(difference.RightOperand),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Of(sum.LeftOperand) + Of(sum.RightOperand),
            IPropertyReferenceOperation { Property.Name: var name, Instance: { } time } when name.StartsWith("Total", StringComparison.Ordinal) => Of(time),
            IInvocationOperation { TargetMethod.Name: var name, Instance: { } time } when name.StartsWith("Add", StringComparison.Ordinal) => Of(time),
            _ => 0,
        };

        int Of(IOperation part) => Growth(part, only.Frame, depth + 1);
    }

    // The two sides of a comparison by size; none of any other operation.
    private static IReadOnlyList<IOperation> Compared(IOperation condition) =>
        condition switch
        {
            IBinaryOperation { OperatorKind: var kind } comparison when IsRelational(kind) => [comparison.LeftOperand, comparison.RightOperand],
            IIsPatternOperation test when test.Pattern.DescendantsAndSelf().OfType<IRelationalPatternOperation>().Any() => [test.Value],
            _ => [],
        };

    private static bool IsRelational(BinaryOperatorKind kind) =>
        kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;

    // What SQS itself says of a message, its receives and the time of its sending, begins anew with every send.
    private bool IsCarried(IOperation operand, Frame frame) =>
        (origins.Of(operand, frame).Kinds & (OriginKinds.Record | OriginKinds.Volatile)) == OriginKinds.Record
        && !values.AllPartsOf(new Located(operand, frame)).Any(part => IsOfQueue(part.Operation));

    private bool IsOfQueue(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property.Name: "Attributes", Instance: { } record } && types.IsRecord(record.Type);
}
