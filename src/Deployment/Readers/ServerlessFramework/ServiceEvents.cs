using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>An event of a function as it is written.</summary>
/// <param name="Key">Its type.</param>
/// <param name="Value">What is said of it.</param>
/// <param name="Body">The same, if it is a mapping of settings.</param>
/// <param name="Name">The name to call it by: <c>orders.sqs</c>, with its number where the function has several of the type.</param>
/// <param name="Number">Its place among the function's events of the type, from one.</param>
internal sealed record ServiceEvent(YamlScalar Key, YamlNode Value, YamlMapping? Body, string Name, int Number);

/// <summary>What the framework makes of a function's events.</summary>
/// <param name="service">The service.</param>
/// <param name="function">The function.</param>
/// <param name="target">The logical id of the function, or of the alias that stands for it.</param>
/// <param name="role">The role that the framework makes.</param>
internal sealed class ServiceEvents(ServiceFile service, ServiceFunction function, string target, ExecutionRole role)
{
    // Events that invoke synchronously, one by one; nothing is lost by not reading them.
    private static readonly HashSet<string> SynchronousTypes = new(StringComparer.Ordinal)
    {
        "http",
        "httpApi",
        "websocket",
        "alb",
        "alexaSkill",
        "alexaSmartHome",
        "cognitoUserPool",
        "cloudFront",
        "iotFleetProvisioning",
    };

    private readonly List<TemplateResource> resources = [];
    private readonly MappingCompiler mappings = new(service, function, target, role);
    private readonly TriggerCompiler triggers = new(service, function, target);

    /// <summary>The resources.</summary>
    public IReadOnlyList<TemplateResource> Resources => resources;

    /// <summary>Whether some events could not be understood, and may be event source mappings.</summary>
    public bool AreIncomplete { get; private set; }

    /// <summary>Reads all events.</summary>
    public void Compile()
    {
        var written = Written();
        var totals = written.GroupBy(entry => entry.Key.Value, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count());
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in written)
        {
            var type = entry.Key.Value;
            numbers[type] = numbers.TryGetValue(type, out var number) ? ++number : number = 1;
            var name = totals[type] == 1 ? $"{function.Name}.{type}" : FormattableString.Invariant($"{function.Name}.{type}[{number - 1}]");
            var collection = service.Variables.Collection(entry.Value, out _);
            var body = collection is YamlMapping mapping && Intrinsic.Of(mapping) is null ? mapping : null;
            Compile(new(entry.Key, body ?? entry.Value, body, name, number));
        }
    }

    private List<YamlEntry> Written()
    {
        var result = new List<YamlEntry>();
        if (function.Body["events"] is not { } section)
            return result;
        var events = service.Variables.Collection(section.Value, out var why);
        AreIncomplete |= why is not null || events is YamlMapping;
        foreach (var item in events is YamlSequence sequence ? sequence.Items : [])
        {
            if (service.MappingOf(item) is { } mapping)
                result.AddRange(mapping.Members);
            else
                AreIncomplete |= item is not YamlScalar { Value: var type } || !SynchronousTypes.Contains(type);
        }

        return result;
    }

    private void Compile(ServiceEvent written)
    {
        var type = written.Key.Value;
        if (type == "sqs")
            resources.AddRange(mappings.Queue(written));
        else if (type == "stream")
            resources.AddRange(mappings.Stream(written));
        else if (type is "kafka" or "msk" or "activemq" or "rabbitmq")
            resources.Add(mappings.Other(written));
        else if (triggers.Compile(written) is { } made)
            resources.AddRange(made);
        else
            AreIncomplete |= !SynchronousTypes.Contains(type);
    }
}
