using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>The id that a record has at every delivery, as code at some place can write it.</summary>
/// <param name="Code">The expression: <c>message.MessageId</c>.</param>
/// <param name="Record">The variable that holds the record.</param>
/// <param name="Source">Whose record it is.</param>
internal sealed record RecordIdentity(string Code, ISymbol Record, EventSourceKind Source)
{
    /// <summary>
    /// How long the id is, in characters: a UUID of SQS, 20 characters of a shard's id with a colon and 56 digits of a Kinesis sequence number, 32 hexadecimal digits of a
    /// DynamoDB stream.
    /// </summary>
    public int Length =>
        Source switch
        {
            EventSourceKind.Sqs => 36,
            EventSourceKind.Kinesis => 77,
            _ => 32,
        };

    /// <summary>Whether the id has nothing but letters, digits and hyphens.</summary>
    public bool IsPlain => Source != EventSourceKind.Kinesis;

    /// <summary>The id of the record whose work is done at a place: of the only record that has a name there, if the place runs once for it; null otherwise.</summary>
    public static RecordIdentity? At(FixTarget target, SyntaxNode place)
    {
        var records = target.Model.LookupSymbols(place.SpanStart).Where(symbol => IsRecord(target, symbol, place)).ToList();
        if (records is not [var record] || !OncePerRecord.Holds(target, target.Model, place, record))
            return null;
        var kind = target.Session.Types.RecordKind(TypeOf(record));
        var member = kind switch
        {
            EventSourceKind.Sqs => "MessageId",
            EventSourceKind.Kinesis => "EventId",
            EventSourceKind.DynamoDb => "EventID",
            _ => null,
        };
        var name = SyntaxFacts.GetKeywordKind(record.Name) == SyntaxKind.None ? record.Name : "@" + record.Name;
        return member is null ? null : new($"{name}.{member}", record, kind);
    }

    private static bool IsRecord(FixTarget target, ISymbol symbol, SyntaxNode place) =>
        target.Session.Types.IsRecord(TypeOf(symbol))
        && (symbol is not ILocalSymbol || symbol.Locations is [{ SourceSpan.Start: var start }, ..] && start < place.SpanStart);

    private static ITypeSymbol? TypeOf(ISymbol symbol) =>
        symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            _ => null,
        };
}
