namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Which functions a template lets services and other accounts invoke (<c>AWS::Lambda::Permission</c>).</summary>
internal sealed class InvokePermissions
{
    private readonly HashSet<string> functions = new(StringComparer.Ordinal);
    private bool mayBeOfAny;

    private InvokePermissions() { }

    /// <summary>The permissions of a template.</summary>
    public static InvokePermissions Of(TemplateContext context)
    {
        var result = new InvokePermissions();
        foreach (var resource in context.Sections.Resources.Values)
        {
            if (resource.Type != ResourceTypes.LambdaPermission)
                continue;
            var target = context.Links.ReadRequired(context.SettingsOf(resource, null), "FunctionName");
            result.mayBeOfAny |= target.IsUnknown;
            if (target.LogicalId is { } function)
                result.functions.Add(function);
        }

        return result;
    }

    /// <summary>Whether one of them is, or may be, about a function.</summary>
    public bool Permit(TemplateResource function) => mayBeOfAny || functions.Contains(function.LogicalId);
}
