using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Values;

/// <summary>What the members of an object that code makes are set to.</summary>
internal sealed class MemberValues(MethodBodies bodies, CancellationToken cancellationToken)
{
    /// <summary>What sets the member of the object that <paramref name="definition"/> makes; none when nothing is known to.</summary>
    /// <param name="definition">The object's creation, or any other operation that gives it.</param>
    /// <param name="user">Where the object is used: assignments there count.</param>
    /// <param name="member">The member's name.</param>
    public IReadOnlyList<Located> Of(Located definition, Frame user, string member)
    {
        var sets = new List<Located>();
        if (definition.Operation is IObjectCreationOperation creation)
            AddCreated(creation, definition.Frame, member, sets);
        else if (definition.Operation is IAnonymousObjectCreationOperation anonymous)
            AddInitialized(anonymous.Initializers, definition.Frame, member, sets);
        else if (definition.Operation is IWithOperation { Initializer: { } changes })
            AddInitialized(changes.Initializers, definition.Frame, member, sets);
        AddAssigned(definition, user, member, sets);
        return sets;
    }

    private void AddCreated(IObjectCreationOperation creation, Frame frame, string member, List<Located> sets)
    {
        if (creation.Initializer is { } initializer)
            AddInitialized(initializer.Initializers, frame, member, sets);
        if (sets.Count > 0 || creation.Constructor is not { } constructor)
            return;

        // A positional record, and every constructor that is written after its properties.
        var argument = creation.Arguments.FirstOrDefault(candidate => string.Equals(candidate.Parameter?.Name, member, StringComparison.OrdinalIgnoreCase));
        if (argument is not null)
        {
            sets.Add(new(argument.Value, frame));
            return;
        }

        AddDeclared(creation, constructor.ContainingType, frame, member, sets);
    }

    // public string Id { get; set; } = Guid.NewGuid().ToString();
    private void AddDeclared(IObjectCreationOperation creation, INamedTypeSymbol type, Frame frame, string member, List<Located> sets)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            var declared = current.GetMembers(member).FirstOrDefault(candidate => candidate is IPropertySymbol or IFieldSymbol);
            if (declared?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not { } syntax)
                continue;
            var value = syntax switch
            {
                PropertyDeclarationSyntax { Initializer.Value: { } initial } => initial,
                PropertyDeclarationSyntax { ExpressionBody.Expression: { } computed } => computed,
                VariableDeclaratorSyntax { Initializer.Value: { } initial } => initial,
                _ => null,
            };
            if (value is not null && bodies.OperationOf(value, cancellationToken) is { } operation)
                sets.Add(new(operation, frame));
            else
                AddConstructed(creation, frame, member, sets);
            return;
        }
    }

    // What the constructor's body assigns.
    private void AddConstructed(IObjectCreationOperation creation, Frame frame, string member, List<Located> sets)
    {
        if (creation.Constructor is not { } constructor || frame.Depth > 12 || bodies.Of(constructor, cancellationToken) is not { } body)
            return;
        var inner = new Frame(constructor, body.Root, creation, frame);
        foreach (var assignment in body.Operations.OfType<ISimpleAssignmentOperation>())
        {
            if (assignment.Target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation } target && target.Member.Name == member)
                sets.Add(new(assignment.Value, inner));
        }
    }

    private static void AddInitialized(IEnumerable<IOperation> initializers, Frame frame, string member, List<Located> sets)
    {
        foreach (var initializer in initializers)
        {
            switch (initializer)
            {
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment when target.Member.Name == member:
                    sets.Add(new(assignment.Value, frame));
                    break;
                case IMemberInitializerOperation { InitializedMember: IMemberReferenceOperation target } nested when target.Member.Name == member:
                    sets.Add(new(nested.Initializer, frame));
                    break;
            }
        }
    }

    // order.Id = …, where order is a local that holds the object.
    private static void AddAssigned(Located definition, Frame user, string member, List<Located> sets)
    {
        foreach (var frame in definition.Frame == user ? [user] : new[] { definition.Frame, user })
        {
            foreach (var assignment in frame.Root.Descendants().OfType<ISimpleAssignmentOperation>())
            {
                if (
                    assignment.Target is IMemberReferenceOperation { Instance: ILocalReferenceOperation or IParameterReferenceOperation } target
                    && target.Member.Name == member
                    && assignment.Parent is not IObjectOrCollectionInitializerOperation
                    && SymbolEqualityComparer.Default.Equals(target.Instance!.Type?.OriginalDefinition, definition.Operation.Type?.OriginalDefinition)
                )
                {
                    sets.Add(new(assignment.Value, frame));
                }
            }
        }
    }
}
