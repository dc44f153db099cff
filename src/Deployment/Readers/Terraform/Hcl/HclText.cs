using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Hcl;

/// <summary>A fault of a text: between two offsets.</summary>
/// <param name="Start">Offset of the first character.</param>
/// <param name="End">Offset after the last.</param>
/// <param name="Text">What is wrong, as a sentence.</param>
internal sealed record HclFault(int Start, int End, string Text);

/// <summary>A comment.</summary>
/// <param name="Start">Offset of its <c>#</c>, <c>//</c> or <c>/*</c>.</param>
/// <param name="End">Offset after its last character, without the line's end.</param>
internal readonly record struct HclComment(int Start, int End);

/// <summary>A text in Terraform's language (HCL), as far as it could be read.</summary>
/// <param name="Body">What it holds; what a fault stands in is left out.</param>
/// <param name="Faults">What could not be read, in the order of the text.</param>
/// <param name="Comments">Every comment, in the order of the text.</param>
internal sealed record HclText(HclBody Body, IReadOnlyList<HclFault> Faults, IReadOnlyList<HclComment> Comments)
{
    /// <summary>The longest text that is read, in UTF-16 units.</summary>
    public const int MaximumLength = YamlText.MaximumLength;

    /// <summary>The deepest nesting that is read.</summary>
    public const int MaximumDepth = YamlText.MaximumDepth;

    /// <summary>The most expressions, attributes and blocks that are read.</summary>
    public const int MaximumSize = YamlText.MaximumSize;

    /// <summary>The most faults that are told; after them the rest is not read.</summary>
    public const int MaximumFaults = 100;

    /// <summary>Reads a text. Never throws but for cancellation.</summary>
    /// <param name="text">The text; a byte order mark before it is passed over.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="offset">What is added to every offset, for texts that are read as parts of one.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static HclText Read(string text, CancellationToken cancellation, int offset = 0)
    {
        if (text.Length > MaximumLength)
        {
            return new(
                new(offset, offset, [], []),
                [new(offset, offset, FormattableString.Invariant($"The file is longer than {MaximumLength} characters and is not read."))],
                []
            );
        }

        return new HclParser(text, offset, cancellation).ReadFile();
    }
}
