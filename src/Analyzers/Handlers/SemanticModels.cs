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
        while (true)
        {
            if (models.TryGetValue(tree, out var known))
            {
                if (known.TryGetTarget(out var model))
                    return model;
                var renewed = Create(tree);
                if (models.TryUpdate(tree, new(renewed), known))
                    return renewed;
            }
            else
            {
                var first = Create(tree);
                if (models.TryAdd(tree, new(first)))
                    return first;
            }
        }
    }

#pragma warning disable RS1030 // The one place that asks for models of other trees; they are shared by all rules.
    private SemanticModel Create(SyntaxTree tree) => compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
}
