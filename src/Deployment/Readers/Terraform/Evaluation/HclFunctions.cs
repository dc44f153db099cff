using AtLeastOnce.Deployment.Aws.Json;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Evaluation;

/// <summary>Calls the functions that configurations of queues and functions use; what others give is unknown.</summary>
internal static class HclFunctions
{
    private const int ItemsPerStep = 64;

    /// <summary>What a call gives.</summary>
    public static Resolution Call(HclEvaluator evaluator, HclCall call, HclScope scope)
    {
        if (call.IsExpanded)
            return Unknown(call);
        var arguments = call.Arguments.Select(argument => evaluator.Evaluate(argument, scope)).ToList();
        if (!evaluator.TrySpend(1 + (arguments.SelectMany(argument => argument.Alternatives).Sum(SizeOf) / ItemsPerStep)))
            return Values.TooInvolved;
        return call.Name switch
        {
            "try" or "can" or "coalesce" when arguments.Count > 0 => First(call, arguments),
            "concat" => Concat(call, arguments),
            "merge" => Merge(call, arguments),
            "format" when arguments.Count > 0 => Each(arguments, values => Format(call, values)),
            "max" or "min" when arguments.Count > 0 => Each(arguments, values => Extreme(call, values)),
            "join" when arguments.Count == 2 => Each(arguments, values => Join(call, values[0], values[1])),
            "element" or "lookup" when arguments.Count >= 2 => Each(arguments, values => Element(call, values)),
            "contains" when arguments.Count == 2 => Each(arguments, values => Contains(call, values[0], values[1])),
            "jsonencode" when arguments.Count == 1 => arguments[0].Then(value => Encode(evaluator, call, value)),
            _ when arguments.Count == 1 => arguments[0].Then(value => CallOne(call, value)),
            _ => Unknown(call),
        };
    }

    private static int SizeOf(Alternative value) =>
        value.Node switch
        {
            YamlSequence list => list.Items.Count,
            YamlMapping mapping => mapping.Entries.Count,
            _ => value.Text?.Length ?? 0,
        };

    private static Resolution Unknown(HclCall call) => Resolution.Unknown($"it is the result of {call.Name}()");

    private static Resolution Each(IReadOnlyList<Resolution> arguments, Func<IReadOnlyList<Alternative>, Resolution> call) => Each(arguments, [], call);

    private static Resolution Each(IReadOnlyList<Resolution> arguments, IReadOnlyList<Alternative> known, Func<IReadOnlyList<Alternative>, Resolution> call) =>
        known.Count == arguments.Count ? call(known) : arguments[known.Count].Then(value => Each(arguments, [.. known, value], call));

