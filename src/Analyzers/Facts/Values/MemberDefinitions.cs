using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Values;

/// <summary>
/// What the fields and properties of a class are set to. Only a member counts that nobody outside its class can set, and of which every assignment is seen.
/// </summary>
internal sealed class MemberDefinitions(MethodBodies bodies, CancellationToken cancellationToken)
{
    private readonly Dictionary<ISymbol, IReadOnlyList<IOperation>?> known = new(SymbolEqualityComparer.Default);

    /// <summary>The values that the member is set to; null where that cannot be told.</summary>
    public IReadOnlyList<IOperation>? Of(ISymbol member)
    {
        if (known.TryGetValue(member, out var values))
            return values;
        known[member] = null;
        return known[member] = IsOwn(member) ? Find(member) : null;
    }

    /// <summary>The nodes of the class that declares the member.</summary>
    public IEnumerable<SyntaxNode> NodesAround(ISymbol member) =>
        member.ContainingType.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax(cancellationToken).DescendantNodes());

    /// <summary>The operation of an expression, or of a constructor's initializer, of the source.</summary>
    public IOperation? OperationOf(SyntaxNode syntax) => bodies.OperationOf(syntax, cancellationToken);

    /// <summary>Whether a name in source means the member.</summary>
    public bool Means(ExpressionSyntax name, ISymbol member) =>
        bodies.OperationOf(name, cancellationToken) switch
        {
            IMemberReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Member.OriginalDefinition, member.OriginalDefinition),
            IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, member),
            _ => false,
        };

    private static bool IsOwn(ISymbol member) =>
        member.DeclaringSyntaxReferences.Length > 0
        && member switch
        {
            IFieldSymbol field => field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private,
            IPropertySymbol { IsIndexer: false, IsVirtual: false, IsOverride: false, IsAbstract: false } property => property.SetMethod is null
                || property.SetMethod.DeclaredAccessibility == Accessibility.Private,
            _ => false,
        };

    private List<IOperation>? Find(ISymbol member)
    {
        var values = new List<IOperation>();
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            switch (reference.GetSyntax(cancellationToken))
            {
                case VariableDeclaratorSyntax { Initializer.Value: { } initial }:
                    if (!Add(initial, values))
                        return null;
                    break;
                case PropertyDeclarationSyntax { Initializer.Value: { } initial }:
                    if (!Add(initial, values))
                        return null;
                    break;
                case PropertyDeclarationSyntax { ExpressionBody.Expression: { } computed }:
                    return Add(computed, values) ? values : null;
                case PropertyDeclarationSyntax { AccessorList.Accessors: var accessors }
                    when accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null):
                    return null;
            }
        }

        foreach (var node in NodesAround(member))
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { Left: TupleExpressionSyntax targets } assignment:
                    for (var index = 0; index < targets.Arguments.Count; index++)
                    {
                        if (!IsNamed(targets.Arguments[index].Expression, member) || !Means(targets.Arguments[index].Expression, member))
                            continue;
                        if (
                            assignment.Right is not TupleExpressionSyntax given
                            || given.Arguments.Count != targets.Arguments.Count
                            || !Add(given.Arguments[index].Expression, values)
                        )
                            return null;
                    }

                    break;
                case AssignmentExpressionSyntax assignment when IsNamed(assignment.Left, member) && Means(assignment.Left, member):
                    if (!assignment.OperatorToken.ValueText.Equals("=", StringComparison.Ordinal) || !Add(assignment.Right, values))
                        return null;
                    break;
                case PostfixUnaryExpressionSyntax { OperatorToken.ValueText: "++" or "--" } raised when IsNamed(raised.Operand, member):
                case PrefixUnaryExpressionSyntax { OperatorToken.ValueText: "++" or "--" } lowered when IsNamed(lowered.Operand, member):
                case ArgumentSyntax { RefKindKeyword.ValueText: "ref" or "out" } argument when IsNamed(argument.Expression, member):
                    return null;
            }
        }

        return values;
    }

    private bool Add(ExpressionSyntax value, List<IOperation> values)
    {
        if (bodies.OperationOf(value, cancellationToken) is not { } operation)
            return false;
        values.Add(operation);
        return true;
    }

    private static bool IsNamed(ExpressionSyntax expression, ISymbol member) =>
        expression switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText == member.Name,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == member.Name,
            _ => false,
        };
}
