using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// An execution role that certainly does not allow what its mapping needs: to read the source, without which Lambda refuses the mapping (P-44, G-77), or to send to the
/// destination, without which the records it gives up are dropped (R-36, G-78). Silent where the role, one of its policies or the resource is not in the template.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO513PermissionMissing : DeploymentRule
{
    internal const string Id = "ALO513";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "The execution role does not allow what the mapping needs",
        "{0}{1} does not allow {2} on {3} '{4}': {5}. {6}.{7}",
        "Lambda reads a source, and sends to a destination, with the execution role of the function. Whether the role may read the source is checked when the mapping is made; whether it may send to the destination shows only when a record has been given up."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    // A role may be allowed more than its template says.
    private protected override bool CanJudge(DeploymentSubject subject) =>
        base.CanJudge(subject) && (subject is not DeployedMapping { Function: { } function } || subject.Template.RoleOf(function) is { WhyIncomplete: null });

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        var (template, mapping) = (deployed.Template, deployed.Mapping);
        if (mapping.IsOff || deployed.Function is not { } function || template.RoleOf(function) is not { } role)
            yield break;
        var missing = PermissionValidation
            .Missing(template, mapping)
            .Where(permission => template.Target(permission.Target) is { } target && !MayBeLetIn(template, target, permission.Action))
            .ToLookup(permission => permission.IsOfSource);
        if (missing[true].Any())
            yield return OfSource(deployed, role, [.. missing[true]]);
        if (missing[false].FirstOrDefault() is { } sending)
            yield return OfDestination(deployed, role, sending);
    }

    // What a resource's own policy allows, the role's need not.
    private static bool MayBeLetIn(DeploymentModel template, Resource target, string action) =>
        target.Properties.Keys.Any(path => path.Contains("ResourcePolicy"))
        || template.ResourcePolicies.Any(statement =>
            statement.Covers(action) && statement.Resources.Any(resource => resource.LogicalId is null || resource.LogicalId == target.LogicalId)
        );

    private static DeploymentFinding OfSource(DeployedMapping deployed, Role role, IReadOnlyList<MissingPermission> missing)
    {
        var refusal = PermissionValidation.Refused(deployed.Mapping.Kind, missing[0]);
        var text = refusal.IsRecordedText ? $"\"{refusal}\"" : refusal.ToString();
        return Finding(
            deployed,
            role,
            string.Join(", ", missing.Select(permission => permission.Action)),
            missing[0],
            $"AWS refuses mapping '{deployed.Mapping.DisplayName}', and the deployment fails: {text}"
        );
    }

    private static DeploymentFinding OfDestination(DeployedMapping deployed, Role role, MissingPermission missing) =>
        Finding(
            deployed,
            role,
            missing.Action,
            missing,
            $"what mapping '{deployed.Mapping.DisplayName}' gives up cannot be sent there and is dropped for good, and only a metric, DestinationDeliveryFailures, counts it"
        );

    private static DeploymentFinding Finding(DeployedMapping deployed, Role role, string actions, MissingPermission missing, string consequence)
    {
        var target = deployed.Template.Target(missing.Target)!;
        var isMade = role.Maker != RoleMaker.File;
        var place = isMade ? deployed.Mapping.Declaration : role.Declaration;
        return new(
            Descriptor,
            place,
            isMade
                ? $"The role that {(role.Maker == RoleMaker.Sam ? "SAM" : "the CDK")} makes for function '{deployed.Function?.LogicalId}'"
                : $"Role '{role.LogicalId}'",
            deployed.Where(place),
            actions,
            Noun(target),
            target.LogicalId,
            consequence,
            Remedy(deployed.Mapping, role, missing, target)
        );
    }

    private static string Noun(Resource target) =>
        target switch
        {
            Queue => "queue",
            KinesisStream => "stream",
            Table => "the stream of table",
            Topic => "topic",
            _ => "bucket",
        };

    // SAM lets its role send to the destination of an event when that says what the destination is (X-41). The CDK lets its role send with the mapping, and read with an
    // event source.
    private static string Remedy(EventSourceMapping mapping, Role role, MissingPermission missing, Resource target) =>
        role.Maker switch
        {
            RoleMaker.Cdk => target switch
            {
                Queue => "Give the function an SqsEventSource in place of the mapping, or call GrantConsumeMessages for it",
                KinesisStream => "Give the function a KinesisEventSource in place of the mapping, or call GrantRead for it",
                _ => "Give the function a DynamoEventSource in place of the mapping, or call GrantStreamRead for it",
            },
            RoleMaker.Sam when !missing.IsOfSource => mapping.IsFunctionEvent
                ? $"Add Type: {StreamFailureEdits.TypeOf(target)} to OnFailure"
                : "Allow it in the Policies of the function",
            _ => "Allow it in a policy of the role",
        };
}
