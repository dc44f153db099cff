using System.Reflection;
using AtLeastOnce.Deployment.Readers;
using AtLeastOnce.Runtime.Sources.Async;
using static AtLeastOnce.Deployment.Model.ReferenceSettingExtensions;
using static AtLeastOnce.Deployment.Model.ValueSettingExtensions;
using Model = AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Runtime.Hosting;

/// <summary>A mapping of a template that is not simulated, and why.</summary>
internal sealed record LeftOutMapping(string Name, string? Function, string Why)
{
    /// <summary>Whether it is missed only in runs for a time: a schedule.</summary>
    public bool InTimeOnly { get; init; }
}

/// <summary>The queues, functions and mappings of a template, as the host runs them.</summary>
internal sealed class TemplateResources
{
    private readonly Model.DeploymentModel model;
    private readonly Dictionary<Model.Queue, SqsQueue> queues = [];
    private readonly Dictionary<Model.Resource, EventSource> sources = [];
    private readonly Dictionary<Model.Function, LambdaFunction> functions = [];
    private readonly List<EventSourceMappingOptions> mappings = [];
    private readonly List<LeftOutMapping> leftOut = [];
    private readonly TemplatePublishers publishers;

    private TemplateResources(Model.DeploymentModel model)
    {
        this.model = model;
        foreach (var queue in model.Queues)
            queues.Add(queue, Make(queue));
        foreach (var (declared, queue) in queues)
            SetDeadLetter(declared, queue);
        foreach (var function in model.Functions)
            functions.Add(function, Make(function));
        foreach (var (declared, queue) in queues)
            sources.Add(declared, queue);
        foreach (var stream in model.Streams)
            Add(stream, TemplateStreams.Make(stream));
        foreach (var table in model.Tables)
            Add(table, TemplateStreams.Make(table));
        publishers = new(model, queues, functions);
        foreach (var mapping in model.Mappings)
            Add(mapping);
        leftOut.AddRange(publishers.LeftOut);
    }

    /// <summary>Queues, streams and tables.</summary>
    public IEnumerable<EventSource> Sources => sources.Values;

    /// <summary>Topics, buckets and event buses.</summary>
    public IEnumerable<EventPublisher> Publishers => publishers.All;

    /// <summary>When schedules fire, and what they send.</summary>
    public IReadOnlyList<(ScheduleTimes Times, ScheduledEvent Sent)> Schedules => publishers.Schedules;

    /// <summary>The functions.</summary>
    public IEnumerable<LambdaFunction> Functions => functions.Values;

    /// <summary>The mappings from a source of the template to a function of the template.</summary>
    public IReadOnlyList<EventSourceMappingOptions> Mappings => mappings;

    /// <summary>The other mappings.</summary>
    public IReadOnlyList<LeftOutMapping> LeftOut => leftOut;

    /// <summary>Reads a template.</summary>
    /// <exception cref="InvalidDataException">The file is no template, or cannot be read.</exception>
    public static TemplateResources Read(string path, string text) => Read(path, DeploymentReader.Read(path, text, CancellationToken.None));

    /// <summary>Reads a template from its file; of a Terraform module all files of the folder.</summary>
    /// <exception cref="InvalidDataException">The file is no template, or cannot be read.</exception>
    public static TemplateResources Read(string path)
    {
        if (!DeploymentReader.IsOfTerraform(path))
            return Read(path, File.ReadAllText(path));
        var files = Directory.GetFiles(Path.GetDirectoryName(path)!).Where(DeploymentReader.IsOfTerraform).Order(StringComparer.Ordinal);
        return Read(path, DeploymentReader.ReadModule(files.Select(file => (file, File.ReadAllText(file))), CancellationToken.None));
    }

    private static TemplateResources Read(string path, Model.DeploymentModel model)
    {
        if (model is { IsTemplate: true, Problems.Count: 0 })
        {
            TemplateRefusals.Check(model);
            return new(model);
        }

        var problems = string.Concat(model.Problems.Select(problem => $"\n  {problem.Place}: {problem.Text}"));
        throw new InvalidDataException(
            $"{path} {(model.IsTemplate ? "has problems" : "describes no deployment that is known (SAM, CloudFormation, Serverless Framework, Terraform)")}.{problems}"
        );
    }

