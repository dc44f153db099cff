using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO513PermissionMissing>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO513PermissionMissingTests
{
    private const string Reading = "['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']";
    private const string RolePlace = " (template.yaml(4,3))";
    private const string InPolicy = "Allow it in a policy of the role";

    private static string Inline(string actions, string resource = "'*'", string more = "") =>
        $"{{ Policies: [{{ PolicyName: p, PolicyDocument: {{ Statement: [{{ Effect: Allow, Action: {actions}, Resource: {resource}{more} }}] }} }}] }}";

    private static string Template(string role, string source = "SQS", string settings = "BatchSize: 10", string function = "Role: !GetAtt OrdersRole.Arn") =>
        $$"""
            Parameters: { Unknown: { Type: String } }
            Conditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }
            Resources:
              {|#1:OrdersRole|}:
                Type: AWS::IAM::Role
                Properties: {{role}}
              OrdersQueue: { Type: AWS::SQS::Queue }
              OrdersStream: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }
              OrdersTable: { Type: AWS::DynamoDB::Table, Properties: { StreamSpecification: { StreamViewType: KEYS_ONLY } } }
              Failures: { Type: AWS::SQS::Queue }
              Alarms: { Type: AWS::SNS::Topic }
              Archive: { Type: AWS::S3::Bucket }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  {{function}}
                  Events:
                    {|#2:Orders|}:
                      Type: {{source}}
                      Properties:
                        {{(
                source == "SQS" ? "Queue: !GetAtt OrdersQueue.Arn"
                : source == "Kinesis" ? "Stream: !GetAtt OrdersStream.Arn"
                : "Stream: !GetAtt OrdersTable.StreamArn"
            )}}
                        {{settings}}
            """;

    private static DiagnosticResult Expected(
        string who,
        string where,
        int mark,
        string actions,
        string noun,
        string target,
        string consequence,
        string remedy
    ) => Verify.Diagnostic().WithLocation(0).WithLocation(mark).WithArguments(who, where, actions, noun, target, consequence, remedy, "");

    private static string Refused(string action, string service = "SQS", bool isRecorded = true)
    {
        var text = $"InvalidParameterValueException: The provided execution role does not have permissions to call {action} on {service}";
        return "AWS refuses mapping 'Orders', and the deployment fails: " + (isRecorded ? $"\"{text}\"" : text);
    }

    private const string Dropped =
        "what mapping 'Orders' gives up cannot be sent there and is dropped for good, and only a metric, DestinationDeliveryFailures, counts it";

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed
            .Test<ALO513PermissionMissing>(
                ("template.yaml", template),
                Deployed.Handler.Replace("SQSEvent batch", "System.IO.Stream batch").Replace("SQSBatchResponse", "void").Replace("=> new();", "{ }"),
                expected
            )
            .RunAsync(TestContext.Current.CancellationToken);

    private static string Stream(string destination, string actions = "'kinesis:*'", string? role = null, string function = "Role: !GetAtt OrdersRole.Arn") =>
        Template(role ?? Inline(actions), "Kinesis", $"DestinationConfig: {{ OnFailure: {destination} }}", function);

    [Fact]
    public Task What_the_role_may_not_read_is_refused() =>
        VerifyAsync(
            Template(Inline("['sqs:ReceiveMessage']")),
            Expected("Role 'OrdersRole'", RolePlace, 1, "sqs:DeleteMessage, sqs:GetQueueAttributes", "queue", "OrdersQueue", Refused("DeleteMessage"), InPolicy)
                .WithMessage(
                    "Role 'OrdersRole' (template.yaml(4,3)) does not allow sqs:DeleteMessage, sqs:GetQueueAttributes on queue 'OrdersQueue': AWS refuses mapping 'Orders', "
                        + "and the deployment fails: \"InvalidParameterValueException: The provided execution role does not have permissions to call DeleteMessage on SQS\". "
                        + "Allow it in a policy of the role."
                )
        );

    [Theory]
    [InlineData("Kinesis", "kinesis", "stream", "OrdersStream", "Kinesis")]
    [InlineData("DynamoDB", "dynamodb", "the stream of table", "OrdersTable", "DynamoDB")]
    public Task The_text_about_streams_is_not_recorded(string source, string prefix, string noun, string target, string service) =>
        VerifyAsync(
            Template(Inline($"['{prefix}:GetRecords', '{prefix}:GetShardIterator']"), source),
            Expected(
                "Role 'OrdersRole'",
                RolePlace,
                1,
                prefix + ":DescribeStream",
                noun,
                target,
                Refused("DescribeStream", service, isRecorded: false),
                InPolicy
            )
        );

    [Fact]
    public Task A_policy_about_another_queue_allows_nothing() =>
        VerifyAsync(
            Template(Inline(Reading, "!GetAtt Failures.Arn")),
            Expected(
                "Role 'OrdersRole'",
                RolePlace,
                1,
                "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes",
                "queue",
                "OrdersQueue",
                Refused("ReceiveMessage"),
                InPolicy
            )
        );

    [Theory]
    [InlineData("{ Destination: !GetAtt Failures.Arn }", "sqs:SendMessage", "queue", "Failures")]
    [InlineData("{ Destination: !Ref Alarms }", "sns:Publish", "topic", "Alarms")]
    [InlineData("{ Destination: !GetAtt Archive.Arn }", "s3:PutObject", "bucket", "Archive")]
    public Task What_cannot_be_sent_to_the_destination_is_dropped(string destination, string action, string noun, string target) =>
        VerifyAsync(Stream(destination), Expected("Role 'OrdersRole'", RolePlace, 1, action, noun, target, Dropped, InPolicy));

    [Theory]
    [InlineData("Destination: !GetAtt Failures.Arn", "sqs:SendMessage", "queue", "Failures", "SQS")]
    [InlineData("Destination: !Ref Alarms", "sns:Publish", "topic", "Alarms", "SNS")]
    [InlineData("Destination: !GetAtt Archive.Arn", "s3:PutObject", "bucket", "Archive", "S3")]
    public async Task The_role_that_SAM_makes_may_send_where_the_type_is_told(string destination, string action, string noun, string target, string type)
    {
        await VerifyAsync(
            Stream("{ " + destination + " }", function: "MemorySize: 256"),
            Expected(
                "The role that SAM makes for function 'OrdersFunction'",
                " (template.yaml(20,9))",
                2,
                action,
                noun,
                target,
                Dropped,
                $"Add Type: {type} to OnFailure"
            )
        );
        await VerifyAsync(Stream($"{{ Type: {type}, {destination} }}", function: "MemorySize: 256"));
    }

    [Theory]
    [InlineData("'*'")]
    [InlineData("['kinesis:*', 'sqs:Send*']")]
    public Task What_is_allowed_is_not_missing(string actions) => VerifyAsync(Stream("{ Destination: !GetAtt Failures.Arn }", actions));

    [Theory]
    [InlineData("{ ManagedPolicyArns: [!Ref Unknown] }")]
    [InlineData("{ ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/ours'] }")]
    [InlineData("{ ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole'] }")]
    [InlineData("{ ManagedPolicyArns: !If [IsProd, ['arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole'], []] }")]
    public Task Managed_policies_may_allow_it(string role) => VerifyAsync(Template(role));

    [Fact]
    public async Task What_hangs_on_a_condition_or_a_parameter_may_be_allowed()
    {
        await VerifyAsync(Template(Inline(Reading, more: ", Condition: { Bool: { 'aws:SecureTransport': true } }")));
        await VerifyAsync(Template(Inline(Reading, "!Sub 'arn:aws:sqs:eu-west-1:123456789012:${Unknown}'")));
        await VerifyAsync(Template(Inline("!Ref Unknown")));
    }

    [Theory]
    [InlineData("Role: !ImportValue OrdersRole")]
    [InlineData("Role: arn:aws:iam::123456789012:role/orders")]
    [InlineData("Role: !Ref Unknown")]
    public Task Roles_of_other_stacks_are_not_known(string function) => VerifyAsync(Template(Inline("'logs:*'"), function: function));

    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:210987654321:failures")]
    [InlineData("!ImportValue Failures")]
    public Task Destinations_of_other_stacks_may_let_the_role_in(string destination) => VerifyAsync(Stream($"{{ Destination: {destination} }}"));

    [Fact]
    public Task A_table_may_have_a_policy_of_its_own() =>
        VerifyAsync(
            Template(Inline("'logs:*'"), "DynamoDB")
                .Replace("{ StreamViewType: KEYS_ONLY }", "{ StreamViewType: KEYS_ONLY, ResourcePolicy: { PolicyDocument: { Statement: [] } } }")
        );

    [Theory]
    [InlineData("AWS::SQS::QueuePolicy", "Queues: [!Ref Failures]")]
    [InlineData("AWS::SQS::QueuePolicy", "Queues: [!Ref Unknown]")]
    [InlineData("AWS::SQS::QueueInlinePolicy", "Queue: !Ref Failures")]
    public Task A_policy_of_the_queue_may_let_the_role_in(string type, string target) =>
        VerifyAsync(Stream("{ Destination: !GetAtt Failures.Arn }") + Policy(type, target, "{ AWS: !GetAtt OrdersRole.Arn }", "sqs:SendMessage"));

    [Theory]
    [InlineData("Queues: [!Ref OrdersQueue]", "'*'", "sqs:*")]
    [InlineData("Queues: [!Ref Failures]", "{ Service: sns.amazonaws.com }", "sqs:SendMessage")]
    [InlineData("Queues: [!Ref Failures]", "'*'", "sqs:ReceiveMessage")]
    [InlineData("Queues: [!Ref Failures]", "'*'", "sqs:SendMessage", "Deny")]
    public Task A_policy_of_another_queue_or_for_others_does_not(string target, string principal, string action, string effect = "Allow") =>
        VerifyAsync(
            Stream("{ Destination: !GetAtt Failures.Arn }") + Policy("AWS::SQS::QueuePolicy", target, principal, action, effect),
            Expected("Role 'OrdersRole'", RolePlace, 1, "sqs:SendMessage", "queue", "Failures", Dropped, InPolicy)
        );

    private static string Policy(string type, string target, string principal, string action, string effect = "Allow") =>
        $$"""

              DestinationPolicy:
                Type: {{type}}
                Properties:
                  {{target}}
                  PolicyDocument:
                    Statement:
                      - { Effect: {{effect}}, Principal: {{principal}}, Action: '{{action}}', Resource: '*' }
            """;

    [Fact]
    public Task A_mapping_that_is_switched_off_needs_nothing() => VerifyAsync(Template(Inline("'logs:*'"), settings: "Enabled: false"));

    [Fact]
    public async Task A_comment_silences_it()
    {
        var template = Template(Inline("'logs:*'"));
        await VerifyAsync(template.Replace("  {|#1:OrdersRole|}", "  # alo:disable ALO513 the platform team adds the policy\n  {|#1:OrdersRole|}"));
        await VerifyAsync(template.Replace("        {|#2:Orders|}", "        # alo:disable ALO513 the platform team adds the policy\n        {|#2:Orders|}"));
    }

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO513PermissionMissing>(
                ("template.yaml", Template(Inline("['sqs:ReceiveMessage', 'sqs:GetQueueAttributes']"))),
                Deployed.NoHandler,
                Verify
                    .Diagnostic()
                    .WithLocation(1)
                    .WithArguments("Role 'OrdersRole'", "", "sqs:DeleteMessage", "queue", "OrdersQueue", Refused("DeleteMessage"), InPolicy, "")
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
