using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Objects that are loaded, changed relative to what they were, and saved: the save overwrites, but the change counts once more.</summary>
internal sealed class LoadChangeSave(
    ValueOrigins origins,
    Guards guards,
    MethodBodies bodies,
    Calls calls,
    INamedTypeSymbol? handlerType,
    CancellationToken cancellationToken
)
{
    private static readonly Regex Save = new(
        "^(Save|Update|Put|Store|Replace|Persist|Upsert)([A-Z]|$)",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)
    );

    // What counts the writes themselves, or the tries, is meant to count them.
    private static readonly Regex Bookkeeping = new(
        "version|revision|etag|attempt|retr(y|ies)|sequence|epoch|concurrency|row",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>Whether the call may save an object that it is given.</summary>
    public static bool MaySave(IInvocationOperation call) => Save.IsMatch(call.TargetMethod.Name) && call.Arguments.Length > 0;

    /// <summary>The effect of a save; null when nothing that was loaded is changed relatively before it, or something keeps the change from being made twice.</summary>
    public JudgedEffect? Of(IInvocationOperation call, Frame frame)
    {
        if (bodies.Of(frame.Method, cancellationToken) is not { } body || ControlDependence.Of(body.Graph, call) is not { } dependence)
            return null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.WithoutConversions() is not ILocalReferenceOperation { Local: { Type.IsReferenceType: true } local } value)
                continue;
            if ((origins.Of(value, frame).Kinds & OriginKinds.Outside) == 0 || ChangeOf(local, frame, call) is not var (change, member))
                continue;
            if (dependence.Conditions().Any(decision => LooksInto(decision.Condition, local)) || IsGuarded(change, frame))
                return null;
            var name = $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
            var reached = new ReachedEffect(new(name, EffectKind.Adds, ImmutableArray<string>.Empty, ImmutableArray<string>.Empty), call, frame);
            var guard = guards.Of(reached);

            // The load itself decides only that there is something to change.
            if (guard is { Kind: GuardKind.Read, Operation: { } read } && IsLoad(read, local, frame))
                guard = Guard.None;
            return new(reached, new(RepetitionKind.Repeats, $"'{name}' of what was loaded", $"adds to '{member}' again") { Evidence = change }, guard);
        }

        return null;
    }

    private bool IsGuarded(IOperation change, Frame frame) =>
        change is IInvocationOperation call
            ? guards.KnowsItsHistory(call)
            : bodies.Of(frame.Method, cancellationToken) is { } body
                && ControlDependence.Of(body.Graph, change) is { } dependence
                && dependence.Conditions().Any(decision => ChangedLocal(change) is { } local && LooksInto(decision.Condition, local));

    private (IOperation Change, string Member)? ChangeOf(ILocalSymbol local, Frame frame, IInvocationOperation save)
    {
        foreach (var operation in frame.Root.Descendants())
        {
            if (operation.Syntax.SpanStart >= save.Syntax.SpanStart)
                continue;
            if (RelativeTarget(operation) is { Instance: ILocalReferenceOperation owner, Member: var member } && IsCounted(member) && Is(owner.Local, local))
                return (operation, member.Name);
            if (
                operation is IInvocationOperation { Instance: ILocalReferenceOperation receiver } call
                && Is(receiver.Local, local)
                && calls.TargetOf(call, handlerType) is { } target
                && bodies.Of(target, cancellationToken) is { } body
            )
            {
                foreach (var inner in body.Operations)
                {
                    if (RelativeTarget(inner) is { Instance: IInstanceReferenceOperation, Member: var own } && IsCounted(own))
                        return (call, own.Name);
                }
            }
        }

        return null;
    }

    // x.N++, x.N += n, x.N = x.N + n
    private static IMemberReferenceOperation? RelativeTarget(IOperation operation) =>
        operation switch
        {
            IIncrementOrDecrementOperation { Target: IMemberReferenceOperation target } => target,
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, Target: IMemberReferenceOperation target }
                when IsNumber(target.Type) => target,
            ISimpleAssignmentOperation
            {
                Target: IMemberReferenceOperation target,
                Value: IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } sum
            }
                when IsNumber(target.Type)
                    && sum.DescendantsAndSelf()
                        .OfType<IMemberReferenceOperation>()
                        .Any(part => SymbolEqualityComparer.Default.Equals(part.Member, target.Member)) => target,
            _ => null,
        };

    private static bool IsNumber(ITypeSymbol? type) =>
        type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double }
        || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } && IsNumber(inner);

    private static bool IsCounted(ISymbol member) => !Bookkeeping.IsMatch(member.Name);

    private static ILocalSymbol? ChangedLocal(IOperation change) => (RelativeTarget(change)?.Instance as ILocalReferenceOperation)?.Local;

    // order.Status != …, order.Entries.Any(…); not order is null.
    private static bool LooksInto(IOperation condition, ILocalSymbol local) =>
        condition
            .DescendantsAndSelf()
            .Any(part =>
                part switch
                {
                    IMemberReferenceOperation { Instance: ILocalReferenceOperation owner } => Is(owner.Local, local),
                    IInvocationOperation { Instance: ILocalReferenceOperation receiver } => Is(receiver.Local, local),
                    IArgumentOperation { Value: ILocalReferenceOperation passed } => Is(passed.Local, local),
                    IPropertySubpatternOperation => true,
                    _ => false,
                }
            );

    private bool IsLoad(IOperation read, ILocalSymbol local, Frame frame) =>
        frame
            .Root.Descendants()
            .Any(operation =>
                operation is IVariableDeclaratorOperation { Initializer.Value: { } value } declarator
                && Is(declarator.Symbol, local)
                && (
                    value.Syntax.Span.Contains(read.Syntax.Span)
                    || value.Descendants().OfType<IInvocationOperation>().Any(call => calls.TargetOf(call, handlerType) is not null)
                )
            );

    private static bool Is(ISymbol left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
