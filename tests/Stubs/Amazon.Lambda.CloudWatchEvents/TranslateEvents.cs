namespace Amazon.Lambda.CloudWatchEvents.TranslateEvents;

/// <summary>Translate parallel data state change, as an event of a translation carries it.</summary>
public class TranslateParallelDataStateChange
{
    public string Operation { get; set; }
    public string Name { get; set; }
    public string Status { get; set; }
    public string LatestUpdateAttemptStatus { get; set; }
    public DateTime LatestUpdateAttemptAt { get; set; }
}

/// <summary>An event that tells of a change of a translation.</summary>
public class TranslateParallelDataStateChangeEvent : CloudWatchEvent<TranslateParallelDataStateChange>;

/// <summary>Translate text translation job state change, as an event of a translation carries it.</summary>
public class TranslateTextTranslationJobStateChange
{
    public string JobId { get; set; }
    public string JobStatus { get; set; }
}

/// <summary>An event that tells of a change of a translation.</summary>
public class TranslateTextTranslationJobStateChangeEvent : CloudWatchEvent<TranslateTextTranslationJobStateChange>;
