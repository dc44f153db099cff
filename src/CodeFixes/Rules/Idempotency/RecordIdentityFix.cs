using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Rules.Idempotency;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>
/// The base of the fixes that identify an effect by the record's own id. Only where the handler has no other effect on the same service, which could come to stand
/// under the same id; and where a duplicate is then refused, the refusal is taken for success in the same step.
/// </summary>
public abstract class RecordIdentityFix : HandlerFix
{
    private const int MostRejections = 5;

    private protected RecordIdentityFix() { }

    private protected sealed override Task<FixEdit?> EditAsync(FixTarget target, Diagnostic diagnostic, string key, CancellationToken cancellationToken)
    {
        foreach (var handler in target.Handlers(cancellationToken))
        {
            var effects = target.Session.EffectsOf(handler, cancellationToken).Judged;
            foreach (var effect in effects)
            {
                if (!Applies(effect) || EffectPlaces.In(target.Root.SyntaxTree, effect.Reached)?.SourceSpan != diagnostic.Location.SourceSpan)
                    continue;
                var edits = new TextEdits();
                var isFixed = effects.All(other => other == effect || !IsOnSameService(effect, other)) && Edit(target, handler, effect, edits);
                return Task.FromResult(isFixed ? new FixEdit(edits) : null);
            }
        }

        return Task.FromResult<FixEdit?>(null);
    }

    /// <summary>Takes the refusals of duplicates that the fix brings about for success.</summary>
    private protected sealed override async Task<Document> CompleteAsync(Document before, Document changed, CancellationToken cancellationToken)
    {
        var rejections = new ALO110DuplicateFailsFix();
        var known = (await FixProof.FindingsAsync(before, ALO110DuplicateFails.Id, cancellationToken).ConfigureAwait(false)).Length;
        for (var i = 0; i < MostRejections; i++)
        {
            var found = await FixProof.FindingsAsync(changed, ALO110DuplicateFails.Id, cancellationToken).ConfigureAwait(false);
            if (found.Length <= known)
                break;
            Document? caught = null;
            foreach (var finding in found)
                caught ??= await rejections.FixAsync(changed, finding, ALO110DuplicateFailsFix.CatchKey, cancellationToken).ConfigureAwait(false);
            if (caught is null)
                break;
            changed = caught;
        }

        return changed;
    }

    /// <summary>Whether the effect is one that the fix can change.</summary>
    private protected abstract bool Applies(JudgedEffect effect);

    /// <summary>Makes the changes.</summary>
    /// <returns>Whether they are known to be right.</returns>
    private protected abstract bool Edit(FixTarget target, Handler handler, JudgedEffect effect, TextEdits edits);

    // Amazon.S3 and Amazon.S3.Transfer, System.Net.Http and System.Net.Http.Json
    private static bool IsOnSameService(JudgedEffect one, JudgedEffect other) => ServiceOf(one) == ServiceOf(other);

    private static string ServiceOf(JudgedEffect effect)
    {
        var parts = effect.Reached.Call.TargetMethod.ContainingNamespace?.ToDisplayString().Split('.') ?? [];
        return string.Join(".", parts.Take(2));
    }
}
