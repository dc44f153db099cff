using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads <c>AWS::DynamoDB::Table</c>, <c>AWS::DynamoDB::GlobalTable</c> and <c>AWS::Serverless::SimpleTable</c>.</summary>
internal sealed class TableReader(TemplateContext context)
{
    // What SAM calls the key of a table that does not say.
    private const string SimpleTableKey = "id";

    /// <summary>The table that a resource declares.</summary>
    public Table Read(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        var isSimple = resource.Type == ResourceTypes.ServerlessSimpleTable;
        return new(resource.LogicalId)
        {
            Site = context.SiteOf(resource),
            Name = settings.Text("TableName"),
            StreamViewType = isSimple ? Setting<string>.Missing() : settings.Text("StreamSpecification.StreamViewType"),
            PartitionKey = isSimple ? settings.Text("PrimaryKey.Name", SimpleTableKey) : Key(settings, "HASH"),
            SortKey = isSimple ? Setting<string>.Missing() : Key(settings, "RANGE"),
            TimeToLiveAttribute = TimeToLive(settings),
        };
    }

    private static Setting<string> Key(SettingReader settings, string type)
    {
        var items = settings.Items("KeySchema", out var why);
        if (why is not null)
            return Setting<string>.Unknown(why);
        var key = items.Select(settings.Within).FirstOrDefault(item => item.Text("KeyType").Single() == type);
        return key?.Text("AttributeName") ?? Setting<string>.Missing();
    }

    private static Setting<string> TimeToLive(SettingReader settings)
    {
        const string Section = "TimeToLiveSpecification";
        if (!settings.IsWritten(Section))
            return settings.Text(Section + ".AttributeName");
        var enabled = settings.Flag(Section + ".Enabled", false);
        return enabled.All(isEnabled => !isEnabled) ? Setting<string>.Missing(enabled.Enclosing)
            : enabled.All(isEnabled => isEnabled) ? settings.Text(Section + ".AttributeName")
            : Setting<string>.Unknown(enabled.WhyUnknown ?? "whether it is enabled hangs on a condition", enabled.KeyPlace, enabled.ValuePlace);
    }
}
