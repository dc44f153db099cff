using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>Goes through the code that makes constructs or resources, from the program or, where none is seen, from each stack on its own, and lists what it makes.</summary>
internal sealed class ProgramWalk
{
    private const int MostFrames = 2_000;

    private readonly ProgramLibrary library;
    private readonly Compilation compilation;
    private readonly SemanticModels models;
    private readonly ProgramFrames frames;
    private readonly CancellationToken cancellationToken;
    private readonly HashSet<ProgramFrame> walked = [];
    private readonly List<Written> creations = [];
    private readonly List<Written> calls = [];
    private readonly List<Written> overridden = [];
    private readonly List<Written> unseen = [];

    private ProgramWalk(ProgramLibrary library, Compilation compilation, SemanticModels models, ProgramFrames frames, CancellationToken cancellationToken) =>
        (this.library, this.compilation, this.models, this.frames, this.cancellationToken) = (library, compilation, models, frames, cancellationToken);

    /// <summary>The constructs of the library that are made.</summary>
    public IReadOnlyList<Written> Creations => creations;

    /// <summary>The calls of methods of the library.</summary>
    public IReadOnlyList<Written> Calls => calls;

    /// <summary>What something of the library's insides is taken from (<c>queue.Node.DefaultChild</c>), so that its settings may be others than its properties say.</summary>
    public IReadOnlyList<Written> Overridden => overridden;

    /// <summary>The constructs whose own code is not seen, so that it is not known what they make: those of packages.</summary>
    public IReadOnlyList<Written> Unseen => unseen;

    /// <summary>Whether something of the library is given to a method of a package, or of one that is not there, which may do anything with it.</summary>
    public bool GivesAway { get; private set; }

    /// <summary>Walks through a compilation; null if it makes nothing of the library.</summary>
    public static ProgramWalk? Through(
        ProgramLibrary library,
        Compilation compilation,
        SemanticModels models,
        ProgramFrames frames,
        CancellationToken cancellationToken
    )
    {
        var trees = TreesOf(library, compilation, cancellationToken);
        if (trees.Count == 0)
            return null;
        var walk = new ProgramWalk(library, compilation, models, frames, cancellationToken);
        walk.Start(trees);
        return walk.creations.Count == 0 ? null : walk;
    }

    private static List<SyntaxTree> TreesOf(ProgramLibrary library, Compilation compilation, CancellationToken cancellationToken)
    {
        if (!library.IsKnownTo(compilation))
            return [];
        var usings = compilation
            .SyntaxTrees.Select(tree => (Tree: tree, Usings: UsingsOf(tree, library.Namespace, cancellationToken)))
            .OrderBy(file => file.Tree.FilePath, StringComparer.Ordinal)
            .ToList();
        var isGlobal = usings.Any(file => file.Usings.Any(directive => directive.GlobalKeyword.Span.Length > 0));
        return [.. usings.Where(file => isGlobal || file.Usings.Count > 0).Select(file => file.Tree)];
    }

    private static List<UsingDirectiveSyntax> UsingsOf(SyntaxTree tree, string namespaceName, CancellationToken cancellationToken) =>
        [
            .. tree.GetRoot(cancellationToken)
                .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
                .OfType<UsingDirectiveSyntax>()
                .Where(directive => directive.Name?.ToString().StartsWith(namespaceName, StringComparison.Ordinal) == true),
        ];

    private void Start(List<SyntaxTree> trees)
    {
        var outside = new OutsideCode(library, compilation, models, cancellationToken);
        foreach (var tree in trees)
            outside.Add(tree);
        var program = new ProgramFrame(null, null, null);
        foreach (var operation in outside.Operations)
            Visit(operation, program);
        foreach (var type in outside.Constructs.Where(type => !outside.IsMade(type)))
        {
            foreach (var constructor in type.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared))
                Walk(new(constructor, null, null));
        }

        // A method to which no call could be followed: with an argument of a package that is not there.
        var known = new HashSet<IMethodSymbol>(walked.Select(frame => frame.Method!.OriginalDefinition), SymbolEqualityComparer.Default);
        var methods = outside.Constructs.SelectMany(type => type.GetMembers().OfType<IMethodSymbol>()).Concat(outside.Helpers);
        foreach (var method in methods)
        {
            if (method.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction && !known.Contains(method))
                Walk(new(method, null, null));
        }
    }

    private void Walk(ProgramFrame frame)
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

    private void VisitAll(IOperation root, ProgramFrame frame)
    {
        Visit(root, frame);
        foreach (var operation in root.ChildOperations)
        {
            // A local function runs when it is called.
            if (operation is not ILocalFunctionOperation)
                VisitAll(operation, frame);
        }
    }

    private void Visit(IOperation operation, ProgramFrame frame)
    {
        var written = new Written(operation, frame);
        switch (operation)
        {
            case IObjectCreationOperation { Type: INamedTypeSymbol type } when type.IsIn(library.Namespace):
                creations.Add(written);
                break;
            case IObjectCreationOperation { Type: INamedTypeSymbol type } when type.IsOrDerivesFrom(library.Construct):
                if (frames.Of(written) is { } made)
                    Walk(made);
                else
                    unseen.Add(written);
                break;
            case IInvocationOperation { TargetMethod.ContainingType: { } type } when type.IsIn(library.Namespace):
                calls.Add(written);
                break;
            case IInvocationOperation { TargetMethod: var method } when SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly):
                if (frames.Of(written) is { } called)
                    Walk(called);
                break;
            case IInvocationOperation call
                when call.Arguments.Any(argument => argument.Value.WithoutConversions().Type is INamedTypeSymbol given && given.IsIn(library.Namespace)):
                GivesAway = true;
                break;
            case IInvalidOperation { Syntax: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax }:
                GivesAway = true;
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
}
