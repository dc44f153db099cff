using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>A place that fails when a record of a DynamoDB stream has not the image that it reads.</summary>
/// <param name="Image"><c>NewImage</c> or <c>OldImage</c>.</param>
/// <param name="Operation">What is done with it: an index, a loop.</param>
/// <param name="Scope">The method it stands in.</param>
internal sealed record ImageRead(string Image, IOperation Operation, RecordScope Scope);

/// <summary>How a handler of a DynamoDB stream deals with the images of its records.</summary>
internal sealed class ImageReads
{
    private const int MostRounds = 5;
    private static readonly string[] Images = ["NewImage", "OldImage"];
    private static readonly string[] Questions = ["TryGetValue", "ContainsKey", "GetValueOrDefault", "Any", "Count"];

    private readonly ImmutableArray<RecordScope> scopes;
    private readonly Func<IInvocationOperation, IMethodSymbol?> targetOf;
    private readonly KnownTypes types;
    private readonly Dictionary<ISymbol, string> variables = new(SymbolEqualityComparer.Default);
    private readonly List<ImageRead> reads = [];
    private bool hasEmptyImages;

    private ImageReads(ImmutableArray<RecordScope> scopes, KnownTypes types, Func<IInvocationOperation, IMethodSymbol?> targetOf) =>
        (this.scopes, this.types, this.targetOf) = (scopes, types, targetOf);

    /// <summary>The places that fail without the image, in the order of the code.</summary>
    public IReadOnlyList<ImageRead> Reads => reads;

    /// <summary>Whether the handler asks what happened to the item, or hands the record to code that may.</summary>
    public bool AsksForEvent { get; private set; }

    /// <summary>Whether the handler asks whether an image is there.</summary>
    public bool AsksForImage { get; private set; }

    /// <summary>Looks through the methods that the batch reaches.</summary>
    /// <param name="scopes">The methods.</param>
    /// <param name="types">The types of the packages.</param>
    /// <param name="targetOf">The method of the source that a call runs.</param>
    public static ImageReads In(ImmutableArray<RecordScope> scopes, KnownTypes types, Func<IInvocationOperation, IMethodSymbol?> targetOf)
    {
        var found = new ImageReads(scopes, types, targetOf);
        found.FollowVariables();
        foreach (var scope in scopes)
        {
            foreach (var operation in scope.Operations)
                found.Visit(operation, scope);
        }

        return found;
    }

    // An image in a variable, or passed to a method of the source.
    private void FollowVariables()
    {
        int before;
        var rounds = 0;
        do
        {
            before = variables.Count;
            foreach (var operation in scopes.SelectMany(scope => scope.Operations))
            {
                if (ImageOf(operation) is not { } image)
                    continue;
                hasEmptyImages |= operation is IPropertyReferenceOperation { Property.ContainingType: var type } && type.IsIn("Amazon.DynamoDBv2");
                switch (operation.WithConversions().Parent)
                {
                    case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                        variables[declarator.Symbol] = image;
                        break;
                    case IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call } when targetOf(call) is { } target:
                        if (parameter.Ordinal < target.Parameters.Length)
                            variables[target.Parameters[parameter.Ordinal]] = image;
                        break;
                }
            }
        } while (variables.Count > before && rounds++ < MostRounds);
    }

    private void Visit(IOperation operation, RecordScope scope)
    {
        if (
            operation is IPropertyReferenceOperation { Property.Name: "EventName" or "UserIdentity" } property
            && types.IsRecord(property.Property.ContainingType)
            && !SafeCalls.IsLogged(property)
        )
            AsksForEvent = true;
        if (operation is IInvocationOperation call && IsUnseenQuestion(call))
            AsksForEvent = true;
        if (ImageOf(operation) is not { } image)
            return;
        var whole = operation.WithConversions();
        switch (whole.Parent)
        {
            case IPropertyReferenceOperation { Property: { IsIndexer: true } or { Name: "Keys" or "Values" } } access when access.Instance == whole:
                reads.Add(new(image, access, scope));
                break;
            case IForEachLoopOperation loop when loop.Collection == whole:
                reads.Add(new(image, operation, scope));
                break;
            case IPropertyReferenceOperation { Property.Name: "Count" } count:
                AsksOf(image, count, scope);
                break;
            case IInvocationOperation { TargetMethod.Name: var name } question when Questions.Contains(name):
                AsksOf(image, question, scope);
                break;
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: var extension } question } when Questions.Contains(extension):
                AsksOf(image, question, scope);
                break;
            case IConditionalAccessOperation or ICoalesceOperation or IIsPatternOperation or ISwitchExpressionOperation or ISwitchOperation or IIsTypeOperation:
            case IBinaryOperation:
                AsksForImage = true;
                break;
        }
    }

    // A missing image is null, so that already the question fails. Only the type of the AWS SDK, which old versions of the package hand on, has an empty one instead.
    private void AsksOf(string image, IOperation question, RecordScope scope)
    {
        if (hasEmptyImages)
            AsksForImage = true;
        else
            reads.Add(new(image, question, scope));
    }

    // record.Dynamodb.NewImage, or a variable that holds it.
    private string? ImageOf(IOperation operation) =>
        operation switch
        {
            IPropertyReferenceOperation { Property: { Name: var name, ContainingType: { Name: "StreamRecord" } type } }
                when Images.Contains(name) && (type.IsIn("Amazon.Lambda.DynamoDBEvents") || type.IsIn("Amazon.DynamoDBv2")) => name,
            ILocalReferenceOperation local when variables.TryGetValue(local.Local, out var image) => image,
            IParameterReferenceOperation parameter when variables.TryGetValue(parameter.Parameter, out var image) => image,
            _ => null,
        };

    // Code that cannot be seen may look at the event's name and answer whether the record is wanted.
    private bool IsUnseenQuestion(IInvocationOperation call) =>
        targetOf(call) is null
        && call.Type?.Awaited()?.SpecialType == SpecialType.System_Boolean
        && call.Arguments.Any(argument => types.IsRecord(argument.Value is IConversionOperation conversion ? conversion.Operand.Type : argument.Value.Type));
}
