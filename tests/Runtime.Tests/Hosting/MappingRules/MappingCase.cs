namespace AtLeastOnce.Runtime.Tests.Hosting.MappingRules;

/// <summary>A proof of a row of sections 1.1 and 1.2 of the semantics reference.</summary>
/// <param name="Rows">The rows that it proves: <c>P-20</c>.</param>
/// <param name="Name">What is tried.</param>
/// <param name="TryAsync">Makes the mapping; where it is refused, throws.</param>
/// <param name="Refusal">AWS's error type and text; null where AWS accepts.</param>
internal sealed record MappingCase(string[] Rows, string Name, Func<Task> TryAsync, string? Refusal)
{
    private const string Invalid = "InvalidParameterValueException: ";

    /// <summary>For a theory's data.</summary>
    public string Title => $"{string.Join(", ", Rows)} {Name}";

    /// <summary>A mapping of a queue in code.</summary>
    public static MappingCase OfQueue(string row, string name, Action<EventSourceMappingOptions> configure, string? refusal) =>
        InCode(row, name, () => new SqsQueue("orders"), configure, refusal);

    /// <summary>A mapping of a stream in code, from TRIM_HORIZON unless it is set otherwise.</summary>
    public static MappingCase OfStream(string row, string name, Action<EventSourceMappingOptions> configure, string? refusal) =>
        InCode(row, name, () => new KinesisStream("clicks"), Beginning(configure), refusal);

    /// <summary>A mapping of a table's stream in code, from TRIM_HORIZON unless it is set otherwise.</summary>
    public static MappingCase OfTable(string row, string name, Action<EventSourceMappingOptions> configure, string? refusal) =>
        InCode(row, name, () => new DynamoDBTable("orders"), Beginning(configure), refusal);

    /// <summary>Something in code.</summary>
    public static MappingCase InCode(string row, string name, Func<Task> tryAsync, string? refusal) => new([row], name + ", in code", tryAsync, refusal);

    /// <summary>Something in code.</summary>
    public static MappingCase InCode(string row, string name, Action attempt, string? refusal) =>
        InCode(
            row,
            name,
            () =>
            {
                attempt();
                return Task.CompletedTask;
            },
            refusal
        );

    /// <summary>A mapping of a template, run with a handler of its function.</summary>
    /// <param name="row">The row.</param>
    /// <param name="name">What is tried.</param>
    /// <param name="source">What it reads: <c>Q</c>, <c>S</c> or <c>Orders</c> of the template.</param>
    /// <param name="properties">Its other properties, as members of a flow mapping.</param>
    /// <param name="refusal">AWS's error type and text; null where AWS accepts.</param>
    public static MappingCase InTemplate(string row, string name, string source, string properties, string? refusal)
    {
        var arn = source == "Orders" ? "Orders.StreamArn" : source + ".Arn";
        return InTemplate(
            [row],
            name,
            $"M: {{ Type: AWS::Lambda::EventSourceMapping, Properties: {{ FunctionName: !Ref F, EventSourceArn: !GetAtt {arn}, {properties} }} }}",
            refusal
        );
    }

    /// <summary>Resources beside those of <see cref="TemplateOnDisk.Basis"/>, run with a handler of its function.</summary>
    public static MappingCase InTemplate(string[] rows, string name, string resources, string? refusal) =>
        new(
            rows,
            name + ", in a template",
            async () =>
            {
                await using var host = TemplateOnDisk.LoadWith(resources).Handle("F", () => { });
                await host.RunUntilIdleAsync();
            },
            refusal
        );

    /// <summary>AWS's answer to a value outside of the API's model.</summary>
    public static string Constraint(object value, string name, string constraint) =>
        $"ValidationException: 1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: {constraint}";

    /// <summary>AWS's answer to a number below its range.</summary>
    public static string AtLeast(object value, string name, int least) => Constraint(value, name, $"Member must have value greater than or equal to {least}");

    /// <summary>AWS's answer to a number above its range.</summary>
    public static string AtMost(object value, string name, int most) => Constraint(value, name, $"Member must have value less than or equal to {most}");

    /// <summary>AWS's answer to what is too long.</summary>
    public static string NotLonger(object value, string name, int most) => Constraint(value, name, $"Member must have length less than or equal to {most}");

    /// <summary>AWS's answer to a setting that the source does not have.</summary>
    public static string Unsupported(string setting) => $"{Invalid}Unsupported '{setting}' parameter for given event source mapping type.";

    /// <summary>AWS's answer to a value or combination that it does not take.</summary>
    public static string Refused(string text) => Invalid + text;

    private static Action<EventSourceMappingOptions> Beginning(Action<EventSourceMappingOptions> configure) =>
        mapping =>
        {
            mapping.StartingPosition = StartingPosition.TrimHorizon;
            configure(mapping);
        };

    private static MappingCase InCode(string row, string name, Func<EventSource> source, Action<EventSourceMappingOptions> configure, string? refusal) =>
        InCode(
            row,
            name,
            () =>
            {
                new LambdaTestHost().Map(source(), new("ship", () => { }), configure);
            },
            refusal
        );
}