    private static Resolution CallOne(HclCall call, Alternative value) =>
        call.Name switch
        {
            "tolist" or "tomap" or "sensitive" or "nonsensitive" => Resolution.Of(value),
            "tostring" or "tonumber" or "tobool" when value.IsNothing => Resolution.Of(value),
            "tostring" when value.Text is { } text => Values.Text(text, value.Start, value.End),
            "tonumber" when Values.NumberOf(value) is { } number => Values.Number(number, value.Start, value.End),
            "tobool" when Values.FlagOf(value) is { } flag => Values.Flag(flag, value.Start, value.End),
            "toset" or "distinct" => ToSet(call, value),
            "length" when HclEvaluator.PairsOf(value) is { } items => Values.Number(items.Count(), call.Start, call.End),
            "length" when value.Text?.Literal is { } text => Values.Number(text.Length, call.Start, call.End),
            "one" => One(value),
            "keys" when HclEvaluator.PairsOf(value) is { } pairs => Values.List(
                [
                    .. pairs
                        .Select(pair => pair.Key)
                        .OrderBy(key => key, StringComparer.Ordinal)
                        .Select(key => new YamlScalar(call.Start, call.End, null, key, false)),
                ],
                call.Start,
                call.End
            ),
            "values" when HclEvaluator.PairsOf(value) is { } pairs => Values.List(
                [.. pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)],
                call.Start,
                call.End
            ),
            "ceil" when Values.NumberOf(value) is { } number => Values.Number(decimal.Ceiling(number), call.Start, call.End),
            "floor" when Values.NumberOf(value) is { } number => Values.Number(decimal.Floor(number), call.Start, call.End),
            "abs" when Values.NumberOf(value) is { } number => Values.Number(Math.Abs(number), call.Start, call.End),
            "lower" when value.Text?.Literal is { } text => Values.Text(text.ToLowerInvariant(), call.Start, call.End),
            "upper" when value.Text?.Literal is { } text => Values.Text(text.ToUpperInvariant(), call.Start, call.End),
            "trimspace" when value.Text?.Literal is { } text => Values.Text(text.Trim(), call.Start, call.End),
            "jsondecode" when value.Text?.Literal is { } text && JsonReader.ReadOrNull(text) is { } json => Values.Of(
                JsonNodes.Of(json, [], value.Start, value.End)
            ),
            _ => Unknown(call),
        };

    // The first that has a value. What is not known may be missing, and then the next one counts.
    private static Resolution First(HclCall call, List<Resolution> arguments)
    {
        if (call.Name == "can")
            return Unknown(call);
        if (call.Name == "try")
            return arguments[0];
        var basis = Basis.Literal;
        foreach (var argument in arguments)
        {
            if (argument.WhyUnknown is not null || argument.Alternatives.Count > 1)
                return argument.WhyUnknown is not null ? argument : Unknown(call);
            var only = argument.Alternatives[0];
            basis = basis.And(only.Basis);
            if (!only.IsNothing && only.Text?.Literal != "")
                return argument.On(basis);
        }

        return Unknown(call);
    }

    private static Resolution One(Alternative value) =>
        value.Node switch
        {
            YamlSequence { Items: [] } => Values.Nothing(value.Start, value.End),
            YamlSequence { Items: [{ } only] } => Values.Of(only),
            _ => Resolution.Unknown("it is not one value"),
        };

    private static Resolution ToSet(HclCall call, Alternative value)
    {
        if (value.Node is not YamlSequence list)
            return Resolution.Of(value);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var items = new List<YamlNode>();
        foreach (var item in list.Items)
        {
            if (Values.Of(item) is not { Alternatives: [{ Text.Literal: { } text }] })
                return Resolution.Unknown("an item is known only when deployed");
            if (seen.Add(text))
                items.Add(item);
        }

        return Values.List(items, call.Start, call.End);
    }

    private static Resolution Concat(HclCall call, List<Resolution> arguments) =>
        Each(
            arguments,
            values =>
                values.All(value => value.Node is YamlSequence)
                    ? Values.List([.. values.SelectMany(value => ((YamlSequence)value.Node!).Items)], call.Start, call.End)
                    : Unknown(call)
        );

    private static Resolution Merge(HclCall call, List<Resolution> arguments) =>
        Each(
            arguments,
            values =>
                values.All(value => value.IsNothing || value.Node is YamlMapping)
                    ? Values.Map([.. values.Where(value => !value.IsNothing).SelectMany(value => ((YamlMapping)value.Node!).Members)], call.Start, call.End)
                    : Unknown(call)
        );

    private static Resolution Extreme(HclCall call, IReadOnlyList<Alternative> values)
    {
        var numbers = values.Select(Values.NumberOf).ToList();
        if (numbers.Any(number => number is null))
            return Resolution.Unknown(Values.WhyNot(values[numbers.IndexOf(null)]));
        return Values.Number(call.Name == "max" ? numbers.Max()!.Value : numbers.Min()!.Value, call.Start, call.End);
    }

    private static Resolution Contains(HclCall call, Alternative list, Alternative wanted)
    {
        if (list.Node is not YamlSequence { Items: var items } || wanted.Text?.Literal is not { } text)
            return Unknown(call);
        var texts = items.Select(item => Values.Of(item) is { Alternatives: [{ Text.Literal: { } known }] } ? known : null).ToList();
        return texts.Contains(text) ? Values.Flag(true, call.Start, call.End)
            : texts.Contains(null) ? Unknown(call)
            : Values.Flag(false, call.Start, call.End);
    }

    private static Resolution Join(HclCall call, Alternative separator, Alternative list)
    {
        if (list.Node is not YamlSequence { Items: var items } || separator.Text is not { } between)
            return Unknown(call);
        var segments = new List<Segment>();
        for (var i = 0; i < items.Count; i++)
        {
            var item = Values.Of(items[i]);
            if (item is not { Alternatives: [{ Text: { } text }] })
                return Resolution.Unknown(item.WhyUnknown ?? "an item is no text, or hangs on a condition");
            if (i > 0)
                segments.AddRange(between.Segments);
            segments.AddRange(text.Segments);
            if (segments.Count > Values.MaximumTextLength)
                return Values.TooInvolved;
        }

        return Values.Text(new SymbolicText(segments), call.Start, call.End);
    }

    private static Resolution Element(HclCall call, IReadOnlyList<Alternative> values)
    {
        if (values[0].Node is YamlSequence { Items: { Count: > 0 } items } && Values.NumberOf(values[1]) is >= 0 and var number && number < int.MaxValue)
            return Values.Of(items[(int)number % items.Count]);
        if (call.Name == "lookup" && values[0].Node is YamlMapping mapping && values[1].Text?.Literal is { } key)
            return mapping[key] is { } entry ? Values.Of(entry.Value)
                : values.Count > 2 ? Resolution.Of(values[2])
                : Resolution.Unknown($"it has no '{key}'");
        return Unknown(call);
    }

    // Only %s, %d and %v, which stand for a value as it is.
    private static Resolution Format(HclCall call, IReadOnlyList<Alternative> values)
    {
        if (values[0].Text?.Literal is not { } format)
            return Unknown(call);
        var result = new List<Segment>();
        var (next, from) = (1, 0);
        for (var at = format.IndexOf('%'); at >= 0; at = format.IndexOf('%', from))
        {
            var verb = at + 1 < format.Length ? format[at + 1] : '\0';
            result.Add(new(SegmentKind.Literal, format.Substring(from, at - from)));
            if (verb == '%')
                result.Add(new(SegmentKind.Literal, "%"));
            else if (verb is 's' or 'd' or 'v' && next < values.Count && values[next].Text is not null)
                result.AddRange(values[next++].Text!.Segments);
            else
                return Unknown(call);
            from = at + 2;
        }

        result.Add(new(SegmentKind.Literal, format.Substring(from)));
        return Values.Text(new SymbolicText(result), call.Start, call.End);
    }

    // The text and the value itself: where AWS's own names have an object, that is what is read.
    private static Resolution Encode(HclEvaluator evaluator, HclCall call, Alternative value)
    {
        var text = new JsonEncoder(cost => evaluator.TrySpend(cost)).Write(value, out var why);
        var node = value.Node is YamlMapping or YamlSequence ? value.Node : null;
        return text is null && node is null
            ? Resolution.Unknown(why ?? "it is no value")
            : Resolution.Of(new Alternative(text, node, call.Start, call.End, Basis.Literal));
    }
}
