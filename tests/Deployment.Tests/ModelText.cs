using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests;

/// <summary>
/// Writes what a model deploys, so that the same service in two dialects gives the same text: resources by their deployed names, every setting by its possible
/// values. How and where things are written, and by which logical ids, is left out.
/// </summary>
internal sealed class ModelText
{
    private const string Nothing = "-";

    // What belongs to the way of writing, not to what is deployed.
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal)
    {
        nameof(Resource.LogicalId),
        nameof(Resource.Condition),
        nameof(EventSourceMapping.DisplayName), // also of functions and triggers
        nameof(EventSourceMapping.IsFunctionEvent),
        nameof(EventSourceMapping.IsGeneratedByAnnotations),
        nameof(EventSourceMapping.FunctionResponseTypes),
        // Said by other settings.
        nameof(EventSourceMapping.IsOff),
        nameof(EventSourceMapping.IsUnlimited),
        nameof(Function.HasUnreadEvents),
        nameof(Function.MayBeInvokedByOthers),
        nameof(Function.Environment),
        nameof(Function.CodeUri),
        nameof(Function.BuildMethod),
        nameof(Function.AutoPublishAlias),
        nameof(Function.Role),
    };

    private readonly DeploymentModel model;
    private readonly IReadOnlyDictionary<string, string> given;

    private ModelText(DeploymentModel model, IReadOnlyDictionary<string, string> given) => (this.model, this.given) = (model, given);

    /// <summary>The text: a block a resource, a line a setting, ordered by name.</summary>
    /// <param name="model">The model.</param>
    /// <param name="given">Names that a framework gives and no file can choose, each with the name that the text has in its place.</param>
    public static string Of(DeploymentModel model, IReadOnlyDictionary<string, string>? given = null) =>
        string.Join("\n", new ModelText(model, given ?? new Dictionary<string, string>()).Blocks().OrderBy(block => block, StringComparer.Ordinal));

    private IEnumerable<string> Blocks() =>
        model
            .Resources.Where(resource => resource is not (Role or FunctionVersion))
            .Select(resource => Title(resource) + "\n" + string.Concat(Lines(resource)));

    private string Title(Resource resource) =>
        resource switch
        {
            EventSourceMapping mapping => $"mapping {Text(mapping.Source)} -> {Text(mapping.Function)}",
            EventTrigger trigger => $"trigger {trigger.Kind} {Text(trigger.Source)} -> {Text(trigger.Target)}",
            EventInvokeConfig config => $"asynchronous {Text(config.Function)}",
            _ => $"{resource.GetType().Name} {NameOf(resource)}",
        };

    private IEnumerable<string> Lines(Resource resource)
    {
        var lines = resource
            .GetType()
            .GetProperties()
            .Where(property => !LeftOut.Contains(property.Name) && property.PropertyType != typeof(Place) && property.DeclaringType != typeof(Resource))
            .Select(property => (property.Name, Text: Text(property.GetValue(resource))));
        if (resource is EventSourceMapping mapping)
            lines = lines.Append(("May", Grants(mapping)));
        return lines.OrderBy(line => line.Name, StringComparer.Ordinal).Select(line => $"  {line.Name}: {line.Text}\n");
    }

    private string Grants(EventSourceMapping mapping)
    {
        if (model.FunctionOf(mapping) is not { } function || model.RoleOf(function) is not { } role)
            return nameof(Grant.Unknown);
        var reading = PermissionValidation.ReadingActions(mapping.Kind).Select(action => (Action: action, Target: mapping.Source));
        var sending =
            mapping.OnFailure.Single() is { } destination && PermissionValidation.SendingAction(destination, model.Target(destination)) is { } send
                ? [(send, destination)]
                : Array.Empty<(string, ResourceLink)>();
        return string.Join(", ", reading.Concat(sending).Select(need => $"{need.Item1} {role.MayDo(need.Item1, need.Item2)}"));
    }

    private string Text(object? value) =>
        value switch
        {
            null => Nothing,
            string text => given.GetValueOrDefault(text, text),
            ResourceLink link => TextOf(link),
            DeclaredFilters filters => Text(filters.Patterns),
            RedrivePolicy policy => $"{Text(policy.DeadLetter)} after {Text(policy.MaxReceiveCount)}",
            RedriveAllowPolicy policy => $"{Text(policy.Permission)} {Text(policy.Sources)}",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Text)) + "]",
            _ when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Setting<>) => (string)
                typeof(ModelText)
                    .GetMethod(nameof(TextOfSetting), BindingFlags.Instance | BindingFlags.NonPublic)!
                    .MakeGenericMethod(type.GetGenericArguments())
                    .Invoke(this, [value])!,
            _ => $"{value}",
        };

    private string TextOfSetting<T>(Setting<T> setting)
    {
        if (setting.State == SettingState.Unknown)
            return "unknown";
        var values = setting
            .Values.Select(value =>
                Text(value.Value)
                + value.Provenance switch
                {
                    Provenance.ParameterDefault => "@" + value.Parameter,
                    Provenance.ParameterAllowedValue => "?" + value.Parameter,
                    _ => "",
                }
            )
            .ToList();
        if (setting.MayBeMissing || values.Count == 0)
            values.Add(Nothing);
        return string.Join(" | ", values);
    }

    private string TextOf(ResourceLink link)
    {
        var text = new StringBuilder(link.LogicalId is { } id ? (model.Find(id) is { } target ? NameOf(target) : NameIn(id)) : link.Literal ?? "unknown");
        if (link.Qualifier is { } qualifier)
            text.Append(':').Append(model.Find(qualifier) is { } alias ? NameOf(alias) : qualifier);
        return text.ToString();
    }

    // The logical id of what the model has no resource for: of an address (aws_cloudwatch_event_bus.Bus) the name.
    private static string NameIn(string logicalId) => logicalId[(logicalId.LastIndexOf('.') + 1)..];

    private string NameOf(Resource resource) =>
        resource.GetType().GetProperty("Name")?.GetValue(resource) is Setting<string> name && name.Single() is { } known
            ? given.GetValueOrDefault(known, known)
            : resource.LogicalId;
}
