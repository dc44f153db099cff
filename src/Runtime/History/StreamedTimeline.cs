namespace AtLeastOnce.Runtime.History;

/// <summary>Writes a timeline while the run is under way, and holds no more of it than one moment.</summary>
internal sealed class StreamedTimeline(TextWriter writer)
{
    /// <summary>Events of one moment after which it is written in parts.</summary>
    private const int MostHeld = 100_000;

    private readonly List<EsmEvent> moment = [];
    private int width;

    /// <summary>Takes an event.</summary>
    public void Add(EsmEvent happened)
    {
        // What is told as one line happens at one moment: nothing that comes later changes the line.
        if (moment.Count > 0 && (moment[0].At != happened.At || moment.Count == MostHeld))
            WriteMoment();
        moment.Add(happened);
    }

    /// <summary>Writes what is held back.</summary>
    public void Flush()
    {
        WriteMoment();
        writer.Flush();
    }

    private void WriteMoment()
    {
        foreach (var line in TimelineWriter.Lines(moment))
        {
            width = Math.Max(width, TimelineWriter.WidthFor(line));
            writer.Write(line.Format(width));
        }

        moment.Clear();
    }
}
