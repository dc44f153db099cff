using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static AtLeastOnce.Analyzers.Tests.Deployments.CdkPrograms;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>What the roles that the CDK makes are granted, and what they lack.</summary>
public sealed class CdkRoleTests
{
    private const string Program = "\n\npublic static class Program { public static void Main() => new OrdersStack(new App(), \"Orders\"); }\n";

    private const string Mapping = "function.AddEventSourceMapping(\"Mapping\", new EventSourceMappingOptions { EventSourceArn = queue.QueueArn });";

    private const string Resources = """
        var queue = new Queue(this, "OrdersQueue");
                var other = new Queue(this, "OtherQueue");
                var stream = new Amazon.CDK.AWS.Kinesis.Stream(this, "OrdersStream");
                var table = new Table(this, "OrdersTable", new TableProps { Stream = StreamViewType.NEW_IMAGE });
                var topic = new Topic(this, "LostTopic");
                var function = new Function(this, "OrdersFunction", new FunctionProps { Runtime = Runtime.DOTNET_8, Handler = "Shop::Shop.Orders::Handle", Code = Code.FromAsset("out") });
        """;

    private static string Orders(string statements, string members = "", string program = Program) =>
        Stack($"{Resources}\n        {statements}", members) + program;

    private static string Marked(string mapping) =>
        mapping.Replace("function.AddEventSourceMapping(", "{|#0:function.AddEventSourceMapping(").Replace(");", ")|};");

    private static DiagnosticResult Lacks(string actions, string noun, string name, string mapping, string refused, string remedy) =>
        new DiagnosticResult("ALO513")
            .WithLocation(0)
            .WithMessage(
                $"The role that the CDK makes for function 'OrdersFunction' does not allow {actions} on {noun} '{name}': "
                    + $"AWS refuses mapping '{mapping}', and the deployment fails: {refused}. {remedy}."
            );

    private static DiagnosticResult LacksQueue(string mapping = "OrdersFunction/EventSourceMapping") =>
        Lacks(
            "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes",
            "queue",
            "OrdersQueue",
            mapping,
            "\"InvalidParameterValueException: The provided execution role does not have permissions to call ReceiveMessage on SQS\"",
            "Give the function an SqsEventSource in place of the mapping, or call GrantConsumeMessages for it"
        );

    [Fact]
    public Task A_mapping_of_its_own_grants_nothing_on_its_source() => VerifyAsync<ALO513PermissionMissing>(Orders(Marked(Mapping)), LacksQueue());

    [Theory]
    [InlineData("new {|#0:EventSourceMapping|}(this, \"Mapping\", new EventSourceMappingProps { Target = function, EventSourceArn = queue.QueueArn });")]
    [InlineData(
        "new {|#0:CfnEventSourceMapping|}(this, \"Mapping\", new CfnEventSourceMappingProps { FunctionName = function.FunctionName, EventSourceArn = queue.QueueArn });"
    )]
    public Task Nor_does_one_that_is_a_construct(string mapping) => VerifyAsync<ALO513PermissionMissing>(Orders(mapping), LacksQueue());

    [Fact]
    public Task A_grant_on_another_queue_or_to_another_function_is_none() =>
        VerifyAsync<ALO513PermissionMissing>(
            Orders(
                "var second = new Function(this, \"Second\", new FunctionProps { Handler = \"Shop::Shop.Second::Handle\" }); other.GrantConsumeMessages(function); queue.GrantConsumeMessages(second); "
                    + Marked(Mapping)
            ),
            LacksQueue()
        );

