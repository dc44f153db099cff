using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>
/// The locals and parameters of a method that hold the batch, a record, or something made from one. Order of statements is ignored:
/// a variable that ever holds such a value counts throughout.
/// </summary>
internal sealed class RecordValues
{
    private readonly KnownTypes types;
    private readonly HashSet<ISymbol> symbols;
    private readonly HashSet<ISymbol> lists;
    private readonly Func<IOperation, bool> isOne;

    private RecordValues(KnownTypes types, IEnumerable<ISymbol> entry, IEnumerable<ISymbol> collected) =>
        (this.types, symbols, lists, isOne) = (types, new(entry, SymbolEqualityComparer.Default), new(collected, SymbolEqualityComparer.Default), IsOne);

    /// <summary>Follows the values of a method from its marked parameters (and, for a lambda, from the variables it captures).</summary>
    /// <param name="body">The method.</param>
    /// <param name="entry">The parameters that hold the batch, a record, or something made from one.</param>
    /// <param name="collected">The parameters that hold a list which the caller has filled with what it made of the records.</param>
    /// <param name="outer">The values of the method around a lambda.</param>
    /// <param name="types">The types of the packages.</param>
    public static RecordValues Of(MethodBody body, IEnumerable<ISymbol> entry, IEnumerable<ISymbol> collected, RecordValues? outer, KnownTypes types)
    {
        var values = new RecordValues(types, outer is null ? entry : entry.Concat(outer.symbols), outer is null ? collected : collected.Concat(outer.lists));
        var moves = new List<IOperation>();
        foreach (var operation in body.Operations)
        {
            if (IsMove(operation))
                moves.Add(operation);
        }

        bool grew;
        do
        {
            grew = false;
            foreach (var move in moves)
                grew |= values.Flow(move);
        } while (grew);
        values.Iterations = RecordIteration.In(body, values);
        return values;
    }

    /// <summary>The places where the method goes through records, outer ones first.</summary>
    public ImmutableArray<RecordIteration> Iterations { get; private set; }

    /// <summary>Whether the node runs once a record.</summary>
    public bool RunsOnceARecord(SyntaxNode node)
    {
        foreach (var iteration in Iterations)
        {
            if (iteration.Includes(node))
                return true;
        }

        return false;
    }

    /// <summary>Whether the variable holds a value of the batch.</summary>
    public bool Contains(ISymbol symbol) => symbols.Contains(symbol);

    /// <summary>Whether a value of the batch is used anywhere in the operation.</summary>
    public bool IsMentionedIn(IOperation? operation) => operation is not null && operation.HasPart(isOne);

    /// <summary>Whether the operation is a list that has been filled with what was made of the records. What is done with all of it concerns no record of its own.</summary>
    public bool IsCollected(IOperation operation) =>
        operation.WithoutConversions() switch
        {
            ILocalReferenceOperation local => lists.Contains(local.Local),
            IParameterReferenceOperation parameter => lists.Contains(parameter.Parameter),
            _ => false,
        };

    /// <summary>Whether a loop goes through records, or through what has been made of each.</summary>
    public bool AreGoneThroughBy(IForEachLoopOperation loop) => IsMentionedIn(loop.Collection) || IsCollected(loop.Collection);

    private bool IsOne(IOperation operation) =>
        operation switch
        {
            ILocalReferenceOperation local => symbols.Contains(local.Local) || IsBatchOrRecord(local.Type),
            IParameterReferenceOperation parameter => symbols.Contains(parameter.Parameter) || IsBatchOrRecord(parameter.Type),
            _ => EventsReadByHand.TakesRecords(operation),
        };

    private bool IsBatchOrRecord(ITypeSymbol? type) => types.IsRecord(type) || types.EventKind(type) != EventSourceKind.Unknown;

