using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime;

/// <summary>A record as the history names it.</summary>
/// <param name="Number">Its number in its queue, from 1 in the order of arrival.</param>
/// <param name="Id">Its message id.</param>
public readonly record struct RecordReference(int Number, string Id);

/// <summary>Something that happened.</summary>
/// <param name="At">Virtual time since the host's start.</param>
public abstract record EsmEvent(TimeSpan At)
{
    /// <summary>The event as a line of a timeline.</summary>
    internal abstract EventText Tell();

    /// <summary>Several such events as one line.</summary>
    internal virtual EventText Tell(int count) => Tell();

    /// <summary>Whether the event that follows is told together with this one.</summary>
    internal virtual bool IsOneOf(EsmEvent next) => false;
}
