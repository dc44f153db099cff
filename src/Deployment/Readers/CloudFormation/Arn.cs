namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>An ARN of a queue, function, stream or table.</summary>
/// <param name="Service">The service: <c>sqs</c>.</param>
/// <param name="IsOfThisStack">Whether it names region and account of the stack itself.</param>
/// <param name="Name">The resource's name; empty for services whose resources are not looked up by name.</param>
internal sealed record Arn(string Service, bool IsOfThisStack, SymbolicText Name)
{
    /// <summary>The parts of an ARN, or null if the text is none.</summary>
    public static Arn? Parse(SymbolicText text)
    {
        var parts = Split(text);
        if (parts.Count < 6 || parts[0].Literal != "arn" || parts[2].Literal is not { } service)
            return null;
        var name = service == "lambda" ? (parts.Count > 6 && parts[5].Literal == "function" ? parts[6] : SymbolicText.Of("")) : parts[5];
        return new(service, parts[3].ToString() == "${AWS::Region}" && parts[4].ToString() == "${AWS::AccountId}", name);
    }

    /// <summary>The service of an ARN that may contain pseudo parameters, or null.</summary>
    public static string? ServiceOf(string arn)
    {
        if (!arn.StartsWith("arn:", StringComparison.Ordinal))
            return null;
        var parts = arn.Replace("::", "\0").Split(':');
        return parts.Length > 2 ? parts[2] : null;
    }

    // Only literal colons part an ARN, not those of AWS::Region.
    private static List<SymbolicText> Split(SymbolicText text)
    {
        var parts = new List<SymbolicText>();
        var part = new List<Segment>();
        foreach (var segment in text.Segments)
        {
            if (segment.Kind != SegmentKind.Literal)
            {
                part.Add(segment);
                continue;
            }

            var pieces = segment.Text.Split(':');
            for (var i = 0; i < pieces.Length; i++)
            {
                if (i > 0)
                {
                    parts.Add(new(part));
                    part = [];
                }

                part.Add(new(SegmentKind.Literal, pieces[i]));
            }
        }

        parts.Add(new(part));
        return parts;
    }
}
