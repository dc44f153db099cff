namespace Amazon.Lambda.CloudWatchEvents.TranscribeEvents;

/// <summary>Transcribe job state change, as an event of a transcription carries it.</summary>
public class TranscribeJobStateChange
{
    public string TranscriptionJobName { get; set; }
    public string TranscriptionJobStatus { get; set; }
    public string FailureReason { get; set; }
}

/// <summary>An event that tells of a change of a transcription.</summary>
public class TranscribeJobStateChangeEvent : CloudWatchEvent<TranscribeJobStateChange>;
