using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>How a request of an <c>HttpClient</c> fails: by <c>HttpRequestException</c>, or by <c>TaskCanceledException</c> where it takes too long.</summary>
internal static class HttpFailures
{
    /// <summary>Whether the operation is a request, and clauses without a filter take both.</summary>
    public static bool AreAllTaken(IOperation operation, ImmutableArray<CatchTarget> catches) =>
        operation is IInvocationOperation { TargetMethod.ContainingType: { } type }
        && (type.Is("System.Net.Http.HttpClient") || type.Is("System.Net.Http.Json.HttpClientJsonExtensions"))
        && Takes(catches, "System.Net.Http.HttpRequestException")
        && (Takes(catches, "System.Threading.Tasks.TaskCanceledException") || Takes(catches, "System.OperationCanceledException"));

    private static bool Takes(ImmutableArray<CatchTarget> catches, string exception) =>
        catches.Any(target => !target.HasFilter && target.Type is { } type && type.Is(exception));
}
