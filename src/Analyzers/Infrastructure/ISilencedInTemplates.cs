using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>A rule whose findings a comment in a template silences: <c># alo:disable ALO302 the reason</c>. Other rules do not look at templates' comments.</summary>
internal interface ISilencedInTemplates
{
    /// <summary>Whether it looks at code beside the template: then it finds nothing for a function whose handler cannot be seen.</summary>
    bool LooksAtCode { get; }

    /// <summary>Whether all is known by which the rule judges: then its silence says that nothing is wrong. What cannot be known it does not judge.</summary>
    bool CanJudge(DeploymentSubject subject);

    /// <summary>Where a comment silences what the rule finds about a template. Comments that are there already change nothing.</summary>
    IEnumerable<Place> PlacesIn(DeploymentModel template, AnalysisSession session, CancellationToken cancellationToken);
}
