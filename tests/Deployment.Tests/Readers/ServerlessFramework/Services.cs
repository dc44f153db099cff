using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.ServerlessFramework;

namespace AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;

/// <summary>Services of the Serverless Framework, and reading them.</summary>
internal static class Services
{
    public const string Path = "app/serverless.yml";

    /// <summary>The golden service.</summary>
    public const string Orders = "orders.serverless.yml";

    /// <summary>The framework itself names the alias of a function with provisioned concurrency.</summary>
    public static IReadOnlyDictionary<string, string> Given { get; } = new Dictionary<string, string> { ["provisioned"] = "live" };

    public static DeploymentModel Read(string text, string path = Path) => ServerlessFrameworkReader.Read(path, text, TestContext.Current.CancellationToken);

    /// <summary>A service with a queue and one function with the given body, written as a flow mapping's inside.</summary>
    public static DeploymentModel ReadFunction(string body, string more = "") =>
        Read(
            $$"""
            service: shop
            provider: { name: aws, runtime: dotnet8 }
            functions:
              work: { handler: A::B::C, {{body}} }
            resources:
              Resources:
                Q: { Type: AWS::SQS::Queue, Properties: { QueueName: orders } }
                S: { Type: AWS::Kinesis::Stream, Properties: { Name: clicks } }
                T: { Type: AWS::DynamoDB::Table, Properties: { TableName: items } }
                N: { Type: AWS::SNS::Topic, Properties: { TopicName: news } }

            """ + more
        );

    /// <summary>The only mapping of a service whose function has one event.</summary>
    public static EventSourceMapping ReadEvent(string entry, string more = "") => Assert.Single(ReadFunction($"events: [{entry}]", more).Mappings);
}
