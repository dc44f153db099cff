using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>A failed <c>SaveChanges</c> of Entity Framework after which the same context goes on to the next record, with the changes that failed still in it.</summary>
/// <param name="Save">The call.</param>
/// <param name="Context">The context, as written.</param>
/// <param name="Scope">The method it stands in.</param>
internal sealed record SharedContext(IInvocationOperation Save, IOperation Context, RecordScope Scope)
{
    private const string DbContext = "Microsoft.EntityFrameworkCore.DbContext";
    private static readonly string[] Detaching =
    [
        "ChangeTracker",
        "Detached",
        "Entry",
        "CreateDbContext",
        "CreateDbContextAsync",
        "CreateScope",
        "CreateAsyncScope",
        "Dispose",
        "DisposeAsync",
    ];

    /// <summary>The saves of a handler that are found so.</summary>
    public static ImmutableArray<SharedContext> In(ImmutableArray<RecordScope> scopes, INamedTypeSymbol? handlerType)
    {
        var found = ImmutableArray.CreateBuilder<SharedContext>();
        foreach (var scope in scopes)
        {
            foreach (var save in scope.Invocations.Where(IsSave))
            {
                if (
                    save.Instance is { } context
                    && CaughtIn(save, scope, scopes) is var (clause, owner)
                    && GoesOn(clause, owner)
                    && scope.Calls.All(call => call is IInvocationOperation invocation && IsOwn(invocation.Instance))
                    && OutlivesRecord(context.WithoutConversions(), scope, scopes, handlerType, save)
                )
                    found.Add(new(save, context, scope));
            }
        }

        return found.Count == 0 || scopes.Any(scope => scope.Operations.Any(IsDetaching)) ? ImmutableArray<SharedContext>.Empty : found.ToImmutable();
    }

    private static bool IsSave(IInvocationOperation call) =>
        call is { TargetMethod.Name: "SaveChanges" or "SaveChangesAsync", Instance.Type: { } type } && type.IsOrDerivesFrom(DbContext);

    // The first clause around the operation, or around the call that leads to its method, that takes what a database throws.
    private static (ICatchClauseOperation Clause, RecordScope Scope)? CaughtIn(IOperation operation, RecordScope scope, ImmutableArray<RecordScope> scopes)
    {
        for (var inner = operation; inner.Parent is { } container; inner = container)
        {
            if (container is IAnonymousFunctionOperation or ILocalFunctionOperation)
                break;
            if (container is not ITryOperation attempt || attempt.Body != inner)
                continue;
            if (attempt.Catches.FirstOrDefault(clause => clause.Filter is null && Takes(clause)) is { } taking)
                return (taking, scope);
        }

        return scope.Calls.LastOrDefault() is { } call && scopes.FirstOrDefault(caller => caller != scope && caller.Operations.Contains(call)) is { } callers
            ? CaughtIn(call, callers, scopes)
            : null;
    }

    private static bool Takes(ICatchClauseOperation clause) =>
        CatchKinds.Of(clause.ExceptionType) == CatchKind.Everything || clause.ExceptionType.IsOrDerivesFrom("Microsoft.EntityFrameworkCore.DbUpdateException");

    // The clause takes the failure of one record, and the loop comes to the next one.
    private static bool GoesOn(ICatchClauseOperation clause, RecordScope scope)
    {
        var loop = scope.Iterations.FirstOrDefault(iteration => iteration.Includes(clause.Syntax));
        return loop is { Kind: IterationKind.ForEach or IterationKind.Index } or null
            && (loop is not null || scope.IsPerRecord)
            && !clause
                .Handler.Descendants()
                .Any(part =>
                    part is IThrowOperation
                    || loop is not null && part is IReturnOperation { IsImplicit: false } or IBranchOperation { BranchKind: not BranchKind.Continue }
                );
    }

    // A field of the handler, what its constructor was given, or a variable from before the loop; nothing that is made for each record.
    private static bool OutlivesRecord(
        IOperation context,
        RecordScope scope,
        ImmutableArray<RecordScope> scopes,
        INamedTypeSymbol? handlerType,
        IOperation save
    ) =>
        context switch
        {
            IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => IsOfHandler(field.Field, handlerType)
                && !scopes.Any(other => other.Operations.Any(operation => IsAssigned(operation, field.Field))),
            IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } property => IsOfHandler(property.Property, handlerType)
                && IsStored(property.Property)
                && !scopes.Any(other => other.Operations.Any(operation => IsAssigned(operation, property.Property))),
            IParameterReferenceOperation parameter => parameter.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
                && SymbolEqualityComparer.Default.Equals(constructor.ContainingType, handlerType?.OriginalDefinition),
            ILocalReferenceOperation local => scope.Iterations.LastOrDefault(iteration => iteration.Includes(save.Syntax)) is { } iteration
                && scope.Body.Root.OnlyValueOf(local.Local) is { } value
                && !iteration.Includes(value.Syntax)
                && local.Local.DeclaringSyntaxReferences.All(reference => !iteration.Includes(reference.GetSyntax())),
            _ => false,
        };

    private static bool IsOfHandler(ISymbol member, INamedTypeSymbol? handlerType) =>
        handlerType is not null && DerivesFrom(handlerType, member.ContainingType);

    private static bool DerivesFrom(INamedTypeSymbol type, INamedTypeSymbol from)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, from.OriginalDefinition))
                return true;
        }

        return false;
    }

    private static bool IsStored(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static bool IsAssigned(IOperation operation, ISymbol member) =>
        operation is IAssignmentOperation { Target: IMemberReferenceOperation target } && SymbolEqualityComparer.Default.Equals(target.Member, member);

    private static bool IsOwn(IOperation? instance) => instance is null or IInstanceReferenceOperation;

    private static bool IsDetaching(IOperation operation) =>
        operation switch
        {
            IMemberReferenceOperation member => Detaching.Contains(member.Member.Name),
            IInvocationOperation call => Detaching.Contains(call.TargetMethod.Name),
            _ => false,
        };
}
