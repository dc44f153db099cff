namespace AtLeastOnce.Deployment.Aws;

/// <summary>The policies that AWS keeps, as far as functions usually have them: what each allows on every resource.</summary>
internal static class ManagedPolicies
{
    private static readonly string[] Logs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
    private static readonly string[] Network =
    [
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
    ];

    private static readonly Dictionary<string, string[]> ByName = new(StringComparer.Ordinal)
    {
        [BasicExecution] = Logs,
        ["AWSLambdaVPCAccessExecutionRole"] = [.. Logs, .. Network],
        ["AWSXRayDaemonWriteAccess"] = ["xray:*"],
        ["AWSXrayWriteOnlyAccess"] = ["xray:*"],
        ["CloudWatchLambdaInsightsExecutionRolePolicy"] = Logs,
        [SqsExecution] = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", .. Logs],
        [KinesisExecution] =
        [
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards",
            "kinesis:ListStreams",
            "kinesis:SubscribeToShard",
            .. Logs,
        ],
        [DynamoDbExecution] = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams", .. Logs],
        ["AmazonSQSFullAccess"] = ["sqs:*"],
        ["AmazonSNSFullAccess"] = ["sns:*"],
        ["AmazonKinesisFullAccess"] = ["kinesis:*"],
        ["AmazonKinesisReadOnlyAccess"] = ["kinesis:Get*", "kinesis:List*", "kinesis:Describe*"],
        ["AmazonS3FullAccess"] = ["s3:*", "s3-object-lambda:*"],
        ["AdministratorAccess"] = ["*"],
    };

    /// <summary>What lets a function write its logs.</summary>
    public const string BasicExecution = "AWSLambdaBasicExecutionRole";

    /// <summary>What SAM gives a function that reads a queue.</summary>
    public const string SqsExecution = "AWSLambdaSQSQueueExecutionRole";

    /// <summary>What SAM gives a function that reads a Kinesis stream.</summary>
    public const string KinesisExecution = "AWSLambdaKinesisExecutionRole";

    /// <summary>What SAM gives a function that reads a table's stream.</summary>
    public const string DynamoDbExecution = "AWSLambdaDynamoDBExecutionRole";

    /// <summary>The actions that a policy allows on every resource, or null if the policy is not known here.</summary>
    /// <param name="nameOrArn">The policy's name, or its ARN.</param>
    public static IReadOnlyList<string>? ActionsOf(string nameOrArn) =>
        ByName.TryGetValue(nameOrArn.Substring(nameOrArn.LastIndexOf('/') + 1), out var actions) && IsOfAws(nameOrArn) ? actions : null;

    // arn:aws:iam::aws:policy/…, not arn:aws:iam::123456789012:policy/…
    private static bool IsOfAws(string nameOrArn) => !nameOrArn.StartsWith("arn:", StringComparison.Ordinal) || nameOrArn.Contains(":iam::aws:policy/");
}
