using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Pulumi;

/// <summary>Reads what arguments are set to: constants and what is reckoned with them, outputs of resources, texts and JSON made of both.</summary>
/// <param name="values">Follows values.</param>
/// <param name="resources">The resources.</param>
/// <param name="map">The offsets.</param>
internal sealed class PulumiValues(ProgramValues values, PulumiResources resources, SourceMap map)
{
    private const double MostPrecise = 1e15;
    private static readonly Resolution Computed = Resolution.Unknown("it is computed in code");

    /// <summary>What an expression can be.</summary>
    public Resolution Of(Written value) => values.Steps.Into(() => Followed(value), Computed);

    private Resolution Followed(Written value)
    {
        var all = new List<Alternative>();
        foreach (var possible in values.Of(value))
        {
            var result = Only(possible);
            if (result.WhyUnknown is not null)
                return result;
            all.AddRange(result.Alternatives);
        }

        return Resolution.Of(all);
    }

    private Resolution Only(Written value)
    {
        var span = map.SpanOf(value.Operation.Syntax);
        if (value.Operation.ConstantValue is { HasValue: true, Value: var constant })
            return OfConstant(constant, span);
        if (ProgramTexts.PartsOf(value) is { } parts)
            return Joined(parts, span);
        return value.Operation switch
        {
            IPropertyReferenceOperation { Instance: { } instance } output => PseudoParameterOf(output, new(instance, value.Frame)) is { } pseudo
                ? Values.Text(SymbolicText.Of(SegmentKind.PseudoParameter, pseudo), span.Start, span.End)
                : Output(output, value.Frame, span),
            IMemberReferenceOperation { Instance: null, Member: var member } => PulumiTypes.RuntimeOf(member) is { } runtime
                ? Values.Text(runtime, span.Start, span.End)
                : Computed,
            IInvocationOperation call => OfCall(call, value.Frame, span),
            ICoalesceOperation choice => OfChoice(choice, value.Frame),
            IBinaryOperation or IUnaryOperation or IConversionOperation when values.Amount(value) is { } amount && Math.Abs(amount) < MostPrecise =>
                Values.Number((decimal)amount, span.Start, span.End),
            _ => Computed,
        };
    }

    // queue.Arn; alias.Name, which is what the alias was given
    private Resolution Output(IPropertyReferenceOperation property, ProgramFrame frame, (int Start, int End) span)
    {
        if (resources.OwnerOf(property, frame) is not { } owner)
            return Resolution.Unknown("it is made elsewhere");
        var name = property.Property.Name;
        return resources.IdentityOf(owner, name) is { } identity ? Values.Text(identity, span.Start, span.End)
            : resources.ArgumentOf(owner, name) is { } argument ? Of(argument)
            : Resolution.Unknown("it is known only when deployed");
    }

    // GetRegion.Invoke().Apply(region => region.Name): what CloudFormation calls AWS::Region
    private string? PseudoParameterOf(IPropertyReferenceOperation property, Written owner) =>
        values.Single(owner) is { Operation: IInvocationOperation { TargetMethod: { Name: "Invoke", ContainingType: var data } } }
        && data.IsIn(PulumiTypes.Provider)
            ? (data.Name, property.Property.Name) switch
            {
                ("GetRegion", "Name" or "Id" or "Region") => "AWS::Region",
                ("GetCallerIdentity", "AccountId") => "AWS::AccountId",
                ("GetPartition", "Partition") => "AWS::Partition",
                _ => null,
            }
            : null;

    private static Resolution OfConstant(object? constant, (int Start, int End) span) =>
        constant switch
        {
            null => Values.Nothing(span.Start, span.End),
            string text => Values.Text(text, span.Start, span.End),
            bool flag => Values.Flag(flag, span.Start, span.End),
            int number => Values.Number(number, span.Start, span.End),
            long number => Values.Number(number, span.Start, span.End),
            double number when Math.Abs(number) < MostPrecise => Values.Number((decimal)number, span.Start, span.End),
            _ => Computed,
        };

    private Resolution Joined(IReadOnlyList<Written> parts, (int Start, int End) span)
    {
        var segments = new List<Segment>();
        foreach (var part in parts)
        {
            // What is written of a truth value is not what JSON says of it.
            var result = part.Operation.Type?.SpecialType == SpecialType.System_Boolean ? Computed : Of(part);
            if (result.WhyUnknown is not null)
                return result;
            if (result.Alternatives is not [{ Text: { } text, Basis.Provenance: Provenance.Literal }])
                return Computed;
            segments.AddRange(text.Segments);
        }

        return Values.Text(new SymbolicText(segments), span.Start, span.End);
    }

    private Resolution OfCall(IInvocationOperation call, ProgramFrame frame, (int Start, int End) span)
    {
        var (type, name) = (call.TargetMethod.ContainingType, call.TargetMethod.Name);
        var only =
            call.Arguments is [{ Value: var first }, ..] && call.Arguments.Skip(1).All(argument => argument.ArgumentKind == ArgumentKind.DefaultValue)
                ? first
                : null;
        return (only, name) switch
        {
            (null, _) => Computed,
            (_, "Serialize") when type.Is("System.Text.Json.JsonSerializer") => Document(new(only, frame), span),
            (_, "SerializeObject") when type.Is("Newtonsoft.Json.JsonConvert") => Document(new(only, frame), span),
            (_, "JsonSerialize") when type.Is("Pulumi.Output") => Document(new(only, frame), span),
            (_, "Format" or "Create") when type.Is("Pulumi.Output") => Of(new(only, frame)),
            (_, "Apply") when type.Is("Pulumi.Output") && call.Instance is { } output => Applied(output, only, frame),
            _ => Computed,
        };
    }

    // dlq.Arn.Apply(arn => …): what stands there, with the output in the parameter's place
    private Resolution Applied(IOperation output, IOperation function, ProgramFrame frame)
    {
        if (
            function is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol: { IsAsync: false, Parameters: [var parameter] } } body }
            || body.Body.Descendants().OfType<IReturnOperation>().ToList() is not [{ ReturnedValue: { } returned }]
        )
            return Computed;
        frame.Bind(parameter, new(output, frame));
        return Of(new(returned, frame));
    }

    // config.GetInt32("batch") ?? 20
    private Resolution OfChoice(ICoalesceOperation choice, ProgramFrame frame)
    {
        if (
            values.Single(new(choice.Value, frame))
                is not { Operation: IInvocationOperation { TargetMethod: var method, Arguments: [{ Value: var key }, ..] } } asked
            || !method.ContainingType.Is("Pulumi.Config")
            || !method.Name.StartsWith("Get", StringComparison.Ordinal)
            || values.Text(new(key, asked.Frame)) is not { } name
        )
            return Computed;
        return Of(new(choice.WhenNull, frame)).On(new(Provenance.ParameterDefault, name));
    }

    private Resolution Document(Written value, (int Start, int End) span) =>
        new JsonDocuments(values, map, part => Of(part)).Read(value) is { } node
            ? Resolution.Of(new Alternative(null, node, span.Start, span.End, Basis.Literal))
            : Computed;
}
