namespace AtLeastOnce.Deployment.Dialects;

/// <summary>Says in a dialect's own words what is to be written.</summary>
/// <param name="Dialect">The dialect.</param>
/// <param name="IsStream">Whether it is said of a stream's mapping.</param>
internal sealed record DialectWords(Dialect Dialect, bool IsStream = false)
{
    /// <summary>CloudFormation's own.</summary>
    public static DialectWords CloudFormation { get; } = new(Dialect.CloudFormation);

    /// <summary>How a mapping is made to listen to reported failures (P-8).</summary>
    public string ReportBatchItemFailures =>
        Dialect switch
        {
            Dialect.Terraform or Dialect.TerraformPlan => "function_response_types = [\"ReportBatchItemFailures\"]",
            Dialect.ServerlessFramework => "functionResponseType: ReportBatchItemFailures",
            Dialect.Cdk => "ReportBatchItemFailures = true",
            Dialect.Pulumi => "FunctionResponseTypes = { \"ReportBatchItemFailures\" }",
            _ => "FunctionResponseTypes: [ReportBatchItemFailures]",
        };

    /// <summary>What gives a queue a dead-letter queue: <c>RedrivePolicy with a dead-letter queue</c>.</summary>
    public string DeadLetterQueue => Dialect == Dialect.Cdk ? "DeadLetterQueue with a queue" : $"{Name("RedrivePolicy")} with a dead-letter queue";

    /// <summary>What names the destination of what a stream's mapping gives up (P-19).</summary>
    public string OnFailure => Name("DestinationConfig.OnFailure");

    /// <summary>What gives a table a stream.</summary>
    public string TableStream =>
        Dialect == Dialect.CloudFormation || Dialect == Dialect.ServerlessFramework ? "StreamSpecification" : Name("StreamSpecification.StreamViewType");

    /// <summary>What a setting is called.</summary>
    /// <param name="property">CloudFormation's path below the resource's properties.</param>
    public string Name(string property)
    {
        var path = Path(property);
        return path.Substring(path.LastIndexOf('.') + 1);
    }

    /// <summary>What a setting is called, with the names of what it stands in.</summary>
    /// <param name="property">CloudFormation's path below the resource's properties.</param>
    public string Path(string property) => SettingNames.PathOf(Dialect, property, IsStream);

    /// <summary>A time in seconds, with its unit where the setting is not one of seconds.</summary>
    public string Seconds(int seconds) => Dialect == Dialect.Cdk ? FormattableString.Invariant($"{seconds} s") : FormattableString.Invariant($"{seconds}");
}
