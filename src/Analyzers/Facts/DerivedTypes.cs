using System.Collections.Concurrent;
using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>The types of the source that derive from a type or implement it. Names in base lists are looked at first, so that only what may derive is bound.</summary>
internal sealed class DerivedTypes(Compilation compilation)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<INamedTypeSymbol>> known = new(SymbolEqualityComparer.Default);
    private Index? index;

    /// <summary>The type itself, where it is in source, and all that derive from it, however far.</summary>
    public ImmutableArray<INamedTypeSymbol> Of(INamedTypeSymbol type) => known.GetOrAdd(type.OriginalDefinition, Find);

    private ImmutableArray<INamedTypeSymbol> Find(INamedTypeSymbol root)
    {
        var entries = index ??= new(compilation);
        var found = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default) { root };
        var open = new Queue<INamedTypeSymbol>();
        open.Enqueue(root);
        while (open.Count > 0)
        {
            var basis = open.Dequeue();
            if (basis.DeclaringSyntaxReferences.Length > 0)
                found.Add(basis);
            foreach (var derived in entries.Deriving(basis))
            {
                if (derived.In(compilation) is { } type && Derives(type, basis) && seen.Add(type))
                    open.Enqueue(type);
            }
        }

        return found.ToImmutable();
    }

    private static bool Derives(INamedTypeSymbol type, INamedTypeSymbol from) =>
        Is(type.BaseType, from) || type.Interfaces.Any(candidate => Is(candidate, from));

    private static bool Is(INamedTypeSymbol? type, INamedTypeSymbol other) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, other);

    /// <summary>The types with a base list, by the names in it.</summary>
    private sealed class Index
    {
        private readonly Dictionary<string, List<(DeclaredBases Type, TreeNames Tree)>> byBaseName = new(StringComparer.Ordinal);
        private readonly HashSet<string> globalUsings = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<string>> aliases = new(StringComparer.Ordinal);

        public Index(Compilation compilation)
        {
            foreach (var tree in compilation.SyntaxTrees)
            {
                var names = TreeNames.Of(tree);
                globalUsings.UnionWith(names.GlobalUsings);
                foreach (var (alias, target) in names.Aliases)
                    Add(aliases, target, alias);
                foreach (var type in names.Types)
                {
                    foreach (var name in type.BaseNames)
                        Add(byBaseName, name, (type, names));
                }
            }
        }

        public IEnumerable<DeclaredBases> Deriving(INamedTypeSymbol basis)
        {
            var scope = basis.ContainingType is null && !basis.ContainingNamespace.IsGlobalNamespace ? basis.ContainingNamespace.ToDisplayString() : null;
            foreach (var (type, tree) in Named(basis.Name))
            {
                if (scope is null || type.IsQualified || IsIn(type.Namespace, scope) || Imports(tree, basis.ContainingNamespace.Name))
                    yield return type;
            }

            // Behind an alias the name says nothing about where the type is.
            if (!aliases.TryGetValue(basis.Name, out var others))
                yield break;
            foreach (var (type, _) in others.SelectMany(Named))
                yield return type;
        }

        private IEnumerable<(DeclaredBases Type, TreeNames Tree)> Named(string name) => byBaseName.TryGetValue(name, out var types) ? types : [];

        private bool Imports(TreeNames tree, string namespaceName) => tree.Usings.Contains(namespaceName) || globalUsings.Contains(namespaceName);

        private static bool IsIn(string name, string scope) =>
            name.StartsWith(scope, StringComparison.Ordinal) && (name.Length == scope.Length || name[scope.Length] == '.');

        private static void Add<T>(Dictionary<string, List<T>> lists, string key, T value)
        {
            if (!lists.TryGetValue(key, out var list))
                lists.Add(key, list = []);
            list.Add(value);
        }
    }
}
