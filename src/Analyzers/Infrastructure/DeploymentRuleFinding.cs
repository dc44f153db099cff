using System.Collections.Immutable;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>What a rule about the deployment found.</summary>
/// <param name="Descriptor">The rule's descriptor. Its message ends with a placeholder for <see cref="RestsOnParameter"/>.</param>
/// <param name="Place">The place in the template; none for what is written in code only.</param>
/// <param name="Arguments">The arguments of the message but the last.</param>
internal sealed record DeploymentFinding(DiagnosticDescriptor Descriptor, Place Place, params object[] Arguments)
{
    /// <summary>The severity of this finding, of a graded rule; null for that of the descriptor.</summary>
    public DiagnosticSeverity? Grade { get; init; }

    /// <summary>The parameter on whose default the finding rests: then it is at most a warning and names the parameter.</summary>
    public string? RestsOnParameter { get; init; }

    /// <summary>The value that the fix sets.</summary>
    public int? Value { get; init; }

    /// <summary>What fixes need beside the subject's own properties.</summary>
    public ImmutableDictionary<string, string?> MoreProperties { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>What another description of the same service says instead; null where there is none, or they agree.</summary>
    public Disagreement? Disagreement { get; init; }

    /// <summary>The end of the message: on what default the finding rests, and what another description says instead; empty where there is neither.</summary>
    public string Assumption =>
        (RestsOnParameter is null ? "" : $" This holds as long as the deployment keeps the default of parameter '{RestsOnParameter}'.") + Disagreement?.Text;

    /// <summary>The diagnostic, where findings about the subject sit.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="options">The rule's options; null for a rule that is not graded.</param>
    public Diagnostic ToDiagnostic(DeploymentSubject subject, DeploymentRuleOptions? options = null)
    {
        var properties = subject.Properties.AddRange(MoreProperties);
        if (Value is { } value)
            properties = properties.SetItem(FindingProperties.Value, FormattableString.Invariant($"{value}"));
        var (location, additional) = subject switch
        {
            { Handler: { } handler } => (handler.Anchor, Place.IsNone ? [] : [Place.ToLocation()]),
            { Tree: { } tree } when Place.Path == tree.FilePath => (LocationIn(tree, Place), []),
            { Tree: { } tree } => (LocationIn(tree, subject.Declaration), Place.IsNone ? [] : [Place.ToLocation()]),
            _ when Place.IsNone || Place.Path == subject.File => (Place.ToLocation(), Array.Empty<Location>()),
            _ => (subject.Declaration.ToLocation(), [Place.ToLocation()]),
        };
        if (Disagreement is not null)
            additional = [.. additional, .. Disagreement.Places.Select(place => place.ToLocation())];
        return Diagnostic.Create(Descriptor, location, SeverityIn(options), additional, properties, [.. Arguments, Assumption]);
    }

    private static Location LocationIn(SyntaxTree tree, Place place) => Location.Create(tree, new(place.Start, place.Length));

    /// <summary>The severity where the options hold. The preset Strict names every rule but the graded ones, whose findings it would make alike.</summary>
    public DiagnosticSeverity SeverityIn(DeploymentRuleOptions? options)
    {
        var severity = Grade ?? Descriptor.DefaultSeverity;
        if (RestsOnParameter is not null && severity == DiagnosticSeverity.Error)
            severity = DiagnosticSeverity.Warning;
        if (options is not { IsStrict: true } || !Descriptor.CustomTags.Contains(Rule.Graded))
            return severity;
        return severity == DiagnosticSeverity.Info ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error;
    }
}
