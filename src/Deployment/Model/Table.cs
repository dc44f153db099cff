namespace AtLeastOnce.Deployment.Model;

/// <summary>A DynamoDB table.</summary>
/// <param name="logicalId">The name by which the file knows it.</param>
internal sealed class Table(string logicalId) : Resource(logicalId)
{
    /// <summary>The deployed name; missing when CloudFormation makes one up.</summary>
    public Setting<string> Name { get; init; } = Setting<string>.Missing();

    /// <summary>
    /// What the records of the table's stream hold: <c>KEYS_ONLY</c>, <c>NEW_IMAGE</c>, <c>OLD_IMAGE</c> or <c>NEW_AND_OLD_IMAGES</c>;
    /// missing when the table has no stream. A stream keeps its records for <see cref="Aws.Defaults.DynamoDbStreamRetention"/> seconds.
    /// </summary>
    public Setting<string> StreamViewType { get; init; } = Setting<string>.Missing();

    /// <summary>The attribute that is the partition key.</summary>
    public Setting<string> PartitionKey { get; init; } = Setting<string>.Missing();

    /// <summary>The attribute that is the sort key; missing when the table has none.</summary>
    public Setting<string> SortKey { get; init; } = Setting<string>.Missing();

    /// <summary>The attribute that says when an item expires; missing when items do not.</summary>
    public Setting<string> TimeToLiveAttribute { get; init; } = Setting<string>.Missing();
}
