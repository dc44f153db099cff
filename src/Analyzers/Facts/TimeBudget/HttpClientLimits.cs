using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>
/// How long a request of an <c>HttpClient</c> may take: by what its <c>Timeout</c> is set to where it is made, in its class, or where a factory is told to make it; else 100 s.
/// A client that comes from somewhere else has no known limit.
/// </summary>
internal sealed class HttpClientLimits(ValueOrigins origins, MemberDefinitions members, Quantities quantities, HttpRegistrations registrations)
{
    /// <summary>How messages call the property.</summary>
    public const string Name = "HttpClient.Timeout";

    /// <summary>HttpClient's own limit.</summary>
    public static TimeLimit Default { get; } = new(TimeSpan.FromSeconds(100), LimitSource.Default, "HttpClient's default timeout");

    /// <summary>The limit of a client's requests; null where it is not known.</summary>
    public TimeLimit? Of(IOperation client, Frame frame)
    {
        TimeLimit? shortest = null;
        foreach (var definition in origins.Definitions(client, frame))
        {
            if (OfDefinition(definition, client, frame) is not { } limit)
                return null;
            shortest = TimeLimit.Shorter(shortest, limit);
        }

        return shortest;
    }

    private TimeLimit? OfDefinition(Located definition, IOperation client, Frame user) =>
        definition.Operation switch
        {
            IObjectCreationOperation creation when creation.Type.Is(ClientCalls.HttpClient) => FromSets(
                origins.MemberOf(client, user, "Timeout"),
                isComplete: !IsGivenAway(client, user)
            ),
            IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } own => OfMember(
                own.Member.OriginalDefinition,
                user
            ),
            IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter } => OfInjected(
                parameter,
                user
            ),
            IInvocationOperation { TargetMethod.Name: "CreateClient" } made => OfFactory(made),
            _ => null,
        };

    private TimeLimit? OfMember(ISymbol member, Frame user)
    {
        if (members.Of(member) is not { Count: > 0 } values)
            return null;
        TimeLimit? shortest = null;
        foreach (var value in values.Select(value => value.WithoutConversions()))
        {
            var limit = value switch
            {
                IObjectCreationOperation creation when creation.Type.Is(ClientCalls.HttpClient) => FromSets(
                    [.. InitializerSets(creation, user), .. ClassSets(member, [member], user)],
                    isComplete: !IsGivenAway(member)
                ),
                IParameterReferenceOperation { Parameter: var parameter } => OfInjected(parameter, user, member),
                IInvocationOperation { TargetMethod.Name: "CreateClient" } made => ClassSets(member, [member], user) is { Count: > 0 } sets
                    ? FromSets(sets, isComplete: true)
                    : OfFactory(made),
                _ => null,
            };
            if (limit is null)
                return null;
            shortest = TimeLimit.Shorter(shortest, limit);
        }

        return shortest;
    }

    // A class may set the timeout of a client that it is given; else what the factory was told holds, or what Lambda's own constructor hands on.
    private TimeLimit? OfInjected(IParameterSymbol parameter, Frame user, ISymbol? member = null)
    {
        var type = parameter.ContainingType;
        ISymbol[] names = member is null ? [parameter] : [parameter, member];
        var sets = ClassSets(parameter, names, user);
        return sets.Count > 0
            ? FromSets(sets, isComplete: true)
            : registrations.OfTyped(type) ?? OfHandedOn(parameter, user, isComplete: !names.Any(IsGivenAway));
    }

    // public OrdersFunction() : this(new HttpClient()) { }
    private TimeLimit? OfHandedOn(IParameterSymbol parameter, Frame user, bool isComplete) =>
        members
            .NodesAround(parameter)
            .OfType<ConstructorInitializerSyntax>()
            .Where(initializer => initializer.Parent is ConstructorDeclarationSyntax { ParameterList.Parameters.Count: 0 })
            .Select(initializer => members.OperationOf(initializer))
            .OfType<IInvocationOperation>()
            .Where(call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, parameter.ContainingSymbol))
            .SelectMany(call => call.Arguments)
            .Where(argument => argument.Parameter?.Ordinal == parameter.Ordinal)
            .Select(argument => argument.Value.WithoutConversions())
            .OfType<IObjectCreationOperation>()
            .Where(creation => creation.Type.Is(ClientCalls.HttpClient))
            .Select(creation => FromSets(InitializerSets(creation, user), isComplete))
            .FirstOrDefault();

    private TimeLimit? OfFactory(IInvocationOperation made)
    {
        if (!(made.TargetMethod.ReducedFrom ?? made.TargetMethod).ContainingType.IsIn("System.Net.Http"))
            return null;
        var name = made.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_String)?.Value;
        return name is null ? registrations.OfNamed("")
            : name.ConstantValue is { HasValue: true, Value: string text } ? registrations.OfNamed(text)
            : null;
    }

    private TimeLimit? FromSets(IEnumerable<Located> sets, bool isComplete)
    {
        TimeLimit? shortest = null;
        foreach (var set in sets)
        {
            if (quantities.Duration(set.Operation, set.Frame) is not { } duration)
                return null;
            shortest = TimeLimit.Shorter(shortest, new(duration, LimitSource.Explicit, Name, set.Operation.Syntax));
        }

        return shortest ?? (isComplete ? Default : null);
    }

    private static IEnumerable<Located> InitializerSets(IObjectCreationOperation creation, Frame user) =>
        creation
            .Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
            .Where(assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: "Timeout" })
            .Select(assignment => new Located(assignment.Value, AtRoot(assignment, user)))
        ?? [];

    // http.Timeout = …, anywhere in the class.
    private List<Located> ClassSets(ISymbol around, IReadOnlyList<ISymbol> names, Frame user)
    {
        var sets = new List<Located>();
        foreach (var node in members.NodesAround(around))
        {
            if (
                node
                    is AssignmentExpressionSyntax
                    {
                        Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Timeout", Expression: var target },
                        Right: var value
                    }
                && names.Any(name => target.ToString().EndsWith(name.Name, StringComparison.Ordinal) && members.Means(target, name))
                && members.OperationOf(value) is { } operation
            )
            {
                sets.Add(new(operation, AtRoot(operation, user)));
            }
        }

        return sets;
    }

    private static Frame AtRoot(IOperation operation, Frame user) => new(user.Outermost.Method, operation.Root(), null, null);

    // Whoever is given the client may set its timeout.
    private static bool IsGivenAway(IOperation client, Frame frame) =>
        client.WithoutConversions() is ILocalReferenceOperation local
        && frame
            .Root.Descendants()
            .OfType<IArgumentOperation>()
            .Any(argument =>
                argument.Value.WithoutConversions() is ILocalReferenceOperation given
                && SymbolEqualityComparer.Default.Equals(given.Local, local.Local)
                && !(argument.Parent is IInvocationOperation call && ClientCalls.HttpReceiver(call) is not null)
            );

    private bool IsGivenAway(ISymbol member) =>
        members
            .NodesAround(member)
            .OfType<ArgumentSyntax>()
            .Any(argument => argument.Expression.ToString().EndsWith(member.Name, StringComparison.Ordinal) && members.Means(argument.Expression, member));
}
