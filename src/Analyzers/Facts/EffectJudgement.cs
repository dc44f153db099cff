using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Claims;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What doing an effect again comes to.</summary>
internal enum RepetitionKind
{
    /// <summary>Nothing, or it cannot be told.</summary>
    Harmless,

    /// <summary>It is done once more.</summary>
    Repeats,

    /// <summary>It is done under another identity, because that is taken from what changes.</summary>
    NewIdentity,

    /// <summary>It goes out once more on a channel that has no token.</summary>
    SendsAgain,
}

/// <summary>What doing an effect again comes to, without the guards around it.</summary>
/// <param name="Kind">What.</param>
/// <param name="What">The effect in words: <c>UpdateItem 'SET quantity = (quantity - :n)'</c>.</param>
/// <param name="Again">What every redelivery does.</param>
/// <param name="Identity">The value that changes, with the path's name; default unless it is a new identity.</param>
/// <param name="IdentityName">How the value is called.</param>
internal sealed record Repetition(RepetitionKind Kind, string What = "", string Again = "", ValueOrigin Identity = default, string IdentityName = "")
{
    /// <summary>Nothing to say.</summary>
    public static Repetition Harmless { get; } = new(RepetitionKind.Harmless);

    /// <summary>The expression or the text that says so, where it stands apart from the call.</summary>
    public IOperation? Evidence { get; init; }

    /// <summary>The token that makes it harmless and for how long; null if there is none, or it holds for ever.</summary>
    public TimeSpan? TokenLifetime { get; init; }
}

/// <summary>Judges an effect by itself: its identity, its token, its condition, its text.</summary>
internal sealed class EffectJudgement(EffectValues values)
{
    /// <summary>What doing it again comes to.</summary>
    public Repetition Of(ReachedEffect reached) =>
        reached.Effect.Kind switch
        {
            EffectKind.Overwrites => Overwrite(reached),
            EffectKind.UpdateExpression => Update(reached),
            EffectKind.Adds => IsAskedForAnswer(reached) ? Repetition.Harmless : Tokened(reached, RepetitionKind.Repeats),
            EffectKind.Sends => Sent(reached),
            EffectKind.Sql => Sql(reached),
            EffectKind.Entity => EntityInserts.Judge(reached, values),
            EffectKind.DocumentUpdate => DocumentUpdates.Judge(reached, values),
            EffectKind.Http => HttpRequests.Judge(reached, values),
            _ => Repetition.Harmless,
        };

    /// <summary>Whether the effect is made on a condition that a repetition for the same record fails; under a key that changes, nothing is there to be refused.</summary>
    public bool RefusesRepetition(ReachedEffect reached)
    {
        if (reached.Effect.Condition is { } path && values.TextsOf(reached.Call, reached.Frame, path) is { Count: > 0 } texts)
            return texts.All(text => Refuses(text, reached)) && !texts.Any(text => AsksForChangingKey(text, reached));
        return reached.Effect.Kind == EffectKind.Sql && SqlOf(reached) is { IsClaim: true };
    }

    /// <summary>The SQL statement of an effect; null when its text cannot be told.</summary>
    public SqlStatement? SqlOf(ReachedEffect reached) =>
        reached.Effect.Text is { } path && values.TextsOf(reached.Call, reached.Frame, path) is [var text] ? SqlStatement.Parse(text) : null;

    // A function that is invoked for what it returns is a question; what it does is its own affair.
    private static bool IsAskedForAnswer(ReachedEffect reached) =>
        reached.Effect.Answer is { } answer
        && reached.Frame.Root.HasPart(part =>
            part is IPropertyReferenceOperation { Property.Name: var name, Instance: { } result }
            && name == answer
            && !SafeCalls.IsLogged(part)
            && IsResultOf(reached.Call, result)
        );

    private static bool IsResultOf(IInvocationOperation call, IOperation value) =>
        value is ILocalReferenceOperation local
            ? value.Root().SetsOf(local.Local).Any(set => set.Value is { } from && from.HasPart(part => part == call))
            : value.HasPart(part => part == call);

