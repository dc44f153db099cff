using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Variables that a framework puts into texts before CloudFormation sees them.</summary>
internal interface ITextVariables
{
    /// <summary>Whether a text may have variables in it.</summary>
    bool AreIn(string text);

    /// <summary>What a scalar can be when its variables are put in: a text, or the mapping or sequence that its only variable stands for.</summary>
    Resolution Resolve(YamlScalar scalar);
}
