using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>
/// What a file's syntax alone says about handlers: it is computed once a tree, so that an edit costs one file.
/// Names are compared as text here; the discovery binds what is left.
/// </summary>
internal sealed class TreeCandidates
{
    private static readonly string[] EventNames =
    [
        "SQSEvent",
        "KinesisEvent",
        "DynamoDBEvent",
        "KinesisTimeWindowEvent",
        "DynamoDBTimeWindowEvent",
        "S3Event",
        "SNSEvent",
        "CloudWatchEvent",
        "ScheduledEvent",
        "S3ObjectCreateEvent",
        "S3ObjectDeleteEvent",
        "S3ObjectRestoreEvent",
        "ECSTaskStateChangeEvent",
        "BatchJobStateChangeEvent",
        "TranscribeJobStateChangeEvent",
        "TranslateTextTranslationJobStateChangeEvent",
        "TranslateParallelDataStateChangeEvent",
    ];
    private static readonly string[] RawNames = ["JsonElement", "JsonDocument", "JsonNode", "JsonObject", "JObject", "JToken", "Stream", "String"];
    private static readonly string[] ContextNames = ["ILambdaContext"];
    private static readonly string[] AttributeNames = ["LambdaFunction", "LambdaFunctionAttribute", "BatchProcessor", "BatchProcessorAttribute"];
    private static readonly string[] TestAttributeNames = ["Fact", "Theory", "Test", "TestCase", "TestCaseSource", "TestMethod", "DataTestMethod"];
    private static readonly string[] BuilderNames = ["LambdaBootstrapBuilder", "HandlerWrapper"];
    private static readonly ConditionalWeakTable<SyntaxTree, TreeCandidates> Known = new();

    private TreeCandidates(SyntaxNode root, string text)
    {
        var methods = ImmutableArray.CreateBuilder<MethodDeclarationSyntax>();
        var types = ImmutableArray.CreateBuilder<TypeDeclarationSyntax>();
        var declared = new List<string>();
        // Nodes of what stands in methods are made when somebody asks for them, and most of it nobody does.
        foreach (var node in root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            switch (node)
            {
                case MethodDeclarationSyntax method:
                    declared.Add(method.Identifier.ValueText);
                    HasTests |= HasAttribute(method, TestAttributeNames);
                    HasAsyncVoid |= method.ReturnType.IsKind(SyntaxKind.PredefinedType) && method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                    if (!IsCandidate(method))
                        break;
                    methods.Add(method);
                    HasAttributes |= HasAttribute(method, AttributeNames);
                    break;
                case TypeDeclarationSyntax { BaseList: { } bases } type when Mentions(bases, EventNames):
                    types.Add(type);
                    break;
            }
        }

        Methods = methods.ToImmutable();
        Types = types.ToImmutable();
        Called = new(text, declared);
        Bootstraps = BuilderNames.Any(name => text.IndexOf(name, StringComparison.Ordinal) >= 0)
            ? BootstrapsIn(root)
            : ImmutableArray<InvocationExpressionSyntax>.Empty;
    }

    /// <summary>Methods with a parameter or an attribute that names a handler's, or with Lambda's context and an event that has to be read by hand.</summary>
    public ImmutableArray<MethodDeclarationSyntax> Methods { get; }

    /// <summary>Whether an attribute of some method may name a mapping.</summary>
    public bool HasAttributes { get; }

    /// <summary>Whether a method is <c>async void</c>.</summary>
    public bool HasAsyncVoid { get; }

    /// <summary>Whether a method is marked as a test of some framework.</summary>
    public bool HasTests { get; }

    /// <summary>Types whose base list names an event type.</summary>
    public ImmutableArray<TypeDeclarationSyntax> Types { get; }

    /// <summary>Calls of <c>LambdaBootstrapBuilder</c> and <c>HandlerWrapper</c>.</summary>
    public ImmutableArray<InvocationExpressionSyntax> Bootstraps { get; }

    /// <summary>The names that the file may call something by.</summary>
    public CalledNames Called { get; }

    /// <summary>The candidates of a tree.</summary>
    public static TreeCandidates Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(tree, out var known))
            return known;
        var candidates = new TreeCandidates(tree.GetRoot(cancellationToken), tree.GetText(cancellationToken).ToString());
        return Known.GetValue(tree, _ => candidates);
    }

    private static ImmutableArray<InvocationExpressionSyntax> BootstrapsIn(SyntaxNode root) =>
        root.DescendantNodes()
            .OfType<InvocationExpressionSyntax>()
            .Where(call =>
                call.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
                && CalledNames.NameOf(receiver) is { } owner
                && BuilderNames.Contains(owner)
            )
            .ToImmutableArray();

    private static bool IsCandidate(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.Any(parameter => parameter.Type is not null && Mentions(parameter.Type, EventNames))
        || HasAttribute(method, AttributeNames)
        || MayReadByHand(method);

    // Task HandleAsync(JsonElement input, ILambdaContext context)
    private static bool MayReadByHand(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters is [{ Type: { } input }, ..] parameters
        && parameters.Any(parameter => parameter.Type is not null && Mentions(parameter.Type, ContextNames))
        && (Mentions(input, RawNames) || input is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.StringKeyword });

    private static bool HasAttribute(MethodDeclarationSyntax method, string[] names) =>
        method.AttributeLists.Any(list => list.Attributes.Any(attribute => CalledNames.NameOf(attribute.Name) is { } name && names.Contains(name)));

    private static bool Mentions(SyntaxNode node, string[] names) =>
        node switch
        {
            IdentifierNameSyntax name => names.Contains(name.Identifier.ValueText),
            PredefinedTypeSyntax => false,
            _ => node.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText)),
        };
}