    // attribute_not_exists(id) of an item whose id is a new one.
    private bool AsksForChangingKey(string text, ReachedEffect reached)
    {
        var absent = ConditionExpression.Parse(text).Absent.Select(name => values.AttributeNamed(name, reached.Call, reached.Frame)).ToList();
        return absent.Count > 0
            && reached.Effect.Identity.Any(path =>
                KeyAttributes.Among(values.EntriesOf(reached.Call, reached.Frame, path), absent, values).Any(entry => values.OriginOf(entry.Value).IsVolatile)
            );
    }

    private Repetition Overwrite(ReachedEffect reached)
    {
        if (RefusesRepetition(reached))
            return Repetition.Harmless;
        if (reached.Effect.Name == "TransactWriteItems")
            return Transaction(reached);
        foreach (var path in reached.Effect.Identity)
        {
            if (ChangingKey(reached, path) is var (origin, name))
                return new(RepetitionKind.NewIdentity, reached.Effect.Name, reached.Effect.Again, origin, name);
        }

        return Repetition.Harmless;
    }

    // Of an item that is written out only what is named as keys are counts: other attributes may well change.
    private (ValueOrigin Origin, string Name)? ChangingKey(ReachedEffect reached, AccessPath path)
    {
        var entries = values.EntriesOf(reached.Call, reached.Frame, path);
        if (entries.Count > 0)
        {
            foreach (var (key, value) in KeyAttributes.Among(entries, [], values))
            {
                if (values.OriginOf(value) is { IsVolatile: true } changing)
                    return (changing, $"key '{key}'");
            }

            return null;
        }

        var (presence, origin) = values.OriginOf(reached.Call, reached.Frame, path);
        return presence == Presence.Set && origin.IsVolatile && path.Name is not ("Item" or "item" or "doc" or "document" or "value")
            ? (origin, $"'{path.Name.TrimStart('@')}'")
            : null;
    }

    private Repetition Update(ReachedEffect reached)
    {
        if (RefusesRepetition(reached))
            return Repetition.Harmless;
        if (reached.Effect.Text is { } path && values.TextsOf(reached.Call, reached.Frame, path) is { Count: > 0 } texts)
        {
            foreach (var text in texts)
            {
                var expression = UpdateExpression.Parse(text);
                if (expression.Addition is { } addition && !AddsToSet(reached, expression.Placeholder))
                {
                    return new(
                        RepetitionKind.Repeats,
                        $"{reached.Effect.Name} '{addition}'",
                        $"changes '{values.AttributeNamed(expression.Name!, reached.Call, reached.Frame)}' again"
                    )
                    {
                        Evidence = values.ValuesOf(reached.Call, reached.Frame, path).Values is [var spelled, ..] ? spelled.Operation : null,
                    };
                }
            }

            return Repetition.Harmless;
        }

        // AttributeUpdates, the older form.
        var adds = values
            .PartsOf(reached.Call, reached.Frame, AccessPath.Parse("*"))
            .Any(part => part.Operation is IFieldReferenceOperation { Field: { Name: "ADD", ContainingType.Name: "AttributeAction" } });
        return adds ? new(RepetitionKind.Repeats, $"{reached.Effect.Name} with AttributeAction.ADD", "adds to the item again") : Repetition.Harmless;
    }

    private Repetition Transaction(ReachedEffect reached)
    {
        var token = Tokened(reached, RepetitionKind.Repeats);
        if (token.Kind == RepetitionKind.NewIdentity)
            return token;
        Repetition? adds = null;
        foreach (var part in values.PartsOf(reached.Call, reached.Frame, AccessPath.Parse("*")))
        {
            if (part.Operation is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } assignment)
                continue;
            var texts = values.TextsOf(new(assignment.Value, part.Frame));
            if (target.Property.Name == "ConditionExpression" && texts.Any(text => Refuses(text, reached)))
                return Repetition.Harmless;
            if (target.Property.Name == "UpdateExpression")
                adds ??= texts
                    .Select(UpdateExpression.Parse)
                    .Where(expression => expression.Addition is not null)
                    .Select(expression => new Repetition(
                        RepetitionKind.Repeats,
                        $"{reached.Effect.Name} '{expression.Addition}'",
                        $"changes '{expression.Name}' again"
                    ))
                    .FirstOrDefault();
        }

