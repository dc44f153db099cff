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
        "StreamConsumerArn",
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
    private readonly Dictionary<string, ResourceLink> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResourceLink> streams = new(StringComparer.Ordinal);

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

    /// <summary>An alias that is made: a link to it leads to its function.</summary>
    /// <param name="creation">The alias.</param>
    /// <param name="version">The version that it names: <c>function.CurrentVersion</c>.</param>
    public void AddAlias(Written creation, Written? version) =>
        functions[IdOf(creation)!] =
            version is { } written
            && values.Single(written) is { Operation: IPropertyReferenceOperation { Instance: { } function, Property.Name: "CurrentVersion" } } current
                ? LinkTo(new Written(function, current.Frame))
                : ResourceLink.Unknown("its version is not that of a function here");

    /// <summary>The function of an alias that was added.</summary>
    public ResourceLink FunctionOfAlias(Written creation) => functions[IdOf(creation)!];

    /// <summary>A consumer that is made, and the stream that it reads.</summary>
    public void AddConsumer(string id, ResourceLink stream) => streams[id] = stream;

    /// <summary>The stream that a consumer reads; null for a link to anything else.</summary>
    public ResourceLink? StreamOf(ResourceLink consumer) => consumer.LogicalId is { } id && streams.TryGetValue(id, out var stream) ? stream : null;

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

        // function.AddAlias("live")
        if (
            only.Operation is IInvocationOperation { TargetMethod.Name: "AddAlias", Instance: { } aliased } call
            && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value.ConstantValue is { HasValue: true, Value: string alias }
            && LinkTo(new Written(aliased, only.Frame)).LogicalId is { } function
        )
            return ResourceLink.To(function, place, alias);
        if (IdOf(only) is not { } id || !IsReadable(only))
            return ResourceLink.Unknown("it is made elsewhere", place);
        return !functions.TryGetValue(id, out var target) ? ResourceLink.To(id, place)
            : target.LogicalId is { } aliasedFunction ? ResourceLink.To(aliasedFunction, place, id)
            : target;
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
        return new()
        {
            Declaration = SourcePlaces.Of(name),
            Whole = SourcePlaces.Of(syntax),
            Condition = ProgramBranches.BranchOf(creation),
        };
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
