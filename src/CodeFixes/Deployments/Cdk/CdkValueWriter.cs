using System.Globalization;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Edits;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Deployments.Cdk;

/// <summary>A queue that is made where it is used.</summary>
/// <param name="Scope">What it is made in.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsFifo">Whether it is a FIFO queue.</param>
internal sealed record NewQueueWriter(string Scope, string Id, bool IsFifo);

/// <summary>Writes values of properties in C#, with the names of types as short as they mean the same at a position.</summary>
internal sealed class CdkValueWriter(SemanticModel semantics, int position, NewQueueWriter? queue)
{
    private const int SecondsADay = 24 * 60 * 60;

    /// <summary>The value of a construct's property; null for one that cannot be written.</summary>
    public MemberValue? Of(PropertyChange change) =>
        (change.Property, change.Value) switch
        {
            ("FunctionResponseTypes", EditList) => new("true"),
            ("VisibilityTimeout", EditScalar { Written: var seconds }) => Duration(seconds),
            ("MessageRetentionPeriod", EditScalar { Written: var seconds }) => Duration(seconds),
            ("MaximumRetryAttempts" or "BisectBatchOnFunctionError" or "BatchSize", EditScalar { Written: var value }) => new(value),
            ("DestinationConfig.OnFailure.Destination", EditNewQueueArn) when NewQueue() is { } made && Name("AWS.Lambda.EventSources.SqsDlq") is { } type =>
                new($"new {type}({made})"),
            ("RedrivePolicy", EditMap { Entries: [(_, EditNewQueueArn), (_, EditScalar { Written: var receives })] })
                when NewQueue() is { } made && Name("AWS.SQS.DeadLetterQueue") is { } type => new(
                $"new {type}",
                $"MaxReceiveCount = {receives}",
                $"Queue = {made}"
            ),
            _ => null,
        };

    /// <summary>The value of a property of CloudFormation's own level.</summary>
    public static MemberValue? LowLevel(PropertyChange change) =>
        change.Value switch
        {
            EditScalar { IsText: false, Written: var value } => new(value),
            EditList { Items: [EditScalar { IsText: true, Written: var only }] } => new($"new[] {{ \"{only}\" }}"),
            _ => null,
        };

    private MemberValue? Duration(string text)
    {
        if (Name("Duration") is not { } type || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return null;
        return seconds % SecondsADay == 0
            ? new(FormattableString.Invariant($"{type}.Days({seconds / SecondsADay})"))
            : new(FormattableString.Invariant($"{type}.Seconds({seconds})"));
    }

    private string? NewQueue()
    {
        if (queue is null || Name("AWS.SQS.Queue") is not { } type || Name("AWS.SQS.QueueProps") is not { } props)
            return null;
        if (Duration(FormattableString.Invariant($"{Limits.MessageRetentionPeriod.Most}")) is not { } retention)
            return null;
        var id = (queue.Id.Contains('{') ? "$\"" : "\"") + queue.Id + "\"";
        return $"new {type}({queue.Scope}, {id}, new {props} {{ {(queue.IsFifo ? "Fifo = true, " : "")}RetentionPeriod = {retention.Text} }})";
    }

    private string? Name(string type) =>
        semantics.Compilation.GetTypesByMetadataName("Amazon.CDK." + type) is [var only] ? only.ToMinimalDisplayString(semantics, position) : null;
}
