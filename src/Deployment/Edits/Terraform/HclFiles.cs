using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;

namespace AtLeastOnce.Deployment.Edits.Terraform;

/// <summary>An expression, and the file in which it is written.</summary>
/// <param name="Path">The file.</param>
/// <param name="Expression">The expression.</param>
internal readonly record struct HclValuePlace(string Path, HclExpression Expression);

/// <summary>The files of a module as they are written: where its blocks, and the values that they refer to, stand.</summary>
internal sealed class HclFiles
{
    private const int MaximumSteps = 16;
    private const string Values = ".tfvars";
    private readonly Dictionary<string, (string Text, HclStyle Style, HclBody Body)> files = new(StringComparer.Ordinal);

    /// <summary>Reads the files once more.</summary>
    public HclFiles(IEnumerable<DeploymentFile> module)
    {
        foreach (var file in module)
            files[file.Path] = (file.Text, new(file.Text), HclText.Read(file.Text, CancellationToken.None).Body);
    }

    /// <summary>The text of a file.</summary>
    public string TextOf(string path) => files[path].Text;

    /// <summary>How a file is written.</summary>
    public HclStyle StyleOf(string path) => files[path].Style;

    /// <summary>The block that declares a resource, or null.</summary>
    public HclBlock? BlockOf(Resource resource) =>
        resource.Declaration.Path is { } path && files.TryGetValue(path, out var file)
            ? file.Body.Blocks.FirstOrDefault(block => block is { Type: "resource", Labels.Count: 2 } && block.Start == resource.Declaration.Start)
            : null;

    /// <summary>Whether some file says that.</summary>
    public bool Say(string text) => files.Values.Any(file => file.Text.Contains(text));

    /// <summary>Whether the module declares a resource of that type and name.</summary>
    public bool Declares(string type, string name) =>
        files
            .Values.SelectMany(file => file.Body.Blocks)
            .Any(block => block is { Type: "resource", Labels: [{ } ofType, { } named] } && ofType == type && named == name);

    /// <summary>
    /// Where the value of an expression is written: there, or at the local value or variable that it is, as long as nothing else uses that. Null where it is computed,
    /// shared, or checked by a validation.
    /// </summary>
    /// <param name="path">The file of the expression.</param>
    /// <param name="expression">The expression.</param>
    public HclValuePlace? PlaceOf(string path, HclExpression expression)
    {
        var place = new HclValuePlace(path, expression);
        for (var steps = 0; steps < MaximumSteps; steps++)
        {
            switch (place.Expression)
            {
                case HclLiteral or HclTemplate { Literal: not null } or HclTuple or HclCall:
                case HclUnary { Operand: HclLiteral }:
                    return place;
                case HclParentheses parentheses:
                    place = place with { Expression = parentheses.Inner };
                    break;
                default:
                    if (HclReference.Of(place.Expression) is not { Steps: [{ Name: { } name }] } reference || Uses(reference.Root, name) != 1)
                        return null;
                    var next = reference.Root switch
                    {
                        "var" => VariablePlace(name),
                        "local" => LocalPlace(name),
                        _ => null,
                    };
                    if (next is not { } found)
                        return null;
                    place = found;
                    break;
            }
        }

        return null;
    }

    // What a file of values gives goes before the default; the last one given counts.
    private HclValuePlace? VariablePlace(string name)
    {
        var declared = Blocks("variable").Where(block => block.Block.Labels is [{ } label] && label == name).ToList();
        if (declared is not [var (path, variable)] || variable.Body.Blocks.Any(inner => inner.Type == "validation"))
            return null;
        var given = files.Where(file => file.Key.EndsWith(Values, StringComparison.Ordinal) && file.Value.Body[name] is not null).ToList();
        return given switch
        {
            [] => variable.Body["default"] is { } written ? new(path, written.Value) : null,
            [var only] => new(only.Key, only.Value.Body[name]!.Value),
            _ => null,
        };
    }

    private HclValuePlace? LocalPlace(string name) =>
        Blocks("locals").Where(block => block.Block.Body[name] is not null).ToList() is [var (path, locals)] ? new(path, locals.Body[name]!.Value) : null;

    private IEnumerable<(string Path, HclBlock Block)> Blocks(string type) =>
        files.SelectMany(file => file.Value.Body.Blocks.Where(block => block.Type == type).Select(block => (file.Key, block)));

    private int Uses(string root, string name) =>
        files
            .Values.SelectMany(file => ExpressionsIn(file.Body))
            .SelectMany(HclReferences.In)
            .Count(reference => reference.Root == root && (reference.NameAt(0) == name || reference.NameAt(0) is null));

    private static IEnumerable<HclExpression> ExpressionsIn(HclBody body) =>
        body.Attributes.Select(attribute => attribute.Value).Concat(body.Blocks.SelectMany(block => ExpressionsIn(block.Body)));
}
