using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>One semantic model a tree and compilation: facts follow calls into other files, and bind each of them once.</summary>
internal sealed class SemanticModels(Compilation compilation)
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> models = new();

    /// <summary>The model of a tree of this compilation.</summary>
#pragma warning disable RS1030 // The one place that asks for models of other trees; they are shared by all rules.
    public SemanticModel Of(SyntaxTree tree) => models.GetOrAdd(tree, key => compilation.GetSemanticModel(key));
#pragma warning restore RS1030
}
