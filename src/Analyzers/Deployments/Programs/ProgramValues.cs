using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>
/// What an expression may be, through locals, parameters, fields, properties, props and helper methods, as far as it has one definition. What cannot be followed
/// stays as it is written, so that whoever wants a value finds none.
/// </summary>
internal sealed class ProgramValues(ProgramFrames frames)
{
    /// <summary>The steps that one question may take, whoever helps to answer it.</summary>
    public ProgramSteps Steps { get; } = new();

    /// <summary>What the expression may be: both branches of a choice. What may be too many things stays as it is written.</summary>
    public IReadOnlyList<Written> Of(Written value)
    {
        var found = new List<Written>();
        Follow(value, found);
        return found.Count > Resolution.MaximumAlternatives ? [value] : found;
    }

    /// <summary>What the expression is, if it can be one thing only.</summary>
    public Written? Single(Written value) => Of(value) is [var only] ? only : null;

    /// <summary>What a member of a created object is set to by its creator: in an initializer, by a step after it, or by its own constructor.</summary>
    /// <param name="creation">The creation.</param>
    /// <param name="name">The member.</param>
    /// <param name="isAmbiguous">Whether it is set in several places, or only under a condition.</param>
    public Written? MemberOf(Written creation, string name, out bool isAmbiguous)
    {
        isAmbiguous = false;
        if (creation.Operation is not IObjectCreationOperation made)
            return null;
        var steps = StepsOn(creation).Where(step => NameOf(step.Target) == name).ToList();
        if (steps.Count > 0)
        {
            isAmbiguous = steps.Count > 1 || steps.Any(step => ProgramBranches.IsConditional(step)) || Initial(made, name) is not null;
            return isAmbiguous ? null : new(steps[0].Value, creation.Frame);
        }

        if (Initial(made, name) is { } initial)
            return new(initial, creation.Frame);

        // A positional record is made by its arguments.
        var argument = made.Type is { IsRecord: true } ? made.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name) : null;
        return argument is not null ? new(argument.Value, creation.Frame) : OwnMember(creation, name);
    }

    private void Follow(Written value, List<Written> found)
    {
        if (found.Count <= Resolution.MaximumAlternatives && !Steps.Into(() => Followed(value, found), false))
            found.Add(value);
    }

    private bool Followed(Written value, List<Written> found)
    {
        switch (value.Operation)
        {
            case { ConstantValue.HasValue: true }:
                return false;
            case IConversionOperation conversion when !Arithmetic.IsCutting(conversion):
                Follow(new(conversion.Operand, value.Frame), found);
                return true;
            case IParenthesizedOperation parenthesized:
                Follow(new(parenthesized.Operand, value.Frame), found);
                return true;
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                Follow(new(choice.WhenTrue, value.Frame), found);
                Follow(new(otherwise, value.Frame), found);
                return true;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                    Follow(new(arm.Value, value.Frame), found);
                return true;
            default:
                if (Definition(value) is not { } definition)
                    return false;
                Follow(definition, found);
                return true;
        }
    }

    private Written? Definition(Written value) =>
        value.Operation switch
        {
            ILocalReferenceOperation local => frames.ContentOf(local.Root()).OnlyValueOf(local.Local) is { } only
                ? new(only, value.Frame.Owning(local.Local))
                : null,
            IParameterReferenceOperation parameter => value.Frame.Owning(parameter.Parameter).Argument(parameter.Parameter),
            IMemberReferenceOperation { Instance: null, Member: var member } when member.Locations.Any(location => location.IsInSource) => StaticValueOf(member)
                is { } initializer
                ? new(initializer, new(null, null, value.Frame))
                : null,
            IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } own => value
                .Frame
                .Instance
                is { } instance
                ? MemberOf(instance, own.Member.Name, out _)
                : OwnMember(own.Member, value.Frame),
            IMemberReferenceOperation { Instance: { } instance, Member: var member } when member.Locations.Any(location => location.IsInSource) => Single(
                new(instance, value.Frame)
            )
                is { } creation
                ? MemberOf(creation, member.Name, out _)
                : null,
            IInvocationOperation invocation => frames.Of(value) is { Method: { } method } frame && ContentOf(method)?.OnlyReturn is { } returned
                ? new(returned, frame)
                : null,
            _ => null,
        };

    private IOperation? StaticValueOf(ISymbol member) =>
        member is IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true } or IPropertySymbol { SetMethod: null }
            ? frames.InitializerOf(member)
            : null;

    // What a construct of the source sets in its own constructor.
    private Written? OwnMember(Written creation, string name) =>
        frames.Of(creation) is { Method: { } constructor } frame && constructor.ContainingType.GetMembers(name).FirstOrDefault() is { } member
            ? OwnMember(member, frame)
            : null;

    private Written? OwnMember(ISymbol member, ProgramFrame frame)
    {
        var initializer = frames.InitializerOf(member);
        var assigned = frame.Method is { } method && ContentOf(method) is { } content ? content.AssignmentsOf(member).ToList() : [];
        return (assigned.Count, initializer) switch
        {
            (0, { } only) => new(only, frame),
            (1, null) when !ProgramBranches.IsConditional(assigned[0]) => new(assigned[0].Value, frame),
            _ => null,
        };
    }

    private ProgramBody? ContentOf(IMethodSymbol method) => frames.BodyOf(method) is { } body ? frames.ContentOf(body) : null;

    private static IOperation? Initial(IObjectCreationOperation creation, string name) =>
        creation
            .Initializer?.Initializers.Select(initializer =>
                initializer switch
                {
                    ISimpleAssignmentOperation assignment when NameOf(assignment.Target) == name => assignment.Value,
                    IMemberInitializerOperation member when NameOf(member.InitializedMember) == name => member.Initializer,
                    _ => null,
                }
            )
            .FirstOrDefault(value => value is not null);

    /// <summary>The local that a created object is given to at once; null where there is none.</summary>
    public static IVariableDeclaratorOperation? LocalOf(IOperation creation) =>
        creation.WithConversions().Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator : null;

    /// <summary>What the program sets of an object that it makes.</summary>
    public ProgramObject ObjectOf(IObjectCreationOperation creation) => ProgramObject.Of(creation, frames);

    // props.VisibilityTimeout = …; after var props = new QueueProps();
    private IEnumerable<ISimpleAssignmentOperation> StepsOn(Written creation) =>
        LocalOf(creation.Operation) is { } declarator ? frames.ContentOf(declarator.Root()).StepsOn(declarator.Symbol) : [];

    private static string? NameOf(IOperation target) => (target as IMemberReferenceOperation)?.Member.Name;
}
