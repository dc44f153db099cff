using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Edits;

/// <summary>Numbers that no fix sets, set as fixes set theirs.</summary>
internal static class NumberEdits
{
    /// <summary>Sets after how many receives a queue gives a message up, by the redrive policy that it has.</summary>
    public static IReadOnlyList<TemplateEdit> MaxReceiveCount(DeploymentText text, Queue queue, int receives) =>
        TemplateEdits.SetNumber(
            text,
            queue,
            PolicyOf(queue)!.MaxReceiveCount,
            "RedrivePolicy.maxReceiveCount",
            receives,
            read => PolicyOf(read)?.MaxReceiveCount
        );

    /// <summary>Sets a function's timeout, in seconds.</summary>
    public static IReadOnlyList<TemplateEdit> FunctionTimeout(DeploymentText text, Function function, int seconds) =>
        TemplateEdits.SetNumber(text, function, function.Timeout, "Timeout", seconds, read => (read as Function)?.Timeout);

    /// <summary>Sets a mapping's batch size.</summary>
    public static IReadOnlyList<TemplateEdit> BatchSize(DeploymentText text, EventSourceMapping mapping, int records) =>
        TemplateEdits.SetNumber(text, mapping, mapping.BatchSize, "BatchSize", records, read => (read as EventSourceMapping)?.BatchSize);

    private static RedrivePolicy? PolicyOf(Resource? resource) => (resource as Queue)?.RedrivePolicy.Single();
}
