using AtLeastOnce.Deployment.Readers.CloudFormation;

namespace AtLeastOnce.Deployment.Readers.Terraform.Plan;

/// <summary>The ARNs and URLs that a plan's resources are known to have.</summary>
internal sealed class PlanArns
{
    private const string Prefix = "arn:";

    // AWS's own limit of an ARN.
    private const int MaximumLength = 2048;
    private readonly Dictionary<string, Segment> identities = new(StringComparer.Ordinal);

    /// <summary>Gathers them.</summary>
    public PlanArns(PlanResources resources)
    {
        foreach (var resource in resources.All)
        {
            foreach (var attribute in resource.Type.Identities.Keys)
            {
                if (resource.TextOf(attribute) is { } text && IsIdentity(text) && resource.Type.IdentityOf(resource.Address.Value, attribute) is { } identity)
                    identities[text] = identity;
            }
        }
    }

    /// <summary>A text in which the ARNs of the plan's resources are references to them.</summary>
    public SymbolicText Read(string text)
    {
        if (identities.TryGetValue(text, out var whole))
            return new([whole]);
        var segments = new List<Segment>();
        var from = 0;
        for (var start = text.IndexOf(Prefix, StringComparison.Ordinal); start >= 0; start = text.IndexOf(Prefix, from, StringComparison.Ordinal))
        {
            segments.Add(new(SegmentKind.Literal, text.Substring(from, start - from)));
            var end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('"' or ',' or '\\'))
                end++;
            segments.AddRange(ReadArn(text.Substring(start, end - start)));
            from = end;
        }

        segments.Add(new(SegmentKind.Literal, text.Substring(from)));
        return new(segments);
    }

    private static bool IsIdentity(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal);

    // An ARN of the plan, or a part of what one names: a table's stream, a bucket's objects.
    private Segment[] ReadArn(string arn)
    {
        for (var end = arn.Length; end > 0 && arn.Length <= MaximumLength; end = arn.LastIndexOf('/', end - 1))
        {
            if (identities.TryGetValue(arn.Substring(0, end), out var identity))
                return [identity, new(SegmentKind.Literal, arn.Substring(end))];
        }

        return [new(SegmentKind.Literal, arn)];
    }
}
