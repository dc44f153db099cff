namespace AtLeastOnce.Deployment.Model;

/// <summary>A stretch of a deployment file. Offsets and columns count UTF-16 units of the text, lines and columns from zero.</summary>
/// <param name="Path">The file's path as it was given to the reader.</param>
/// <param name="Start">Offset of the first character.</param>
/// <param name="Length">Number of characters; 0 for a value that is not written, such as an empty YAML value.</param>
/// <param name="StartLine">Line of the first character.</param>
/// <param name="StartColumn">Column of the first character.</param>
/// <param name="EndLine">Line of <see cref="End"/>.</param>
/// <param name="EndColumn">Column of <see cref="End"/>.</param>
internal readonly record struct Place(string Path, int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>The place of what is written nowhere: a default, or a model built in code.</summary>
    public static Place None => default;

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Path is null;

    /// <summary>Offset of the first character after the place.</summary>
    public int End => Start + Length;

    /// <summary>Whether <paramref name="other"/> lies in this place of the same file.</summary>
    public bool Contains(Place other) => !IsNone && !other.IsNone && Path == other.Path && Start <= other.Start && other.End <= End;

    /// <summary>The text of the place, or an empty text for <see cref="None"/>.</summary>
    public string In(string text) => IsNone ? "" : text.Substring(Start, Length);

    /// <summary>For messages: <c>template.yaml(31,9)</c>, the file's name with line and column counted from one; empty for <see cref="None"/>.</summary>
    public override string ToString()
    {
        if (IsNone)
            return "";
        var name = Path.Substring(Path.LastIndexOfAny(['/', '\\']) + 1);
        return FormattableString.Invariant($"{name}({StartLine + 1},{StartColumn + 1})");
    }
}
