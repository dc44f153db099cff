using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.TestKit;

/// <summary>An action that a fix offers for a diagnostic.</summary>
internal sealed record FixOffer(CodeFixProvider Fix, Diagnostic Diagnostic, TextDocument Document, CodeAction Action);

/// <summary>Asks the tested fixes what they offer, and checks each offer.</summary>
internal sealed class FixOffers(CodeFixTest test, TestSession session)
{
    private static readonly PropertyInfo s_nestedActions =
        new[] { "NestedActions", "NestedCodeActions" }
            .Select(name => typeof(CodeAction).GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            .FirstOrDefault(property => property is not null)
        ?? throw new MissingMemberException(nameof(CodeAction), "NestedActions");

    /// <summary>The diagnostics that a tested fix claims, in the order of their places.</summary>
    internal async Task<ImmutableArray<Diagnostic>> FixableAsync(Project project)
    {
        var outcome = await session
            .Driver.AnalyseAsync(project, "a state between fixes", withCompanions: false, session.CancellationToken)
            .ConfigureAwait(false);
        return [.. DiagnosticText.InOrder(outcome.Analyzers.Concat(outcome.Compiler).Where(diagnostic => test.IsFixable(diagnostic.Id)))];
    }

    /// <summary>The actions that the test chooses, one at most for each fixable diagnostic.</summary>
    internal async Task<ImmutableArray<FixOffer>> ChosenAsync(Project project)
    {
        var chosen = ImmutableArray.CreateBuilder<FixOffer>();
        foreach (var diagnostic in await FixableAsync(project).ConfigureAwait(false))
        {
            if (Choose(await OfferedAsync(project, diagnostic).ConfigureAwait(false)) is { } offer)
                chosen.Add(offer);
        }

        return chosen.ToImmutable();
    }

    /// <summary>All actions that are offered for a diagnostic.</summary>
    /// <exception cref="VerificationException">An offer is not sound.</exception>
    internal async Task<ImmutableArray<FixOffer>> OfferedAsync(Project project, Diagnostic diagnostic)
    {
        if (DocumentOf(project, diagnostic) is not { } document)
            return [];
        var offers = ImmutableArray.CreateBuilder<FixOffer>();
        foreach (var fix in test.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            var registered = await RegisterAsync(fix, document, diagnostic).ConfigureAwait(false);
            offers.AddRange(registered.SelectMany(Leaves).Select(action => new FixOffer(fix, diagnostic, document, action)));
            if (registered.Count > 0)
                ExportCheck.VerifyOfferedIn(fix, document);
        }

        VerifyDistinct(offers);
        return offers.ToImmutable();
    }

    /// <summary>The solution after an action.</summary>
    internal async Task<Solution> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(session.CancellationToken).ConfigureAwait(false);
        return operations.OfType<ApplyChangesOperation>().ToArray() is [var apply]
            ? apply.ChangedSolution
            : throw new VerificationException($"The action \"{action.Title}\" must have exactly one operation that applies changes.");
    }

    /// <summary>The actions of an offer's text, for messages.</summary>
    internal async Task<string> DescribeAsync(Project project)
    {
        var lines = new List<string>();
        foreach (var diagnostic in await FixableAsync(project).ConfigureAwait(false))
        {
            var offers = await OfferedAsync(project, diagnostic).ConfigureAwait(false);
            var actions = offers.Select((offer, index) => $"        [{index}] \"{offer.Action.Title}\" ({offer.Action.EquivalenceKey})");
            lines.Add($"{DiagnosticText.Of(diagnostic)}\n{string.Join("\n", actions.DefaultIfEmpty("        (no action)"))}");
        }

        return lines.Count == 0 ? "    (no fixable diagnostic)" : "    " + string.Join("\n    ", lines);
    }

    private FixOffer? Choose(ImmutableArray<FixOffer> offers)
    {
        if (test.CodeActionEquivalenceKey is not { } key)
            return offers.ElementAtOrDefault(test.CodeActionIndex ?? 0);
        var chosen = offers.FirstOrDefault(offer => offer.Action.EquivalenceKey == key);
        if (chosen is not null && test.CodeActionIndex is { } index && offers.IndexOf(chosen) != index)
            throw new VerificationException($"The action with the key \"{key}\" has the index {offers.IndexOf(chosen)}, not {index}.");
        return chosen;
    }

    private async Task<List<CodeAction>> RegisterAsync(CodeFixProvider fix, TextDocument document, Diagnostic diagnostic)
    {
        var registered = new List<(CodeAction Action, ImmutableArray<Diagnostic> Diagnostics)>();
        void Register(CodeAction action, ImmutableArray<Diagnostic> diagnostics) => registered.Add((action, diagnostics));
        var context = document is Document source
            ? new CodeFixContext(source, diagnostic, Register, session.CancellationToken)
            : new CodeFixContext(document, diagnostic, Register, session.CancellationToken);
        try
        {
            await fix.RegisterCodeFixesAsync(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new VerificationException($"{fix.GetType().FullName} threw for {DiagnosticText.Of(diagnostic)}\n{exception}", exception);
        }

        foreach (var claimed in registered.SelectMany(one => one.Diagnostics))
        {
            if (!fix.FixableDiagnosticIds.Contains(claimed.Id) || !claimed.Equals(diagnostic))
            {
                throw new VerificationException(
                    $"{fix.GetType().FullName} registers an action for {DiagnosticText.Of(claimed)}\nof which it was not asked or whose id it does not claim."
                );
            }
        }

        return [.. registered.Select(one => one.Action)];
    }

    private static void VerifyDistinct(IEnumerable<FixOffer> offers)
    {
        var titles = new HashSet<string>(StringComparer.Ordinal);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (fix, diagnostic, _, action) in offers)
        {
            if (!titles.Add(action.Title))
                throw new VerificationException($"Two actions for {diagnostic.Id} have the title \"{action.Title}\".");
            if (action.EquivalenceKey is not { } key)
                throw new VerificationException($"The action \"{action.Title}\" of {fix.GetType().FullName} has no equivalence key.");
            if (!keys.Add(key))
                throw new VerificationException($"Two actions for {diagnostic.Id} have the equivalence key \"{key}\".");
        }
    }

    private static TextDocument? DocumentOf(Project project, Diagnostic diagnostic) =>
        diagnostic.Location.IsInSource ? project.GetDocument(diagnostic.Location.SourceTree)
        : Place.Of(diagnostic.Location) is { } place ? project.AdditionalDocuments.FirstOrDefault(document => document.FilePath == place.Path)
        : null;

    private static IEnumerable<CodeAction> Leaves(CodeAction action)
    {
        var nested = ((IEnumerable)s_nestedActions.GetValue(action)!).Cast<CodeAction>().ToArray();
        return nested.Length == 0 ? [action] : nested.SelectMany(Leaves);
    }
}
