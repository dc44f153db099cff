using System.Globalization;
using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>Reads filters, as the CDK writes them in JSON: dictionaries, and the rules of <c>FilterRule</c> in them.</summary>
internal sealed class CdkFilters(ProgramValues values)
{
    private const string Lambda = "Amazon.CDK.AWS.Lambda.";

    /// <summary>The filters of a mapping; null where one of them is not known.</summary>
    /// <param name="list">An array of what <c>FilterCriteria.Filter</c> makes.</param>
    public DeclaredFilters? Of(Written list)
    {
        if (!CdkValues.IsList(list))
            return null;
        var patterns = new List<Setting<string>>();
        foreach (var element in CdkValues.ElementsOf(list))
        {
            if (Pattern(element) is not { } pattern)
                return null;
            var place = SourcePlaces.Of(element.Operation.Syntax);
            patterns.Add(Setting<string>.Known([new(pattern, place, Provenance.Literal, null)], place, place));
        }

        return new(patterns);
    }

    private string? Pattern(Written element) =>
        values.Single(element) is { Operation: IInvocationOperation { TargetMethod: { Name: "Filter" } method, Arguments: [{ Value: var filter }] } } made
        && method.ContainingType.Is(Lambda + "FilterCriteria")
            ? Json(new(filter, made.Frame))
            : null;

    private string? Json(IOperation operation, ProgramFrame frame) => Json(new(operation, frame));

    private string? Json(Written value) => values.Steps.Into(() => Encoded(value), null);

    private string? Encoded(Written value) =>
        values.Single(value) switch
        {
            { Operation.ConstantValue: { HasValue: true, Value: var constant } } => Scalar(constant),
            { Operation: IObjectCreationOperation { Initializer: { } initializer } creation } made when creation.Type.IsIn("System.Collections.Generic") =>
                Joined('{', initializer.Initializers.Select(entry => Member(entry, made.Frame)), '}'),
            { } list when CdkValues.IsList(list) => Joined('[', CdkValues.ElementsOf(list).Select(Json), ']'),
            { Operation: IInvocationOperation call } made when call.TargetMethod.ContainingType.Is(Lambda + "FilterRule") => Rule(call, made.Frame),
            _ => null,
        };

    // ["body"] = …, or { "body", … }
    private string? Member(IOperation entry, ProgramFrame frame) =>
        entry switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [{ Value: var key }] }, Value: var value } => Member(
                key,
                value,
                frame
            ),
            IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: var key }, { Value: var value }] } => Member(key, value, frame),
            _ => null,
        };

    private string? Member(IOperation key, IOperation value, ProgramFrame frame) =>
        values.Single(new(key, frame)) is { } name && CdkValues.Text(name) is { } text && Json(value, frame) is { } json
            ? $"{JsonText.Quoted(text)}:{json}"
            : null;

    private string? Rule(IInvocationOperation rule, ProgramFrame frame)
    {
        List<string?> parts = rule.Arguments is [{ Value: IArrayCreationOperation list }]
            ? [.. CdkValues.ElementsOf(new(list, frame)).Select(Json)]
            : [.. rule.Arguments.Select(argument => Json(argument.Value, frame))];
        if (parts.Contains(null))
            return null;
        return (rule.TargetMethod.Name, parts) switch
        {
            ("IsEqual", [{ } item]) => IsNumber(item) ? $$"""[{"numeric":["=",{{item}}]}]""" : $"[{item}]",
            ("Or", _) => $"[{string.Join(",", parts)}]",
            ("NotEquals", [var item]) => $$"""[{"anything-but":[{{item}}]}]""",
            ("BeginsWith", [var item]) => $$"""[{"prefix":{{item}}}]""",
            ("Between", [var above, var most]) => $$"""[{"numeric":[">",{{above}},"<=",{{most}}]}]""",
            ("Exists", []) => """[{"exists":true}]""",
            ("NotExists", []) => """[{"exists":false}]""",
            ("Empty", []) => """[""]""",
            // Null() writes [null], or in older versions of the CDK [], which AWS refuses.
            _ => null,
        };
    }

    private static bool IsNumber(string json) => json[0] is '-' or (>= '0' and <= '9');

    private static string? Joined(char open, IEnumerable<string?> parts, char close)
    {
        var known = parts.ToList();
        return known.Contains(null) ? null : open + string.Join(",", known) + close;
    }

    private static string? Scalar(object? constant) =>
        constant switch
        {
            null => "null",
            bool flag => flag ? "true" : "false",
            string text => JsonText.Quoted(text),
            double or float or decimal or int or long => Convert.ToString(constant, CultureInfo.InvariantCulture),
            _ => null,
        };
}
