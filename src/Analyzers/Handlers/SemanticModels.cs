using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>
/// One semantic model a tree and compilation: facts follow calls into other files, and bind each of them once. A model lives as long as an operation of it does, so that the
/// same syntax is the same operation to all who look at it, and what nobody looks at any more is not kept.
/// </summary>
internal sealed class SemanticModels(Compilation compilation)
{
    private readonly ConcurrentDictionary<SyntaxTree, WeakReference<SemanticModel>> models = new();

    /// <summary>The model of a tree of this compilation.</summary>
    public SemanticModel Of(SyntaxTree tree)
    {
        if (models.TryGetValue(tree, out var known) && known.TryGetTarget(out var model))
            return model;
        var created = Create(tree);
        var kept = models.AddOrUpdate(tree, _ => new(created), (_, other) => other.TryGetTarget(out var _) ? other : new(created));
        return kept.TryGetTarget(out var first) ? first : created;
    }

#pragma warning disable RS1030 // The one place that asks for models of other trees; they are shared by all rules.
    private SemanticModel Create(SyntaxTree tree) => compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
}
