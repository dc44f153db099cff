using System.Collections.Generic;
using System.Text.Json;
using Pulumi;
using Pulumi.Aws.Lambda.Inputs;
using Aws = Pulumi.Aws;

return await Deployment.RunAsync(() =>
{
    var config = new Config();
    var region = Aws.GetRegion.Invoke().Apply(result => result.Name);
    var account = Aws.GetCallerIdentity.Invoke().Apply(result => result.AccountId);
    const int functionTimeout = 30;

    var lostQueue = new Aws.Sqs.Queue("LostQueue", new() { Name = "lost", MessageRetentionSeconds = 14 * 24 * 60 * 60 });

    var ordersQueue = new Aws.Sqs.Queue(
        "OrdersQueue",
        new Aws.Sqs.QueueArgs
        {
            Name = "orders-queue",
            VisibilityTimeoutSeconds = 6 * functionTimeout,
            MessageRetentionSeconds = 86400,
            DelaySeconds = 5,
            ReceiveWaitTimeSeconds = 20,
            RedrivePolicy = lostQueue.Arn.Apply(arn => JsonSerializer.Serialize(new { deadLetterTargetArn = arn, maxReceiveCount = 5 })),
        }
    );

    var paymentsQueue = new Aws.Sqs.Queue(
        "PaymentsQueue",
        new()
        {
            Name = "payments.fifo",
            FifoQueue = true,
            ContentBasedDeduplication = true,
            DeduplicationScope = "messageGroup",
            FifoThroughputLimit = "perMessageGroupId",
            VisibilityTimeoutSeconds = 180,
        }
    );

    new Aws.Sqs.RedriveAllowPolicy(
        "LostQueue",
        new()
        {
            QueueUrl = lostQueue.Id,
            RedriveAllowPolicyName = Output.JsonSerialize(
                Output.Create(new Dictionary<string, object?> { ["redrivePermission"] = "byQueue", ["sourceQueueArns"] = new[] { ordersQueue.Arn } })
            ),
        }
    );

    var clicksStream = new Aws.Kinesis.Stream(
        "ClicksStream",
        new()
        {
            Name = "clicks",
            ShardCount = 4,
            RetentionPeriod = 48,
        }
    );
    var clicksReader = new Aws.Kinesis.StreamConsumer("ClicksReader", new() { Name = "clicks-reader", StreamArn = clicksStream.Arn });

    var ordersTable = new Aws.DynamoDB.Table(
        "OrdersTable",
        new()
        {
            Name = "orders-table",
            BillingMode = "PAY_PER_REQUEST",
            HashKey = "customer",
            RangeKey = "order",
            StreamEnabled = true,
            StreamViewType = "NEW_AND_OLD_IMAGES",
            Attributes =
            {
                new Aws.DynamoDB.Inputs.TableAttributeArgs { Name = "customer", Type = "S" },
                new Aws.DynamoDB.Inputs.TableAttributeArgs { Name = "order", Type = "S" },
            },
            Ttl = new Aws.DynamoDB.Inputs.TableTtlArgs { AttributeName = "expires", Enabled = true },
        }
    );

    var newsTopic = new Aws.Sns.Topic("NewsTopic", new() { Name = "news" });

    var ordersRole = new Aws.Iam.Role(
        "OrdersRole",
        new()
        {
            AssumeRolePolicy =
                """{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "lambda.amazonaws.com" } }] }""",
            InlinePolicies =
            {
                new Aws.Iam.Inputs.RoleInlinePolicyArgs
                {
                    Name = "news",
                    Policy = Output.Format(
                        $$"""{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sns:Publish", "Resource": "{{newsTopic.Arn}}" }] }"""
                    ),
                },
            },
        }
    );
    new Aws.Iam.RolePolicyAttachment("Logs", new() { Role = ordersRole.Name, PolicyArn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" });
    new Aws.Iam.RolePolicyAttachment(
        "Kinesis",
        new() { Role = ordersRole.Name, PolicyArn = "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole" }
    );
    new Aws.Iam.RolePolicy(
        "Queues",
        new()
        {
            Role = ordersRole.Id,
            Policy = Output.JsonSerialize(
                Output.Create(
                    new
                    {
                        Version = "2012-10-17",
                        Statement = new object[]
                        {
                            new
                            {
                                Effect = "Allow",
                                Action = new[] { "sqs:Receive*", "sqs:DeleteMessage", "sqs:GetQueueAttributes" },
                                Resource = new[] { ordersQueue.Arn, paymentsQueue.Arn },
                            },
                            new
                            {
                                Effect = "Allow",
                                Action = "sqs:SendMessage",
                                Resource = lostQueue.Arn,
                            },
                        },
                    }
                )
            ),
        }
    );
    var tablePolicy = new Aws.Iam.Policy(
        "Table",
        new()
        {
            Name = "table",
            PolicyDocument = ordersTable.Arn.Apply(arn =>
                JsonSerializer.Serialize(
                    new Dictionary<string, object?>
                    {
                        ["Version"] = "2012-10-17",
                        ["Statement"] = new Dictionary<string, object?>
                        {
                            ["Effect"] = "Allow",
                            ["Action"] = new[] { "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams" },
                            ["Resource"] = $"{arn}/stream/*",
                        },
                    }
                )
            ),
        }
    );
    new Aws.Iam.RolePolicyAttachment("Table", new() { Role = ordersRole.Name, PolicyArn = tablePolicy.Arn });

    var ordersFunction = new Aws.Lambda.Function(
        "OrdersFunction",
        new()
        {
            Name = "orders",
            Runtime = Aws.Lambda.Runtime.Dotnet8,
            Timeout = functionTimeout,
            S3Bucket = "artifacts",
            S3Key = "orders.zip",
            Handler = "Orders::Orders.Function::HandleAsync",
            MemorySize = 512,
            ReservedConcurrentExecutions = 20,
            Role = ordersRole.Arn,
            Publish = true,
            DeadLetterConfig = new FunctionDeadLetterConfigArgs { TargetArn = lostQueue.Arn },
        }
    );
    var liveAlias = new Aws.Lambda.Alias(
        "LiveAlias",
        new()
        {
            Name = "live",
            FunctionName = ordersFunction.Name,
            FunctionVersion = ordersFunction.Version,
        }
    );

    new Aws.Lambda.FunctionEventInvokeConfig(
        "OrdersInvokeConfig",
        new()
        {
            FunctionName = ordersFunction.Name,
            Qualifier = liveAlias.Name,
            MaximumRetryAttempts = 1,
            MaximumEventAgeInSeconds = 600,
            DestinationConfig = new FunctionEventInvokeConfigDestinationConfigArgs
            {
                OnFailure = new FunctionEventInvokeConfigDestinationConfigOnFailureArgs { Destination = lostQueue.Arn },
                OnSuccess = new FunctionEventInvokeConfigDestinationConfigOnSuccessArgs { Destination = newsTopic.Arn },
            },
        }
    );

    new Aws.Lambda.EventSourceMapping(
        "Standard",
        new()
        {
            FunctionName = liveAlias.Arn,
            EventSourceArn = ordersQueue.Arn,
            BatchSize = config.GetInt32("Batch") ?? 20,
            MaximumBatchingWindowInSeconds = config.RequireInt32("Window"),
            FunctionResponseTypes = { "ReportBatchItemFailures" },
            ScalingConfig = new EventSourceMappingScalingConfigArgs { MaximumConcurrency = 10 },
            FilterCriteria = new EventSourceMappingFilterCriteriaArgs
            {
                Filters = new EventSourceMappingFilterCriteriaFilterArgs
                {
                    Pattern = JsonSerializer.Serialize(new { body = new { kind = new[] { "order" } } }),
                },
            },
        }
    );

    new Aws.Lambda.EventSourceMapping(
        "Fifo",
        new()
        {
            FunctionName = liveAlias.Arn,
            EventSourceArn = Output.Format($"arn:aws:sqs:{region}:{account}:payments.fifo"),
            Enabled = false,
            BatchSize = 5,
            FunctionResponseTypes = new[] { "ReportBatchItemFailures" },
            ProvisionedPollerConfig = new EventSourceMappingProvisionedPollerConfigArgs { MinimumPollers = 2, MaximumPollers = 20 },
        }
    );

    new Aws.Lambda.EventSourceMapping(
        "Clicks",
        new()
        {
            FunctionName = liveAlias.Arn,
            EventSourceArn = clicksReader.Arn,
            StartingPosition = "AT_TIMESTAMP",
            StartingPositionTimestamp = "2023-11-14T22:13:20.5Z",
            BatchSize = 200,
            MaximumBatchingWindowInSeconds = 1,
            ParallelizationFactor = 4,
            BisectBatchOnFunctionError = true,
            MaximumRetryAttempts = 3,
            MaximumRecordAgeInSeconds = 60 * 60,
            TumblingWindowInSeconds = 0,
            FunctionResponseTypes = new List<string> { "ReportBatchItemFailures" },
            DestinationConfig = new EventSourceMappingDestinationConfigArgs
            {
                OnFailure = new EventSourceMappingDestinationConfigOnFailureArgs { DestinationArn = lostQueue.Arn },
            },
        }
    );

    new Aws.Lambda.EventSourceMapping(
        "Changes",
        new()
        {
            FunctionName = liveAlias.Arn,
            EventSourceArn = ordersTable.StreamArn,
            StartingPosition = "TRIM_HORIZON",
        }
    );

    new Aws.Sns.TopicSubscription(
        "News",
        new()
        {
            Topic = newsTopic.Arn,
            Protocol = "lambda",
            Endpoint = liveAlias.Arn,
            FilterPolicyScope = "MessageBody",
            FilterPolicy = """{ "kind": ["order", { "prefix": "re" }], "size": [{ "numeric": [">", 5] }] }""",
            RedrivePolicy = Output.Format($$"""{ "deadLetterTargetArn": "{{lostQueue.Arn}}" }"""),
        }
    );

    var bus = new Aws.CloudWatch.EventBus("Bus", new() { Name = "shop" });
    var shipped = new Aws.CloudWatch.EventRule(
        "Shipped",
        new()
        {
            Name = "shipped",
            EventBusName = bus.Name,
            EventPattern = """{ "source": ["shop"], "detail": { "urgent": [true] } }""",
        }
    );
    new Aws.CloudWatch.EventTarget(
        "Shipped",
        new()
        {
            Rule = shipped.Name,
            EventBusName = bus.Name,
            Arn = liveAlias.Arn,
            DeadLetterConfig = new Aws.CloudWatch.Inputs.EventTargetDeadLetterConfigArgs { Arn = lostQueue.Arn },
            RetryPolicy = new Aws.CloudWatch.Inputs.EventTargetRetryPolicyArgs { MaximumRetryAttempts = 5, MaximumEventAgeInSeconds = 120 },
        }
    );
    var nightly = new Aws.CloudWatch.EventRule(
        "Nightly",
        new()
        {
            Name = "nightly",
            ScheduleExpression = "rate(1 day)",
            State = "DISABLED",
        }
    );
    new Aws.CloudWatch.EventTarget("Nightly", new() { Rule = nightly.Name, Arn = liveAlias.Arn });

    var uploadsBucket = new Aws.S3.Bucket("UploadsBucket", new() { BucketName = "uploads" });
    new Aws.S3.BucketNotification(
        "Uploads",
        new()
        {
            Bucket = uploadsBucket.Id,
            LambdaFunctions = new[]
            {
                new Aws.S3.Inputs.BucketNotificationLambdaFunctionArgs
                {
                    LambdaFunctionArn = liveAlias.Arn,
                    Events = { "s3:ObjectCreated:*" },
                    FilterPrefix = "in/",
                    FilterSuffix = ".csv",
                },
            },
        }
    );
});
