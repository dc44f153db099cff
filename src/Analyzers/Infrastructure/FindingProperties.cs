namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>The keys of <c>Diagnostic.Properties</c> by which fixes find the place again.</summary>
internal static class FindingProperties
{
    /// <summary>The path of the template, or of the C# file that deploys what the finding is about.</summary>
    public const string Template = nameof(Template);

    /// <summary>The logical id of the mapping the finding is about.</summary>
    public const string Mapping = nameof(Mapping);

    /// <summary>The logical id of the queue the finding is about.</summary>
    public const string Queue = nameof(Queue);

    /// <summary>The logical id of the function the finding is about.</summary>
    public const string Function = nameof(Function);

    /// <summary>The value that the fix sets.</summary>
    public const string Value = nameof(Value);

    /// <summary>The name of the handler's method.</summary>
    public const string Handler = nameof(Handler);

    /// <summary>Whether the queue is known to be a standard queue (<c>Standard</c>), a FIFO queue (<c>Fifo</c>), or neither; <c>Stream</c> for a handler of a stream.</summary>
    public const string QueueType = nameof(QueueType);

    /// <summary>What is wrong, where fixes differ by it.</summary>
    public const string Fault = nameof(Fault);
}
