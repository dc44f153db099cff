using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>Diagnostics as the C# that states them in a test.</summary>
internal static class DiagnosticText
{
    private static readonly PropertyInfo s_arguments =
        typeof(Diagnostic).GetProperty("Arguments", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        ?? throw new MissingMemberException(nameof(Diagnostic), "Arguments");

    internal static bool IsCompilerId(string id) => id.StartsWith("CS", StringComparison.Ordinal) && id.Length > 2 && id.Skip(2).All(char.IsAsciiDigit);

    /// <summary>The message arguments as text in the invariant culture.</summary>
    internal static ImmutableArray<string> Arguments(Diagnostic diagnostic) =>
        s_arguments.GetValue(diagnostic) is IEnumerable<object?> arguments
            ? [.. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "")]
            : [];

    /// <summary>An actual diagnostic, ready to paste, with its message behind it.</summary>
    internal static string Of(Diagnostic diagnostic)
    {
        var text = new StringBuilder(
            IsCompilerId(diagnostic.Id) && diagnostic.Severity == DiagnosticSeverity.Error
                ? $"DiagnosticResult.CompilerError({Quote(diagnostic.Id)})"
                : $"Diagnostic({Quote(diagnostic.Id)})"
        );
        if (!IsCompilerId(diagnostic.Id) && diagnostic.Severity != diagnostic.Descriptor.DefaultSeverity)
            text.Append(CultureInfo.InvariantCulture, $".WithSeverity(DiagnosticSeverity.{diagnostic.Severity})");
        foreach (var location in diagnostic.AdditionalLocations.Prepend(diagnostic.Location))
            text.Append(Place.Of(location) is { } place ? Of(place) : ".WithNoLocation()");
        AppendArguments(text, Arguments(diagnostic));
        return text.Append(", // ").Append(diagnostic.GetMessage(CultureInfo.InvariantCulture).ReplaceLineEndings(" ")).ToString();
    }

    /// <summary>An expected diagnostic as it could be stated.</summary>
    internal static string Of(ExpectedDiagnostic expected)
    {
        var result = expected.Result;
        var text = new StringBuilder($"Diagnostic({Quote(result.Id)})");
        if (result.Severity is { } severity)
            text.Append(CultureInfo.InvariantCulture, $".WithSeverity(DiagnosticSeverity.{severity})");
        foreach (var place in expected.Places)
            text.Append(Of(place));
        if (expected.Places.IsEmpty)
            text.Append(".WithNoLocation()");
        if (result.MessageArguments is { } arguments)
            AppendArguments(text, arguments);
        if (result.Message is { } message)
            text.Append(CultureInfo.InvariantCulture, $".WithMessage({Quote(message)})");
        return text.Append(',').ToString();
    }

    /// <summary>Everything that can be seen of a diagnostic, for comparing two runs.</summary>
    internal static string Whole(Diagnostic diagnostic)
    {
        var properties = string.Join(", ", diagnostic.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        return properties.Length == 0 ? Of(diagnostic) : $"{Of(diagnostic)} {{{properties}}}";
    }

    /// <summary>By file and position, then id.</summary>
    internal static IEnumerable<Diagnostic> InOrder(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics
            .OrderBy(diagnostic => Place.Of(diagnostic.Location)?.Path ?? "", StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .ThenBy(Whole, StringComparer.Ordinal);

    private static string Of(Place place)
    {
        var path = place.Path == TestPaths.DefaultSource(0) ? "" : Quote(TestPaths.Short(place.Path)) + ", ";
        var start = FormattableString.Invariant($"{path}{place.Start.Line + 1}, {place.Start.Character + 1}");
        return place.End is { } end ? FormattableString.Invariant($".WithSpan({start}, {end.Line + 1}, {end.Character + 1})") : $".WithLocation({start})";
    }

    private static void AppendArguments(StringBuilder text, ImmutableArray<string> arguments)
    {
        if (!arguments.IsEmpty)
            text.Append(".WithArguments(").AppendJoin(", ", arguments.Select(Quote)).Append(')');
    }

    private static string Quote(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
