using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Calls of libraries that go through a batch themselves.</summary>
internal static class BatchLibraries
{
    private const string Messaging = "AWS.Messaging";

    /// <summary>Whether the library is given the batch and goes through it, whatever comes of its records.</summary>
    public static bool GoesThrough(IInvocationOperation invocation) =>
        IsOfPowertools(invocation) || invocation.TargetMethod.ContainingType.IsIn(Messaging + ".Lambda") || Reports(invocation);

    /// <summary>Whether the library also makes the response, so that an exception becomes a reported failure of its record.</summary>
    public static bool Reports(IInvocationOperation invocation) =>
        IsOfPowertools(invocation) || invocation.TargetMethod.ContainingType.IsIn(Messaging) && FailureVehicles.CarriesItems(invocation.Type?.Awaited());

    private static bool IsOfPowertools(IInvocationOperation invocation) => invocation.TargetMethod.ContainingType.IsIn(PowertoolsBatch.Package);
}
