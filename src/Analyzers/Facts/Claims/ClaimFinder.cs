using System.Text.RegularExpressions;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Claims;

/// <summary>Tells which effects claim their record.</summary>
internal sealed class ClaimFinder(EffectValues values, EffectJudgement judgement, ClaimLifetimes lifetimes)
{
    private const string ConditionalCheckFailed = "Amazon.DynamoDBv2.Model.ConditionalCheckFailedException";
    private const string ExecutionAlreadyExists = "Amazon.StepFunctions.Model.ExecutionAlreadyExistsException";
    private const string TransactionCanceled = "Amazon.DynamoDBv2.Model.TransactionCanceledException";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly AccessPath Anything = AccessPath.Parse("*");

    // A claim that says how far the work has come, or until when it holds.
    private static readonly Regex Progress = new(
        "stat(e|us)|leas|lock|until|timeout|progress|processing|pending|attempt|heartbeat|phase|stage|started",
        Options,
        TimeSpan.FromSeconds(1)
    );
    private static readonly Regex Expiry = new("expir|ttl|time_?to_?live", Options, TimeSpan.FromSeconds(1));

    /// <summary>The claim that an effect is; null when it is none, or it cannot be told under which key it is made.</summary>
    public Claim? Of(ReachedEffect reached)
    {
        if (StoreClaims.Is(reached.Call))
            return Taken(reached);
        if (reached.Effect.Name == "StartExecution")
            return Named(reached);
        if (reached.Effect.Name == "TransactWriteItems")
            return Transaction(reached);
        if (reached.Effect.Kind == EffectKind.Entity)
            return EntityClaims.Of(reached, values) is { } claim ? claim with { DuplicateClause = DuplicateClauseAround(claim.Reached)?.Clause } : null;
        if (reached.Effect.Kind == EffectKind.Sql && judgement.SqlOf(reached) is { Effect: SqlEffect.Inserts })
            return Insert(reached);
        if (!judgement.RefusesRepetition(reached))
            return null;
        if (reached.Effect.Kind == EffectKind.Sql)
            return new(reached, null)
            {
                Expires = reached.Effect.Text is not { } sql || TextsAt(reached, sql).Any(text => Progress.IsMatch(text) || Expiry.IsMatch(text)),
            };
        if (reached.Effect.Condition is not { } path || RejectionOf(reached.Call) is not { } rejection)
            return null;
        var conditions = TextsAt(reached, path).Select(ConditionExpression.Parse).ToList();
        return conditions.Count > 0 && IsUnderRecordKey(reached, conditions, reached.Effect.Identity)
            ? new(reached, rejection)
            {
                Expires = conditions.Exists(condition => condition.HasAlternatives) || GivesItselfUp(reached),
                Lifetime = lifetimes.OfItem(reached),
                RefusesOnlyDuplicates = conditions.TrueForAll(condition => condition.IsOnlyAboutExistence),
            }
            : null;
    }

    /// <summary>Whether the name of a member says how far the work has come, or until when a claim holds.</summary>
    public static bool SaysProgress(string member) => Progress.IsMatch(member) || SaysExpiry(member);

    /// <summary>Whether the name of a member says when a claim is forgotten, and no more.</summary>
    public static bool SaysExpiry(string member) => Expiry.IsMatch(member) && !Progress.IsMatch(member);

    // A key of a store, set where it is not there.
    private Claim? Taken(ReachedEffect reached) =>
        values.CarryRecord(reached.Call, reached.Frame)
            ? new(reached, null) { Expires = lifetimes.MayEndWithinADay(reached), Lifetime = lifetimes.OfKey(reached) }
            : null;

    // A plain INSERT is refused only where the table has a unique key: a clause that takes its duplicates says that it has.
    private Claim? Insert(ReachedEffect reached) =>
        DuplicateClauseAround(reached) is var (clause, type) && (values.CarryRecord(reached.Call, reached.Frame) || values.HasParameterOfRecord(reached.Frame))
            ? new(reached, type)
            {
                Expires = reached.Effect.Text is { } sql && TextsAt(reached, sql).Any(SaysProgress),
                RefusesOnlyDuplicates = true,
                IsOfDatabase = true,
                DuplicateClause = clause,
            }
            : null;

