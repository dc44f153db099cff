using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Whether a value of a call is given.</summary>
internal enum Presence
{
    /// <summary>Surely not.</summary>
    Unset,

    /// <summary>It is.</summary>
    Set,

    /// <summary>The object comes from where it cannot be told.</summary>
    Unknown,
}

/// <summary>Reads the values of a call that the catalogue names.</summary>
internal sealed class EffectValues(ValueOrigins origins, TextValues texts)
{
    /// <summary>Stands in a path for the members that are an object's key in its store.</summary>
    public const string KeyMember = "@key";

    private const int MostParts = 100;

    private static readonly string[] Identifiers = ["Id", "ID", "EventId", "MessageId", "IdempotencyKey", "DeduplicationId", "Sequencer"];

    private static readonly string[] KeyAttributes =
    [
        "Amazon.DynamoDBv2.DataModel.DynamoDBHashKeyAttribute",
        "Amazon.DynamoDBv2.DataModel.DynamoDBRangeKeyAttribute",
        "System.ComponentModel.DataAnnotations.KeyAttribute",
        "MongoDB.Bson.Serialization.Attributes.BsonIdAttribute",
    ];

    /// <summary>Where the values at a path come from, and whether they are given at all.</summary>
    public (Presence Presence, ValueOrigin Origin) OriginOf(IInvocationOperation call, Frame frame, AccessPath path)
    {
        var (presence, values) = ValuesOf(call, frame, path);
        return (presence, values.Aggregate(ValueOrigin.Fixed, (origin, value) => origin.With(origins.Of(value.Operation, value.Frame))));
    }

    /// <summary>The texts at a path; none when they cannot be told.</summary>
    public IReadOnlyList<string> TextsOf(IInvocationOperation call, Frame frame, AccessPath path)
    {
        var (presence, values) = ValuesOf(call, frame, path);
        if (presence != Presence.Set)
            return [];
        var all = new List<string>();
        foreach (var value in values)
        {
            if (texts.Of(value.Operation, value.Frame) is not { Count: > 0 } spelled)
                return [];
            all.AddRange(spelled);
        }

        return all;
    }

    /// <summary>The values at a path.</summary>
    public (Presence Presence, IReadOnlyList<Located> Values) ValuesOf(IInvocationOperation call, Frame frame, AccessPath path)
    {
        var current = Roots(call, path.Parameter).Select(root => new Located(root, frame)).ToList();
        if (current.Count == 0)
            return (Presence.Unset, []);
        var isSeen = true;
        foreach (var member in path.Members)
        {
            var next = new List<Located>();
            foreach (var value in current)
            {
                isSeen &= origins.IsMadeHere(value.Operation, value.Frame);
                foreach (var name in member == KeyMember ? KeysOf(value.Operation) : ImmutableArray.Create(member))
                    next.AddRange(origins.MemberOf(value.Operation, value.Frame, name));
            }

            if (next.Count == 0)
                return (isSeen ? Presence.Unset : Presence.Unknown, isSeen ? [] : current);
            current = next;
        }

        return (Presence.Set, current);
    }

