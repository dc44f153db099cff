using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// Finds the classes whose method a call runs where the type of its receiver has several: by what the receiver is set to, as in
/// <c>IUseCase useCase = kind switch { "created" => new OnCreated(), _ => services.GetService&lt;IOnChanged&gt;() }</c>, also behind a method that chooses.
/// </summary>
internal sealed class Receivers(MethodBodies knownBodies, Calls knownCalls)
{
    private const int DeepestChoice = 3;

    private readonly MethodBodies bodies = knownBodies;
    private readonly Calls calls = knownCalls;

    /// <summary>The methods of the source that the call runs, one a class that the receiver may be; none where nothing tells more than its declared type.</summary>
    public IEnumerable<IMethodSymbol> TargetsOf(IInvocationOperation call, CancellationToken cancellationToken)
    {
        var method = call.TargetMethod;
        if (
            call.Instance is not { } receiver
            || !(method.IsVirtual || method.IsAbstract || method.IsOverride || method.ContainingType.TypeKind == TypeKind.Interface)
        )
            return [];
        return new Search(this, method.ContainingType, cancellationToken)
            .TypesOf(receiver, DeepestChoice)
            .Select(type => calls.TargetIn(type, method))
            .Where(target => target is not null)
            .Select(target => target!)
            .Distinct<IMethodSymbol>(SymbolEqualityComparer.Default);
    }

    private sealed class Search(Receivers owner, INamedTypeSymbol declared, CancellationToken cancellationToken)
    {
        private readonly HashSet<ILocalSymbol> seen = new(SymbolEqualityComparer.Default);

        public IEnumerable<INamedTypeSymbol> TypesOf(IOperation value, int depth)
        {
            value = value.WithoutConversions();
            switch (value)
            {
                case ILocalReferenceOperation local:
                    return seen.Add(local.Local) ? value.Root().SetsOf(local.Local).SelectMany(set => set.Value is { } from ? TypesOf(from, depth) : []) : [];
                case IConditionalOperation { WhenFalse: { } other } choice:
                    return TypesOf(choice.WhenTrue, depth).Concat(TypesOf(other, depth));
                case ICoalesceOperation choice:
                    return TypesOf(choice.Value, depth).Concat(TypesOf(choice.WhenNull, depth));
                case ISwitchExpressionOperation choice:
                    return choice.Arms.SelectMany(arm => TypesOf(arm.Value, depth));
                case IAwaitOperation awaited:
                    return TypesOf(awaited.Operation, depth);
            }

            if (value.Type?.Awaited() is INamedTypeSymbol given && !SymbolEqualityComparer.Default.Equals(given, declared))
                return [given];
            return
                depth > 0
                && value is IInvocationOperation call
                && owner.calls.TargetOf(call, null) is { } chooser
                && owner.bodies.Of(chooser, cancellationToken) is { } body
                ? body.Returned().SelectMany(returned => TypesOf(returned, depth - 1))
                : [];
        }
    }
}
