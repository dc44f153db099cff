using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>An entry of the user's effect file that is left out, because it cannot be read: the effect is not known, and nothing is said about it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("What was meant cannot be told from an entry that cannot be read.")]
public sealed class ALO100EffectFileCannotBeRead : LambdaAnalyzer
{
    internal const string Id = "ALO100";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Effect file cannot be read",
        "'{0}' is not read here, so the effect is not known and no handler is judged by it. {1}",
        "The project's own effects are described in files named *.effects.yaml. An entry that cannot be read is left out, and what it describes counts as harmless."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override void Register(CompilationStartAnalysisContext context, AnalysisSession session)
    {
        if (!session.Types.HasAny)
            return;
        context.RegisterAdditionalFileAction(file =>
        {
            if (!EffectFiles.IsEffectFile(file.AdditionalFile) || file.AdditionalFile.GetText(file.CancellationToken) is not { } text)
                return;
            var path = file.AdditionalFile.Path;
            foreach (var problem in EffectFile.Read(path, text.ToString(), file.CancellationToken).Problems)
            {
                file.ReportDiagnostic(
                    Diagnostic.Create(Descriptor, problem.Place.ToLocation(), path.Substring(path.LastIndexOfAny(['/', '\\']) + 1), problem.Text)
                );
            }
        });
    }
}
