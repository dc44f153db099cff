using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts.Suppressions;

/// <summary>Something that silences rules of the product and does not say why.</summary>
/// <param name="Written">How messages call it: <c>'#pragma warning disable'</c>.</param>
/// <param name="Silenced">What it silences: the ids, or words for them.</param>
/// <param name="Place">Where it is written.</param>
/// <param name="ReasonBelongs">Where its reason belongs, as the end of a sentence: <c>in a comment behind it</c>.</param>
internal sealed record UnexplainedSuppression(string Written, string Silenced, Location Place, string ReasonBelongs);
