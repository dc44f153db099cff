using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>How code names a queue: exactly one of the two is given.</summary>
/// <param name="Text">The name or URL that it spells out.</param>
/// <param name="Variable">The environment variable that holds it.</param>
internal readonly record struct QueueName(string? Text, string? Variable);

/// <summary>Follows the names and URLs of queues to constants and to environment variables, through read-only members of the classes on the way.</summary>
internal sealed class QueueNames(ValueOrigins origins, EffectValues values, MethodBodies bodies, CancellationToken cancellationToken)
{
    private const int Deepest = 8;

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
            case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: { IsReadOnly: true } field }:
                return AddSets(field, frame, found, depth);
            case IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: { SetMethod: null } property }:
                return AddSets(property, frame, found, depth);
            default:
                return false;
        }
    }

    // Where a member is declared, or in the constructors.
    private bool AddSets(ISymbol member, Frame frame, List<QueueName> found, int depth)
    {
        var sets = new List<Located>();
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            var value = reference.GetSyntax(cancellationToken) switch
            {
                PropertyDeclarationSyntax { Initializer.Value: { } initial } => initial,
                PropertyDeclarationSyntax { ExpressionBody.Expression: { } computed } => computed,
                VariableDeclaratorSyntax { Initializer.Value: { } initial } => initial,
                _ => null,
            };
            if (value is not null && bodies.OperationOf(value, cancellationToken) is { } operation)
                sets.Add(new(operation, frame));
        }

        foreach (var constructor in member.ContainingType.Constructors)
        {
            if (bodies.Of(constructor, cancellationToken) is not { } body)
                continue;
            var inner = new Frame(constructor, body.Root, null, frame);
            sets.AddRange(
                body.Operations.OfType<ISimpleAssignmentOperation>()
                    .Where(assignment => assignment.Target is IMemberReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Member, member))
                    .Select(assignment => new Located(assignment.Value, inner))
            );
        }

        return sets.Count > 0 && sets.TrueForAll(set => Add(set, found, depth));
    }
}
