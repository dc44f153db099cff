using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>
/// Events that a handler takes as JSON, a text or a stream and reads itself: the type it reads them as, or the names it looks for in them, tell what feeds it.
/// </summary>
internal static class EventsReadByHand
{
    private const string RecordsName = "Records";

    // The names under which the records of each source carry what they are about.
    private static readonly (string Name, EventSourceKind Kind)[] ContentNames =
    [
        ("body", EventSourceKind.Sqs),
        ("kinesis", EventSourceKind.Kinesis),
        ("dynamodb", EventSourceKind.DynamoDb),
    ];

    /// <summary>Whether events of the type have to be read by hand.</summary>
    public static bool IsRaw(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String || type.Is("System.IO.Stream") || type.IsIn("System.Text.Json") || type.IsIn("Newtonsoft.Json.Linq");

    /// <summary>
    /// What feeds a method that takes such an event and Lambda's context; <see cref="EventSourceKind.Unknown"/> where its body does not say, or says several.
    /// </summary>
    public static EventSourceKind SourceOf(MethodDeclarationSyntax method, SemanticModel model, KnownTypes types, CancellationToken cancellationToken)
    {
        if (!method.ParameterList.Parameters.Any(parameter => types.IsLambdaContext(model.GetDeclaredSymbol(parameter, cancellationToken)?.Type)))
            return EventSourceKind.Unknown;
        var read = method
            .DescendantNodes()
            .OfType<GenericNameSyntax>()
            .Where(name => name.Identifier.ValueText.StartsWith("Deserialize", StringComparison.Ordinal))
            .SelectMany(name => name.TypeArgumentList.Arguments)
            .Select(argument => model.GetTypeInfo(argument, cancellationToken).Type)
            .Where(type => type.IsIn("Amazon.Lambda"))
            .Distinct(SymbolEqualityComparer.Default)
            .ToList();
        return read.Count switch
        {
            0 => SourceOf(method),
            1 => types.EventKind(read[0] as ITypeSymbol),
            _ => EventSourceKind.Unknown,
        };
    }

    /// <summary>Whether the operation takes the records out of an event that is read as JSON.</summary>
    public static bool TakesRecords(IOperation operation) =>
        operation switch
        {
            IInvocationOperation { Arguments: [{ Value: var name }, ..] } call => Names(name) && IsRaw(call.TargetMethod.ContainingType),
            IPropertyReferenceOperation { Arguments: [{ Value: var name }] } indexer => Names(name) && IsRaw(indexer.Property.ContainingType),
            _ => false,
        };

    /// <summary>Whether the method takes the records out of this parameter by their name: it then may carry something else as well, the request of a caller.</summary>
    public static bool MayCarryMore(IParameterSymbol parameter) =>
        IsRaw(parameter.Type)
        && parameter.ContainingSymbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax method
        && TextsIn(method).Contains(RecordsName);

    private static EventSourceKind SourceOf(MethodDeclarationSyntax method)
    {
        var texts = TextsIn(method);
        if (!texts.Contains(RecordsName))
            return EventSourceKind.Unknown;
        var named = ContentNames.Where(content => texts.Contains(content.Name)).ToList();
        return named.Count == 1 ? named[0].Kind : EventSourceKind.Unknown;
    }

    private static HashSet<string> TextsIn(MethodDeclarationSyntax method) =>
        new(method.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken)).Select(token => token.ValueText), StringComparer.Ordinal);

    private static bool Names(IOperation argument) => argument.ConstantValue is { HasValue: true, Value: RecordsName };
}
