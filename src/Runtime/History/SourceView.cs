using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime;

/// <summary>A source as it was at the end of a run.</summary>
public abstract class SourceView
{
    private protected SourceView(string name, string kind) => (Name, Kind) = (name, kind);

    /// <summary>The source's name; of a template its logical id.</summary>
    public string Name { get; }

    /// <summary>Where every record that ever arrived ended.</summary>
    public Ledger Ledger { get; private protected init; } = null!;

    /// <summary>What it is, in messages: <c>queue</c>.</summary>
    internal string Kind { get; }

    /// <summary>The end of each record, in the order of arrival.</summary>
    internal abstract IEnumerable<RecordEnd> Ends { get; }

    /// <summary>What happened to a record, and why: a sentence or two.</summary>
    internal abstract string Tell(RecordEnd end);
}
