using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>A type with a base list, as its syntax names it.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="MetadataName">Its full name: <c>Shop.Outer+Inner`1</c>.</param>
/// <param name="BaseNames">The simple names in its base list, without type arguments.</param>
/// <param name="IsQualified">Whether one of them is written with what it is in.</param>
internal sealed record DeclaredBases(string Namespace, string MetadataName, ImmutableArray<string> BaseNames, bool IsQualified)
{
    /// <summary>The type in a compilation of its tree.</summary>
    public INamedTypeSymbol? In(Compilation compilation) => compilation.Assembly.GetTypeByMetadataName(MetadataName);
}

/// <summary>What a file derives from and imports, by name: computed once a tree, so that an edit costs one file.</summary>
internal sealed class TreeNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> Known = new();

    private TreeNames(CompilationUnitSyntax root)
    {
        var types = ImmutableArray.CreateBuilder<DeclaredBases>();
        var usings = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var globalUsings = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var aliases = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var node in root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            if (node is TypeDeclarationSyntax { BaseList.Types: { Count: > 0 } bases } type)
                types.Add(Declared(type, bases));
            if (node is not UsingDirectiveSyntax { Name: { } name } directive)
                continue;
            if (directive.Alias is { } alias)
                aliases.Add((alias.Name.Identifier.ValueText, SimpleName(name)));
            else
                (directive.GlobalKeyword.IsKind(SyntaxKind.None) ? usings : globalUsings).Add(SimpleName(name));
        }

        Types = types.ToImmutable();
        Usings = usings.ToImmutable();
        GlobalUsings = globalUsings.ToImmutable();
        Aliases = aliases.ToImmutable();
    }

    /// <summary>The types with a base list.</summary>
    public ImmutableArray<DeclaredBases> Types { get; }

    /// <summary>The last names of what the file's own directives import.</summary>
    public ImmutableHashSet<string> Usings { get; }

    /// <summary>The last names of what the file imports for all files.</summary>
    public ImmutableHashSet<string> GlobalUsings { get; }

    /// <summary>Aliases, each with the last name of what it stands for.</summary>
    public ImmutableArray<(string Alias, string Target)> Aliases { get; }

    /// <summary>The names of a tree.</summary>
    public static TreeNames Of(SyntaxTree tree) => Known.GetValue(tree, tree => new((CompilationUnitSyntax)tree.GetRoot()));

    private static DeclaredBases Declared(TypeDeclarationSyntax type, SeparatedSyntaxList<BaseTypeSyntax> bases)
    {
        var name = MetadataName(type);
        var space = "";
        for (SyntaxNode? outer = type.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is TypeDeclarationSyntax containing)
                name = MetadataName(containing) + "+" + name;
            else if (outer is BaseNamespaceDeclarationSyntax declared)
                space = space.Length == 0 ? FullName(declared.Name) : FullName(declared.Name) + "." + space;
        }

        return new(
            space,
            space.Length == 0 ? name : space + "." + name,
            bases.Select(basis => SimpleName(basis.Type)).ToImmutableArray(),
            bases.Any(basis => basis.Type is QualifiedNameSyntax or AliasQualifiedNameSyntax)
        );
    }

    private static string MetadataName(TypeDeclarationSyntax type) =>
        type.TypeParameterList is { Parameters.Count: var arity and > 0 }
            ? FormattableString.Invariant($"{type.Identifier.ValueText}`{arity}")
            : type.Identifier.ValueText;

    private static string FullName(NameSyntax name) =>
        name is QualifiedNameSyntax qualified ? FullName(qualified.Left) + "." + SimpleName(qualified.Right) : SimpleName(name);

    private static string SimpleName(TypeSyntax type) =>
        type switch
        {
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            _ => "",
        };
}
