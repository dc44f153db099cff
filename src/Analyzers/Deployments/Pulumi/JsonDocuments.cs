using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Yaml;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Pulumi;

/// <summary>Reads objects that a program writes as JSON: anonymous objects, dictionaries and lists.</summary>
/// <param name="values">Follows values.</param>
/// <param name="map">The offsets.</param>
/// <param name="scalar">What any other value can be.</param>
internal sealed class JsonDocuments(ProgramValues values, SourceMap map, Func<Written, Resolution> scalar)
{
    private const int MostLevels = 20;

    /// <summary>The JSON, with the outputs of resources in it; null for what is no such object, or has parts that may be missing.</summary>
    public YamlNode? Read(Written value) => values.Single(value) is { } only ? Collection(only, 0) : null;

    private YamlNode? Collection(Written value, int level) => level > MostLevels ? null : values.Steps.Into(() => Entered(value, level), null);

    private YamlNode? Entered(Written value, int level)
    {
        if (IsCreated(value))
            return Collection(Argument(value), level);
        var (start, end) = map.SpanOf(value.Operation.Syntax);
        if (ProgramLists.EntriesOf(value.Operation) is { } entries)
        {
            var read = entries.Select(entry => new YamlEntry(KeyOf(entry), Node(new(entry.Value, value.Frame), level))).ToList();
            return new YamlMapping(start, end, null, read, true);
        }

        return ProgramLists.ElementsOf(value.Operation) is { } elements
            ? new YamlSequence(start, end, null, [.. elements.Select(element => Node(new(element, value.Frame), level))], true)
            : null;
    }

    private YamlNode Node(Written value, int level)
    {
        if (values.Single(value) is { } only && Collection(only, level + 1) is { } collection)
            return collection;
        var (start, end) = map.SpanOf(value.Operation.Syntax);
        return Values.NodeOf(scalar(value), start, end);
    }

    private YamlScalar KeyOf((string Key, IOperation Value) entry)
    {
        var (start, end) = map.SpanOf(ExpressionSyntaxes.TargetOf(entry.Value.Syntax) ?? entry.Value.Syntax);
        return new(start, end, null, entry.Key, false);
    }

    // Output.Create(new { … })
    private static bool IsCreated(Written value) =>
        value.Operation is IInvocationOperation { TargetMethod: { Name: "Create", ContainingType: var type }, Arguments: [_] } && type.Is("Pulumi.Output");

    private Written Argument(Written value)
    {
        var argument = new Written(((IInvocationOperation)value.Operation).Arguments[0].Value, value.Frame);
        return values.Single(argument) ?? argument;
    }
}
