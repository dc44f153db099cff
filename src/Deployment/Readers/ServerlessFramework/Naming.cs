using System.Text;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>The logical ids that the framework gives what it makes, by which a service's own resources refer to it.</summary>
internal static class Naming
{
    /// <summary>The role of all functions that have none of their own.</summary>
    public const string ExecutionRole = "IamRoleLambdaExecution";

    /// <summary>The alias of a function with provisioned concurrency.</summary>
    public const string ProvisionedAlias = "provisioned";

    /// <summary>The alias of a function with SnapStart.</summary>
    public const string SnapStartAlias = "snapstart";

    /// <summary>The bucket into which the code is put.</summary>
    public const string DeploymentBucket = "ServerlessDeploymentBucket";

    /// <summary>A function: <c>HelloWorldLambdaFunction</c> of <c>helloWorld</c>.</summary>
    public static string Function(string name) => Normalized(name) + "LambdaFunction";

    /// <summary>A function's log group.</summary>
    public static string LogGroup(string function) => Normalized(function) + "LogGroup";

    /// <summary>How a function's asynchronous invocations are run.</summary>
    public static string InvokeConfig(string function) => Normalized(function) + "LambdaEvConf";

    /// <summary>The alias of a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="isSnapStart">Whether it is SnapStart's.</param>
    public static string Alias(string function, bool isSnapStart) => Normalized(function) + (isSnapStart ? "SnapStartLambdaAlias" : "ProvConcLambdaAlias");

    /// <summary>The mapping of a queue.</summary>
    public static string QueueMapping(string function, string queue) => Mapping(function, "SQS", queue);

    /// <summary>The mapping of a stream, or of any other source.</summary>
    public static string Mapping(string function, string type, string source) =>
        $"{Normalized(function)}EventSourceMapping{UpperFirst(type)}{AlphaNumeric(source)}";

    /// <summary>The consumer that the framework makes for a function.</summary>
    public static string Consumer(string consumerName) => Normalized(consumerName) + "StreamConsumer";

    /// <summary>The name of that consumer.</summary>
    public static string ConsumerName(string function, string stream) => function + stream + "Consumer";

    /// <summary>A topic.</summary>
    public static string Topic(string name) => "SNSTopic" + AlphaNumeric(name);

    /// <summary>The subscription of a topic.</summary>
    public static string Subscription(string function, string topic) => Normalized(function) + "SnsSubscription" + AlphaNumeric(topic);

    /// <summary>A bucket.</summary>
    public static string Bucket(string name) => "S3Bucket" + AlphaNumeric(name);

    /// <summary>Anything else of a function that is counted.</summary>
    public static string Numbered(string function, string what, int number) => FormattableString.Invariant($"{Normalized(function)}{what}{number}");

    private static string Normalized(string name) => UpperFirst(name.Replace("-", "Dash").Replace("_", "Underscore"));

    private static string AlphaNumeric(string name)
    {
        var result = new StringBuilder();
        foreach (var character in name)
        {
            if (character is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'))
                result.Append(character);
        }

        return UpperFirst(result.ToString());
    }

    private static string UpperFirst(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
