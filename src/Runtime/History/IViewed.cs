namespace AtLeastOnce.Runtime.History;

/// <summary>Something that takes records in and that no mapping reads: a function's queue of asynchronous events.</summary>
internal interface IViewed
{
    /// <summary>What the run shows of it.</summary>
    SourceView View(RunHistory history);
}
