using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>Goes through the code that makes constructs, from the program or, where none is seen, from each stack on its own, and lists what it makes.</summary>
internal sealed class ConstructWalk
{
    private const string Construct = "Constructs.Construct";
    private const string Library = "Amazon.CDK";
    private const int MostFrames = 2_000;

    private readonly Compilation compilation;
    private readonly SemanticModels models;
    private readonly ConstructFrames frames;
    private readonly CancellationToken cancellationToken;
    private readonly HashSet<ConstructFrame> walked = [];
    private readonly List<Written> creations = [];
    private readonly List<Written> calls = [];
    private readonly List<Written> overridden = [];

    private ConstructWalk(Compilation compilation, SemanticModels models, ConstructFrames frames, CancellationToken cancellationToken) =>
        (this.compilation, this.models, this.frames, this.cancellationToken) = (compilation, models, frames, cancellationToken);

    /// <summary>The constructs of the library that are made.</summary>
    public IReadOnlyList<Written> Creations => creations;

    /// <summary>The calls of methods of the library.</summary>
    public IReadOnlyList<Written> Calls => calls;

    /// <summary>What something of the library's insides is taken from (<c>queue.Node.DefaultChild</c>), so that its settings may be others than its properties say.</summary>
    public IReadOnlyList<Written> Overridden => overridden;

    /// <summary>Walks through a compilation; null if it makes no construct.</summary>
    public static ConstructWalk? Through(Compilation compilation, SemanticModels models, ConstructFrames frames, CancellationToken cancellationToken)
    {
        var trees = TreesOf(compilation, cancellationToken);
        if (trees.Count == 0)
            return null;
        var walk = new ConstructWalk(compilation, models, frames, cancellationToken);
        walk.Start(trees);
        return walk.creations.Count == 0 ? null : walk;
    }

    private static List<SyntaxTree> TreesOf(Compilation compilation, CancellationToken cancellationToken)
    {
        if (compilation.GetTypesByMetadataName("Amazon.CDK.Stack").Length == 0)
            return [];
        var usings = compilation
            .SyntaxTrees.Select(tree => (Tree: tree, Usings: UsingsOf(tree, cancellationToken)))
            .OrderBy(file => file.Tree.FilePath, StringComparer.Ordinal)
            .ToList();
        var isGlobal = usings.Any(file => file.Usings.Any(directive => directive.GlobalKeyword.Span.Length > 0));
        return [.. usings.Where(file => isGlobal || file.Usings.Count > 0).Select(file => file.Tree)];
    }

    private static List<UsingDirectiveSyntax> UsingsOf(SyntaxTree tree, CancellationToken cancellationToken) =>
        [
            .. tree.GetRoot(cancellationToken)
                .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
                .OfType<UsingDirectiveSyntax>()
                .Where(directive => directive.Name?.ToString().StartsWith(Library, StringComparison.Ordinal) == true),
        ];

    private void Start(List<SyntaxTree> trees)
    {
        var program = new ConstructFrame(null, null, null);
        var outside = new List<IObjectCreationOperation>();
        var made = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var declared = new List<INamedTypeSymbol>();
        foreach (var tree in trees)
        {
            var model = models.Of(tree);
            foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (node is TypeDeclarationSyntax type && model.GetDeclaredSymbol(type, cancellationToken) is INamedTypeSymbol symbol && IsConstruct(symbol))
                    declared.Add(symbol);
                if (
                    node is not BaseObjectCreationExpressionSyntax
                    || model.GetOperation(node, cancellationToken) is not IObjectCreationOperation { Type: INamedTypeSymbol created } creation
                    || !IsConstruct(created)
                )
                    continue;
                var isInside =
                    node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } around && IsConstruct(model.GetDeclaredSymbol(around, cancellationToken));
                if (!isInside)
                    outside.Add(creation);
                made.Add(created.OriginalDefinition);
            }
        }

        foreach (var creation in outside)
            Visit(creation, program);
        foreach (var type in declared.Where(type => !made.Contains(type)))
        {
            foreach (var constructor in type.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared))
                Walk(new(constructor, null, null));
        }

        // A method to which no call could be followed: with an argument of a package that is not there.
        var known = new HashSet<IMethodSymbol>(walked.Select(frame => frame.Method!.OriginalDefinition), SymbolEqualityComparer.Default);
        foreach (var method in declared.SelectMany(type => type.GetMembers().OfType<IMethodSymbol>()))
        {
            if (method.MethodKind == MethodKind.Ordinary && !known.Contains(method))
                Walk(new(method, null, null));
        }
    }

    private void Walk(ConstructFrame frame)
    {
        if (frame.Method is not { } method || walked.Count > MostFrames || !walked.Add(frame))
            return;
        cancellationToken.ThrowIfCancellationRequested();
        if (method.MethodKind == MethodKind.Constructor)
        {
            foreach (var member in method.ContainingType.GetMembers().Where(member => member is IFieldSymbol or IPropertySymbol && !member.IsStatic))
            {
                if (!member.IsImplicitlyDeclared && frames.InitializerOf(member) is { } initializer)
                    VisitAll(initializer, frame);
            }
        }

        if (frames.BodyOf(method) is { } body)
            VisitAll(body, frame);
    }

    private void VisitAll(IOperation root, ConstructFrame frame)
    {
        foreach (var operation in root.DescendantsAndSelf())
            Visit(operation, frame);
    }

    private void Visit(IOperation operation, ConstructFrame frame)
    {
        var written = new Written(operation, frame);
        switch (operation)
        {
            case IObjectCreationOperation { Type: INamedTypeSymbol type } when type.IsIn(Library):
                creations.Add(written);
                break;
            case IObjectCreationOperation { Type: INamedTypeSymbol type } when IsConstruct(type):
                if (frames.Of(written) is { } made)
                    Walk(made);
                break;
            case IInvocationOperation { TargetMethod.ContainingType: { } type } when type.IsIn(Library):
                calls.Add(written);
                break;
            case IInvocationOperation { TargetMethod: var method } when SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly):
                if (frames.Of(written) is { } called)
                    Walk(called);
                break;
            case IPropertyReferenceOperation
            {
                Property.Name: "DefaultChild",
                Instance: IPropertyReferenceOperation { Property.Name: "Node", Instance: { } construct }
            }:
                overridden.Add(new(construct, frame));
                break;
        }
    }

    private static bool IsConstruct(ISymbol? symbol) => (symbol as INamedTypeSymbol).IsOrDerivesFrom(Construct);
}
