using AtLeastOnce.Deployment.Readers.Terraform.Hcl;

namespace AtLeastOnce.Deployment.Readers.Terraform.Evaluation;

/// <summary>A step into a value: an attribute or an element.</summary>
/// <param name="Name">The attribute, or null.</param>
/// <param name="Index">The element's key, or null.</param>
internal readonly record struct HclStep(string? Name, HclExpression? Index);

/// <summary>A reference: <c>aws_sqs_queue.orders["a"].arn</c>.</summary>
/// <param name="Root">The name it begins with.</param>
/// <param name="Steps">The way from there.</param>
/// <param name="Expression">The whole of it.</param>
internal sealed record HclReference(string Root, IReadOnlyList<HclStep> Steps, HclExpression Expression)
{
    /// <summary>The reference that an expression is, or null.</summary>
    public static HclReference? Of(HclExpression expression)
    {
        var steps = new List<HclStep>();
        var current = expression;
        while (true)
        {
            switch (current)
            {
                case HclAccess access:
                    steps.Add(new(access.Name, null));
                    current = access.Target;
                    break;
                case HclIndex index:
                    steps.Add(new(null, index.Index));
                    current = index.Target;
                    break;
                case HclVariable variable:
                    steps.Reverse();
                    return new(variable.Name, steps, expression);
                default:
                    return null;
            }
        }
    }

    /// <summary>The name of the attribute at a step, or null.</summary>
    public string? NameAt(int step) => step < Steps.Count ? Steps[step].Name : null;
}
