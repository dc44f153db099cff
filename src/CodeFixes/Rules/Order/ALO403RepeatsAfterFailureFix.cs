using AtLeastOnce.Analyzers.Rules.Order;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.CodeFixes.Rules.Outcome;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Order;

/// <summary>Has the handler stop at the first failed record, from which the stream is read again.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO403RepeatsAfterFailureFix))]
public sealed class ALO403RepeatsAfterFailureFix : HandlerFix
{
    internal const string StopAtFailureKey = "ALO403.StopAtFailure";

    private protected override string Id => ALO403RepeatsAfterFailure.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) =>
        [new(StopAtFailureKey, "Stop here: the stream is read again from the failed record")];

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken) =>
        Task.FromResult(StopAfterFailure.At(target, diagnostic.Location, AfterFailure.StopThere, cancellationToken));
}
