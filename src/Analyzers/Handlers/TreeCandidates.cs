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

    private TreeCandidates(SyntaxNode root)
    {
        var methods = ImmutableArray.CreateBuilder<MethodDeclarationSyntax>();
        var types = ImmutableArray.CreateBuilder<TypeDeclarationSyntax>();
        var builders = ImmutableArray.CreateBuilder<InvocationExpressionSyntax>();
        var invoked = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var node in root.DescendantNodes(MayHoldOne))
        {
            switch (node)
            {
                case MethodDeclarationSyntax method:
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
                case InvocationExpressionSyntax invocation:
                    if (NameOf(invocation.Expression) is { } name)
                        invoked.Add(name);
                    if (
                        invocation.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
                        && NameOf(receiver) is { } owner
                        && BuilderNames.Contains(owner)
                    )
                        builders.Add(invocation);
                    break;
            }
        }

        Methods = methods.ToImmutable();
        Types = types.ToImmutable();
        Bootstraps = builders.ToImmutable();
        InvokedNames = invoked.ToImmutable();
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

    /// <summary>The names of all methods that are called in the file.</summary>
    public ImmutableHashSet<string> InvokedNames { get; }

    /// <summary>The candidates of a tree.</summary>
    public static TreeCandidates Of(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(tree, out var known))
            return known;
        var candidates = new TreeCandidates(tree.GetRoot(cancellationToken));
        return Known.GetValue(tree, _ => candidates);
    }

    // Names and literals are most of a file.
    private static bool MayHoldOne(SyntaxNode node) =>
        node is not (NameSyntax or PredefinedTypeSyntax or LiteralExpressionSyntax or ParameterListSyntax or AttributeListSyntax or UsingDirectiveSyntax);

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
        method.AttributeLists.Any(list => list.Attributes.Any(attribute => NameOf(attribute.Name) is { } name && names.Contains(name)));

    private static bool Mentions(SyntaxNode node, string[] names) =>
        node.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText));

    private static string? NameOf(ExpressionSyntax expression) =>
        expression switch
        {
            SimpleNameSyntax name => name.Identifier.ValueText,
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            _ => null,
        };
}
