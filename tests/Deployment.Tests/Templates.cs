using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;

namespace AtLeastOnce.Deployment.Tests;

/// <summary>Real-looking templates, and reading them.</summary>
internal static class Templates
{
    public const string Path = "app/template.yaml";

    /// <summary>A SAM template with what teams usually write.</summary>
    public const string Orders = """
        AWSTemplateFormatVersion: "2010-09-09"
        Transform: AWS::Serverless-2016-10-31

        Globals:
          Function:
            Runtime: dotnet8
            Timeout: 30        # seconds
            MemorySize: 512

        Parameters:
          BatchSize:
            Type: Number
            Default: 20
          Stage:
            Type: String
            AllowedValues: [dev, prod]

        Resources:
          OrdersQueue:
            Type: AWS::SQS::Queue
            Properties:
              VisibilityTimeout: 90
              RedrivePolicy:
                deadLetterTargetArn: !GetAtt OrdersDlq.Arn
                maxReceiveCount: 5

          OrdersDlq:
            Type: AWS::SQS::Queue
            Properties:
              MessageRetentionPeriod: 1209600

          OrdersFunction:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: ./src/Orders/
              Handler: Orders::Orders.Function::HandleAsync
              MemorySize: 1024
              Events:
                Orders:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt OrdersQueue.Arn
                    BatchSize: !Ref BatchSize
                    MaximumBatchingWindowInSeconds: 5
                    FunctionResponseTypes:
                      - ReportBatchItemFailures
                    FilterCriteria:
                      Filters:
                        - Pattern: '{"body":{"kind":["order"]}}'
                Api:
                  Type: HttpApi
        """;

    public static DeploymentModel Read(string text, string path = Path) => TemplateReader.Read(path, text, TestContext.Current.CancellationToken);

    /// <summary>A template of nothing but resources, with one level of indentation before them.</summary>
    public static DeploymentModel ReadResources(string resources, string before = "") =>
        Read(before + "Resources:\n" + string.Join("\n", resources.Split('\n').Select(line => line.Length == 0 ? line : "  " + line)) + "\n");

    /// <summary>A template of a queue whose visibility timeout is the given expression.</summary>
    public static Setting<int> ReadVisibility(string expression, string before = "")
    {
        var model = Read($"{before}Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: {expression}\n");
        return Assert.Single(model.Queues).VisibilityTimeout;
    }
}
