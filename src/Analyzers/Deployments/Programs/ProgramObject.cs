using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>What a program sets of an object that it makes, in the initializer and in steps after it.</summary>
internal sealed class ProgramObject
{
    private readonly HashSet<string> written = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    private ProgramObject(IObjectCreationOperation creation, ProgramFrames frames)
    {
        foreach (var initializer in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            var member = initializer switch
            {
                ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } => target.Member,
                IMemberInitializerOperation { InitializedMember: IMemberReferenceOperation target } => target.Member,
                _ => null,
            };
            if (member is null)
                IsChangedElsewhere = true;
            else
                written.Add(member.Name);
        }

        if (ProgramValues.LocalOf(creation) is { } local)
            FollowSteps(frames.ContentOf(local.Root()).UsesOf(local.Symbol));
    }

    /// <summary>The names of the members that are set, or may be.</summary>
    public IEnumerable<string> Members => written;

    /// <summary>Whether the object is handed on, and may be changed where that cannot be followed.</summary>
    public bool IsChangedElsewhere { get; private set; }

    /// <summary>Looks at an object.</summary>
    /// <param name="creation">Its creation.</param>
    /// <param name="frames">Knows what the code around it does.</param>
    public static ProgramObject Of(IObjectCreationOperation creation, ProgramFrames frames) => new(creation, frames);

    /// <summary>Whether a member is changed in another way than by being set.</summary>
    public bool IsChanged(string member) => changed.Contains(member);

    private void FollowSteps(IEnumerable<ILocalReferenceOperation> references)
    {
        var (uses, hasSteps) = (0, false);
        foreach (var reference in references)
        {
            switch (reference.WithConversions().Parent)
            {
                case IMemberReferenceOperation member when member.Instance == reference:
                    hasSteps |= FollowMember(member);
                    break;
                case IArgumentOperation { Parent: IObjectCreationOperation }:
                    uses++;
                    break;
                case IReturnOperation:
                    break;
                default:
                    IsChangedElsewhere = true;
                    break;
            }
        }

        // What a step changes between two uses is not told apart.
        IsChangedElsewhere |= hasSteps && uses > 1;
    }

    // args.Timeout = 20; args.FunctionResponseTypes.Add("…");
    private bool FollowMember(IMemberReferenceOperation member)
    {
        switch (member.WithConversions().Parent)
        {
            case ISimpleAssignmentOperation assignment when assignment.Target == member:
                written.Add(member.Member.Name);
                return true;
            case IAssignmentOperation assignment when assignment.Target == member:
            case IIncrementOrDecrementOperation:
            case IInvocationOperation:
            case IMemberReferenceOperation:
            case IArgumentOperation:
                written.Add(member.Member.Name);
                changed.Add(member.Member.Name);
                return true;
            default:
                return false;
        }
    }
}
