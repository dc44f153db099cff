using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>Tells handlers from methods that look like one but are called by one, with the event passed on.</summary>
internal sealed class Collaborators(Compilation compilation, SemanticModels models)
{
    private ILookup<string, SyntaxTree>? treesByInvokedName;

    /// <summary>
    /// Whether some method of the source hands its own event parameter to <paramref name="handler"/>'s method. One that takes an asynchronous event need only be
    /// called: notifications of a bucket or a topic often come in the body of a queue's message, and are then delivered as that is.
    /// </summary>
    public bool Includes(Handler handler, CancellationToken cancellationToken)
    {
        var method = handler.Method.OriginalDefinition;
        foreach (var tree in TreesByInvokedName(cancellationToken)[method.Name])
        {
            var model = models.Of(tree);
            foreach (var call in tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (
                    NameOf(call) == method.Name
                    && model.GetOperation(call, cancellationToken) is IInvocationOperation invocation
                    && Calls(invocation.TargetMethod, method)
                    && (handler.IsAsynchronous || invocation.Arguments.Any(PassesParameterOn))
                )
                {
                    return true;
                }
            }
        }

        return false;
    }

    private ILookup<string, SyntaxTree> TreesByInvokedName(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref treesByInvokedName) is { } known)
            return known;
        var index = compilation
            .SyntaxTrees.SelectMany(tree => TreeCandidates.Of(tree, cancellationToken).InvokedNames.Select(name => (name, tree)))
            .ToLookup(pair => pair.name, pair => pair.tree, StringComparer.Ordinal);
        return Interlocked.CompareExchange(ref treesByInvokedName, index, null) ?? index;
    }

    private static bool Calls(IMethodSymbol target, IMethodSymbol method)
    {
        for (var overridden = method; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, overridden.OriginalDefinition))
                return true;
        }

        if (target.ContainingType.TypeKind != TypeKind.Interface)
            return false;
        var contract = method.ContainingType.AllInterfaces.FirstOrDefault(candidate =>
            SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, target.ContainingType.OriginalDefinition)
        );
        var member = contract
            ?.GetMembers(target.Name)
            .FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, target.OriginalDefinition));
        return member is not null && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method);
    }

    private static bool PassesParameterOn(IArgumentOperation argument)
    {
        var value = argument.Value;
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value is IParameterReferenceOperation && argument.Parameter?.Ordinal == 0;
    }

    private static string? NameOf(InvocationExpressionSyntax call) =>
        call.Expression switch
        {
            SimpleNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            _ => null,
        };
}
