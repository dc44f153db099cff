using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Deployments.Cdk;

/// <summary>Writes changes into the props of constructs, where they are made: into their initializer, or as an argument that was left out.</summary>
internal sealed class CdkWriter(Compilation compilation, DeploymentModel model) : IDeploymentWriter
{
    private readonly SemanticModels models = new(compilation);

    /// <inheritdoc/>
    public IReadOnlyList<TemplateEdit>? Write(DeploymentChange change)
    {
        if (SyntaxOf(change.Resource) is not { } syntax)
            return null;
        var semantics = models.Of(syntax.SyntaxTree);
        if (semantics.GetOperation(syntax) is not { } made || PropsArgumentOf(made) is not { } argument || PropsTypeOf(argument) is not { } type)
            return null;
        var isLowLevel = type.Name.StartsWith("Cfn", StringComparison.Ordinal);
        var queue = change.Queue is null ? null : QueueOf(change, made, semantics);
        if (change.Queue is not null && (isLowLevel || queue is null))
            return null;
        var values = new CdkValueWriter(semantics, syntax.SpanStart, queue);
        var assignments = new List<MemberAssignment>();
        foreach (var property in change.Properties)
        {
            var name = isLowLevel ? property.Property : SettingNames.PathOf(Dialect.Cdk, property.Property);
            if (name.Contains('.') || (isLowLevel ? CdkValueWriter.LowLevel(property) : values.Of(property)) is not { } value)
                return null;
            assignments.Add(new(name, value));
        }

        var path = syntax.SyntaxTree.FilePath;
        return new PropsEditor(semantics, argument, type).Set(assignments)?.Select(edit => edit with { Path = path }).ToList();
    }

    private ExpressionSyntax? SyntaxOf(Resource resource)
    {
        var place = resource.Whole;
        var trees = compilation.SyntaxTrees.Where(tree => !place.IsNone && tree.FilePath == place.Path).ToList();
        return trees is [var tree] && place.End <= tree.Length
            ? tree.GetRoot().FindNode(new TextSpan(place.Start, place.Length), getInnermostNodeForTie: true) as ExpressionSyntax
            : null;
    }

    private static IArgumentOperation? PropsArgumentOf(IOperation made)
    {
        var arguments = made switch
        {
            IObjectCreationOperation creation => creation.Arguments,
            IInvocationOperation call => call.Arguments,
            _ => default,
        };
        return arguments.IsDefault ? null : arguments.FirstOrDefault(argument => argument.Parameter?.Name is "props" or "options");
    }

    // The class of the interface: QueueProps of IQueueProps.
    private INamedTypeSymbol? PropsTypeOf(IArgumentOperation argument)
    {
        if (argument.ArgumentKind == ArgumentKind.Explicit && argument.Syntax is ArgumentSyntax { Expression: BaseObjectCreationExpressionSyntax creation })
            return models.Of(creation.SyntaxTree).GetTypeInfo(creation).Type as INamedTypeSymbol;
        if (argument.ArgumentKind != ArgumentKind.DefaultValue || argument.Parameter?.Type is not INamedTypeSymbol { Name: var name } declared)
            return null;
        return declared.TypeKind != TypeKind.Interface ? declared
            : compilation.GetTypesByMetadataName($"{declared.ContainingNamespace.ToDisplayString()}.{name.Substring(1)}") is [var only] ? only
            : null;
    }

    private NewQueueWriter? QueueOf(DeploymentChange change, IOperation made, SemanticModel semantics)
    {
        if (ScopeOf(made, semantics) is not { } scope)
            return null;
        var name = change.Resource is EventSourceMapping mapping ? NameOf(mapping) : change.Resource.LogicalId;
        var id = QueueResources.Unused(QueueResources.IdOf(change.Queue!.Purpose, name), taken => model.Find(taken) is not null);
        return new(scope, id, change.Queue.IsFifo);
    }

    // After the source, as the function may have several.
    private static string NameOf(EventSourceMapping mapping) => mapping.Source.LogicalId ?? mapping.Function.LogicalId ?? "";

    // What a construct is made in; what is no construct belongs to the one around it.
    private static string? ScopeOf(IOperation made, SemanticModel semantics)
    {
        if (made is IObjectCreationOperation creation && creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "scope") is { } scope)
            return scope.Syntax is ArgumentSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax } written ? written.Expression.ToString() : null;
        return
            semantics.GetEnclosingSymbol(made.Syntax.SpanStart) is { IsStatic: false, ContainingType: { } type } && type.IsOrDerivesFrom("Constructs.Construct")
            ? "this"
            : null;
    }
}
