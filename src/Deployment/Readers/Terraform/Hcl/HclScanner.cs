namespace AtLeastOnce.Deployment.Readers.Terraform.Hcl;

/// <summary>Goes through a text: white space, comments, words and marks.</summary>
internal abstract class HclScanner(string text, int offset, CancellationToken cancellation)
{
    private const char ByteOrderMark = '\uFEFF';
    private readonly List<HclComment> comments = [];
    private int size;

    /// <summary>The text.</summary>
    protected string Text { get; } = text;

    /// <summary>Where reading stands, in the text.</summary>
    protected int Position { get; set; } = text.Length > 0 && text[0] == ByteOrderMark ? 1 : 0;

    /// <summary>Where the part ends that is being read: a heredoc ends before the text does.</summary>
    protected int Limit { get; set; } = text.Length;

    /// <summary>Whether a line's end is white space: within parentheses and brackets.</summary>
    protected bool IgnoresLineEnds { get; set; }

    /// <summary>The comments passed so far.</summary>
    protected IReadOnlyList<HclComment> Comments => comments;

    /// <summary>The character at the position, or NUL at the end.</summary>
    protected char Current => At(0);

    /// <summary>Whether nothing is left.</summary>
    protected bool IsAtEnd => Position >= Limit;

    /// <summary>Whether the position is at a line's end.</summary>
    protected bool IsAtLineEnd => !IsAtEnd && (Current == '\n' || (Current == '\r' && At(1) == '\n'));

    /// <summary>A position as an offset.</summary>
    protected int Offset(int position) => offset + position;

    /// <summary>The offset of the position.</summary>
    protected int Here => offset + Position;

    /// <summary>The character some way on, or NUL at the end.</summary>
    protected char At(int distance) => Position + distance < Limit ? Text[Position + distance] : '\0';

    /// <summary>Counts something that is made.</summary>
    protected T Made<T>(T made)
    {
        cancellation.ThrowIfCancellationRequested();
        if (++size > HclText.MaximumSize)
            throw new HclException(
                Position,
                Position,
                FormattableString.Invariant($"The file has more than {HclText.MaximumSize} values and is not read."),
                true
            );
        if (made is HclExpression { Depth: > HclText.MaximumDepth } deep)
            throw TooDeep(deep.Start - offset);
        return made;
    }

    /// <summary>What is nested too deeply.</summary>
    protected static HclException TooDeep(int position) =>
        new(position, position, FormattableString.Invariant($"It is nested deeper than {HclText.MaximumDepth} levels and is not read."));

    /// <summary>Something else stands where something was expected.</summary>
    protected HclException Expected(string what) =>
        new(Position, Math.Min(Position + 1, Limit), IsAtEnd ? $"The text ends where {what} is expected." : $"Here {what} is expected.");

    /// <summary>Passes white space and comments, and line ends where they are white space.</summary>
    protected void SkipBlank()
    {
        while (!IsAtEnd)
        {
            if (Current is ' ' or '\t' || (Current == '\r' && At(1) != '\n') || (IgnoresLineEnds && Current is '\n' or '\r'))
                Position++;
            else if (Current == '#' || (Current == '/' && At(1) == '/'))
                SkipLineComment();
            else if (Current == '/' && At(1) == '*')
                SkipBlockComment();
            else
                return;
        }
    }

    /// <summary>Passes white space, comments and line ends.</summary>
    protected void SkipLines()
    {
        var before = IgnoresLineEnds;
        IgnoresLineEnds = true;
        SkipBlank();
        IgnoresLineEnds = before;
    }

    /// <summary>Passes all that is left of a line; what looks like a comment in it is one.</summary>
    protected void SkipLine()
    {
        while (!IsAtEnd && !IsAtLineEnd)
        {
            if (Current == '#' || (Current == '/' && At(1) == '/'))
                SkipLineComment();
            else
                Position++;
        }
    }

    /// <summary>Takes a mark if it stands here.</summary>
    protected bool Take(string mark)
    {
        if (Position + mark.Length > Limit || string.CompareOrdinal(Text, Position, mark, 0, mark.Length) != 0)
            return false;
        Position += mark.Length;
        return true;
    }

    /// <summary>Takes a mark, which must stand here.</summary>
    protected void Require(string mark)
    {
        if (!Take(mark))
            throw Expected($"'{mark}'");
    }

    /// <summary>Takes a word if it stands here, whole.</summary>
    protected bool TakeWord(string word)
    {
        if (!IsAtWord(word))
            return false;
        Position += word.Length;
        return true;
    }

    /// <summary>Whether a word stands here, whole.</summary>
    protected bool IsAtWord(string word) =>
        Position + word.Length <= Limit && string.CompareOrdinal(Text, Position, word, 0, word.Length) == 0 && !IsWordPart(At(word.Length));

    /// <summary>The word that stands here, or null.</summary>
    protected string? PeekWord()
    {
        if (!IsWordStart(Current))
            return null;
        var length = 1;
        while (IsWordPart(At(length)))
            length++;
        return Text.Substring(Position, length);
    }

    /// <summary>The word that must stand here.</summary>
    protected string RequireWord(string what)
    {
        var word = PeekWord() ?? throw Expected(what);
        Position += word.Length;
        return word;
    }

    private static bool IsWordStart(char character) => char.IsLetter(character) || character == '_';

    private static bool IsWordPart(char character) => char.IsLetterOrDigit(character) || character is '_' or '-';

    private void SkipLineComment()
    {
        var start = Position;
        while (!IsAtEnd && !IsAtLineEnd)
            Position++;
        comments.Add(new(Offset(start), Here));
    }

    private void SkipBlockComment()
    {
        var start = Position;
        var end = Text.IndexOf("*/", Math.Min(Position + 2, Limit), Limit - Math.Min(Position + 2, Limit), StringComparison.Ordinal);
        if (end < 0)
        {
            Position = Limit;
            throw new HclException(start, Math.Min(start + 2, Limit), "The comment is not closed.");
        }

        Position = end + 2;
        comments.Add(new(Offset(start), Here));
    }
}

/// <summary>Ends the reading of an attribute or block that cannot be read.</summary>
/// <param name="start">The position of the fault.</param>
/// <param name="end">The position after it.</param>
/// <param name="message">What is wrong, as a sentence.</param>
/// <param name="isLast">Whether nothing after it is read.</param>
internal sealed class HclException(int start, int end, string message, bool isLast = false) : Exception(message)
{
    /// <summary>The position of the fault.</summary>
    public int Start { get; } = start;

    /// <summary>The position after it.</summary>
    public int End { get; } = end;

    /// <summary>Whether nothing after it is read.</summary>
    public bool IsLast { get; } = isLast;
}
