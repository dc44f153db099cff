using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>The clients of other systems whose calls have a limit of their own, known by their full names.</summary>
internal static class ClientCalls
{
    /// <summary>The type of the framework's client.</summary>
    public const string HttpClient = "System.Net.Http.HttpClient";

    private const string JsonExtensions = "System.Net.Http.Json.HttpClientJsonExtensions";

    private static readonly string[] HttpVerbs = ["Get", "Post", "Put", "Patch", "Delete", "Send"];

    /// <summary>The HttpClient that a call sends a request with; null for any other call.</summary>
    public static IOperation? HttpReceiver(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!Array.Exists(HttpVerbs, verb => method.Name.StartsWith(verb, StringComparison.Ordinal)) || method.Name is "GetType" or "GetHashCode")
            return null;
        if ((method.ReducedFrom ?? method).ContainingType.Is(JsonExtensions))
            return call.Instance ?? call.Arguments.FirstOrDefault()?.Value;
        return method.ContainingType.IsOrDerivesFrom(HttpClient) || call.Instance?.Type.IsOrDerivesFrom(HttpClient) == true ? call.Instance : null;
    }

    /// <summary>The client of the AWS SDK that a call sends a request with; null for any other call.</summary>
    public static IOperation? AwsReceiver(IInvocationOperation call) =>
        call.Instance is { Type: { } type } instance && call.TargetMethod.ReturnType.Name == "Task" && IsAwsClient(type) ? instance : null;

    /// <summary>Whether the type is a client of the AWS SDK: one of its interfaces, or a class that implements one.</summary>
    public static bool IsAwsClient(ITypeSymbol type) => type.AllInterfaces.Any(IsAwsInterface) || type is INamedTypeSymbol named && IsAwsInterface(named);

    private static bool IsAwsInterface(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface && type.Name.StartsWith("IAmazon", StringComparison.Ordinal) && type.IsIn("Amazon");
}
