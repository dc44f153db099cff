using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Analyzers.Tests.Labels;

/// <summary>
/// A method, or a class with all its methods, that says by a comment what a careful reader would say of it: <c>// expect ALO101</c>, or <c>// expect none</c>.
/// One whose comment is missing is expected to be harmless, but is not counted as labelled.
/// </summary>
/// <param name="declaration">The method or class.</param>
/// <param name="found">The ids that were found in it.</param>
internal sealed partial class LabelledCode(MemberDeclarationSyntax declaration, IReadOnlyList<string> found)
{
    private const string Nothing = "none";

    private readonly string? label = LabelOf(declaration);

    /// <summary>The name, after that of the class around it.</summary>
    public string Name { get; } = FullNameOf(declaration);

    /// <summary>The file's name.</summary>
    public string File { get; } = declaration.SyntaxTree.FilePath;

    /// <summary>The name, what was expected and what was found.</summary>
    public string Told => $"{Name} ({string.Join(" ", Expected)} / {string.Join(" ", Found)})";

    /// <summary>Whether there is a comment.</summary>
    public bool IsLabelled => label is not null;

    /// <summary>The ids that the comment names.</summary>
    public IReadOnlyList<string> Expected => label is null or Nothing ? [] : label.Split(", ");

    /// <summary>The ids that were found.</summary>
    public IReadOnlyList<string> Found { get; } = found;

    /// <summary>Whether a comment says that what is expected is known to be missed, and why: <c>// known: …</c>.</summary>
    public bool IsKnownMiss { get; } = declaration.GetLeadingTrivia().ToString().Contains("// known: ", StringComparison.Ordinal);

    /// <summary>The method in whose place the finding about this one sits, because the cause is there: <c>// told in Helper.RunAsync</c>; null for its own place.</summary>
    public static string? PlaceOf(MemberDeclarationSyntax declaration) =>
        Place().Match(declaration.GetLeadingTrivia().ToString()) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>The label of a method or class; null where it has none.</summary>
    public static string? LabelOf(MemberDeclarationSyntax declaration) =>
        Label().Match(declaration.GetLeadingTrivia().ToString()) is { Success: true } match ? match.Groups["ids"].Value : null;

    /// <summary>The name of a method or class, after those of the classes around it.</summary>
    public static string FullNameOf(MemberDeclarationSyntax declaration) =>
        string.Join(".", declaration.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Reverse().Select(NameOf).OfType<string>());

    private static string? NameOf(MemberDeclarationSyntax declaration) =>
        declaration switch
        {
            TypeDeclarationSyntax type => type.Identifier.Text,
            MethodDeclarationSyntax method => method.Identifier.Text,
            ConstructorDeclarationSyntax => ".ctor",
            _ => null,
        };

    [GeneratedRegex(@"// expect (?<ids>.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Label();

    [GeneratedRegex(@"// told in (?<name>\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Place();
}
