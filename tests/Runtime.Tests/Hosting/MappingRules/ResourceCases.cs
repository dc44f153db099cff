using static AtLeastOnce.Runtime.Tests.Hosting.MappingRules.MappingCase;

namespace AtLeastOnce.Runtime.Tests.Hosting.MappingRules;

/// <summary>What a mapping joins, what else there is of it, and what its role may do.</summary>
internal static class ResourceCases
{
    private const string Mapping = "Type: AWS::Lambda::EventSourceMapping";
    private const string FromQueue = "M: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref G, EventSourceArn: !GetAtt Q.Arn } }";

    private static readonly string LongArn = "arn:aws:sqs:us-east-1:123456789012:" + new string('q', 10_000);
    private static readonly string LongFunction = new('f', 257);

    public static IEnumerable<MappingCase> All => [.. Ends, .. Timeouts, .. Twins, .. Permissions];

    private static IEnumerable<MappingCase> Ends =>
        [
            InTemplate(
                ["P-1"],
                "a long ARN",
                $"M: {{ {Mapping}, Properties: {{ FunctionName: !Ref F, EventSourceArn: '{LongArn}' }} }}",
                NotLonger(LongArn, "eventSourceArn", 10_000)
            ),
            InTemplate(
                ["P-2"],
                "no function",
                $"M: {{ {Mapping}, Properties: {{ EventSourceArn: !GetAtt Q.Arn }} }}",
                Refused("1 validation error detected: Value null at 'functionName' failed to satisfy constraint: Member must not be null.")
            ),
            InTemplate(
                ["P-2"],
                "a long name",
                $"M: {{ {Mapping}, Properties: {{ FunctionName: {LongFunction}, EventSourceArn: !GetAtt Q.Arn }} }}",
                NotLonger(LongFunction, "functionName", 256)
            ),
            InTemplate(["P-37"], "no source", $"M: {{ {Mapping}, Properties: {{ FunctionName: !Ref F }} }}", Refused("Unrecognized event source.")),
            InTemplate(
                ["P-41", "P-19h"],
                "a Kafka cluster of one's own without access",
                $"M: {{ {Mapping}, Properties: {{ FunctionName: !Ref F, Topics: [t], SelfManagedEventSource: {{ Endpoints: {{ KafkaBootstrapServers: ['kafka:9092'] }} }} }} }}",
                Refused("Required 'sourceAccessConfigurations' parameter is missing.")
            ),
            InTemplate(
                ["P-43"],
                "a table without a stream",
                "D: { Type: AWS::DynamoDB::Table, Properties: { KeySchema: [{ AttributeName: pk, KeyType: HASH }] } }\n"
                    + $"M: {{ {Mapping}, Properties: {{ FunctionName: !Ref F, EventSourceArn: !GetAtt D.StreamArn, StartingPosition: LATEST }} }}",
                Refused("Stream not found: ${D.StreamArn}")
            ),
            InTemplate(
                ["P-48a"],
                "a redrive policy without a count",
                "R: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Q.Arn } } }",
                "InvalidParameterValue: Value {\"deadLetterTargetArn\":\"Q\"} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: maxReceiveCount."
            ),
            OfQueue("P-3", "a mapping that does not poll", m => m.Enabled = false, null),
            InTemplate("P-3", "a mapping that does not poll", "Q", "Enabled: false", null),
        ];

    private static IEnumerable<MappingCase> Timeouts =>
        [
            InCode(
                "P-23",
                "a function that may run for longer than its messages are hidden",
                () =>
                {
                    new LambdaTestHost().Map(
                        new SqsQueue("orders") { VisibilityTimeout = TimeSpan.FromSeconds(60) },
                        new("ship", () => { }) { Timeout = TimeSpan.FromSeconds(180) }
                    );
                },
                Refused("Queue visibility timeout: 60 seconds is less than Function timeout: 180 seconds")
            ),
            InTemplate(
                ["P-23"],
                "a queue that hides messages for less than the function may run",
                "Hasty: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 2 } }\n"
                    + $"M: {{ {Mapping}, Properties: {{ FunctionName: !Ref F, EventSourceArn: !GetAtt Hasty.Arn }} }}",
                Refused("Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds")
            ),
            InTemplate(
                ["P-23"],
                "a queue that hides messages for as long as the function may run",
                "Even: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 3 } }\n"
                    + $"M: {{ {Mapping}, Properties: {{ FunctionName: !Ref F, EventSourceArn: !GetAtt Even.Arn }} }}",
                null
            ),
            InCode(
                "P-24",
                "a queue that hides messages for less, once the mapping is made",
                async () =>
                {
                    var queue = new SqsQueue("orders");
                    await using var host = new LambdaTestHost().Map(queue, new("ship", () => { }));
                    queue.VisibilityTimeout = TimeSpan.FromSeconds(1);
                    await host.RunUntilIdleAsync();
                },
                null
            ),
            InCode(
                "P-48",
                "mappings that together may use more than the function's reserve",
                async () =>
                {
                    var function = new LambdaFunction("ship", () => { }) { ReservedConcurrency = 2 };
                    await using var host = new LambdaTestHost()
                        .Map(new SqsQueue("a"), function, m => m.MaximumConcurrency = 2)
                        .Map(new SqsQueue("b"), function, m => m.MaximumConcurrency = 2);
                    await host.RunUntilIdleAsync();
                },
                null
            ),
        ];

