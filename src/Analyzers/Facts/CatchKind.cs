using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What a catch clause takes, seen as a promise about records.</summary>
internal enum CatchKind
{
    /// <summary>Everything: bare, or <c>Exception</c>.</summary>
    Everything,

    /// <summary>A failing transport, which another delivery may get past: HTTP, AWS services, timeouts, sockets, databases.</summary>
    Transport,

    /// <summary>A named condition: a rejected claim, a duplicate, a message that cannot be read. Dropping such a record can be meant.</summary>
    Named,
}

/// <summary>Sorting catch clauses by their exception type.</summary>
internal static class CatchKinds
{
    private static readonly string[] Transports =
    [
        "System.Net.Http.HttpRequestException",
        "System.Net.WebException",
        "System.Net.Sockets.SocketException",
        "System.TimeoutException",
        "System.Data.Common.DbException",
        "System.Threading.Tasks.TaskCanceledException",
        "Microsoft.EntityFrameworkCore.DbUpdateException",
    ];

    // A service that answers "no such thing", "already so" or "not allowed by your condition" has done its part.
    private static readonly string[] Answers =
    [
        "Conditional",
        "NotFound",
        "NoSuch",
        "AlreadyExists",
        "Duplicate",
        "Conflict",
        "Canceled",
        "Exists",
        "Validation",
    ];

    /// <summary>What a clause that catches <paramref name="type"/> takes.</summary>
    public static CatchKind Of(ITypeSymbol? type)
    {
        if (
            type is null
            || type.SpecialType == SpecialType.System_Object
            || type.Is("System.Exception")
            || type.Is("System.AggregateException")
            || type.Is("System.SystemException")
        )
            return CatchKind.Everything;
        if (Transports.Any(name => type.IsOrDerivesFrom(name)))
            return CatchKind.Transport;
        if (type.IsOrDerivesFrom("Amazon.Runtime.AmazonServiceException") || type.IsOrDerivesFrom("Amazon.Runtime.AmazonClientException"))
        {
            return Answers.Any(word => type.Name.Contains(word)) ? CatchKind.Named : CatchKind.Transport;
        }

        return CatchKind.Named;
    }
}
