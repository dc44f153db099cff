using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>A mapping that feeds a handler, with what the same template says about its ends.</summary>
/// <param name="Mapping">The mapping.</param>
/// <param name="Function">The function it invokes, if the template declares it.</param>
/// <param name="Queue">The queue it reads, if the template declares it.</param>
/// <param name="Template">The template.</param>
/// <param name="IsOfAttribute">
/// Whether the Amazon.Lambda.Annotations generator writes the mapping from an attribute: what the attribute cannot say, and nobody wrote beside it, the mapping does not have.
/// </param>
internal sealed record HandlerMapping(EventSourceMapping Mapping, Function? Function, Queue? Queue, DeploymentModel Template, bool IsOfAttribute = false)
{
    /// <summary>
    /// Whether a stream's mapping tries a failed batch again without end, and there is nothing but its attribute, which has no setting for that. Where the
    /// generator's text stands in a template, a limit can be written beside it, and stays there.
    /// </summary>
    public bool IsUnlimitedByAttribute =>
        IsOfAttribute && Mapping.Declaration.IsNone && Defaults.IsStream(Mapping.Kind) && !Mapping.IsOff && Mapping.IsUnlimited;

    /// <summary>How the mapping's settings are called where it is written; attributes call them as CloudFormation does.</summary>
    public DialectWords Words => new(IsOfAttribute ? Dialect.CloudFormation : Template.Dialect, Defaults.IsStream(Mapping.Kind));

    /// <summary>Whether the queue is a FIFO queue: by its template, or by its name at the end of an ARN, which for a FIFO queue is <c>.fifo</c>. Null where neither tells.</summary>
    public bool? ReadsFifo =>
        Queue is null ? Mapping.Source.Literal?.EndsWith(".fifo", StringComparison.Ordinal)
        : Queue.IsFifo.All(isFifo => isFifo) ? true
        : Queue.IsFifo.All(isFifo => !isFifo) ? false
        : null;
}
