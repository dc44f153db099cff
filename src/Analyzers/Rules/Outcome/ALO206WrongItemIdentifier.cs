using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>An entry of the response that names its record by something else than Lambda does: the whole batch fails .</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO206WrongItemIdentifier : BatchFlowRule
{
    internal const string Id = "ALO206";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        "A failure is reported under an identifier that Lambda does not know",
        "{0} is not the identifier of the failed message: Lambda finds no such message in the batch and fails the whole batch, again and again, until its messages reach the dead-letter queue or expire. Use the message's MessageId.",
        "itemIdentifier must be the messageId of a message of the batch. With an empty, null or unknown identifier Lambda treats the whole batch as failed."
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        "A failure is reported under an identifier that Lambda does not know",
        "{0} is not the identifier of the failed record: Lambda finds no such record in the batch and has the whole batch read again and again, and its shard waits until the records expire or are given up. Use the record's SequenceNumber.",
        "itemIdentifier must be the sequence number of a record of the batch: Kinesis.SequenceNumber or Dynamodb.SequenceNumber, not EventID. With an empty, null or unknown identifier Lambda treats the whole batch as failed."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfStream);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.Response.CarriesFailures;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        foreach (var item in flow.Items)
        {
            if (item.Origin is IdentifierOrigin.Unknown or IdentifierOrigin.Right)
                continue;
            var place = item.Value?.Syntax ?? item.Item.Operation.Syntax;
            if (place.SyntaxTree != handler.Anchor.SourceTree)
                continue;
            report(Diagnostic.Create(handler.IsStream ? OfStream : Descriptor, place.GetLocation(), Findings.About(handler), Describe(item)));
        }
    }

    private static string Describe(JudgedItem item) =>
        item.Origin switch
        {
            IdentifierOrigin.Empty when item.Value is null => "An ItemIdentifier that is never set",
            IdentifierOrigin.Empty => "An empty ItemIdentifier",
            IdentifierOrigin.Volatile => $"'{item.Value!.Syntax}', made up on the spot,",
            IdentifierOrigin.Constant => $"The constant {item.Value!.Syntax}",
            IdentifierOrigin.Body => $"'{item.Value!.Syntax}', which the sender wrote into the body,",
            _ => $"'{item.Value!.Syntax}'",
        };
}
