namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>An ARN of a queue, function, stream, table, topic or bucket.</summary>
/// <param name="Service">The service: <c>sqs</c>.</param>
/// <param name="IsOfThisStack">Whether it names region and account of the stack itself; a bucket's ARN names neither.</param>
/// <param name="Name">The resource's name; empty for services whose resources are not looked up by name.</param>
/// <param name="Qualifier">The version or alias of a function, or null.</param>
internal sealed record Arn(string Service, bool IsOfThisStack, SymbolicText Name, SymbolicText? Qualifier)
{
    /// <summary>The parts of an ARN, or null if the text is none.</summary>
    public static Arn? Parse(SymbolicText text)
    {
        var parts = Split(text);
        if (parts.Count < 6 || parts[0].Literal != "arn" || parts[2].Literal is not { } service)
            return null;
        var isFunction = service == "lambda" && parts.Count > 6 && parts[5].Literal == "function";
        var isOfThisStack = service == "s3" || (parts[3].ToString() == "${AWS::Region}" && parts[4].ToString() == "${AWS::AccountId}");
        return new(service, isOfThisStack, isFunction ? parts[6] : NameOf(service, parts[5]), isFunction && parts.Count > 7 ? parts[7] : null);
    }

    private static SymbolicText NameOf(string service, SymbolicText resource) =>
        service switch
        {
            "lambda" => SymbolicText.Of(""),
            "kinesis" => resource.Within("stream/"),
            "dynamodb" => resource.Within("table/"),
            "s3" => resource.Within(""),
            _ => resource,
        };

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
