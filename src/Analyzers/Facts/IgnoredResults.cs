using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>A call that tells a failure by its result instead of an exception.</summary>
/// <param name="Type">The full name of the type whose methods do.</param>
/// <param name="Methods">Names of the methods, without <c>Async</c>.</param>
/// <param name="Failure">What the result may say, as the end of a sentence: <c>some entries fail</c>.</param>
/// <param name="Member">Where it says so.</param>
internal sealed record TellingCall(string Type, IReadOnlyList<string> Methods, string Failure, string Member);

/// <summary>A call that is waited for and whose result nobody looks at.</summary>
/// <param name="Call">The call.</param>
/// <param name="Telling">What its result would tell.</param>
/// <param name="Scope">The method it stands in.</param>
internal sealed record IgnoredResult(IInvocationOperation Call, TellingCall Telling, RecordScope Scope)
{
    private static readonly ImmutableArray<TellingCall> Known = ImmutableArray.Create<TellingCall>(
        new("Amazon.Kinesis.IAmazonKinesis", ["PutRecords"], "some records are refused", "FailedRecordCount"),
        new("Amazon.KinesisFirehose.IAmazonKinesisFirehose", ["PutRecordBatch"], "some records are refused", "FailedPutCount"),
        new("Amazon.SQS.IAmazonSQS", ["SendMessageBatch"], "some messages are refused", "Failed"),
        new("Amazon.SimpleNotificationService.IAmazonSimpleNotificationService", ["PublishBatch"], "some messages are refused", "Failed"),
        new("Amazon.DynamoDBv2.IAmazonDynamoDB", ["BatchWriteItem"], "some items are left unwritten", "UnprocessedItems"),
        new("Amazon.EventBridge.IAmazonEventBridge", ["PutEvents"], "some events are refused", "FailedEntryCount"),
        new("Amazon.Lambda.IAmazonLambda", ["Invoke"], "the function fails", "FunctionError"),
        new("System.Net.Http.HttpClient", ["Post", "Put", "Patch", "Delete", "Send"], "the server answers with an error", "IsSuccessStatusCode"),
        new(
            "System.Net.Http.Json.HttpClientJsonExtensions",
            ["PostAsJson", "PutAsJson", "PatchAsJson"],
            "the server answers with an error",
            "IsSuccessStatusCode"
        )
    );

    private static readonly ILookup<string, TellingCall> KnownByName = Known
        .SelectMany(telling => telling.Methods.SelectMany(name => new[] { (name, telling), (name: name + "Async", telling) }))
        .ToLookup(pair => pair.name, pair => pair.telling, StringComparer.Ordinal);

    /// <summary>The calls of a method, on the way of a record, whose results nobody looks at.</summary>
    public static IEnumerable<IgnoredResult> In(RecordScope scope)
    {
        foreach (var call in scope.Invocations)
        {
            if (
                TellingOf(call.TargetMethod) is { } telling
                && scope.IsAboutARecord(call)
                && !(telling.Member == "FunctionError" && IsHandedOver(scope))
                && IsIgnored(call, scope, isWaitedFor: !IsTask(call.Type))
            )
                yield return new(call, telling, scope);
        }
    }

    private static TellingCall? TellingOf(IMethodSymbol method)
    {
        if ((method.ReducedFrom ?? method).ContainingType is not { } type)
            return null;
        foreach (var telling in KnownByName[method.Name])
        {
            if (type.IsOrDerivesFrom(telling.Type) || type.AllInterfaces.Any(contract => contract.Is(telling.Type)))
                return telling;
        }

        return null;
    }

    // An asynchronous invocation answers before the function runs.
    private static bool IsHandedOver(RecordScope scope) =>
        scope.Body.Operations.Any(operation =>
            operation is IMemberReferenceOperation { Member: { Name: "Event" or "DryRun", ContainingType.Name: "InvocationType" } }
            || operation.ConstantValue is { HasValue: true, Value: "Event" or "DryRun" }
        );

    private static bool IsIgnored(IOperation value, RecordScope scope, bool isWaitedFor)
    {
        var current = value;
        while (true)
        {
            switch (current.Parent)
            {
                case IConversionOperation:
                    current = current.Parent;
                    continue;
                case IAwaitOperation:
                    isWaitedFor = true;
                    current = current.Parent;
                    continue;
                case IPropertyReferenceOperation { Property.Name: "Result" } property when property.Instance == current:
                    isWaitedFor = true;
                    current = property;
                    continue;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "GetAwaiter" or "GetResult" or "Wait" } call when call.Instance == current:
                    isWaitedFor |= call.TargetMethod.Name is "GetResult" or "Wait";
                    current = call;
                    continue;
                case IExpressionStatementOperation:
                case ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation }:
                    return isWaitedFor;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return isWaitedFor && !IsLookedAt(declarator.Symbol, scope);
                case IReturnOperation:
                    return LosesResult(current, scope);
                default:
                    return false;
            }
        }
    }

    // A Task without a value does not hand the result on.
    private static bool LosesResult(IOperation returned, RecordScope scope)
    {
        for (var parent = returned.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda)
                return IsPlainTask(lambda.Symbol.ReturnType);
        }

        return IsPlainTask(scope.Body.Method.ReturnType);
    }

    // What is only written to the log decides nothing.
    private static bool IsLookedAt(ILocalSymbol variable, RecordScope scope) =>
        scope
            .Body.Operations.OfType<ILocalReferenceOperation>()
            .Any(reference => SymbolEqualityComparer.Default.Equals(reference.Local, variable) && !SafeCalls.IsLogged(reference));

    private static bool IsTask(ITypeSymbol? type) => type is { Name: "Task" or "ValueTask" };

    private static bool IsPlainTask(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: 0 };
}