    private static bool IsMove(IOperation operation) =>
        operation.Kind
            is OperationKind.VariableDeclarator
                or OperationKind.SimpleAssignment
                or OperationKind.DeconstructionAssignment
                or OperationKind.CoalesceAssignment
                or OperationKind.Loop
                or OperationKind.IsPattern
                or OperationKind.Switch
                or OperationKind.Invocation;

    private bool Flow(IOperation operation) =>
        operation switch
        {
            IVariableDeclaratorOperation { Initializer.Value: { } value } declarator => IsMentionedIn(value) && symbols.Add(declarator.Symbol),
            ISimpleAssignmentOperation assignment => IsMentionedIn(assignment.Value) && AddTargets(assignment.Target),
            IDeconstructionAssignmentOperation assignment => IsMentionedIn(assignment.Value) && AddTargets(assignment.Target),
            ICoalesceAssignmentOperation assignment => IsMentionedIn(assignment.Value) && AddTargets(assignment.Target),
            IForEachLoopOperation loop => AreGoneThroughBy(loop) && AddAll(loop.Locals),
            IIsPatternOperation pattern => IsMentionedIn(pattern.Value)
                && AddAll(pattern.Pattern.DescendantsAndSelf().OfType<IDeclarationPatternOperation>().Select(declaration => declaration.DeclaredSymbol)),
            ISwitchOperation choice => IsMentionedIn(choice.Value)
                && AddAll(
                    choice
                        .Cases.SelectMany(section => section.Descendants())
                        .OfType<IDeclarationPatternOperation>()
                        .Select(declaration => declaration.DeclaredSymbol)
                ),
            IInvocationOperation invocation => FlowThrough(invocation) | FlowIntoList(invocation),
            _ => false,
        };

    // orders.Add(order), to be worked on in a loop of its own.
    private bool FlowIntoList(IInvocationOperation invocation) =>
        invocation.Instance is ILocalReferenceOperation { Local: var list }
        && CollectedRecords.AreAdded(invocation, this)
        && !CatchClauses.Contain(invocation)
        && lists.Add(list);

    // What goes into a call comes out of its out parameters, and reaches the lambdas beside it.
    private bool FlowThrough(IInvocationOperation invocation)
    {
        var grew = false;
        foreach (var argument in invocation.Arguments)
        {
            var isOut = argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref;
            var lambda = LambdaOf(argument.Value);
            if (!isOut && lambda is null)
                continue;
            if (!IsMentionedIn(invocation.Instance) && !EventsReadByHand.TakesRecords(invocation) && !AreMentionedBeside(argument, invocation))
                continue;
            if (lambda is not null)
                grew |= AddAll(lambda.Symbol.Parameters);
            else
                grew |= AddTargets(argument.Value);
        }

        return grew;
    }

    /// <summary>Whether a value of the batch goes into a call by another argument.</summary>
    public bool AreMentionedBeside(IArgumentOperation argument, IInvocationOperation invocation) =>
        invocation.Arguments.Any(other => other != argument && IsMentionedIn(other.Value));

    private static IAnonymousFunctionOperation? LambdaOf(IOperation value) =>
        value switch
        {
            IAnonymousFunctionOperation lambda => lambda,
            IDelegateCreationOperation creation => LambdaOf(creation.Target),
            IConversionOperation conversion => LambdaOf(conversion.Operand),
            _ => null,
        };

    private bool AddTargets(IOperation target)
    {
        var grew = false;
        foreach (var operation in target.DescendantsAndSelf())
        {
            grew |= operation switch
            {
                ILocalReferenceOperation local => symbols.Add(local.Local),
                IParameterReferenceOperation { Parameter.RefKind: RefKind.None } parameter => symbols.Add(parameter.Parameter),
                _ => false,
            };
        }

        return grew;
    }

    private bool AddAll(IEnumerable<ISymbol?> added)
    {
        var grew = false;
        foreach (var symbol in added)
        {
            if (symbol is not null)
                grew |= symbols.Add(symbol);
        }

        return grew;
    }
}
