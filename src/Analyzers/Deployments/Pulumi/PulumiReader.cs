using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Resources;
using AtLeastOnce.Deployment.Readers.Yaml;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Pulumi;

/// <summary>
/// Reads what a compilation deploys with Pulumi's provider for AWS, through component resources and helper methods of the same compilation with their arguments.
/// The provider is Terraform's: its resources are read as a Terraform module's are. What is computed, made in a loop or under a condition is unknown.
/// </summary>
internal sealed class PulumiReader
{
    private const string Options = "Pulumi.ResourceOptions";

    private static readonly ProgramLibrary Library = new("Pulumi", PulumiTypes.Provider + ".Lambda.EventSourceMapping", PulumiTypes.Resource);

    // What changes a resource behind its arguments.
    private static readonly string[] Transforming = ["ResourceTransformations", "ResourceTransforms", "XResourceTransforms"];

    private readonly ProgramValues values;
    private readonly PulumiResources resources;
    private readonly PulumiArguments arguments;
    private readonly SourceMap map;

    private PulumiReader(ProgramValues values, CancellationToken cancellationToken)
    {
        this.values = values;
        map = new(cancellationToken);
        resources = new(values);
        arguments = new(values, new(values, resources, map), map);
    }

    /// <summary>Whether the compilation can deploy anything with the library.</summary>
    public static bool MayDeploy(Compilation compilation) => Library.IsKnownTo(compilation);

    /// <summary>The model; null where the compilation deploys nothing with Pulumi.</summary>
    public static DeploymentModel? Read(Compilation compilation, SemanticModels models, CancellationToken cancellationToken)
    {
        var frames = new ProgramFrames(models, cancellationToken);
        return ProgramWalk.Through(Library, compilation, models, frames, cancellationToken) is { } walk
            ? new PulumiReader(new(frames), cancellationToken).Read(walk, cancellationToken)
            : null;
    }

    private DeploymentModel? Read(ProgramWalk walk, CancellationToken cancellationToken)
    {
        var made = new List<(Written Creation, string Type)>();
        foreach (var creation in walk.Creations)
        {
            if (PulumiTypes.TerraformTypeOf(creation.Operation.Type) is not { } type)
                continue;
            made.Add((creation, type));
            resources.Add(creation, type);
        }

        var isTransformed = walk.Creations.Any(IsTransforming);
        var read = made.Select(one => ResourceOf(one.Creation, one.Type, isTransformed)).ToList();
        var model = TerraformModel.Of(Dialect.Pulumi, "", map.Places, read, MakesUnseen(walk), [], [], cancellationToken);
        return model.Functions.Count + model.Queues.Count + model.Mappings.Count == 0 ? null : model;
    }

    private TerraformResource ResourceOf(Written creation, string type, bool isTransformed)
    {
        var syntax = creation.Operation.Syntax;
        var whole = map.SpanOf(syntax);
        var head = map.SpanOf(syntax is ObjectCreationExpressionSyntax { Type: var name } ? name : syntax);
        var body = BodyOf(creation, type, whole);
        var why =
            body is null ? "its arguments are made elsewhere"
            : ProgramBranches.IsConditional(creation) ? "it is made in a loop or under a condition"
            : isTransformed || IsTransformed(creation) ? "its options change what its arguments say"
            : null;

        // What is not known may not be there: what it adds to another resource is not certain either.
        return new(resources.AddressOf(creation), type, head.Start, head.End, body ?? UnknownBody(whole), why) { WhyUnknown = why };
    }

    // A redrive policy that may be any queue's.
    private static YamlMapping UnknownBody((int Start, int End) whole)
    {
        var entries = new[] { "queue_url", "redrive_policy", "redrive_allow_policy" }.Select(attribute => new YamlEntry(
            new(whole.Start, whole.End, null, attribute, false),
            new ComputedNode(whole.Start, whole.End, Resolution.Unknown("it is made elsewhere"))
        ));
        return new(whole.Start, whole.End, null, [.. entries], true);
    }

    private YamlMapping? BodyOf(Written creation, string type, (int Start, int End) whole)
    {
        if (resources.ArgumentsOf(creation, out var isLeftOut) is not { } made)
            return isLeftOut ? new(whole.Start, whole.End, null, [], true) : null;

        // Arguments that are made before their resource have places of their own, and the resource has its.
        var (syntax, around) = (made.Operation.Syntax, creation.Operation.Syntax);
        var isWithin = syntax.SyntaxTree == around.SyntaxTree && around.Span.Contains(syntax.Span);
        return arguments.Read(made, type, isWithin ? map.SpanOf(syntax) : whole);
    }

    private bool IsTransformed(Written creation) =>
        resources.Given(creation, type => type.IsOrDerivesFrom(Options), out var isLeftOut) is { Operation: IObjectCreationOperation options }
            ? IsChanging(values.ObjectOf(options))
            : !isLeftOut;

    private static bool IsChanging(ProgramObject options) => options.IsChangedElsewhere || options.Members.Contains("IgnoreChanges");

    // Transformations of a stack or component are about all that is made in it.
    private bool IsTransforming(Written creation) =>
        creation.Operation is IObjectCreationOperation { Type: var type } options
        && (type.IsOrDerivesFrom(Options) || type.Is("Pulumi.StackOptions"))
        && values.ObjectOf(options).Members.Any(Transforming.Contains);

    // Components of packages may make mappings and policies, as may other providers for AWS.
    private static bool MakesUnseen(ProgramWalk walk) =>
        walk.Unseen.Count > 0
        || walk.Creations.Any(creation =>
            creation.Operation.Type is var type
            && type.IsOrDerivesFrom(PulumiTypes.Resource)
            && (type.IsOrDerivesFrom("Pulumi.ComponentResource") || type.IsIn("Pulumi.AwsNative") || type.IsIn("Pulumi.Awsx"))
        );
}
