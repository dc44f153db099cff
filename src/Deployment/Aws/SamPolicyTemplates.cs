namespace AtLeastOnce.Deployment.Aws;

/// <summary>A policy that SAM makes of a name and the names of resources.</summary>
/// <param name="Actions">The actions that it allows.</param>
/// <param name="ArnPrefix">What stands before the resource's name in its ARN, pseudo parameters included.</param>
/// <param name="Parameter">The parameter that holds the resource's name; null when every resource is meant.</param>
internal sealed record SamPolicyTemplate(IReadOnlyList<string> Actions, string ArnPrefix, string? Parameter);

/// <summary>SAM's policy templates, as far as they are about sources and destinations of mappings.</summary>
internal static class SamPolicyTemplates
{
    private const string Here = "${AWS::Region}:${AWS::AccountId}:";
    private const string Queue = "arn:${AWS::Partition}:sqs:" + Here;
    private const string Topic = "arn:${AWS::Partition}:sns:" + Here;
    private const string Stream = "arn:${AWS::Partition}:kinesis:" + Here + "stream/";
    private const string Table = "arn:${AWS::Partition}:dynamodb:" + Here + "table/";
    private const string Bucket = "arn:${AWS::Partition}:s3:::";

    private static readonly Dictionary<string, SamPolicyTemplate> ByName = new(StringComparer.Ordinal)
    {
        ["SQSPollerPolicy"] = new(
            [
                "sqs:ChangeMessageVisibility",
                "sqs:ChangeMessageVisibilityBatch",
                "sqs:DeleteMessage",
                "sqs:DeleteMessageBatch",
                "sqs:GetQueueAttributes",
                "sqs:ReceiveMessage",
            ],
            Queue,
            "QueueName"
        ),
        ["SQSSendMessagePolicy"] = new(["sqs:SendMessage*"], Queue, "QueueName"),
        ["SNSPublishMessagePolicy"] = new(["sns:Publish"], Topic, "TopicName"),
        ["KinesisStreamReadPolicy"] = new(
            ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator"],
            Stream,
            "StreamName"
        ),
        ["KinesisCrudPolicy"] = new(["kinesis:*"], Stream, "StreamName"),
        ["DynamoDBStreamReadPolicy"] = new(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], Table, "TableName"),
        ["DynamoDBCrudPolicy"] = new(
            TableActions("GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem"),
            Table,
            "TableName"
        ),
        ["DynamoDBReadPolicy"] = new(TableActions("GetItem Scan Query BatchGetItem DescribeTable"), Table, "TableName"),
        ["DynamoDBWritePolicy"] = new(TableActions("PutItem UpdateItem BatchWriteItem"), Table, "TableName"),
        ["S3ReadPolicy"] = new(["s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation", "s3:GetObjectVersion"], Bucket, "BucketName"),
        ["S3WritePolicy"] = new(["s3:PutObject", "s3:PutObjectAcl"], Bucket, "BucketName"),
        ["S3CrudPolicy"] = new(
            ["s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation", "s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject"],
            Bucket,
            "BucketName"
        ),
        ["CloudWatchPutMetricPolicy"] = new(["cloudwatch:PutMetricData"], "*", null),
        ["VPCAccessPolicy"] = new(["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces"], "*", null),
    };

    /// <summary>The template of that name, or null if it is not known here.</summary>
    public static SamPolicyTemplate? Find(string name) => ByName.TryGetValue(name, out var template) ? template : null;

    private static IReadOnlyList<string> TableActions(string names) => [.. names.Split(' ').Select(name => "dynamodb:" + name)];
}
