namespace AtLeastOnce.Deployment.Edits;

/// <summary>Writes changes in one dialect. Whoever asks knows the change only; what its words are there, and where they go, is the writer's.</summary>
internal interface IDeploymentWriter
{
    /// <summary>The edits that bring a change about, the one of the changed resource first; null where it cannot be written in one piece.</summary>
    IReadOnlyList<TemplateEdit>? Write(DeploymentChange change);
}
