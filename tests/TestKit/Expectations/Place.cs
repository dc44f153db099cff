using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit;

/// <summary>A span in a file, as a test states it and as a location is compared; an expected place may leave its end open.</summary>
internal readonly record struct Place(string Path, LinePosition Start, LinePosition? End)
{
    internal static Place? Of(Location location)
    {
        if (location.Kind is not (LocationKind.SourceFile or LocationKind.ExternalFile))
            return null;
        var span = location.GetLineSpan();
        return new Place(span.Path, span.StartLinePosition, span.EndLinePosition);
    }

    internal static Place Of(string path, SourceText text, TextSpan span)
    {
        var lines = text.Lines.GetLinePositionSpan(span);
        return new Place(path, lines.Start, lines.End);
    }

    /// <summary>Whether an actual place is the one that is stated here.</summary>
    internal bool Accepts(Place actual) => Path == actual.Path && Start == actual.Start && (End is null || End == actual.End);
}
