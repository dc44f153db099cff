namespace AtLeastOnce.Deployment.Dialects;

/// <summary>In what a deployment is written.</summary>
internal enum Dialect
{
    /// <summary>CloudFormation or SAM, in YAML or JSON.</summary>
    CloudFormation,

    /// <summary>The Serverless Framework: <c>serverless.yml</c>.</summary>
    ServerlessFramework,

    /// <summary>A Terraform module: the <c>*.tf</c> files of a folder.</summary>
    Terraform,

    /// <summary>A Terraform plan. It is output: what it says is changed in the module that it was made of.</summary>
    TerraformPlan,

    /// <summary><c>aws-lambda-tools-defaults.json</c>.</summary>
    LambdaTools,

    /// <summary>C# that deploys by the CDK.</summary>
    Cdk,

    /// <summary>C# that deploys by Pulumi and its provider for AWS.</summary>
    Pulumi,
}
