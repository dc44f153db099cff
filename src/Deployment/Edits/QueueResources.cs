using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Readers.CloudFormation;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>New queues as CloudFormation's resources, for the dialects that take them.</summary>
internal static class QueueResources
{
    private const string Queue = "Queue";

    /// <summary>The resource.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="condition">The condition under which it is deployed, or null.</param>
    public static EditValue BodyOf(NewQueue queue, string? condition)
    {
        List<(string, EditValue)> properties = queue.IsFifo ? [("FifoQueue", EditValue.Bare("true"))] : [];
        properties.Add(("MessageRetentionPeriod", EditValue.Number(Limits.MessageRetentionPeriod.Most)));
        List<(string, EditValue)> body = [("Type", EditValue.Text(ResourceTypes.SqsQueue))];
        if (condition is not null)
            body.Add(("Condition", EditValue.Text(condition)));
        body.Add(("Properties", EditValue.Map([.. properties])));
        return EditValue.Map([.. body]);
    }

    /// <summary>The logical id that a new queue would have by its purpose: <c>OrdersDeadLetterQueue</c> beside <c>OrdersQueue</c>.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <param name="name">The name of what it is for.</param>
    public static string IdOf(QueuePurpose purpose, string name) =>
        purpose == QueuePurpose.Failures ? name + "FailureQueue"
        : name.EndsWith(Queue, StringComparison.Ordinal) ? name.Substring(0, name.Length - Queue.Length) + "DeadLetterQueue"
        : name + "DeadLetterQueue";

    /// <summary>A logical id that is not taken, made of the given one.</summary>
    public static string Unused(string wanted, Func<string, bool> isTaken)
    {
        var id = wanted;
        for (var number = 2; isTaken(id); number++)
            id = FormattableString.Invariant($"{wanted}{number}");
        return id;
    }
}