    [Theory]
    [InlineData(
        "stream",
        "StreamArn",
        "kinesis:DescribeStream, kinesis:GetRecords, kinesis:GetShardIterator",
        "DescribeStream on Kinesis",
        "KinesisEventSource",
        "GrantRead"
    )]
    [InlineData(
        "table",
        "TableStreamArn",
        "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator",
        "DescribeStream on DynamoDB",
        "DynamoEventSource",
        "GrantStreamRead"
    )]
    public Task Streams_as_well(string source, string arn, string actions, string refused, string eventSource, string grant)
    {
        var mapping = Mapping.Replace("queue.QueueArn", $"{source}.{arn}, StartingPosition = StartingPosition.LATEST");
        var (noun, name) = source == "stream" ? ("stream", "OrdersStream") : ("the stream of table", "OrdersTable");
        return VerifyAsync<ALO513PermissionMissing>(
            Orders(Marked(mapping)),
            Lacks(
                actions,
                noun,
                name,
                "OrdersFunction/EventSourceMapping",
                $"InvalidParameterValueException: The provided execution role does not have permissions to call {refused}",
                $"Give the function a {eventSource} in place of the mapping, or call {grant} for it"
            )
        );
    }

    [Theory]
    [InlineData("queue.GrantConsumeMessages(function);")]
    [InlineData("Allow(queue, function);")]
    [InlineData("queue.GrantConsumeMessages(new Alias(this, \"Live\", new AliasProps { AliasName = \"live\", Version = function.CurrentVersion }));")]
    [InlineData("function.AddEventSource(new SqsEventSource(queue));")]
    [InlineData("function.AddToRolePolicy(new Amazon.CDK.AWS.IAM.PolicyStatement());")]
    [InlineData("function.Role.AddManagedPolicy(Amazon.CDK.AWS.IAM.ManagedPolicy.FromAwsManagedPolicyName(\"service-role/AWSLambdaSQSQueueExecutionRole\"));")]
    [InlineData("queue.GrantConsumeMessages(function.Role);")]
    [InlineData("foreach (var one in new[] { function }) queue.GrantConsumeMessages(one);")]
    [InlineData("foreach (var one in new[] { queue, other }) one.GrantConsumeMessages(function);")]
    [InlineData("var all = new List<IFunction>(); all.Add(function);")]
    public Task What_is_granted_or_may_be(string statement) =>
        VerifyAsync<ALO513PermissionMissing>(
            Orders(
                statement + " " + Mapping,
                "private static void Allow(IQueue queue, Amazon.CDK.AWS.IAM.IGrantable grantee) => queue.GrantConsumeMessages(grantee);"
            )
        );

    [Fact]
    public Task A_method_that_is_not_there_may_grant_anything()
    {
        var test = new CSharpAnalyzerTest<ALO513PermissionMissing>
        {
            AssemblyName = "Infra",
            TestState = { Sources = { Orders("queue.GrantEverything(function); " + Mapping) } },
            ReferenceAssemblies = References.With("Constructs", "Amazon.CDK.Lib"),
            CompilerDiagnostics = CompilerDiagnostics.None,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_role_of_its_own_may_allow_anything() =>
        VerifyAsync<ALO513PermissionMissing>(
            Orders(Mapping).Replace("Handler = \"Shop", "Role = new Amazon.CDK.AWS.IAM.Role(this, \"Role\"), Handler = \"Shop")
        );

    [Fact]
    public Task A_stack_that_another_project_uses_may_be_granted_more_there() => VerifyAsync<ALO513PermissionMissing>(Orders(Mapping, program: ""));

    [Fact]
    public Task A_queue_that_is_made_elsewhere_is_not_known() =>
        VerifyAsync<ALO513PermissionMissing>(Orders(Mapping.Replace("queue.QueueArn", "\"arn:aws:sqs:eu-west-1:123456789012:orders\"")));

    [Theory]
    [InlineData("new SnsDlq(topic)")]
    [InlineData("new SqsDlq(other)")]
    public Task A_destination_is_granted_with_the_mapping(string destination) =>
        VerifyAsync<ALO513PermissionMissing>(
            Orders(
                "stream.GrantRead(function); "
                    + Mapping.Replace("queue.QueueArn", $"stream.StreamArn, StartingPosition = StartingPosition.LATEST, OnFailure = {destination}")
            )
        );
}