    private static bool IsFifo(Model.Queue queue) => queue.IsFifo.Any(fifo => fifo) || queue.Name.Any(name => name.EndsWith(".fifo", StringComparison.Ordinal));

    private static SqsQueue Make(Model.Queue declared)
    {
        var queue = new SqsQueue(NameOf(declared)) { LogicalId = declared.LogicalId };
        Set(declared.VisibilityTimeout, queue.Open, nameof(SqsQueue.VisibilityTimeout), seconds => queue.VisibilityTimeout = TimeSpan.FromSeconds(seconds));
        Set(
            declared.MessageRetentionPeriod,
            queue.Open,
            nameof(SqsQueue.MessageRetentionPeriod),
            seconds => queue.MessageRetentionPeriod = TimeSpan.FromSeconds(seconds)
        );
        Set(declared.DelaySeconds, queue.Open, nameof(SqsQueue.Delay), seconds => queue.Delay = TimeSpan.FromSeconds(seconds));
        if (queue.IsFifo)
            SetDeduplication(declared, queue);
        return queue;
    }

    // What is not known is asked for only when a send hangs on it.
    private static void SetDeduplication(Model.Queue declared, SqsQueue queue)
    {
        if (declared.ContentBasedDeduplication.Single() is { } byContent)
            queue.ContentBasedDeduplication = byContent;
        else
            Leave(nameof(SqsQueue.ContentBasedDeduplication), Why(declared.ContentBasedDeduplication));
        if (declared.DeduplicationScope.Single() is { } scope && Enum.TryParse<DeduplicationScope>(scope, ignoreCase: true, out var known))
            queue.DeduplicationScope = known;
        else
            Leave(nameof(SqsQueue.DeduplicationScope), Why(declared.DeduplicationScope));

        void Leave(string setting, string why) => queue.UnreadSettings.Leave(setting, $"The template does not tell {setting} of '{queue.Label}': {why}.");
    }

    private static string NameOf(Model.Queue declared)
    {
        const string Suffix = ".fifo";
        var isFifo = IsFifo(declared);
        var name = declared.Name.Single();
        if (isFifo && name?.EndsWith(Suffix, StringComparison.Ordinal) == true)
            name = name[..^Suffix.Length];
        return (IsQueueName(name) ? name : declared.LogicalId) + (isFifo ? Suffix : "");
    }

    /// <summary>The deployed name, or the logical id where the name hangs on the stack.</summary>
    public static string NameOf(Model.Setting<string> name, Model.Resource declared) => IsQueueName(name.Single()) ? name.Single()! : declared.LogicalId;

    private static bool IsQueueName(string? name) =>
        name is { Length: > 0 and <= 80 } && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    private static LambdaFunction Make(Model.Function declared)
    {
        var name = declared.Name.Single() is { Length: > 0 and <= 64 } given && IsQueueName(given) ? given : declared.LogicalId;
        var function = new LambdaFunction(name)
        {
            LogicalId = declared.LogicalId,
            DeployedAssembly = AssemblyOf(declared.Handler.Single()),
            DeployedHandler = declared.Handler.Single(),
        };
        Set(declared.Timeout, function.Open, nameof(LambdaFunction.Timeout), seconds => function.Timeout = TimeSpan.FromSeconds(seconds));
        if (declared.MemorySize.Single() is { } memory)
            function.MemorySize = memory;
        if (!declared.ReservedConcurrency.IsMissing)
        {
            Set(declared.ReservedConcurrency, function.Open, nameof(LambdaFunction.ReservedConcurrency), reserved => function.ReservedConcurrency = reserved);
        }

        return function;
    }

