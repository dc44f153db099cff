using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>The only place that uses a method which nobody outside its type knows.</summary>
/// <param name="Model">The meaning of the place's file.</param>
/// <param name="Call">The call; null when it is given to another one as a delegate.</param>
/// <param name="Taker">The call that takes it as a delegate; null when it is called.</param>
internal sealed record OnlyCall(SemanticModel Model, InvocationExpressionSyntax? Call, InvocationExpressionSyntax? Taker)
{
    /// <summary>Finds it; null where the method may be called from elsewhere, or is used more than once.</summary>
    public static OnlyCall? Of(FixTarget target, IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.LocalFunction && method.DeclaredAccessibility != Accessibility.Private || Mentions(method) is not [var mention])
            return null;
        var model = target.Session.Models.Of(mention.SyntaxTree);
        var called = mention.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member ? (ExpressionSyntax)member : mention;
        return called.Parent switch
        {
            InvocationExpressionSyntax call when IsMeant(model.GetSymbolInfo(call).Symbol) => new(model, call, null),
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax taker } when IsMeant(model.GetSymbolInfo(called).Symbol) => new(model, null, taker),
            _ => null,
        };

        bool IsMeant(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, method.OriginalDefinition);
    }

    /// <summary>What the call passes for a parameter; null when that cannot be told.</summary>
    public ExpressionSyntax? ArgumentFor(IParameterSymbol parameter)
    {
        if (Call is not { ArgumentList.Arguments: var arguments })
            return null;
        return arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name)?.Expression
            ?? (parameter.Ordinal < arguments.Count && arguments[parameter.Ordinal].NameColon is null ? arguments[parameter.Ordinal].Expression : null);
    }

    private static List<SimpleNameSyntax> Mentions(IMethodSymbol method)
    {
        var places =
            method.MethodKind == MethodKind.LocalFunction
                ? method
                    .DeclaringSyntaxReferences.Select(reference => reference.GetSyntax().FirstAncestorOrSelf<MemberDeclarationSyntax>())
                    .OfType<SyntaxNode>()
                : method.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax());
        return [.. places.SelectMany(place => place.DescendantNodes()).OfType<SimpleNameSyntax>().Where(name => name.Identifier.ValueText == method.Name)];
    }
}
