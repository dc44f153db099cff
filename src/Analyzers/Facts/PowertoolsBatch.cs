using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What Powertools does after a failed record .</summary>
internal enum BatchPolicy
{
    /// <summary>It stops for a FIFO queue, and goes on for everything else.</summary>
    ByEvent = 0,

    /// <summary>It goes on.</summary>
    Continue = 1,

    /// <summary>It stops, and reports the rest too.</summary>
    Stop = 2,

    /// <summary>Decided at run time, or by a processor of the user's own.</summary>
    Unknown = 3,
}

/// <summary>A batch that is handed to Powertools' batch processor.</summary>
/// <param name="Place">Where the finding sits: the attribute, or the call.</param>
/// <param name="Policy">What it does after a failed record.</param>
/// <param name="IsParallel">Whether it surely works on several records at once .</param>
/// <param name="RecordHandler">The type that works on one record, where an attribute names it; else null.</param>
internal sealed record PowertoolsBatch(SyntaxNode Place, BatchPolicy Policy, bool IsParallel, INamedTypeSymbol? RecordHandler)
{
    /// <summary>How many records it works on at once, as far as the code says; null for an unknown number.</summary>
    public int? Degree { get; init; }

    /// <summary>The token that ends it: no record is begun after that, and what is not done is reported. Null where the code passes none.</summary>
    public IOperation? Token { get; init; }

    /// <summary>Whether options are passed that are not spelled out.</summary>
    public bool HasUnseenOptions { get; init; }

    /// <summary>Whether the code says whether, and how far, it works on several records at once; else the function's environment may.</summary>
    public bool SaysParallel { get; init; }

    /// <summary>Whether the code says what it does after a failed record; else the function's environment may.</summary>
    public bool SaysPolicy { get; init; }

    /// <summary>The attribute that hands a handler's batch over.</summary>
    public const string Attribute = Package + ".BatchProcessorAttribute";

    /// <summary>The package, and the namespace of all its types.</summary>
    public const string Package = "AWS.Lambda.Powertools.BatchProcessing";

    private const string Options = Package + ".ProcessingOptions";

    /// <summary>The batches that a handler hands over.</summary>
    public static IEnumerable<PowertoolsBatch> In(Handler handler, BatchFlow flow)
    {
        if (OfAttribute(handler) is { } woven)
        {
            yield return woven;
            yield break;
        }

        foreach (var body in flow.Bodies)
        {
            foreach (var call in body.Invocations)
            {
                if (IsHandOver(call))
                    yield return OfCall(call, value => value);
            }
        }
    }

    /// <summary>The batch that a handler's attribute hands over; null where it has none.</summary>
    public static PowertoolsBatch? OfAttribute(Handler handler) =>
        handler.Method.FindAttribute(Attribute) is { ApplicationSyntaxReference: { } reference } attribute
            ? OfAttribute(attribute, reference.GetSyntax())
            : null;

    /// <summary>Whether the call hands a batch over.</summary>
    public static bool IsHandOver(IInvocationOperation call) => call.TargetMethod.Name == "ProcessAsync" && call.TargetMethod.ContainingType.IsIn(Package);

    /// <summary>The batch that a call hands over.</summary>
    /// <param name="call">The call.</param>
    /// <param name="resolve">What a variable surely is; its argument where that is not known.</param>
    public static PowertoolsBatch OfCall(IInvocationOperation call, Func<IOperation, IOperation> resolve)
    {
        var isOwn = call.Instance?.Type is { } type && !type.IsIn(Package);

        // One that is injected may be configured anywhere.
        var isInjected =
            call.Instance is { Type.TypeKind: TypeKind.Interface } and not IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Instance" } };
        var byDefault = isOwn || isInjected ? BatchPolicy.Unknown : BatchPolicy.ByEvent;
        var place = call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? (SyntaxNode)access.Name : call.Syntax;
        var token = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.Is("System.Threading.CancellationToken") == true)?.Value;
        var options = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.Is(Options) == true)?.Value;
        if (options is null)
            return new(place, byDefault, false, null) { Degree = isOwn ? null : 1, Token = token };
        if (resolve(options.WithoutConversions()) is not IObjectCreationOperation creation)
            return new(place, BatchPolicy.Unknown, false, null) { HasUnseenOptions = true };
        IOperation? Set(string name) =>
            creation
                .Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
                .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation target && target.Property.Name == name)
                ?.Value;
        object? Value(string name) => Set(name) is { } value ? ConstantOf(value) ?? ConstantOf(resolve(value.WithoutConversions())) : null;
        var parallel = Set("BatchParallelProcessingEnabled");
        var (policy, degree) = (Set("ErrorHandlingPolicy"), Set("MaxDegreeOfParallelism"));
        var isParallel = Value("BatchParallelProcessingEnabled") is true && (degree is null || Value("MaxDegreeOfParallelism") is int and not (0 or 1));
        return new(
            place,
            isOwn ? BatchPolicy.Unknown
                : policy is null ? byDefault
                : ConstantOf(policy) is int value ? (BatchPolicy)value
                : BatchPolicy.Unknown,
            isParallel,
            null
        )
        {
            Degree =
                isOwn ? null
                : parallel is null || Value("BatchParallelProcessingEnabled") is false ? 1
                : Value("MaxDegreeOfParallelism") is int and >= 1 and var number && Value("BatchParallelProcessingEnabled") is true ? number
                : null,
            Token = Set("CancellationToken"),
            SaysParallel = parallel is not null,
            SaysPolicy = policy is not null,
        };
    }

    /// <summary>The class that works on one record by its attribute, as if Lambda called it; null for any other batch, and where the class is not in source.</summary>
    public Handler? WorkOf(Handler handler) =>
        RecordHandler is { } type
        && type.GetMembers("HandleAsync").OfType<IMethodSymbol>().FirstOrDefault(method => method.DeclaringSyntaxReferences.Length > 0) is { } method
            ? AsHandler(method, handler)
            : null;

    /// <summary>A method that works on one record, as if Lambda called it.</summary>
    public static Handler AsHandler(IMethodSymbol method, Handler handler) =>
        new(method, method.ContainingType, EventSourceKind.Unknown, method.Parameters.FirstOrDefault(), handler.Anchor, handler.Origin);

    private static PowertoolsBatch OfAttribute(AttributeData attribute, SyntaxNode syntax)
    {
        object? Named(string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
        var isOwn = Named("BatchProcessorProvider") is not null || Named("BatchProcessor") is INamedTypeSymbol processor && !processor.IsIn(Package);
        // Without a number the attribute's degree is 1: one after the other.
        var isParallel = Named("BatchParallelProcessingEnabled") is true && Named("MaxDegreeOfParallelism") is int degree && degree is not (0 or 1);
        return new(
            syntax,
            isOwn ? BatchPolicy.Unknown : (BatchPolicy)(Named("ErrorHandlingPolicy") as int? ?? 0),
            isParallel,
            Named("RecordHandler") as INamedTypeSymbol
        )
        {
            Degree =
                isOwn ? null
                : !isParallel ? 1
                : Named("MaxDegreeOfParallelism") is int and >= 1 and var number ? number
                : null,
            SaysParallel = Named("BatchParallelProcessingEnabled") is not null,
            SaysPolicy = Named("ErrorHandlingPolicy") is not null,
        };
    }

    private static object? ConstantOf(IOperation? value) =>
        value switch
        {
            null => null,
            { ConstantValue: { HasValue: true, Value: var constant } } => constant,
            IConversionOperation conversion => ConstantOf(conversion.Operand),
            _ => null,
        };
}
