using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>What Powertools runs for one record: a method of the source, or a function that the code makes a record handler of.</summary>
/// <param name="Method">The <c>HandleAsync</c> of a class; null for a function.</param>
/// <param name="Function">The lambda or method group; null for a class.</param>
/// <param name="Frame">Where the function stands; for a class, the handler.</param>
internal sealed record RecordHandler(IMethodSymbol? Method, IOperation? Function, Frame Frame)
{
    private const string Contract = "AWS.Lambda.Powertools.BatchProcessing.IRecordHandler";
    private const string Made = "AWS.Lambda.Powertools.BatchProcessing.RecordHandler";

    /// <summary>The record handler of a batch; null where it is not in source, or may be one of several.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="call">The call that hands it over; null for an attribute.</param>
    /// <param name="frame">The method that hands it over.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="quantities">What variables surely are.</param>
    public static RecordHandler? Of(PowertoolsBatch batch, IInvocationOperation? call, Frame frame, Handler handler, Quantities quantities)
    {
        if (call is null)
            return batch.WorkOf(handler) is { Method: var woven } ? new(woven.OriginalDefinition, null, frame) : null;
        return call.Arguments.FirstOrDefault(argument => ContractOf(argument.Parameter?.Type) is not null)?.Value is { } value
            ? Of(value.WithoutConversions(), frame, quantities)
            : null;
    }

    private static RecordHandler? Of(IOperation value, Frame frame, Quantities quantities)
    {
        for (var depth = 0; depth < 8; depth++)
        {
            if (
                value is IInvocationOperation { TargetMethod: { Name: "From", ContainingType: var maker }, Arguments: [{ Value: var given }] }
                && maker.Is(Made)
            )
                return quantities.Function(given, frame) is { } function ? new(null, function.Operation, function.Frame) : null;
            if (value is IObjectCreationOperation || quantities.Resolve(value, frame) is not { } definition)
                break;
            (value, frame) = (definition.Operation.WithoutConversions(), definition.Frame);
        }

        return
            value.Type is INamedTypeSymbol type
            && ContractOf(type)?.GetMembers("HandleAsync").OfType<IMethodSymbol>().FirstOrDefault() is { } contract
            && type.FindImplementationForInterfaceMember(contract) is IMethodSymbol { IsAbstract: false, DeclaringSyntaxReferences.Length: > 0 } method
            ? new(method.OriginalDefinition, null, frame)
            : null;
    }

    private static INamedTypeSymbol? ContractOf(ITypeSymbol? type) =>
        type is not INamedTypeSymbol named ? null
        : named.Is(Contract) ? named
        : named.AllInterfaces.FirstOrDefault(candidate => candidate.Is(Contract));
}
