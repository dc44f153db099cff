using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>How code names a queue: exactly one of the two is given.</summary>
/// <param name="Text">The name or URL that it spells out.</param>
/// <param name="Variable">The environment variable that holds it.</param>
internal readonly record struct QueueName(string? Text, string? Variable);

/// <summary>Follows the names and URLs of queues to constants and to environment variables, through members of the classes on the way that nobody else can set.</summary>
internal sealed class QueueNames(ValueOrigins origins, EffectValues values, MethodBodies bodies, CancellationToken cancellationToken)
{
    private const int Deepest = 8;

    private readonly MemberDefinitions members = new(bodies, cancellationToken);

    /// <summary>What an argument of a call, or the member of its request, may name; none where one of its values cannot be told.</summary>
    /// <param name="call">The call.</param>
    /// <param name="frame">Where it stands.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="member">The member of the parameter <c>request</c>.</param>
    public IReadOnlyList<QueueName> At(IInvocationOperation call, Frame frame, string parameter, string member)
    {
        var found = new List<QueueName>();
        return AddAt(call, frame, parameter, member, found, 0) ? found : [];
    }

    private bool AddAt(IInvocationOperation call, Frame frame, string parameter, string member, List<QueueName> found, int depth)
    {
        var isArgument = call.TargetMethod.Parameters.Any(candidate => candidate.Name == parameter);
        var (presence, located) = values.ValuesOf(call, frame, AccessPath.Parse(isArgument ? parameter : "request." + member));
        return presence == Presence.Set && located.All(value => Add(value, found, depth));
    }

    // False where the value cannot be told.
    private bool Add(Located value, List<QueueName> found, int depth)
    {
        if (depth > Deepest)
            return false;
        return origins.Definitions(value.Operation, value.Frame) is { Count: > 0 } definitions
            && definitions.All(definition => AddDefinition(definition.Operation, definition.Frame, found, depth + 1));
    }

    private bool AddDefinition(IOperation operation, Frame frame, List<QueueName> found, int depth)
    {
        switch (operation)
        {
            // What stands in for a variable that is not set: with the template it is.
            case IThrowOperation or { ConstantValue: { HasValue: true, Value: "" } } or IFieldReferenceOperation { Field: { Name: "Empty", IsStatic: true } }:
                return true;
            case { ConstantValue: { HasValue: true, Value: string text } }:
                found.Add(new(text, null));
                return true;
            case IInvocationOperation { TargetMethod: { Name: "GetEnvironmentVariable" } method } read
                when method.ContainingType.Is("System.Environment")
                    && read.Arguments.FirstOrDefault()?.Value.ConstantValue is { HasValue: true, Value: string variable }:
                found.Add(new(null, variable));
                return true;
            case IPropertyReferenceOperation { Property.Name: "QueueUrl", Instance: { } response }
                when origins.Definitions(response, frame)
                    is [{ Operation: IInvocationOperation { TargetMethod.Name: "GetQueueUrlAsync" or "GetQueueUrl" } asked } at]:
                return AddAt(asked, at.Frame, "queueName", "QueueName", found, depth);
            case IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } member:
                return members.Of(member.Member.OriginalDefinition) is { Count: > 0 } sets && sets.All(set => Add(new(set, FrameOf(set, frame)), found, depth));
            default:
                return false;
        }
    }

    // In a constructor it may be made of the constructor's variables.
    private static Frame FrameOf(IOperation set, Frame user) =>
        set.SemanticModel?.GetEnclosingSymbol(set.Syntax.SpanStart)
            is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } constructor
            ? new(constructor, set.Root(), null, user)
            : user;
}
