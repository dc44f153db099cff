using AtLeastOnce.Analyzers.Handlers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>The frames of the calls that are followed, one a call and frame, and the operations that run in each.</summary>
internal sealed class ProgramFrames(SemanticModels models, CancellationToken cancellationToken)
{
    private const int MostCalls = 12;
    private readonly Dictionary<(IOperation Call, ProgramFrame From), ProgramFrame?> calls = [];
    private readonly Dictionary<IMethodSymbol, IOperation?> bodies = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IOperation, ProgramBody> contents = [];
    private readonly Dictionary<ISymbol, IOperation?> initializers = new(SymbolEqualityComparer.Default);

    /// <summary>The frame of a constructor or method of the source that a call runs; null for one of a library, a recursion, and what is too deep.</summary>
    public ProgramFrame? Of(Written call)
    {
        if (calls.TryGetValue((call.Operation, call.Frame), out var known))
            return known;
        var frame = call.Frame.Depth >= MostCalls ? null : Make(call);
        calls.Add((call.Operation, call.Frame), frame);
        return frame;
    }

    /// <summary>The operations of a constructor or method as written; null where there are none in source.</summary>
    public IOperation? BodyOf(IMethodSymbol method)
    {
        var definition = method.PartialImplementationPart ?? method.OriginalDefinition;
        if (bodies.TryGetValue(definition, out var known))
            return known;
        var body = definition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } syntax
            ? models.Of(syntax.SyntaxTree).GetOperation(syntax, cancellationToken)
            : null;
        bodies.Add(definition, body);
        return body;
    }

    /// <summary>What a piece of code does.</summary>
    public ProgramBody ContentOf(IOperation code)
    {
        if (!contents.TryGetValue(code, out var content))
            contents.Add(code, content = ProgramBody.Of(code));
        return content;
    }

    /// <summary>The operations of a field's or property's initializer, or of a property's only expression; null where there are none in source.</summary>
    public IOperation? InitializerOf(ISymbol member)
    {
        if (initializers.TryGetValue(member, out var known))
            return known;
        var value =
            member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } syntax
            && ExpressionSyntaxes.ValueOf(syntax) is { } expression
                ? models.Of(expression.SyntaxTree).GetOperation(expression, cancellationToken)
                : null;
        initializers.Add(member, value);
        return value;
    }

    private static ProgramFrame? Make(Written call)
    {
        var (method, arguments, instance) = call.Operation switch
        {
            IObjectCreationOperation { Constructor: { } constructor } creation => (constructor, creation.Arguments, (Written?)call),
            IInvocationOperation invocation => (
                invocation.TargetMethod,
                invocation.Arguments,
                invocation.Instance is IInstanceReferenceOperation ? call.Frame.Instance : null
            ),
            _ => (null, default, null),
        };
        if (method is null || !method.Locations.Any(location => location.IsInSource) || call.Frame.IsWithin(method))
            return null;
        var frame = new ProgramFrame(method, instance, call.Frame, call.Operation);
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { } parameter && !(argument.ArgumentKind == ArgumentKind.ParamArray))
                frame.Bind(parameter, new(argument.Value, call.Frame));
        }

        return frame;
    }
}
