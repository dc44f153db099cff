using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>
/// What <c>AddHttpClient</c> says about the clients that <c>IHttpClientFactory</c> makes: by name, or for the class that is given one. A registration with parts that are
/// not seen has only the limits that it sets itself.
/// </summary>
internal sealed class HttpRegistrations(
    Compilation compilation,
    SemanticModels models,
    Quantities quantities,
    ResiliencePipelines pipelines,
    CancellationToken cancellationToken
)
{
    private const string Extensions = "Microsoft.Extensions.DependencyInjection";
    private const string Adds = "AddHttpClient";
    private const string Defaults = "ConfigureHttpClientDefaults";
    private static readonly ImmutableArray<string> Names = ImmutableArray.Create(Adds, Defaults);

    private List<Registration>? known;

    private bool? hasDefaults;

    /// <summary>The limit of the client that a class is given; null where none is registered, or it cannot be told.</summary>
    public TimeLimit? OfTyped(INamedTypeSymbol type) =>
        LimitOf(registration =>
            registration.Types.Any(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, type.OriginalDefinition))
        );

    /// <summary>The limit of the client of a name; null where none is registered, or it cannot be told.</summary>
    public TimeLimit? OfNamed(string name) => LimitOf(registration => registration.Types.Count == 0 && registration.Name == name);

    private TimeLimit? LimitOf(Func<Registration, bool> isMeant)
    {
        TimeLimit? shortest = null;
        foreach (var registration in (known ??= Find()).Where(isMeant))
        {
            if (registration.Limit is not { } limit)
                return null;
            shortest = TimeLimit.Shorter(shortest, limit);
        }

        return shortest;
    }

    private List<Registration> Find()
    {
        var found = new List<Registration>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var call in CalledNames.Calls(tree, Names, cancellationToken))
            {
                if (CalledNames.NameOf(call.Expression) == Defaults)
                    hasDefaults = true;
                else if (
                    models.Of(tree).GetOperation(call, cancellationToken) is IInvocationOperation { TargetMethod: { } method } operation
                    && (method.ReducedFrom ?? method).ContainingType.IsIn(Extensions)
                )
                    found.Add(Read(operation));
            }
        }

        return hasDefaults == true ? found.ConvertAll(WithoutDefault) : found;
    }

    // What is configured for all clients is not read.
    private static Registration WithoutDefault(Registration registration) =>
        registration.Limit is { Source: LimitSource.Default } ? registration with { Limit = null } : registration;

    private Registration Read(IInvocationOperation add)
    {
        var name = add.Arguments.FirstOrDefault(argument => argument.Parameter is { Name: "name", Type.SpecialType: SpecialType.System_String })?.Value;
        var types = add.TargetMethod.TypeArguments.OfType<INamedTypeSymbol>().ToList();
        var text =
            name is null ? ""
            : name.ConstantValue is { HasValue: true, Value: string constant } ? constant
            : null;
        TimeLimit? set = null;
        TimeLimit? pipeline = null;
        var isSeen = true;
        IOperation last = add;
        for (IOperation? current = add; current is not null; current = Next(current))
        {
            last = current;
            var call = (IInvocationOperation)current;
            switch (call.TargetMethod.Name)
            {
                case Adds or "ConfigureHttpClient":
                    foreach (var argument in call.Arguments.Where(argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate))
                        isSeen &= ReadTimeout(argument.Value, ref set);
                    break;
                case "AddStandardResilienceHandler":
                    pipeline = TimeLimit.Shorter(pipeline, pipelines.OfStandardHandler(call));
                    break;
                case "AddResilienceHandler":
                    pipeline = TimeLimit.Shorter(pipeline, pipelines.OfHandler(call));
                    break;
            }
        }

        // A builder that is kept may be told more.
        if (last.Parent is not (IExpressionStatementOperation or IReturnOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }))
            isSeen = false;
        var own = set ?? (isSeen ? HttpClientLimits.Default : null);
        return new(text ?? "\0", types, TimeLimit.Shorter(own, pipeline));
    }

    // The next call on the builder that this one returns.
    private static IOperation? Next(IOperation call)
    {
        IOperation current = call.WithConversions();
        return current.Parent switch
        {
            IInvocationOperation next when next.Instance == current => next,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } next } argument when next.Arguments[0] == argument =>
                next,
            _ => null,
        };
    }

    // client => client.Timeout = …; false where the delegate is not seen, or hands the client on.
    private bool ReadTimeout(IOperation value, ref TimeLimit? set)
    {
        var target = value.WithoutConversions() is IDelegateCreationOperation creation ? creation.Target : value.WithoutConversions();
        if (target is not IAnonymousFunctionOperation lambda)
            return false;
        var frame = new Frame(lambda.Symbol, lambda.Root(), null, null);
        foreach (var operation in lambda.Body.Descendants())
        {
            switch (operation)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Timeout", Instance.Type: { } type } } assignment
                    when type.Is(ClientCalls.HttpClient):
                    if (quantities.Duration(assignment.Value, frame) is not { } duration)
                        return false;
                    set = TimeLimit.Shorter(set, new(duration, LimitSource.Explicit, HttpClientLimits.Name, assignment.Syntax));
                    break;
                case IArgumentOperation { Value: IParameterReferenceOperation { Type: { } given } } when given.Is(ClientCalls.HttpClient):
                    return false;
            }
        }

        return true;
    }

    private sealed record Registration(string Name, IReadOnlyList<INamedTypeSymbol> Types, TimeLimit? Limit);
}
