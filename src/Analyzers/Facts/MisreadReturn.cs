using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>In which form failures are returned that Lambda does not look for there.</summary>
internal enum MisreadForm
{
    /// <summary>A response that is made JSON by hand: the serializer writes the text as one JSON string .</summary>
    Text,

    /// <summary>A list of the identifiers alone .</summary>
    Identifiers,
}

/// <summary>Failures that a handler returns as a plain value.</summary>
/// <param name="Form">How.</param>
/// <param name="Value">What is returned.</param>
internal sealed record MisreadReturn(MisreadForm Form, IOperation Value)
{
    /// <summary>The failures that a handler returns in its own body; null where it returns none, or its serializer may write them as Lambda reads them.</summary>
    public static MisreadReturn? In(Handler handler, MethodBody body, KnownTypes types)
    {
        if (handler.Serializer.Naming == JsonNaming.Unknown || handler.Response.Type is not { } type)
            return null;
        var values = body.Returned().Select(value => Resolve(value, body)).OfType<IOperation>().ToList();
        if (type.SpecialType == SpecialType.System_String)
            return values.Where(value => IsText(value)).Select(value => new MisreadReturn(MisreadForm.Text, value)).FirstOrDefault();
        if (ElementTypes.Of(type)?.SpecialType != SpecialType.System_String)
            return null;
        var failed = body.Invocations.Where(call => AddsIdentifier(call, body, handler.Source, types)).ToList();
        return values
            .Where(value => ListOf(value) is { } list && failed.Any(call => SymbolEqualityComparer.Default.Equals(ListOf(call.Instance), list)))
            .Select(value => new MisreadReturn(MisreadForm.Identifiers, value))
            .FirstOrDefault();
    }

    private static IOperation? Resolve(IOperation value, MethodBody body) =>
        value is ILocalReferenceOperation { Type.SpecialType: SpecialType.System_String } local
            ? body.Root.OnlyValueOf(local.Local)?.WithoutConversions()
            : value;

    private static bool IsText(IOperation value) =>
        value is IInvocationOperation { TargetMethod: { ContainingType: var type } method, Arguments: [var first, ..] }
        && (
            method.Name == "Serialize" && type.Is("System.Text.Json.JsonSerializer")
            || method.Name == "SerializeObject" && type.Is("Newtonsoft.Json.JsonConvert")
        )
        && FailureVehicles.CarriesItems(first.Value.WithoutConversions().Type);

    // failed.Add(message.MessageId), where an exception is caught.
    private static bool AddsIdentifier(IInvocationOperation call, MethodBody body, EventSourceKind source, KnownTypes types) =>
        FailureVehicles.IsAdd(call)
        && IsCaught(call)
        && call.Arguments.Any(argument =>
            (
                argument.Value.WithoutConversions() is ILocalReferenceOperation local
                    ? body.Root.OnlyValueOf(local.Local)?.WithoutConversions()
                    : argument.Value.WithoutConversions()
            )
                is IPropertyReferenceOperation { Instance.Type: { } owner, Property.Name: var name }
            && (source == EventSourceKind.Sqs ? name == "MessageId" && types.IsRecord(owner) : name == "SequenceNumber" && owner.IsIn("Amazon"))
        );

    private static bool IsCaught(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is ICatchClauseOperation)
                return true;
        }

        return false;
    }

    private static ILocalSymbol? ListOf(IOperation? value) =>
        value?.WithoutConversions() switch
        {
            ILocalReferenceOperation local => local.Local,
            IInvocationOperation { TargetMethod.Name: "ToArray" or "ToList" or "AsReadOnly" } call => ListOf(
                call.Instance ?? (call.Arguments.IsEmpty ? null : call.Arguments[0].Value)
            ),
            _ => null,
        };
}
