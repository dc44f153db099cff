using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit;

/// <summary>What every diagnostic must be, whether it is expected or not: listed, formatted, and lying where it says.</summary>
internal static class DescriptorCheck
{
    /// <exception cref="VerificationException">A diagnostic is not sound in itself.</exception>
    internal static void Verify(ProjectState state, ImmutableArray<DiagnosticAnalyzer> analyzers, IEnumerable<Diagnostic> diagnostics)
    {
        var listed = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).ToHashSet();
        foreach (var diagnostic in diagnostics)
        {
            if (!listed.Contains(diagnostic.Descriptor))
            {
                throw new VerificationException(
                    $"{diagnostic.Id} is reported with a descriptor that SupportedDiagnostics does not list: {DiagnosticText.Of(diagnostic)}"
                );
            }

            VerifyFormat(diagnostic);
            foreach (var location in diagnostic.AdditionalLocations.Prepend(diagnostic.Location))
                VerifyLocation(state, diagnostic, location);
        }
    }

    private static void VerifyFormat(Diagnostic diagnostic)
    {
        var format = diagnostic.Descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture);
        var arguments = DiagnosticText.Arguments(diagnostic);
        if (arguments.IsEmpty && !format.Contains("{0", StringComparison.Ordinal))
            return;
        try
        {
            _ = string.Format(CultureInfo.InvariantCulture, format, [.. arguments]);
        }
        catch (FormatException)
        {
            throw new VerificationException($"{diagnostic.Id}: the message format \"{format}\" does not fit its {arguments.Length} arguments.");
        }
    }

    private static void VerifyLocation(ProjectState state, Diagnostic diagnostic, Location location)
    {
        if (location.Kind != LocationKind.ExternalFile)
            return;
        var lines = location.GetLineSpan();
        var file =
            state.Files.FirstOrDefault(file => file.Path == lines.Path)
            ?? throw new VerificationException($"{diagnostic.Id} lies in \"{lines.Path}\", which is no file of the project: {DiagnosticText.Of(diagnostic)}");
        if (location.SourceSpan.End > file.Text.Length || file.Text.Lines.GetLinePositionSpan(location.SourceSpan) != lines.Span)
        {
            throw new VerificationException(
                $"{diagnostic.Id}: the span {location.SourceSpan} in {TestPaths.Short(lines.Path)} is not the one at lines {lines.Span}: "
                    + DiagnosticText.Of(diagnostic)
            );
        }
    }
}
