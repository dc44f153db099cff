using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>
/// A diagnostic that a test expects. The first stated location is the diagnostic's own, every further one is an additional location, in order.
/// What is not stated: a severity is then the descriptor's default, message and arguments are not compared, and without a location the diagnostic must have
/// none.
/// Additional locations are always compared unless <see cref="IgnoringAdditionalLocations"/> says otherwise (diagnostics stated by markup alone do).
/// </summary>
public sealed record DiagnosticResult
{
    /// <summary>Expects a diagnostic with this id and the default severity of its descriptor.</summary>
    public DiagnosticResult(string id) => Id = id;

    /// <summary>Expects a diagnostic with this id and severity.</summary>
    public DiagnosticResult(string id, DiagnosticSeverity severity)
        : this(id) => Severity = severity;

    /// <summary>Expects a diagnostic of this descriptor with its default severity.</summary>
    public DiagnosticResult(DiagnosticDescriptor descriptor)
        : this(descriptor.Id, descriptor.DefaultSeverity) { }

    /// <summary>The id, such as <c>ALO201</c>.</summary>
    public string Id { get; }

    /// <summary>The severity, or null for the default severity of the descriptor.</summary>
    public DiagnosticSeverity? Severity { get; private init; }

    /// <summary>The whole message in the invariant culture, or null if it is not compared.</summary>
    public string? Message { get; private init; }

    /// <summary>The message arguments as text in the invariant culture, or null if they are not compared.</summary>
    public ImmutableArray<string>? MessageArguments { get; private init; }

    internal ImmutableArray<ExpectedLocation> Locations { get; private init; } = [];

    internal bool IgnoresAdditionalLocations { get; private init; }

    internal bool IgnoresSeverity { get; private init; }

    /// <summary>A compiler error that the input is meant to have.</summary>
    public static DiagnosticResult CompilerError(string id) => new(id, DiagnosticSeverity.Error);

    /// <summary>A compiler warning that the input is meant to have.</summary>
    public static DiagnosticResult CompilerWarning(string id) => new(id, DiagnosticSeverity.Warning);

    /// <summary>States the severity after all configuration.</summary>
    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };

    /// <summary>States the arguments of the message.</summary>
    public DiagnosticResult WithArguments(params object?[] arguments) =>
        this with
        {
            MessageArguments = [.. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "")],
        };

    /// <summary>States the whole message.</summary>
    public DiagnosticResult WithMessage(string message) => this with { Message = message };

    /// <summary>Adds the place marked <c>{|#markupKey:…|}</c>, in whichever file it is.</summary>
    public DiagnosticResult WithLocation(int markupKey) => With(ExpectedLocation.Mark(markupKey));

    /// <summary>Adds a place in the first source by its beginning only; line and column count from 1.</summary>
    public DiagnosticResult WithLocation(int line, int column) => With(ExpectedLocation.At(null, line, column));

    /// <summary>Adds a place in the named file by its beginning only; line and column count from 1.</summary>
    public DiagnosticResult WithLocation(string path, int line, int column) => With(ExpectedLocation.At(path, line, column));

    /// <summary>Adds a span of the first source; lines and columns count from 1, the end column is exclusive.</summary>
    public DiagnosticResult WithSpan(int startLine, int startColumn, int endLine, int endColumn) =>
        With(ExpectedLocation.Span(null, startLine, startColumn, endLine, endColumn));

    /// <summary>Adds a span of the named file; lines and columns count from 1, the end column is exclusive.</summary>
    public DiagnosticResult WithSpan(string path, int startLine, int startColumn, int endLine, int endColumn) =>
        With(ExpectedLocation.Span(path, startLine, startColumn, endLine, endColumn));

    /// <summary>Says that the diagnostic has no location, which is also what holds when none is stated.</summary>
    public DiagnosticResult WithNoLocation() => this with { Locations = [] };

    /// <summary>Leaves the additional locations out of the comparison.</summary>
    public DiagnosticResult IgnoringAdditionalLocations() => this with { IgnoresAdditionalLocations = true };

    internal DiagnosticResult IgnoringSeverity() => this with { IgnoresSeverity = true };

    private DiagnosticResult With(ExpectedLocation location) => this with { Locations = Locations.Add(location) };
}
