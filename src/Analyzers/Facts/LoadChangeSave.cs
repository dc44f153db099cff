using System.Collections.Immutable;
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
    private static readonly string[] Verbs = ["Save", "Update", "Put", "Store", "Replace", "Persist", "Upsert"];

    /// <summary>Whether the call may save an object that it is given.</summary>
    public static bool MaySave(IInvocationOperation call) => call.Arguments.Length > 0 && IsSaving(call.TargetMethod.Name);

    /// <summary>The effect of a save; null when nothing that was loaded is changed relatively before it, or something keeps the change from being made twice.</summary>
    public JudgedEffect? Of(IInvocationOperation call, Frame frame)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.WithoutConversions() is not ILocalReferenceOperation { Local: { Type.IsReferenceType: true } local } value)
                continue;
            if ((origins.Of(value, frame).Kinds & OriginKinds.Outside) == 0 || ChangeOf(local, frame, call) is not var (change, member))
                continue;
            if (bodies.Of(frame.Method, cancellationToken) is not { } body || ControlDependence.Of(body.Graph, call) is not { } dependence)
                return null;
            if (dependence.Conditions().Any(decision => LooksInto(decision.Condition, local, frame.Root)) || IsGuarded(change, frame))
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

    // SaveAsync and Save, not Savepoint.
    private static bool IsSaving(string name)
    {
        foreach (var verb in Verbs)
        {
            if (name.StartsWith(verb, StringComparison.Ordinal))
                return name.Length == verb.Length || name[verb.Length] is >= 'A' and <= 'Z';
        }

        return false;
    }

    private bool IsGuarded(IOperation change, Frame frame) =>
        change is IInvocationOperation { Instance: ILocalReferenceOperation } call
            ? guards.KnowsItsHistory(call)
            : bodies.Of(frame.Method, cancellationToken) is { } body
                && ControlDependence.Of(body.Graph, change) is { } dependence
                && dependence.Conditions().Any(decision => ChangedLocal(change, frame.Root) is { } local && LooksInto(decision.Condition, local, frame.Root));

    private (IOperation Change, string Member)? ChangeOf(ILocalSymbol local, Frame frame, IInvocationOperation save)
    {
        foreach (var operation in frame.Root.Descendants())
        {
            if (operation.Syntax.SpanStart >= save.Syntax.SpanStart)
                continue;
            if (RelativeChanges.MemberOf(operation, frame.Root) is { Instance: ILocalReferenceOperation owner, Member: var member } && Is(owner.Local, local))
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
                    if (RelativeChanges.MemberOf(inner, body.Root) is { Instance: IInstanceReferenceOperation, Member: var own })
                        return (call, own.Name);
                }
            }
        }

        return null;
    }

    private static ILocalSymbol? ChangedLocal(IOperation change, IOperation root) =>
        (RelativeChanges.MemberOf(change, root)?.Instance as ILocalReferenceOperation)?.Local;

    // order.Status != …, order.Entries.Any(…), entry is null where var entry = order.Entries.Find(…); not order is null.
    private static bool LooksInto(IOperation condition, ILocalSymbol local, IOperation root)
    {
        var seen = new HashSet<ILocalSymbol>(SymbolEqualityComparer.Default) { local };
        return IsMentionedIn(condition);

        bool IsMentionedIn(IOperation value) => value.HasPart(part => IsOf(part, local) || part is ILocalReferenceOperation other && IsTakenFrom(other.Local));

        bool IsTakenFrom(ILocalSymbol other) => seen.Add(other) && root.SetsOf(other).SelectMany(set => set.Parts).Any(IsMentionedIn);
    }

    private static bool IsOf(IOperation part, ILocalSymbol local) =>
        part switch
        {
            IMemberReferenceOperation { Instance: ILocalReferenceOperation owner } => Is(owner.Local, local),
            IInvocationOperation { Instance: ILocalReferenceOperation receiver } => Is(receiver.Local, local),
            IArgumentOperation { Value: ILocalReferenceOperation passed } => Is(passed.Local, local),
            IPropertySubpatternOperation => true,
            _ => false,
        };

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
