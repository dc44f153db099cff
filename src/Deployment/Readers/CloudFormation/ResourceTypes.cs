namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>The resource types that are read.</summary>
internal static class ResourceTypes
{
    public const string ServerlessFunction = "AWS::Serverless::Function";
    public const string LambdaFunction = "AWS::Lambda::Function";
    public const string LambdaAlias = "AWS::Lambda::Alias";
    public const string LambdaVersion = "AWS::Lambda::Version";
    public const string LambdaEventSourceMapping = "AWS::Lambda::EventSourceMapping";
    public const string SqsQueue = "AWS::SQS::Queue";
    public const string KinesisStream = "AWS::Kinesis::Stream";
    public const string DynamoDbTable = "AWS::DynamoDB::Table";
    public const string DynamoDbGlobalTable = "AWS::DynamoDB::GlobalTable";
}