    private static Assembly? AssemblyOf(string? handler)
    {
        if (handler?.Split("::") is not [var name, ..])
            return null;
        try
        {
            return Assembly.Load(new AssemblyName(name));
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }

    private void SetDeadLetter(Model.Queue declared, SqsQueue queue)
    {
        if (declared.RedrivePolicy.IsMissing)
            return;
        var policy = declared.RedrivePolicy.Single();
        if (
            policy?.MaxReceiveCount.Single() is { } count
            && model.DeadLetterQueueOf(declared) is { } target
            && queues.TryGetValue(target, out var deadLetterQueue)
        )
        {
            queue.DeadLetter = new(deadLetterQueue, count);
        }
        else
        {
            var why = policy is null
                ? Why(declared.RedrivePolicy)
                : policy.DeadLetter.WhyUnknown ?? $"its dead-letter queue '{policy.DeadLetter}' or its maxReceiveCount is not known";
            queue.Open.Leave(nameof(SqsQueue.DeadLetter), why);
        }
    }

    private void Add(Model.EventSourceMapping declared)
    {
        var function = model.FunctionOf(declared);
        if (WhyLeftOut(declared, function) is { } why)
        {
            leftOut.Add(new(declared.DisplayName, function?.DisplayName, why));
            return;
        }

        var name = model.Mappings.Count(other => other.DisplayName == declared.DisplayName) == 1 ? declared.DisplayName : declared.LogicalId;
        var mapping = new EventSourceMappingOptions(name, sources[model.Target(declared.Source)!], functions[function!]);
        var open = mapping.Open;
        Set(declared.BatchSize, open, nameof(mapping.BatchSize), size => mapping.BatchSize = size);
        Set(declared.MaximumBatchingWindow, open, nameof(mapping.BatchingWindow), seconds => mapping.BatchingWindow = TimeSpan.FromSeconds(seconds));
        Set(declared.ReportBatchItemFailures, open, nameof(mapping.ReportBatchItemFailures), reports => mapping.ReportBatchItemFailures = reports);
        Set(declared.Enabled, open, nameof(mapping.Enabled), enabled => mapping.Enabled = enabled);
        if (!declared.MaximumConcurrency.IsMissing)
            Set(declared.MaximumConcurrency, open, nameof(mapping.MaximumConcurrency), most => mapping.MaximumConcurrency = most);
        if (!declared.MinimumPollers.IsMissing)
            Set(declared.MinimumPollers, open, nameof(mapping.MinimumPollers), least => mapping.MinimumPollers = least);
        if (!declared.MaximumPollers.IsMissing)
            Set(declared.MaximumPollers, open, nameof(mapping.MaximumPollers), most => mapping.MaximumPollers = most);
        if (!declared.Filters.IsMissing)
            SetFilters(declared.Filters, mapping);
        if (mapping.Source is StreamSource)
            TemplateStreams.Set(model, declared, mapping, publishers.DestinationOf);
        mappings.Add(mapping);
    }

    private void Add(Model.Resource declared, EventSource? source)
    {
        if (source is not null)
            sources.Add(declared, source);
    }

    private string? WhyLeftOut(Model.EventSourceMapping declared, Model.Function? function)
    {
        if (declared.Kind is not (Model.EventSourceKind.Sqs or Model.EventSourceKind.Kinesis or Model.EventSourceKind.DynamoDb))
            return $"its source is none that is simulated ({declared.Kind})";
        if (function is null)
            return $"its function is not in the template ({declared.Function})";
        if (model.Target(declared.Source) is not { } source)
            return $"its source is not in the template ({declared.Source})";
        return sources.ContainsKey(source) ? null : TemplateStreams.WhyNotMade(source);
    }

    private static void SetFilters(Model.Setting<Model.DeclaredFilters> declared, EventSourceMappingOptions mapping)
    {
        if (declared.Single() is { } filters && filters.Patterns.All(pattern => pattern.Single() is not null))
        {
            mapping.Filters = [.. filters.Patterns.Select(pattern => pattern.Single()!)];
        }
        else
        {
            mapping.Open.Leave(nameof(mapping.Filters), Why(declared));
        }
    }

    /// <summary>Sets what the template tells, and leaves open what it does not.</summary>
    public static void Set<T>(Model.Setting<T> setting, OpenSettings open, string name, Action<T> assign)
        where T : struct
    {
        if (setting.Single() is { } value)
            assign(value);
        else
            open.Leave(name, Why(setting));
    }

    /// <summary>Why a setting is not known.</summary>
    public static string Why<T>(Model.Setting<T> setting)
    {
        var place = setting.Place.ToString();
        var text = setting.WhyUnknown ?? (setting.Values.Count > 1 ? $"it is one of {setting}" : "it may be missing");
        return place.Length == 0 ? text : $"{text} ({place})";
    }
}
