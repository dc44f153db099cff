using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>How a project sets Powertools' idempotency up.</summary>
internal static class PowertoolsIdempotency
{
    /// <summary>What is put on the methods whose calls are remembered.</summary>
    public const string Attribute = Package + ".IdempotentAttribute";

    /// <summary>What is put on the parameter that tells one call from another.</summary>
    public const string KeyAttribute = Package + ".IdempotencyKeyAttribute";

    private const string Package = "AWS.Lambda.Powertools.Idempotency";

    private static readonly TimeSpan DefaultExpiration = TimeSpan.FromHours(1);

    /// <summary>Whether a library of the user's uses the package, and may configure what the function uses.</summary>
    public static bool IsConfiguredElsewhere(Compilation compilation) =>
        compilation.SourceModule.ReferencedAssemblySymbols.Any(assembly =>
            assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == Package))
        );

    /// <summary>The calls of a method of the package in the source.</summary>
    public static IEnumerable<(InvocationExpressionSyntax Call, SemanticModel Model)> CallsOf(
        AnalysisSession session,
        string method,
        CancellationToken cancellationToken
    ) =>
        from tree in session.Compilation.SyntaxTrees
        from call in tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>()
        where NameOf(call) == method
        let model = session.Models.Of(tree)
        where model.GetSymbolInfo(call, cancellationToken).Symbol?.ContainingType is { } type && type.IsIn(Package)
        select (call, model);

    /// <summary>How long a call is remembered: an hour, unless told otherwise; null where that cannot be told.</summary>
    public static TimeSpan? Expiration(AnalysisSession session, CancellationToken cancellationToken)
    {
        if (IsConfiguredElsewhere(session.Compilation) || !CallsOf(session, "Configure", cancellationToken).Any())
            return null;
        var set = CallsOf(session, "WithExpiration", cancellationToken).Select(found => found.Model.GetOperation(found.Call, cancellationToken)).ToList();
        return set.Count switch
        {
            0 => DefaultExpiration,
            1 => set[0] is IInvocationOperation { Arguments: [{ Value: var duration }] } call ? Spelled(duration, call, session, cancellationToken) : null,
            _ => null,
        };
    }

    private static TimeSpan? Spelled(IOperation duration, IInvocationOperation call, AnalysisSession session, CancellationToken cancellationToken) =>
        new Quantities(new MemberDefinitions(session.Methods, cancellationToken)).Duration(duration, new(call.TargetMethod, call.Root(), null, null));

    private static string? NameOf(InvocationExpressionSyntax call) =>
        call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            SimpleNameSyntax name => name.Identifier.ValueText,
            _ => null,
        };
}
