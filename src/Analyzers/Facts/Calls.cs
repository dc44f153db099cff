using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// Follows calls to methods of the source: also virtual and interface calls that can only mean one method, and calls of a delegate that a property of the handler's
/// class hands out, as in <c>protected override Func&lt;SQSEvent.SQSMessage, Task&gt; Process => ProcessAsync;</c>.
/// </summary>
internal sealed class Calls(DerivedTypes derivedTypes, MethodBodies bodies)
{
    private readonly ConcurrentDictionary<IMethodSymbol, IMethodSymbol?> implementations = new(SymbolEqualityComparer.Default);

    /// <summary>The method of the source that the call runs, or null when it is not in source or may be one of several.</summary>
    /// <param name="invocation">The call.</param>
    /// <param name="type">The class that the handler's instance has: calls on <c>this</c> are resolved in it.</param>
    public IMethodSymbol? TargetOf(IInvocationOperation invocation, INamedTypeSymbol? type) =>
        invocation.TargetMethod.MethodKind == MethodKind.DelegateInvoke
            ? HandedOut(invocation.Instance, type)
            : TargetOf(invocation.TargetMethod, invocation.Instance, invocation.IsVirtual, type);

    /// <summary>The method of the source that a method group names, or null.</summary>
    public IMethodSymbol? TargetOf(IMethodReferenceOperation reference, INamedTypeSymbol? type) =>
        TargetOf(reference.Method, reference.Instance, reference.IsVirtual, type);

    /// <summary>The method of the source that a call of <paramref name="method"/> runs on an instance of a class, or on that of the only class of an interface; null otherwise.</summary>
    public IMethodSymbol? TargetIn(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (type is { TypeKind: TypeKind.Class, IsAbstract: false })
            return In(type);
        return derivedTypes.Of(type).Where(candidate => candidate is { TypeKind: TypeKind.Class, IsAbstract: false }).Take(2).ToList() is [var only]
            ? In(only)
            : null;

        IMethodSymbol? In(INamedTypeSymbol one) =>
            method.ContainingType.TypeKind == TypeKind.Interface ? Implementation(method.OriginalDefinition, one) : Override(method, one);
    }

    // The method group that a property of the class itself returns.
    private IMethodSymbol? HandedOut(IOperation? value, INamedTypeSymbol? type) =>
        value is IPropertyReferenceOperation { Instance: IInstanceReferenceOperation self, Property.GetMethod: { } getter }
        && TargetOf(getter, self, getter.IsVirtual || getter.IsAbstract || getter.IsOverride, type) is { } target
        && bodies.Of(target, CancellationToken.None) is { } body
        && body.Returned().ToList() is [var returned]
        && PassedDelegate.In(returned) is IMethodReferenceOperation reference
            ? TargetOf(reference, type)
            : null;

    private IMethodSymbol? TargetOf(IMethodSymbol method, IOperation? instance, bool isVirtual, INamedTypeSymbol? type)
    {
        method = method.ReducedFrom ?? method;
        if (isVirtual || method.ContainingType?.TypeKind == TypeKind.Interface)
        {
            if (instance is IInstanceReferenceOperation && type is not null && Override(method, type) is { } overriding)
                return overriding;
            return implementations.GetOrAdd(method.OriginalDefinition, OnlyImplementation);
        }

        return HasBody(method) ? method.OriginalDefinition : null;
    }

    private static IMethodSymbol? Override(IMethodSymbol method, INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                for (var candidate = member; candidate is not null; candidate = candidate.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.OriginalDefinition))
                        return HasBody(member) ? member.OriginalDefinition : null;
                }
            }
        }

        return null;
    }

    private IMethodSymbol? OnlyImplementation(IMethodSymbol method)
    {
        // What a library's own body does is not known.
        if (!method.IsAbstract && method.DeclaringSyntaxReferences.Length == 0)
            return null;
        IMethodSymbol? found = HasBody(method) ? method : null;
        foreach (var type in derivedTypes.Of(method.ContainingType))
        {
            if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
                continue;
            var candidate = method.ContainingType.TypeKind == TypeKind.Interface ? Implementation(method, type) : DeclaredOverride(method, type);
            if (candidate is null || SymbolEqualityComparer.Default.Equals(candidate, found))
                continue;
            if (found is not null)
                return null;
            found = candidate;
        }

        return found;
    }

    private static IMethodSymbol? Implementation(IMethodSymbol method, INamedTypeSymbol type)
    {
        var contract = type.AllInterfaces.FirstOrDefault(candidate =>
            SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.ContainingType.OriginalDefinition)
        );
        var member = contract
            ?.GetMembers(method.Name)
            .OfType<IMethodSymbol>()
            .FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method));
        return member is not null && type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation && HasBody(implementation)
            ? implementation.OriginalDefinition
            : null;
    }

    private static IMethodSymbol? DeclaredOverride(IMethodSymbol method, INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers(method.Name).OfType<IMethodSymbol>())
        {
            for (var candidate = member.OverriddenMethod; candidate is not null; candidate = candidate.OverriddenMethod)
            {
                if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method))
                    return HasBody(member) ? member.OriginalDefinition : null;
            }
        }

        return null;
    }

    private static bool HasBody(IMethodSymbol method) => !method.IsAbstract && !method.IsExtern && method.DeclaringSyntaxReferences.Length > 0;
}
