using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>How code names a record of a source to Lambda, and to people.</summary>
/// <param name="Noun">What the record is called.</param>
/// <param name="Path">The way from the record to the identifier that Lambda knows it by (R-8, E-10, E-23).</param>
internal sealed record RecordIdentity(string Noun, string Path)
{
    /// <summary>The record's name for people, as a variable.</summary>
    public string Variable => Noun.ToLowerInvariant();

    /// <summary>The last step of <see cref="Path"/>.</summary>
    public string Name => Path.Substring(Path.LastIndexOf('.') + 1);

    /// <summary>How the records of a handler's source are named.</summary>
    public static RecordIdentity Of(Handler handler) =>
        handler.Source switch
        {
            EventSourceKind.Kinesis => new("Record", "Kinesis.SequenceNumber"),
            EventSourceKind.DynamoDb => new("Record", "Dynamodb.SequenceNumber"),
            _ => new("Message", "MessageId"),
        };

    /// <summary>The identifier of a record.</summary>
    /// <param name="record">An expression for the record.</param>
    public string Of(string record) => $"{record}.{Path}";
}
