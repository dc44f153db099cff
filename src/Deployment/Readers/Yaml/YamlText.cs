namespace AtLeastOnce.Deployment.Readers.Yaml;

/// <summary>A fault of a text: between two offsets.</summary>
/// <param name="Start">Offset of the first character.</param>
/// <param name="End">Offset after the last.</param>
/// <param name="Text">What is wrong, as a sentence.</param>
internal sealed record YamlFault(int Start, int End, string Text);

/// <summary>The first document of a YAML or JSON text.</summary>
/// <param name="Root">The root node; null if the text is empty or <paramref name="Fault"/> kept it from being read.</param>
/// <param name="Fault">Why the text could not be read, or null.</param>
/// <param name="Doubts">What was read, but not as it stands: keys that are written twice, or are no scalars.</param>
/// <param name="Scalars">Every scalar as written, in the order of the text: what lies in one is no comment.</param>
internal sealed record YamlText(YamlNode? Root, YamlFault? Fault, IReadOnlyList<YamlFault> Doubts, IReadOnlyList<YamlScalar> Scalars)
{
    /// <summary>The longest text that is read, in UTF-16 units; CloudFormation itself takes half of it.</summary>
    public const int MaximumLength = 2 * 1024 * 1024;

    /// <summary>The deepest nesting that is read.</summary>
    public const int MaximumDepth = 64;

    /// <summary>The most nodes that are read, with aliases expanded.</summary>
    public const int MaximumSize = 200_000;

    /// <summary>Reads a text. Never throws but for cancellation.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static YamlText Read(string text, CancellationToken cancellation)
    {
        if (text.Length > MaximumLength)
        {
            return new(null, new(0, 0, FormattableString.Invariant($"The file is longer than {MaximumLength} characters and is not read.")), [], []);
        }

        return new YamlComposer(text, cancellation).Compose();
    }
}
