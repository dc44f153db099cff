using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
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
    /// <summary>The attribute that hands a handler's batch over.</summary>
    public const string Attribute = Package + ".BatchProcessorAttribute";

    private const string Package = "AWS.Lambda.Powertools.BatchProcessing";

    /// <summary>The batches that a handler hands over.</summary>
    public static IEnumerable<PowertoolsBatch> In(Handler handler, BatchFlow flow)
    {
        if (handler.Method.FindAttribute(Attribute) is { ApplicationSyntaxReference: { } reference } attribute)
        {
            yield return OfAttribute(attribute, reference.GetSyntax());
            yield break;
        }

        foreach (var body in flow.Bodies)
        {
            foreach (var call in body.Root.Descendants().OfType<IInvocationOperation>())
            {
                if (call.TargetMethod.Name == "ProcessAsync" && call.TargetMethod.ContainingType.IsIn(Package))
                    yield return OfCall(call);
            }
        }
    }

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
        );
    }

    private static PowertoolsBatch OfCall(IInvocationOperation call)
    {
        var isOwn = call.Instance?.Type is { } type && !type.IsIn(Package);

        // One that is injected may be configured anywhere.
        var isInjected =
            call.Instance is { Type.TypeKind: TypeKind.Interface } and not IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Instance" } };
        var byDefault = isOwn || isInjected ? BatchPolicy.Unknown : BatchPolicy.ByEvent;
        var place = call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? (SyntaxNode)access.Name : call.Syntax;
        var options = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.Is(Package + ".ProcessingOptions") == true)?.Value;
        if (options is null)
            return new(place, byDefault, false, null);
        if (options is not IObjectCreationOperation creation)
            return new(place, BatchPolicy.Unknown, false, null);
        IOperation? Set(string name) =>
            creation
                .Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
                .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation target && target.Property.Name == name)
                ?.Value;
        var policy = Set("ErrorHandlingPolicy");
        var degree = Set("MaxDegreeOfParallelism");
        var isParallel =
            ConstantOf(Set("BatchParallelProcessingEnabled")) is true && (degree is null || ConstantOf(degree) is int number && number is not (0 or 1));
        return new(
            place,
            isOwn ? BatchPolicy.Unknown
                : policy is null ? byDefault
                : ConstantOf(policy) is int value ? (BatchPolicy)value
                : BatchPolicy.Unknown,
            isParallel,
            null
        );
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
