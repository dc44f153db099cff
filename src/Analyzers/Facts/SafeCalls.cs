using System.Runtime.CompilerServices;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// Which operations cannot fail for one record: logging, tracing, list operations, plain values and making a text of them. Parsing, indexers of dictionaries,
/// and calls of anything else can.
/// </summary>
internal static class SafeCalls
{
    private static readonly Namespaces LoggingNamespaces = new([
        "Microsoft.Extensions.Logging",
        "Serilog",
        "NLog",
        "log4net",
        "AWS.Lambda.Powertools.Logging",
        "AWS.Lambda.Powertools.Metrics",
        "AWS.Lambda.Powertools.Tracing",
        "System.Diagnostics",
        "OpenTelemetry",
        "Datadog.Trace",
        "Amazon.XRay",
        "Sentry",
        "Microsoft.ApplicationInsights",
        "NewRelic",
    ]);

    private static readonly string[] LoggingTypes =
    [
        "Amazon.Lambda.Core.ILambdaLogger",
        "Amazon.Lambda.Core.LambdaLogger",
        "System.Console",
        "System.IO.TextWriter",
    ];

    // By the words people use for it: a call on such a type, or of such a method, tells somebody and changes nothing.
    private static readonly string[] LoggingWords =
    [
        "Log",
        "Logger",
        "Trace",
        "Tracer",
        "Tracing",
        "Telemetry",
        "Metric",
        "Metrics",
        "Activity",
        "Span",
        "Diagnostics",
    ];
    private static readonly string[] TelemetryVerbs =
    [
        "CaptureException",
        "RecordException",
        "TrackException",
        "SetException",
        "AddException",
        "NoticeError",
        "AddTag",
        "SetTag",
        "SetStatus",
    ];

    private static readonly Namespaces SafeNamespaces = new([
        "System.Collections",
        "System.Linq",
        "System.Text.RegularExpressions",
        "System.Runtime.CompilerServices",
    ]);

    private static readonly string[] SafeTypes =
    [
        "System.String",
        "System.Text.StringBuilder",
        "System.Text.StringBuilder.AppendInterpolatedStringHandler",
        // Decoding replaces what it cannot read.
        "System.Text.Encoding",
        "System.IO.MemoryStream",
        "System.IO.StreamReader",
        "System.Math",
        "System.TimeSpan",
        "System.Environment",
        "System.GC",
        "System.Object",
        "System.HashCode",
        "System.Array",
        "System.Threading.Interlocked",
        "System.Threading.CancellationTokenSource",
        "System.Threading.CancellationToken",
        "System.Threading.SemaphoreSlim",
        "System.Threading.Tasks.Task",
        "System.Threading.Tasks.ValueTask",
        "System.Runtime.InteropServices.CollectionsMarshal",
        "System.Nullable",
        "System.TimeProvider",
        "Amazon.Lambda.Core.ILambdaContext",
    ];

    private static readonly string[] ParsedTypes =
    [
        "System.DateTime",
        "System.DateTimeOffset",
        "System.Guid",
        "System.Int32",
        "System.Int64",
        "System.Decimal",
        "System.Double",
        "System.Enum",
        "System.Boolean",
    ];
    private static readonly string[] SafeNames =
    [
        "ToString",
        "GetHashCode",
        "Equals",
        "GetType",
        "ReferenceEquals",
        "ConfigureAwait",
        "GetAwaiter",
        "Dispose",
        "DisposeAsync",
        "CompareTo",
    ];

    // Every rule asks about every call on a handler's way, and the names to compare with are many.
    private static readonly ConditionalWeakTable<IMethodSymbol, StrongBox<bool>> LoggingMethods = new();
    private static readonly ConditionalWeakTable<IMethodSymbol, StrongBox<bool>> LoggingExtensions = new();
    private static readonly ConditionalWeakTable<IMethodSymbol, StrongBox<bool>> SafeMethods = new();

    /// <summary>Whether the call only tells somebody: log, trace, metric.</summary>
    public static bool IsLogging(IInvocationOperation invocation) =>
        invocation.TargetMethod.ReducedFrom is { Parameters.Length: > 0 } extension
            ? LoggingExtensions.GetValue(extension.OriginalDefinition, static method => new(IsLogging(method, method.Parameters[0].Type))).Value
            : LoggingMethods.GetValue(invocation.TargetMethod.OriginalDefinition, static method => new(IsLogging(method, method.ContainingType))).Value;

    /// <summary>Whether the call only makes a text or bytes of what it is given, by a library.</summary>
    public static bool IsSerializing(IInvocationOperation invocation) =>
        invocation.TargetMethod is { ReturnsVoid: false } method
        && method.Name.StartsWith("Serialize", StringComparison.Ordinal)
        && method.ReturnType is not { Name: "Task" or "ValueTask" }
        && !method.Locations.Any(location => location.IsInSource);

    /// <summary>Whether the operation stands in what a call only tells somebody.</summary>
    public static bool IsLogged(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (parent is IInvocationOperation call && IsLogging(call))
                return true;
        }

        return false;
    }

    /// <summary>Whether a call whose target is not in source cannot fail for one record.</summary>
    public static bool IsSafe(IInvocationOperation invocation) =>
        SafeMethods.GetValue((invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod).OriginalDefinition, static method => new(IsSafe(method))).Value
        || invocation.TargetMethod.MethodKind != MethodKind.DelegateInvoke && IsLogging(invocation)
        || IsSerializing(invocation)
        || IsSequenceNumber(invocation);

    private static bool IsLogging(IMethodSymbol method, ITypeSymbol? type)
    {
        if (type is null)
            return false;
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (IsLoggingType(current))
                return true;
        }

        if (LoggingNamespaces.Contain(type) || LoggingNamespaces.Contain(method.ContainingType) || type.AllInterfaces.Any(IsLoggingType))
            return true;
        return TelemetryVerbs.Contains(method.Name)
            || type.Name.Words().Any(LoggingWords.Contains)
            || method.Name.Words() is [var first, ..] && LoggingWords.Contains(first);
    }

    private static bool IsLoggingType(ITypeSymbol type)
    {
        foreach (var name in LoggingTypes)
        {
            if (type.Is(name))
                return true;
        }

        return false;
    }

    private static bool IsSafe(IMethodSymbol method)
    {
        if (
            SafeNames.Contains(method.Name)
            || method.Name.StartsWith("ThrowIf", StringComparison.Ordinal)
            || method.Name.StartsWith("Try", StringComparison.Ordinal) && method.ReturnType.SpecialType == SpecialType.System_Boolean
        )
            return true;
        if (method.ContainingType is not { } type || method.MethodKind == MethodKind.DelegateInvoke)
            return method.ContainingType is null;
        if (type.Is("System.Numerics.BigInteger"))
            return method.Name != "Parse";
        if (ParsedTypes.Any(name => type.Is(name)))
            return !method.Name.StartsWith("Parse", StringComparison.Ordinal);
        if (type.Is("System.Threading.Tasks.Task"))
            return method.Name is not ("Run" or "Wait" or "WaitAll");
        return SafeNamespaces.Contain(type) || SafeTypes.Any(name => type.Is(name));
    }

    // A sequence number is always a whole number.
    private static bool IsSequenceNumber(IInvocationOperation invocation) =>
        invocation is { TargetMethod.Name: "Parse", Arguments: [{ Value: IPropertyReferenceOperation { Property.Name: "SequenceNumber" } }, ..] }
        && invocation.TargetMethod.ContainingType.Is("System.Numerics.BigInteger");
}
