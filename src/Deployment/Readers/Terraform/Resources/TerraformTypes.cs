namespace AtLeastOnce.Deployment.Readers.Terraform.Resources;

/// <summary>The names of Terraform's resource types that are read, or stand for others.</summary>
internal static class TerraformTypes
{
    public const string LambdaFunction = "aws_lambda_function";
    public const string LambdaAlias = "aws_lambda_alias";
    public const string LambdaPermission = "aws_lambda_permission";
    public const string EventSourceMapping = "aws_lambda_event_source_mapping";
    public const string EventInvokeConfig = "aws_lambda_function_event_invoke_config";
    public const string SqsQueue = "aws_sqs_queue";
    public const string SqsQueuePolicy = "aws_sqs_queue_policy";
    public const string SnsTopicPolicy = "aws_sns_topic_policy";
    public const string S3BucketPolicy = "aws_s3_bucket_policy";
    public const string KinesisResourcePolicy = "aws_kinesis_resource_policy";
    public const string QueueRedrivePolicy = "aws_sqs_queue_redrive_policy";
    public const string QueueRedriveAllowPolicy = "aws_sqs_queue_redrive_allow_policy";
    public const string KinesisStream = "aws_kinesis_stream";
    public const string KinesisStreamConsumer = "aws_kinesis_stream_consumer";
    public const string DynamoDbTable = "aws_dynamodb_table";
    public const string SnsTopic = "aws_sns_topic";
    public const string SnsSubscription = "aws_sns_topic_subscription";
    public const string S3Bucket = "aws_s3_bucket";
    public const string S3BucketNotification = "aws_s3_bucket_notification";
    public const string EventRule = "aws_cloudwatch_event_rule";
    public const string EventTarget = "aws_cloudwatch_event_target";
    public const string EventBus = "aws_cloudwatch_event_bus";
    public const string Schedule = "aws_scheduler_schedule";
    public const string IamRole = "aws_iam_role";
    public const string IamRolePolicy = "aws_iam_role_policy";
    public const string IamPolicy = "aws_iam_policy";
    public const string IamPolicyAttachment = "aws_iam_policy_attachment";
    public const string IamRolePolicyAttachment = "aws_iam_role_policy_attachment";
    public const string IamPolicyDocument = "aws_iam_policy_document";
}
