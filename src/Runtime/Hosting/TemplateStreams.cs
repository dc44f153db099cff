using AtLeastOnce.Deployment.Aws.Validation;
using static AtLeastOnce.Deployment.Model.ReferenceSettingExtensions;
using static AtLeastOnce.Deployment.Model.ValueSettingExtensions;
using Model = AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Runtime.Hosting;

/// <summary>The streams and tables of a template, and what their mappings set.</summary>
internal static class TemplateStreams
{
    // With how many shards Kinesis begins where it sets the number itself.
    private const int OnDemandShards = 4;

    /// <summary>The stream; null if its number of shards is not known.</summary>
    public static KinesisStream? Make(Model.KinesisStream declared)
    {
        var shards = declared.Mode.All(mode => mode == Model.KinesisStream.OnDemand) ? OnDemandShards : declared.ShardCount.Single();
        if (shards is not { } count)
            return null;
        var stream = new KinesisStream(TemplateResources.NameOf(declared.Name, declared), count) { LogicalId = declared.LogicalId };
        TemplateResources.Set(
            declared.RetentionHours,
            stream.Open,
            nameof(KinesisStream.RetentionPeriod),
            hours => stream.RetentionPeriod = TimeSpan.FromHours(hours)
        );
        return stream;
    }

    /// <summary>The table; null if its key, or what its stream holds, is not known.</summary>
    public static DynamoDBTable? Make(Model.Table declared)
    {
        if (
            declared.PartitionKey.Single() is not { } key
            || declared.StreamViewType.Single() is not { } view
            || (!declared.SortKey.IsMissing && declared.SortKey.Single() is null)
        )
            return null;
        return Enum.TryParse<StreamViewType>(view.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var type)
            ? new(TemplateResources.NameOf(declared.Name, declared), key, declared.SortKey.Single()) { LogicalId = declared.LogicalId, StreamViewType = type }
            : null;
    }

    /// <summary>Why there is no such source.</summary>
    public static string WhyNotMade(Model.Resource declared) =>
        declared is Model.Table table
            ? table.StreamViewType.IsMissing
                ? $"the table '{declared.LogicalId}' has no stream (P-43)"
                : $"the key, or the stream's view type, of the table '{declared.LogicalId}' is not known"
            : $"the number of shards of '{declared.LogicalId}' is not known";

    /// <summary>Sets what only mappings of streams have.</summary>
    public static void Set(
        Model.DeploymentModel model,
        Model.EventSourceMapping declared,
        EventSourceMappingOptions mapping,
        Func<Model.ResourceLink, IDestination?> destinationOf
    )
    {
        var open = mapping.Open;
        if (
            declared.StartingPosition.Single() is { } position
            && Enum.TryParse<StartingPosition>(position.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var from)
        )
            mapping.StartingPosition = from;
        else if (!declared.StartingPosition.IsMissing)
            open.Leave(nameof(mapping.StartingPosition), TemplateResources.Why(declared.StartingPosition));
        if (declared.StartingPositionTimestamp.Single() is { } timestamp)
            mapping.StartingPositionTimestamp = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(timestamp);
        TemplateResources.Set(declared.ParallelizationFactor, open, nameof(mapping.ParallelizationFactor), factor => mapping.ParallelizationFactor = factor);
        TemplateResources.Set(declared.MaximumRetryAttempts, open, nameof(mapping.MaximumRetryAttempts), retries => mapping.MaximumRetryAttempts = retries);
        TemplateResources.Set(
            declared.MaximumRecordAge,
            open,
            nameof(mapping.MaximumRecordAge),
            seconds => mapping.MaximumRecordAge = seconds == -1 ? null : TimeSpan.FromSeconds(seconds)
        );
        TemplateResources.Set(
            declared.BisectBatchOnFunctionError,
            open,
            nameof(mapping.BisectBatchOnFunctionError),
            bisects => mapping.BisectBatchOnFunctionError = bisects
        );
        TemplateResources.Set(declared.TumblingWindow, open, nameof(mapping.TumblingWindow), seconds => mapping.TumblingWindow = TimeSpan.FromSeconds(seconds));
        if (declared.OnFailure.Single() is { } link && destinationOf(link) is { } destination)
            (mapping.OnFailure, mapping.WhyDestinationFails) = (destination, WhyNotSent(model, declared));
        else if (!declared.OnFailure.IsMissing)
            open.Leave(
                nameof(mapping.OnFailure),
                declared.OnFailure.Single() is { } elsewhere
                    ? $"the destination '{elsewhere}' is not in the template"
                    : TemplateResources.Why(declared.OnFailure)
            );
    }

    // G-78: the mapping is made all the same.
    private static string? WhyNotSent(Model.DeploymentModel model, Model.EventSourceMapping declared) =>
        PermissionValidation.Missing(model, declared).FirstOrDefault(missing => !missing.IsOfSource) is { } missing
            ? $"the execution role does not allow {missing.Action} on '{missing.Target}'"
            : null;
}