    private static IEnumerable<MappingCase> Twins =>
        [
            InCode(
                "P-32",
                "a queue twice to one function",
                () => Twice(new SqsQueue("orders")),
                "ResourceConflictException: An event source mapping with SQS arn (\" arn:aws:sqs:us-east-1:123456789012:orders \") and function (\" ship \") already exists. Please update or delete the existing mapping with UUID *"
            ),
            InTemplate(
                ["P-32"],
                "a queue twice to one function",
                Twice("Q.Arn", ""),
                "ResourceConflictException: An event source mapping with SQS arn (\" arn:aws:sqs:us-east-1:123456789012:Q \") and function (\" F \") already exists. Please update or delete the existing mapping with UUID *"
            ),
            InCode(
                "P-33",
                "a stream twice to one function",
                () => Twice(new KinesisStream("clicks")),
                "ResourceConflictException: The event source arn (\" arn:aws:kinesis:us-east-1:123456789012:stream/clicks \") and function (\" ship \") provided mapping already exists. Please update or delete the existing mapping with UUID *"
            ),
            InTemplate(
                ["P-33"],
                "a table twice to one function",
                Twice("Orders.StreamArn", ", StartingPosition: LATEST"),
                "ResourceConflictException: The event source arn (\" arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000 \") and function (\" F \") provided mapping already exists. Please update or delete the existing mapping with UUID *"
            ),
            InCode("P-35", "a queue to two functions", () => ToTwo(new SqsQueue("orders")), null),
            InCode("P-36", "a stream to two functions", () => ToTwo(new KinesisStream("clicks")), null),
        ];

    private static IEnumerable<MappingCase> Permissions =>
        [
            InTemplate(
                ["P-44"],
                "a role that may do nothing",
                $"{FromQueue}\n{FunctionOf("Policies: []")}",
                Refused("The provided execution role does not have permissions to call ReceiveMessage on SQS")
            ),
            InTemplate(
                ["P-44"],
                "a role that may not delete",
                $"{FromQueue}\n{FunctionOf(Allow("'sqs:ReceiveMessage', 'sqs:GetQueueAttributes'"))}",
                Refused("The provided execution role does not have permissions to call DeleteMessage on SQS")
            ),
            InTemplate(
                ["P-44"],
                "a role that may read another queue",
                $"{FromQueue}\n{FunctionOf(Allow("'sqs:*'", "!GetAtt Other.Arn"))}\nOther: {{ Type: AWS::SQS::Queue }}",
                Refused("The provided execution role does not have permissions to call ReceiveMessage on SQS")
            ),
            InTemplate(
                ["P-44"],
                "a role that may not read the stream",
                "M: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref G, EventSourceArn: !GetAtt S.Arn, StartingPosition: LATEST } }\n"
                    + FunctionOf(Allow("'sqs:*'")),
                Refused("The provided execution role does not have permissions to call DescribeStream on Kinesis")
            ),
            InTemplate(["P-44"], "a role that may", $"{FromQueue}\n{FunctionOf(Allow("'sqs:*'"))}", null),
            InTemplate(["P-44"], "a role with an unknown policy", $"{FromQueue}\n{FunctionOf("ManagedPolicyArns: [!ImportValue policy]")}", null),
            InTemplate(
                ["P-44"],
                "a role of another template",
                $"{FromQueue}\nG: {{ Type: AWS::Lambda::Function, Properties: {{ Handler: none, Role: !ImportValue role }} }}",
                null
            ),
        ];

    private static string FunctionOf(string role) =>
        "G: { Type: AWS::Lambda::Function, Properties: { Handler: none, Role: !GetAtt R.Arn } }\n" + $"R: {{ Type: AWS::IAM::Role, Properties: {{ {role} }} }}";

    private static string Allow(string actions, string resource = "'*'") =>
        $"Policies: [{{ PolicyName: p, PolicyDocument: {{ Statement: [{{ Effect: Allow, Action: [{actions}], Resource: {resource} }}] }} }}]";

    private static string Twice(string source, string more) =>
        $"M: {{ {Mapping}, Properties: {{ FunctionName: !Ref F, EventSourceArn: !GetAtt {source}{more} }} }}\n"
        + $"N: {{ {Mapping}, Properties: {{ FunctionName: !Ref F, EventSourceArn: !GetAtt {source}{more} }} }}";

    private static void Twice(EventSource source)
    {
        var function = new LambdaFunction("ship", () => { });
        new LambdaTestHost().Map(source, function, FromLatest).Map(source, function, FromLatest);
    }

    private static async Task ToTwo(EventSource source)
    {
        await using var host = new LambdaTestHost().Map(source, new("ship", () => { }), FromLatest).Map(source, new("bill", () => { }), FromLatest);
        await host.RunUntilIdleAsync();
    }

    private static void FromLatest(EventSourceMappingOptions mapping)
    {
        if (mapping.Source is StreamSource)
            mapping.StartingPosition = StartingPosition.Latest;
    }
}