        return token.Kind == RepetitionKind.Harmless || adds is null ? Repetition.Harmless with { TokenLifetime = token.TokenLifetime } : adds;
    }

    private Repetition Sent(ReachedEffect reached)
    {
        var (groups, _) = values.OriginOf(reached.Call, reached.Frame, AccessPath.Parse("*.MessageGroupId"));
        var judged = Tokened(reached, RepetitionKind.SendsAgain);

        // A group without a token may well be a FIFO queue's that looks at the content; and what carries the record's id can be told apart.
        return judged.Kind == RepetitionKind.SendsAgain && (groups == Presence.Set || values.CarryIdentity(reached.Call, reached.Frame))
            ? Repetition.Harmless
            : judged;
    }

    private Repetition Tokened(ReachedEffect reached, RepetitionKind without)
    {
        foreach (var path in reached.Effect.Token)
        {
            var (presence, origin) = values.OriginOf(reached.Call, reached.Frame, path);
            if (presence == Presence.Unknown)
                return Repetition.Harmless;
            if (presence != Presence.Set)
                continue;
            return origin.IsVolatile
                ? new(RepetitionKind.NewIdentity, reached.Effect.Name, reached.Effect.Again, origin, $"'{path.Name}'")
                : Repetition.Harmless with
                {
                    TokenLifetime = reached.Effect.TokenLifetime,
                };
        }

        // What is made under a name of the record's is refused the second time.
        var isNamed = reached.Effect.Identity.Any(path => values.OriginOf(reached.Call, reached.Frame, path) is (Presence.Set, { IsOfRecord: true }));
        return isNamed ? Repetition.Harmless : new(without, reached.Effect.Name, reached.Effect.Again);
    }

    private Repetition Sql(ReachedEffect reached) =>
        SqlOf(reached) switch
        {
            // Who catches the duplicate key has a table that refuses it.
            { Effect: SqlEffect.Inserts } when DuplicateKeys.ClauseAround(reached.Call, reached.Frame) is not null => Repetition.Harmless,
            { Effect: SqlEffect.Inserts, Summary: var summary } => new(RepetitionKind.Repeats, $"'{summary}'", "inserts another row"),
            { Effect: SqlEffect.Increments, Summary: var summary } => new(RepetitionKind.Repeats, $"'{summary}'", "changes the row again"),
            _ => Repetition.Harmless,
        };

    private bool Refuses(string text, ReachedEffect reached)
    {
        var condition = ConditionExpression.Parse(text);
        return condition.RefusesExisting || condition.Compared.Any(placeholder => PlaceholderOrigin(reached, placeholder) is { IsOfRecord: true });
    }

    private ValueOrigin? PlaceholderOrigin(ReachedEffect reached, string placeholder)
    {
        foreach (var (key, value) in values.EntriesOf(reached.Call, reached.Frame, AccessPath.Parse("*.ExpressionAttributeValues")))
        {
            if (key == placeholder)
                return values.OriginOf(value);
        }

        return null;
    }

    // ADD takes numbers, which count, and sets, which hold an element once.
    private bool AddsToSet(ReachedEffect reached, string? placeholder) =>
        placeholder is not null
        && values
            .EntriesOf(reached.Call, reached.Frame, AccessPath.Parse("*.ExpressionAttributeValues"))
            .Any(entry =>
                entry.Key == placeholder && entry.Value.Operation.HasPart(part => part is IMemberReferenceOperation { Member.Name: "SS" or "NS" or "BS" })
            );
}