    /// <summary>The entries of a dictionary that is written out: <c>{ ["pk"] = …, { "sk", … } }</c>.</summary>
    public IReadOnlyList<(string Key, Located Value)> EntriesOf(IInvocationOperation call, Frame frame, AccessPath path)
    {
        var entries = new List<(string, Located)>();
        var (_, values) = ValuesOf(call, frame, path);
        foreach (var definition in values.SelectMany(value => origins.Definitions(value.Operation, value.Frame)))
        {
            foreach (var operation in definition.Operation.Descendants())
            {
                if (
                    operation is ISimpleAssignmentOperation
                    {
                        Target: IPropertyReferenceOperation
                        {
                            Property.IsIndexer: true,
                            Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string key } }]
                        }
                    } assignment
                )
                    entries.Add((key, new(assignment.Value, definition.Frame)));
                else if (
                    operation is IInvocationOperation
                    {
                        TargetMethod.Name: "Add",
                        Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string added } }, var value]
                    }
                )
                    entries.Add((added, new(value.Value, definition.Frame)));
            }
        }

        return entries;
    }

    /// <summary>Everything that the object at a path is made of, as written.</summary>
    public IEnumerable<Located> PartsOf(IInvocationOperation call, Frame frame, AccessPath path)
    {
        var (_, values) = ValuesOf(call, frame, path);
        return values
            .SelectMany(value => origins.Definitions(value.Operation, value.Frame))
            .SelectMany(definition => definition.Operation.DescendantsAndSelf().Select(part => new Located(part, definition.Frame)));
    }

    /// <summary>What a value can be, behind locals, parameters and conditions.</summary>
    public IReadOnlyList<Located> DefinitionsOf(Located value) => origins.Definitions(value.Operation, value.Frame);

    /// <summary>Everything that the values are made of, behind locals and parameters as well.</summary>
    public IEnumerable<Located> AllPartsOf(params Located[] values)
    {
        var open = new Queue<Located>(values);
        var seen = new HashSet<IOperation>();
        while (open.Count > 0 && seen.Count < MostParts)
        {
            var next = open.Dequeue();
            foreach (var definition in origins.Definitions(next.Operation, next.Frame))
            {
                if (!seen.Add(definition.Operation))
                    continue;
                foreach (var part in definition.Operation.DescendantsAndSelf())
                {
                    yield return new(part, definition.Frame);
                    if (part is ILocalReferenceOperation or IParameterReferenceOperation && part != definition.Operation)
                        open.Enqueue(new(part, definition.Frame));
                }
            }
        }
    }

    /// <summary>Whether something in what is passed is named as an id of the message, and taken from the record; or is an event as a whole, which has its own id in it.</summary>
    public bool CarryIdentity(IInvocationOperation call, Frame frame) =>
        AllPartsOf(call.Arguments.Select(argument => new Located(argument.Value, frame)).ToArray())
            .Any(part =>
                part.Operation switch
                {
                    ISimpleAssignmentOperation assignment => Identifiers.Contains(MemberNameOf(assignment))
                        && origins.Of(assignment.Value, part.Frame).IsOfRecord,
                    ILocalReferenceOperation or IParameterReferenceOperation => origins.IsEvent(part.Operation.Type)
                        && part.Operation.Parent is not IMemberReferenceOperation,
                    _ => false,
                }
            );

    /// <summary>Whether an argument of the call is taken from the record.</summary>
    public bool CarryRecord(IInvocationOperation call, Frame frame) => call.Arguments.Any(argument => origins.Of(argument.Value, frame).IsOfRecord);

    /// <summary>Whether a method gives a database command a parameter that is taken from the record.</summary>
    public bool HasParameterOfRecord(Frame frame) =>
        frame
            .Root.Descendants()
            .OfType<IInvocationOperation>()
            .Any(call =>
                call.TargetMethod.Name is "AddWithValue" or "Add"
                && call.Instance?.Type?.Name.EndsWith("ParameterCollection", StringComparison.Ordinal) == true
                && CarryRecord(call, frame)
            );

    /// <summary>The members that the initialisers of what is passed set.</summary>
    public IEnumerable<string> MemberNamesOf(IInvocationOperation call, Frame frame) =>
        PartsOf(call, frame, AccessPath.Parse("*")).Select(part => part.Operation).OfType<ISimpleAssignmentOperation>().Select(MemberNameOf).OfType<string>();

    /// <summary>The texts of a value.</summary>
    public IReadOnlyList<string> TextsOf(Located value) => texts.Of(value.Operation, value.Frame);

    /// <summary>The attribute that a DynamoDB expression means by a name, which may be a placeholder: <c>#id</c>.</summary>
    public string AttributeNamed(string name, IInvocationOperation call, Frame frame)
    {
        foreach (var (placeholder, value) in EntriesOf(call, frame, AccessPath.Parse("*.ExpressionAttributeNames")))
        {
            if (placeholder == name && TextsOf(value) is [var attribute])
                return attribute;
        }

        return name.TrimStart('#');
    }

    /// <summary>The origin of a value.</summary>
    public ValueOrigin OriginOf(Located value) => origins.Of(value.Operation, value.Frame);

    // Of a type that is missing, as while a package is restored, the syntax still tells the member's name.
    private static string? MemberNameOf(ISimpleAssignmentOperation assignment) =>
        assignment.Target is IMemberReferenceOperation target ? target.Member.Name
        : assignment.Syntax is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } ? name.Identifier.ValueText
        : null;

    private static IEnumerable<IOperation> Roots(IInvocationOperation call, string parameter) =>
        parameter switch
        {
            "this" => call.Instance is { } instance ? [instance] : [],
            "*" => call.Arguments.Select(argument => argument.Value),
            _ => call
                .Arguments.Where(argument => argument.Parameter?.Name == parameter && argument.ArgumentKind != ArgumentKind.DefaultValue)
                .Select(argument => argument.Value),
        };

    private static ImmutableArray<string> KeysOf(IOperation value)
    {
        var type = value.Type;
        while (value is IConversionOperation conversion)
            (value, type) = (conversion.Operand, conversion.Operand.Type);
        if (type is not INamedTypeSymbol named)
            return ImmutableArray<string>.Empty;
        var properties = new List<IPropertySymbol>();
        for (var current = named; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
            properties.AddRange(current.GetMembers().OfType<IPropertySymbol>());
        var marked = properties
            .Where(property => KeyAttributes.Any(attribute => property.HasAttribute(attribute)))
            .Select(property => property.Name)
            .ToImmutableArray();
        return marked.IsEmpty
            ? properties
                .Where(property => property.Name is "Id" or "ID" || string.Equals(property.Name, named.Name + "Id", StringComparison.OrdinalIgnoreCase))
                .Select(property => property.Name)
                .Take(1)
                .ToImmutableArray()
            : marked;
    }
}
