using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Values;

/// <summary>
/// Follows values backwards to where they come from: through locals, members of objects, parameters of the calls on the way and results of source methods.
/// One instance serves one handler and runs on one thread.
/// </summary>
internal sealed class ValueOrigins(
    KnownTypes types,
    MethodBodies bodies,
    Calls calls,
    VolatileValues volatiles,
    INamedTypeSymbol? handlerType,
    CancellationToken cancellationToken
)
{
    private const int DeepestFollow = 12;

    private readonly MemberValues members = new(bodies, cancellationToken);
    private readonly HashSet<(ISymbol, Frame)> open = [];
    private int depth;

    /// <summary>The origin of a value.</summary>
    public ValueOrigin Of(IOperation? value, Frame frame)
    {
        if (value is null || value.ConstantValue.HasValue)
            return ValueOrigin.Fixed;
        if (depth >= DeepestFollow * 8)
            return ValueOrigin.Unknown;
        depth++;
        var origin = Find(value, frame);
        depth--;
        return origin;
    }

    /// <summary>Whether the type is that of an asynchronous event.</summary>
    public bool IsEvent(ITypeSymbol? type) => types.TriggerOf(type) is not null;

    /// <summary>The origin of a member of an object: of what the object's creation, or a later assignment, sets it to.</summary>
    /// <param name="value">The object.</param>
    /// <param name="frame">Where it stands.</param>
    /// <param name="member">The member's name.</param>
    /// <returns>Null when nothing is known to set it.</returns>
    public ValueOrigin? OfMember(IOperation value, Frame frame, string member)
    {
        ValueOrigin? origin = null;
        foreach (var set in MemberOf(value, frame, member))
            origin = origin is { } known ? known.With(Of(set.Operation, set.Frame)) : Of(set.Operation, set.Frame);
        return origin;
    }

    /// <summary>What a member of an object is set to; none when nothing is known to set it.</summary>
    public IReadOnlyList<Located> MemberOf(IOperation value, Frame frame, string member) =>
        [.. Definitions(value, frame).SelectMany(definition => SetsOf(definition, frame, member))];

    // A copy that a with expression makes has the other members of its original.
    private IReadOnlyList<Located> SetsOf(Located definition, Frame user, string member)
    {
        var sets = members.Of(definition, user, member);
        return sets.Count == 0 && definition.Operation is IWithOperation copy
            ? [.. Definitions(copy.Operand, definition.Frame).SelectMany(original => SetsOf(original, original.Frame, member))]
            : sets;
    }

    /// <summary>Whether every object that the value can be is made in code that is seen, so that what sets no member leaves it unset.</summary>
    public bool IsMadeHere(IOperation value, Frame frame) =>
        Definitions(value, frame) is { Count: > 0 } definitions && definitions.All(definition => definition.Operation is IObjectCreationOperation);

    /// <summary>What a value can be: object creations and other operations, behind locals, conversions, parameters and results of source methods.</summary>
    public IReadOnlyList<Located> Definitions(IOperation value, Frame frame)
    {
        var found = new List<Located>();
        AddDefinitions(value, frame, found, 0);
        return found;
    }

    private void AddDefinitions(IOperation? value, Frame frame, List<Located> found, int level)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (value is null || level > DeepestFollow)
            return;
        switch (value)
        {
            case IConversionOperation conversion:
                AddDefinitions(conversion.Operand, frame, found, level + 1);
                break;
            case IParenthesizedOperation parenthesized:
                AddDefinitions(parenthesized.Operand, frame, found, level + 1);
                break;
            case IAwaitOperation awaited:
                AddDefinitions(awaited.Operation, frame, found, level + 1);
                break;
            case IConditionalOperation { WhenFalse: { } otherwise } conditional:
                AddDefinitions(conditional.WhenTrue, frame, found, level + 1);
                AddDefinitions(otherwise, frame, found, level + 1);
                break;
            case ICoalesceOperation coalesce:
                AddDefinitions(coalesce.Value, frame, found, level + 1);
                AddDefinitions(coalesce.WhenNull, frame, found, level + 1);
                break;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                    AddDefinitions(arm.Value, frame, found, level + 1);
                break;
            case ILocalReferenceOperation local when Assigned(local.Local, frame) is { Count: > 0 } assigned && open.Add((local.Local, frame)):
                foreach (var set in assigned)
                    AddDefinitions(set.Operation, set.Frame, found, level + 1);
                open.Remove((local.Local, frame));
                break;
            case IParameterReferenceOperation parameter when Passed(parameter.Parameter, frame) is { } passed:
                AddDefinitions(passed.Operation, passed.Frame, found, level + 1);
                break;
            case IInvocationOperation invocation when Returned(invocation, frame) is { Count: > 0 } returned:
                foreach (var result in returned)
                    AddDefinitions(result.Operation, result.Frame, found, level + 1);
                break;
            case IInvocationOperation { TargetMethod.Name: "Select" } projection when Projected(projection, frame) is { Count: > 0 } elements:
                foreach (var element in elements)
                    AddDefinitions(element.Operation, element.Frame, found, level + 1);
                break;
            case IInvocationOperation { Arguments: [{ Value: var source }, ..] } query when IsSelection(query):
                AddDefinitions(source, frame, found, level + 1);
                break;
            default:
                found.Add(new(value, frame));
                break;
        }
    }

    private ValueOrigin Find(IOperation value, Frame frame)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (volatiles.NameOf(value) is { } name)
            return ValueOrigin.VolatileBy(value, name);
        if (volatiles.IsIdentity(value))
            return ValueOrigin.Record;
        switch (value)
        {
            case ILocalReferenceOperation local:
                return OfLocal(local.Local, frame);
            case IParameterReferenceOperation parameter:
                return OfParameter(parameter.Parameter, frame);
            case IPropertyReferenceOperation property:
                return OfProperty(property, frame);
            case IFieldReferenceOperation field:
                return OfField(field, frame);
            case IInvocationOperation invocation:
                return OfInvocation(invocation, frame);
            case IInstanceReferenceOperation
            or ITypeOfOperation
            or INameOfOperation
            or IDefaultValueOperation
            or ILiteralOperation
            or IDelegateCreationOperation
            or IAnonymousFunctionOperation
            or IFlowAnonymousFunctionOperation
            or IMethodReferenceOperation:
                return ValueOrigin.Fixed;
            case IConditionalOperation conditional:
                return Of(conditional.WhenTrue, frame).With(Of(conditional.WhenFalse, frame));
            case ISwitchExpressionOperation choice:
                return choice.Arms.Aggregate(ValueOrigin.Fixed, (origin, arm) => origin.With(Of(arm.Value, frame)));
            case ISimpleAssignmentOperation assignment:
                return Of(assignment.Value, frame);
            case IIsPatternOperation or IIsTypeOperation:
                return ValueOrigin.Fixed;
            default:
                return value.ChildOperations.Aggregate(ValueOrigin.Fixed, (origin, child) => origin.With(Of(child, frame)));
        }
    }

    private ValueOrigin OfLocal(ILocalSymbol local, Frame frame)
    {
        if (types.IsRecord(local.Type))
            return ValueOrigin.Record;
        if (!open.Add((local, frame)))
            return ValueOrigin.Fixed;
        var assigned = Assigned(local, frame);
        var origin =
            assigned.Count > 0 ? assigned.Aggregate(ValueOrigin.Fixed, (known, set) => known.With(Of(set.Operation, set.Frame)))
            : frame.Method.MethodKind is MethodKind.AnonymousFunction or MethodKind.LocalFunction && frame.Caller is { } enclosing ? OfLocal(local, enclosing)
            : ValueOrigin.Unknown;
        open.Remove((local, frame));
        return origin;
    }

    private ValueOrigin OfParameter(IParameterSymbol parameter, Frame frame)
    {
        if (types.IsRecord(parameter.Type) || types.EventKind(parameter.Type) != Deployment.Model.EventSourceKind.Unknown)
            return ValueOrigin.Record;
        if (types.IsLambdaContext(parameter.Type) || parameter.Type.Is("System.Threading.CancellationToken"))
            return ValueOrigin.Fixed;
        if (Owner(parameter, frame) is not { } owner)
            return ValueOrigin.Unknown;
        if (owner.Caller is null)
            return ValueOrigin.Record;
        if (Passed(parameter, frame) is { } passed)
            return Of(passed.Operation, passed.Frame);
        return owner.Method.MethodKind == MethodKind.AnonymousFunction || owner.Call is not (IInvocationOperation or IObjectCreationOperation)
                ? OfDelegateParameter(owner)
            : parameter.HasExplicitDefaultValue ? ValueOrigin.Fixed
            : ValueOrigin.Unknown;
    }

    // What a lambda gets comes from what the call that takes it works on.
    private ValueOrigin OfDelegateParameter(Frame frame) =>
        frame is { Call: IInvocationOperation invocation, Caller: { } caller }
            ? invocation
                .Arguments.Select(argument => argument.Value)
                .Append(invocation.Instance)
                .Aggregate(ValueOrigin.Fixed, (origin, part) => origin.With(Of(part, caller)))
            : ValueOrigin.Unknown;

    private ValueOrigin OfProperty(IPropertyReferenceOperation property, Frame frame)
    {
        if (property.Instance is null)
            return ValueOrigin.Fixed;
        if (property.Instance is IInstanceReferenceOperation)
            return OfOwnMember(property.Property, frame);
        if (!property.Property.IsIndexer)
        {
            ValueOrigin? set = null;
            foreach (var definition in Definitions(property.Instance, frame))
            {
                ValueOrigin? origin = null;
                foreach (var value in SetsOf(definition, definition.Frame, property.Property.Name))
                    origin = origin is { } known ? known.With(Of(value.Operation, value.Frame)) : Of(value.Operation, value.Frame);
                origin ??= Of(definition.Operation, definition.Frame);
                set = set is { } before ? before.With(origin.Value) : origin;
            }

            if (set is { } found)
                return found;
        }

        return property.Arguments.Aggregate(Of(property.Instance, frame), (origin, argument) => origin.With(Of(argument.Value, frame)));
    }

    private ValueOrigin OfField(IFieldReferenceOperation field, Frame frame) =>
        field.Instance switch
        {
            null => ValueOrigin.Fixed,
            IInstanceReferenceOperation => OfOwnMember(field.Field, frame),
            _ => Of(field.Instance, frame),
        };

    // A member of the class itself: configuration and clients, unless code of the way here sets it.
    private ValueOrigin OfOwnMember(ISymbol member, Frame frame)
    {
        var sets = frame
            .Root.DescendantsAndSelf()
            .OfType<ISimpleAssignmentOperation>()
            .Where(assignment =>
                assignment.Target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation } target
                && SymbolEqualityComparer.Default.Equals(target.Member, member)
            );
        return sets.Aggregate(ValueOrigin.Fixed, (origin, set) => origin.With(Of(set.Value, frame)));
    }

    private ValueOrigin OfInvocation(IInvocationOperation invocation, Frame frame)
    {
        if (Returned(invocation, frame) is { Count: > 0 } returned)
            return returned.Aggregate(ValueOrigin.Fixed, (origin, result) => origin.With(Of(result.Operation, result.Frame)));
        var origin = invocation.Arguments.Aggregate(Of(invocation.Instance, frame), (known, argument) => known.With(Of(argument.Value, frame)));
        return IsAnswer(invocation) ? origin.With(ValueOrigin.Outside) : origin;
    }

    // What is awaited from code that is not seen comes from another system.
    private static bool IsAnswer(IInvocationOperation invocation) =>
        invocation.TargetMethod.ReturnType.Name is "Task" or "ValueTask"
        && invocation.TargetMethod.ContainingType.Name is not ("Task" or "ValueTask" or "JsonSerializer");

    private List<Located> Returned(IInvocationOperation invocation, Frame frame)
    {
        var results = new List<Located>();
        if (
            frame.Depth >= DeepestFollow
            || calls.TargetOf(invocation, handlerType) is not { } target
            || frame.Methods.Contains(target, SymbolEqualityComparer.Default)
        )
            return results;
        if (bodies.Of(target, cancellationToken) is not { } body)
            return results;
        var inner = new Frame(target, body.Root, invocation, frame);
        foreach (var operation in OwnOperations(body.Root))
        {
            if (operation is IReturnOperation { ReturnedValue: { } value })
                results.Add(new(value, inner));
        }

        return results;
    }

    // records.Select(record => new Order(…)): what a loop over it gets is what the lambda makes.
    private static List<Located> Projected(IInvocationOperation projection, Frame frame)
    {
        var lambda = projection.TargetMethod.ContainingType.Is("System.Linq.Enumerable")
            ? projection.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf()).OfType<IAnonymousFunctionOperation>().FirstOrDefault()
            : null;
        if (lambda is null)
            return [];
        var inner = new Frame(lambda.Symbol, lambda.Body, projection, frame);
        return
        [
            .. OwnOperations(lambda.Body)
                .OfType<IReturnOperation>()
                .Where(result => result.ReturnedValue is not null)
                .Select(result => new Located(result.ReturnedValue!, inner)),
        ];
    }

    // The elements stay what they are.
    private static bool IsSelection(IInvocationOperation query) =>
        query.TargetMethod.ContainingType.Is("System.Linq.Enumerable")
        && query.TargetMethod.Name is "ToList" or "ToArray" or "Where" or "OrderBy" or "Take" or "Skip" or "First" or "FirstOrDefault" or "Single";

    private static Located? Passed(IParameterSymbol parameter, Frame frame)
    {
        var owner = Owner(parameter, frame);
        return owner is { Caller: { } caller, Method.MethodKind: not MethodKind.AnonymousFunction } && owner.ArgumentFor(parameter) is { } argument
            ? new Located(argument, caller)
            : null;
    }

    // A lambda uses the parameters of what encloses it.
    private static Frame? Owner(IParameterSymbol parameter, Frame frame)
    {
        for (var current = frame; current is not null; current = current.Caller)
        {
            if (current.Method.Parameters.Any(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, parameter.OriginalDefinition)))
                return current;
        }

        return null;
    }

    private static List<Located> Assigned(ILocalSymbol local, Frame frame) =>
        [.. frame.Root.SetsOf(local).SelectMany(set => set.Parts).Select(part => new Located(part, frame))];

    private static IEnumerable<IOperation> OwnOperations(IOperation root)
    {
        foreach (var child in root.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            yield return child;
            foreach (var inner in OwnOperations(child))
                yield return inner;
        }
    }
}
