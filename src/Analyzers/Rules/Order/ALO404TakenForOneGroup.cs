using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Order;

/// <summary>The group of a batch's first message taken for that of all: a batch of a FIFO queue can hold several groups (B-17).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("What the group is used for, and so how it is to be done for each of them, cannot be known.")]
public sealed class ALO404TakenForOneGroup : BatchFlowRule
{
    internal const string Id = "ALO404";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A batch of a FIFO queue is taken for one message group",
        "'{0}' takes the group of the first message for that of the whole batch, but a batch of {1} can hold messages of several groups: those of the others are handled under the wrong one. Read the group of each message.",
        "Lambda fills a batch of a FIFO queue with the messages of any groups that are free. Only the order within each group is kept."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.IsFifo && handler.GetsBatches;

    private protected override void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report)
    {
        if (FirstGroup.In(flow) is { } read && read.Syntax.SyntaxTree == handler.Anchor.SourceTree)
            report(Diagnostic.Create(Descriptor, read.Syntax.GetLocation(), Findings.About(handler), handler.Name, OrderPlaces.QueueOf(handler)));
    }
}
