using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>A library by which programs deploy.</summary>
/// <param name="Namespace">The namespace that its types lie in or below.</param>
/// <param name="Marker">A type of it, by metadata name: where it is not known, nothing is deployed.</param>
/// <param name="Construct">The type from which what is deployed derives, and what a program makes of several such.</param>
internal sealed record ProgramLibrary(string Namespace, string Marker, string Construct)
{
    /// <summary>Whether a compilation can use it at all.</summary>
    public bool IsKnownTo(Compilation compilation) => compilation.GetTypesByMetadataName(Marker).Length > 0;
}
