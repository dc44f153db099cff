using AtLeastOnce.Analyzers.Rules.Order;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.CodeFixes.Rules.Outcome;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Order;

/// <summary>Has the handler stop at the first failed message and report it with those it has not touched.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO401OvertakesFailedMessageFix))]
public sealed class ALO401OvertakesFailedMessageFix : HandlerFix
{
    internal const string StopAndReportRestKey = "ALO401.StopAndReportRest";

    private protected override string Id => ALO401OvertakesFailedMessage.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) =>
        [new(StopAndReportRestKey, "Stop here and report the failed message and the rest")];

    private protected override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken) =>
        Task.FromResult(StopAfterFailure.At(target, diagnostic.Location, AfterFailure.Stop, cancellationToken));
}
