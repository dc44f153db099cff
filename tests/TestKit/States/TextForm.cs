using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit;

/// <summary>What a text is besides its characters.</summary>
internal sealed record TextForm(Encoding? Encoding, SourceHashAlgorithm ChecksumAlgorithm)
{
    private static readonly Lazy<SourceHashAlgorithm> s_afterEdit = new(ProbeEdit);

    /// <summary>
    /// The checksum algorithm that the workspace itself gives a document whose syntax is edited: newer compilers keep SHA-256, older ones fall back to SHA-1,
    /// whatever the text had before. No fix can help that.
    /// </summary>
    internal static SourceHashAlgorithm AfterSyntaxEdit => s_afterEdit.Value;

    /// <summary>UTF-8 without a byte order mark, and the algorithm that survives an edit.</summary>
    internal static TextForm Default { get; } = new(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), AfterSyntaxEdit);

    internal static TextForm Of(SourceText text) => new(text.Encoding, text.ChecksumAlgorithm);

    internal SourceText Apply(string text) => SourceText.From(text, Encoding, ChecksumAlgorithm);

    private static SourceHashAlgorithm ProbeEdit()
    {
        using var workspace = new AdhocWorkspace();
        var before = SourceText.From("class A { }", new UTF8Encoding(false), SourceHashAlgorithm.Sha256);
        var document = workspace.CurrentSolution.AddProject("Probe", "Probe", LanguageNames.CSharp).AddDocument("A.cs", before, filePath: "/0/A.cs");
        var edited = document.WithSyntaxRoot(SyntaxFactory.ParseCompilationUnit("class B { }"));
        return edited.GetTextAsync().GetAwaiter().GetResult().ChecksumAlgorithm;
    }
}
