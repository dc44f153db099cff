using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>The constructs that become resources, by the operation that makes them, and the links between them.</summary>
internal sealed class CdkResources(ProgramValues values)
{
    // What a construct hands on of itself: its ARN, its name.
    private static readonly string[] Identities =
    [
        "QueueArn",
        "StreamArn",
        "TableStreamArn",
        "TableArn",
        "TopicArn",
        "BucketArn",
        "FunctionArn",
        "FunctionName",
        "AttrArn",
        "AttrStreamArn",
        "Ref",
    ];

    private readonly Dictionary<(SyntaxNode, ProgramFrame), string> ids = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly HashSet<(SyntaxNode, ProgramFrame)> unreadable = [];

    /// <summary>A construct that is made; its id, if it has one, is the name by which messages call it.</summary>
    public void Add(Written creation)
    {
        var id = IdOf((IObjectCreationOperation)creation.Operation);
        ids[KeyOf(creation)] = Unused(id ?? creation.Operation.Type!.Name);
    }

    /// <summary>Settings of the construct are changed behind its properties.</summary>
    public void Override(Written construct)
    {
        foreach (var possible in values.Of(construct))
            unreadable.Add(KeyOf(possible));
    }

    /// <summary>Whether the construct's properties say what is deployed.</summary>
    public bool IsReadable(Written creation) => !unreadable.Contains(KeyOf(creation));

    /// <summary>The logical id of a construct that was added; null for any other.</summary>
    public string? IdOf(Written creation) => ids.TryGetValue(KeyOf(creation), out var id) ? id : null;

    /// <summary>An id that nothing else has.</summary>
    public string Unused(string wanted)
    {
        var id = wanted;
        for (var number = 2; !used.Add(id); number++)
            id = FormattableString.Invariant($"{wanted}{number}");
        return id;
    }

    /// <summary>The resource that an expression stands for: a construct, its ARN or its name.</summary>
    public ResourceLink LinkTo(Written? value)
    {
        if (value is not { } written)
            return ResourceLink.Unknown("it is not written");
        var place = SourcePlaces.Of(written.Operation.Syntax);
        if (values.Single(written) is not { } only)
            return ResourceLink.Unknown("it is chosen in code", place);
        if (only.Operation.ConstantValue is { HasValue: true, Value: string text })
            return ResourceLink.ToLiteral(text, place);
        if (only.Operation is IPropertyReferenceOperation { Instance: { } instance, Property.Name: var name } && Identities.Contains(name))
        {
            if (values.Single(new(instance, only.Frame)) is not { } owner)
                return ResourceLink.Unknown("it is chosen in code", place);
            only = owner;
        }

        return IdOf(only) is { } id && IsReadable(only) ? ResourceLink.To(id, place) : ResourceLink.Unknown("it is made elsewhere", place);
    }

    /// <summary>Where a construct is made.</summary>
    public static ResourceSite SiteOf(Written creation)
    {
        var syntax = creation.Operation.Syntax;
        var name = syntax switch
        {
            ObjectCreationExpressionSyntax { Type: var type } => type,
            _ => syntax,
        };
        return new() { Declaration = SourcePlaces.Of(name), Whole = SourcePlaces.Of(syntax) };
    }

    private static (SyntaxNode, ProgramFrame) KeyOf(Written written) => (written.Operation.Syntax, written.Frame);

    // new Queue(this, "OrdersQueue", …)
    private static string? IdOf(IObjectCreationOperation creation) =>
        creation.Arguments.FirstOrDefault(argument => argument.Parameter is { Name: "id", Type.SpecialType: SpecialType.System_String })?.Value switch
        {
            { ConstantValue: { HasValue: true, Value: string text } } => text,
            { Syntax: InterpolatedStringExpressionSyntax text } => text.Contents.ToString(),
            _ => null,
        };
}
