using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads the resources of a template, one after another.</summary>
internal sealed class ResourceReader(TemplateContext context)
{
    private readonly FunctionReader functionReader = new(context);
    private readonly QueueReader queueReader = new(context);
    private readonly MappingReader mappingReader = new(context);
    private readonly FunctionEventReader eventReader = new(context, new(context));
    private readonly TriggerReader triggerReader = new(context);
    private readonly InvokeConfigReader invokeConfigReader = new(context);
    private readonly RoleReader roleReader = new(context);
    private readonly StreamReader streamReader = new(context);
    private readonly TableReader tableReader = new(context);
    private readonly TopicReader topicReader = new(context);
    private readonly ResourcePolicies policies = new(context);

    /// <summary>The functions.</summary>
    public List<Function> Functions { get; } = [];

    /// <summary>The queues.</summary>
    public List<Queue> Queues { get; } = [];

    /// <summary>The event source mappings.</summary>
    public List<EventSourceMapping> Mappings { get; } = [];

    /// <summary>Everything else.</summary>
    public List<Resource> Others { get; } = [];

    /// <summary>What the policies of resources themselves allow.</summary>
    public IReadOnlyList<PolicyStatement> ResourcePolicies => policies.Statements;

    /// <summary>Reads a resource; those that are certainly not deployed, and those of other types, are passed over.</summary>
    public void Read(TemplateResource resource)
    {
        if (context.IsNeverDeployed(resource))
            return;
        policies.Add(resource);
        switch (resource.Type)
        {
            case ResourceTypes.ServerlessFunction:
                ReadServerless(resource);
                break;
            case ResourceTypes.LambdaFunction:
                Functions.Add(functionReader.Read(resource, resource.Origin?.HasUnreadEvents == true));
                break;
            case ResourceTypes.LambdaEventSourceMapping:
                Mappings.Add(mappingReader.Read(resource));
                break;
            case ResourceTypes.SqsQueue:
                Queues.Add(queueReader.Read(resource));
                break;
            default:
                Others.AddRange(ReadOther(resource));
                break;
        }
    }

    private void ReadServerless(TemplateResource resource)
    {
        var events = eventReader.Read(resource);
        var function = functionReader.Read(resource, events.AreIncomplete);
        var own = invokeConfigReader.ReadOwn(resource).ToList();
        Functions.Add(function);
        Mappings.AddRange(events.Mappings);
        Queues.AddRange(events.Queues);
        Others.AddRange(events.Triggers);
        Others.AddRange(own);
        if (roleReader.ReadMadeBySam(resource, function, events, own.OfType<EventInvokeConfig>()) is { } role)
            Others.Add(role);
    }

    private IEnumerable<Resource> ReadOther(TemplateResource resource)
    {
        Resource? declared = resource.Type switch
        {
            ResourceTypes.LambdaAlias => invokeConfigReader.ReadAlias(resource),
            ResourceTypes.LambdaVersion => invokeConfigReader.ReadVersion(resource),
            ResourceTypes.LambdaEventInvokeConfig => invokeConfigReader.Read(resource),
            ResourceTypes.KinesisStream => streamReader.Read(resource),
            ResourceTypes.KinesisStreamConsumer => streamReader.ReadConsumer(resource),
            ResourceTypes.DynamoDbTable or ResourceTypes.DynamoDbGlobalTable or ResourceTypes.ServerlessSimpleTable => tableReader.Read(resource),
            ResourceTypes.SnsTopic => topicReader.Read(resource),
            ResourceTypes.S3Bucket => topicReader.ReadBucket(resource),
            ResourceTypes.IamRole => roleReader.Read(resource),
            _ => null,
        };
        if (declared is not null)
            yield return declared;
        foreach (var trigger in triggerReader.Read(resource))
            yield return trigger;
    }
}
