using AtLeastOnce.Deployment.Readers.ServerlessFramework.Variables;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>The plugins of a service: what they may change is not known.</summary>
internal sealed class Plugins
{
    // They give each function a role of its own.
    private static readonly HashSet<string> RoleMakers = new(StringComparer.Ordinal) { "serverless-iam-roles-per-function", "serverless-plugin-custom-roles" };

    // They build, run, prune or watch; what is deployed of functions, events, queues and roles stays what the file says.
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "serverless-apigw-binary",
        "serverless-api-gateway-throttling",
        "serverless-associate-waf",
        "serverless-better-credentials",
        "serverless-bundle",
        "serverless-certificate-creator",
        "serverless-cloudformation-sub-variables",
        "serverless-deployment-bucket",
        "serverless-domain-manager",
        "serverless-dotenv-plugin",
        "serverless-dotnet",
        "serverless-dynamodb",
        "serverless-dynamodb-local",
        "serverless-esbuild",
        "serverless-export-env",
        "serverless-localstack",
        "serverless-offline",
        "serverless-offline-aws-eventbridge",
        "serverless-offline-dynamodb-streams",
        "serverless-offline-kinesis",
        "serverless-offline-sns",
        "serverless-offline-sqs",
        "serverless-plugin-git-variables",
        "serverless-plugin-log-retention",
        "serverless-plugin-scripts",
        "serverless-plugin-select",
        "serverless-plugin-typescript",
        "serverless-prune-plugin",
        "serverless-pseudo-parameters",
        "serverless-python-requirements",
        "serverless-s3-local",
        "serverless-s3-sync",
        "serverless-stack-output",
        "serverless-stack-termination-protection",
        "serverless-webpack",
    };

    private Plugins(IReadOnlyList<string> names, string? whyUnknown)
    {
        var roleMaker = names.FirstOrDefault(RoleMakers.Contains);
        WhyRoleIsUnknown = roleMaker is null ? null : $"the plugin '{roleMaker}' gives functions roles of their own";
        Meddler =
            whyUnknown is not null ? "a plugin"
            : names.FirstOrDefault(name => !Harmless.Contains(name) && !RoleMakers.Contains(name)) is { } other ? $"the plugin '{other}'"
            : null;
    }

    /// <summary>Why the role of no function is known, or null.</summary>
    public string? WhyRoleIsUnknown { get; }

    /// <summary>A plugin that may make events and policies, or null.</summary>
    public string? Meddler { get; }

    /// <summary>The plugins that a service names.</summary>
    public static Plugins Of(YamlMapping root, VariableResolver variables)
    {
        var section = variables.Collection(root["plugins"]?.Value, out var why);
        if (section is YamlMapping { } mapping)
            section = variables.Collection(mapping["modules"]?.Value, out why);
        var items = section is YamlSequence sequence ? sequence.Items : [];
        var names = items.Select(item => variables.Resolve(item) is { Alternatives: [{ Text.Literal: { } name }] } ? name : "").ToList();
        return new(names, why);
    }
}