    private static (CatchClauseSyntax Clause, INamedTypeSymbol Type)? DuplicateClauseAround(ReachedEffect reached) =>
        DuplicateKeys.ClauseAround(reached.Call, reached.Frame) is { } found && DuplicateKeys.TakesOnlyDuplicates(found.Clause) ? found : null;

    // A workflow under a name of the record's: once it has ended, the name is refused.
    private Claim? Named(ReachedEffect reached) =>
        reached.Effect.Token is [var path]
        && values.OriginOf(reached.Call, reached.Frame, path) is (Presence.Set, { IsOfRecord: true })
        && TypeOf(reached.Call, ExecutionAlreadyExists) is { } rejection
            ? new(reached, rejection) { IsWork = true, RefusesOnlyDuplicates = true }
            : null;

    // A transaction whose conditions all ask whether something is there already.
    private Claim? Transaction(ReachedEffect reached)
    {
        var conditions = new List<ConditionExpression>();
        foreach (var part in values.PartsOf(reached.Call, reached.Frame, Anything))
        {
            if (part.Operation is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "ConditionExpression" } } assignment)
                continue;
            if (values.TextsOf(new(assignment.Value, part.Frame)) is not [var text])
                return null;
            conditions.Add(ConditionExpression.Parse(text));
            if (!conditions[conditions.Count - 1].IsOnlyAboutExistence)
                return null;
        }

        return conditions.Count > 0 && IsUnderRecordKey(reached, conditions, [Anything]) && TypeOf(reached.Call, TransactionCanceled) is { } rejection
            ? new(reached, rejection) { IsWork = true, RefusesOnlyDuplicates = true }
            : null;
    }

    private static INamedTypeSymbol? TypeOf(IOperation operation, string name) =>
        operation.SemanticModel?.Compilation.GetTypesByMetadataName(name).FirstOrDefault();

    /// <summary>The exception that refuses a conditional write; null where the result of the call says so.</summary>
    public static INamedTypeSymbol? RejectionOf(IInvocationOperation call) =>
        call.TargetMethod.ContainingType.IsIn("Amazon.DynamoDBv2") ? TypeOf(call, ConditionalCheckFailed) : null;

    private IReadOnlyList<string> TextsAt(ReachedEffect reached, AccessPath path) => values.TextsOf(reached.Call, reached.Frame, path);

    // The attributes that are the key, as far as they are written out: none of them changes, and one is the record's.
    private bool IsUnderRecordKey(ReachedEffect reached, IEnumerable<ConditionExpression> conditions, IEnumerable<AccessPath> paths)
    {
        var entries = paths.SelectMany(path => values.EntriesOf(reached.Call, reached.Frame, path)).ToList();
        // What an update names beside its changes is the key.
        var keys =
            reached.Effect.Kind == EffectKind.UpdateExpression
                ? entries
                : KeyAttributes.Among(
                    entries,
                    [.. conditions.SelectMany(condition => condition.Absent).Select(name => values.AttributeNamed(name, reached.Call, reached.Frame))],
                    values
                );
        var origins = keys.Select(key => values.OriginOf(key.Value)).ToList();
        return origins.TrueForAll(origin => !origin.IsVolatile && !origin.IsUnknown) && origins.Exists(origin => origin.IsOfRecord);
    }

    private bool GivesItselfUp(ReachedEffect reached)
    {
        var parts = values.PartsOf(reached.Call, reached.Frame, Anything).ToList();
        var expires = false;
        foreach (var (part, _) in parts)
        {
            if (part.ConstantValue is not { HasValue: true, Value: string text } || part.Parent is INameOfOperation)
                continue;
            if (Progress.IsMatch(text) && !IsTableName(part))
                return true;
            expires |= Expiry.IsMatch(text) && !IsTableName(part);
        }

        // DynamoDB deletes an expired item within days; a mark that is kept for days is kept as good as for ever.
        return expires && !parts.Exists(lifetimes.IsAtLeastADay);
    }

    private static bool IsTableName(IOperation part) =>
        part.Parent is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "TableName" } };
}
