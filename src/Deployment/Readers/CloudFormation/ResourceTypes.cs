namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>The resource types that are read.</summary>
internal static class ResourceTypes
{
    public const string ServerlessFunction = "AWS::Serverless::Function";
    public const string ServerlessSimpleTable = "AWS::Serverless::SimpleTable";
    public const string LambdaFunction = "AWS::Lambda::Function";
    public const string LambdaAlias = "AWS::Lambda::Alias";
    public const string LambdaVersion = "AWS::Lambda::Version";
    public const string LambdaEventSourceMapping = "AWS::Lambda::EventSourceMapping";
    public const string LambdaEventInvokeConfig = "AWS::Lambda::EventInvokeConfig";
    public const string LambdaPermission = "AWS::Lambda::Permission";
    public const string LogsSubscriptionFilter = "AWS::Logs::SubscriptionFilter";
    public const string LogGroup = "AWS::Logs::LogGroup";
    public const string IotTopicRule = "AWS::IoT::TopicRule";

    /// <summary>What the Serverless Framework makes of a bucket that exists already.</summary>
    public const string ServerlessExistingBucket = "Custom::S3";
    public const string SqsQueue = "AWS::SQS::Queue";
    public const string SqsQueuePolicy = "AWS::SQS::QueuePolicy";
    public const string SqsQueueInlinePolicy = "AWS::SQS::QueueInlinePolicy";
    public const string SnsTopic = "AWS::SNS::Topic";
    public const string SnsTopicPolicy = "AWS::SNS::TopicPolicy";
    public const string SnsTopicInlinePolicy = "AWS::SNS::TopicInlinePolicy";
    public const string SnsSubscription = "AWS::SNS::Subscription";
    public const string S3Bucket = "AWS::S3::Bucket";
    public const string S3BucketPolicy = "AWS::S3::BucketPolicy";
    public const string EventsRule = "AWS::Events::Rule";
    public const string SchedulerSchedule = "AWS::Scheduler::Schedule";
    public const string KinesisStream = "AWS::Kinesis::Stream";
    public const string KinesisResourcePolicy = "AWS::Kinesis::ResourcePolicy";
    public const string KinesisStreamConsumer = "AWS::Kinesis::StreamConsumer";
    public const string DynamoDbTable = "AWS::DynamoDB::Table";
    public const string DynamoDbGlobalTable = "AWS::DynamoDB::GlobalTable";
    public const string IamRole = "AWS::IAM::Role";
    public const string IamPolicy = "AWS::IAM::Policy";
    public const string IamRolePolicy = "AWS::IAM::RolePolicy";
    public const string IamManagedPolicy = "AWS::IAM::ManagedPolicy";

    // CloudFormation writes these within the bucket and the rule; other dialects as resources of their own.
    public const string S3BucketNotification = "AWS::S3::BucketNotification";
    public const string EventsTarget = "AWS::Events::Target";
}
