using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Rules.Order;

/// <summary>Sequence numbers of a stream that are ordered as text or parsed to a type that cannot hold them (B-38).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("What the number is compared with has to become a BigInteger too.")]
public sealed class ALO405SequenceNumberMisread : LambdaAnalyzer
{
    internal const string Id = "ALO405";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Sequence numbers do not fit the way they are compared",
        "A sequence number is {0}: {1}. Compare sequence numbers as BigInteger.",
        "Sequence numbers are whole numbers in decimal: about 56 digits in Kinesis, 21 and more in DynamoDB Streams. As text a shorter number comes behind a longer one that begins with a smaller digit; a 64-bit integer holds 19 digits, a double tells about 16 apart."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    // An operation action would have the operations of every method made.
    private protected override void Register(CompilationStartAnalysisContext context, AnalysisSession session) =>
        context.RegisterSemanticModelAction(file =>
        {
            var (tree, cancellationToken) = (file.SemanticModel.SyntaxTree, file.CancellationToken);
            if (!tree.Mentions(SequenceNumbers.PropertyName, cancellationToken))
                return;
            var model = session.Models.Of(tree);
            foreach (var syntax in tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (model.GetOperation(syntax, cancellationToken) is IInvocationOperation call && SequenceNumbers.MisreadBy(call) is var (what, consequence))
                    file.ReportDiagnostic(Diagnostic.Create(Descriptor, syntax.GetLocation(), what, consequence));
            }
        });
}
