using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts.Suppressions;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Configuration;

/// <summary>
/// A comment of a template that silences nothing: its rule finds nothing there, or looks at code only, or does not exist. Silent where that cannot be known: the function is
/// another project's, its handler is not seen, the rule is switched off. Pragmas and attributes are the compiler's own, which tells idle ones (IDE0079).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether the comment is to go, or to name another rule or place, is known to who has written it.")]
public sealed class ALO002SuppressionSilencesNothing : LambdaAnalyzer
{
    internal const string Id = "ALO002";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Info,
        "A suppression that silences nothing",
        "{0} finds nothing here that this comment could silence: it speaks of a risk that is not there, and once there is one, it hides it. Remove it, or move it to the resource or setting that it is about.",
        "A comment in a template silences a rule at the resource, event or setting that follows it, or on its line. One that is left behind when its cause is gone silences the next flaw, whose reason nobody has weighed; one at the wrong place, or with the wrong id, does not do what it says."
    );

    private static readonly DiagnosticDescriptor OfCode = Rule.Reworded(
        Descriptor,
        "{0} speaks about code and does not look at comments in templates: nothing is silenced by this one, and what it says holds for nothing. Remove it, or silence {0} in the code."
    );

    private static readonly DiagnosticDescriptor NoSuchRule = Rule.Reworded(
        Descriptor,
        "There is no rule '{0}': nothing is silenced by this comment, and the finding that was meant is still there, or will be. Name the rule that is meant."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfCode, NoSuchRule);

    private protected override void Register(CompilationStartAnalysisContext context, AnalysisSession session) =>
        context.RegisterAdditionalFileAction(file =>
        {
            foreach (var (suppression, reason) in IdleSuppressions.In(file.AdditionalFile.Path, Id, session, file.CancellationToken))
                file.ReportDiagnostic(Diagnostic.Create(DescriptorOf(reason), suppression.Place.ToLocation(), suppression.RuleId));
        });

    private static DiagnosticDescriptor DescriptorOf(IdleReason reason) =>
        reason switch
        {
            IdleReason.NoSuchRule => NoSuchRule,
            IdleReason.OfCode => OfCode,
            _ => Descriptor,
        };
}
