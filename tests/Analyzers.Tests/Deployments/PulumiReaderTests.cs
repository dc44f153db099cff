using System.Reflection;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>What is read of programs that deploy with Pulumi, and what is not known of them.</summary>
public sealed class PulumiReaderTests
{
    private static DeploymentModel Read(string statements, string types = "")
    {
        var model = PulumiPrograms.Read(PulumiPrograms.Program(statements, types));
        Assert.NotNull(model);
        return model;
    }

    private static Queue QueueOf(string arguments, string before = "") => Assert.Single(Read($"{before} new Queue(\"orders\", {arguments});").Queues);

    [Theory]
    [InlineData("new QueueArgs { VisibilityTimeoutSeconds = 60 }", "", "60")]
    [InlineData("new() { VisibilityTimeoutSeconds = 6 * 10 }", "", "60")]
    [InlineData("new() { VisibilityTimeoutSeconds = seconds * 6 - 30 }", "var seconds = 15;", "60")]
    [InlineData("args", "var args = new QueueArgs { VisibilityTimeoutSeconds = 60 };", "60")]
    [InlineData("args", "var args = new QueueArgs(); args.VisibilityTimeoutSeconds = 60;", "60")]
    [InlineData("new() { VisibilityTimeoutSeconds = isProd ? 60 : 90 }", "var isProd = new Config().RequireBoolean(\"prod\");", "60 | 90")]
    [InlineData("new() { VisibilityTimeoutSeconds = new Config().GetInt32(\"seconds\") ?? 60 }", "", "60")]
    [InlineData("new()", "", "30 (default)")]
    [InlineData("null", "", "30 (default)")]
    [InlineData("new() { VisibilityTimeoutSeconds = new Queue(\"other\", new() { VisibilityTimeoutSeconds = 5 }).GetResourceName().Length }", "", null)]
    [InlineData("new() { VisibilityTimeoutSeconds = new Config().RequireInt32(\"seconds\") }", "", null)]
    [InlineData("new() { VisibilityTimeoutSeconds = Output.Create(60).Apply(seconds => System.Math.Max(seconds, 2)) }", "", null)]
    [InlineData(
        "args",
        "var args = new QueueArgs { VisibilityTimeoutSeconds = 60 }; if (new Config().RequireBoolean(\"x\")) args.VisibilityTimeoutSeconds = 90;",
        null
    )]
    [InlineData("args", "var args = new QueueArgs { VisibilityTimeoutSeconds = 60 }; Program.Change(args);", null)]
    public void Values_of_a_setting(string arguments, string before, string? expected)
    {
        const string Change = "public static partial class Program { public static void Change(QueueArgs args) => args.VisibilityTimeoutSeconds = 90; }";
        var program = PulumiPrograms
            .Program($"{before} new Queue(\"orders\", {arguments});", Change)
            .Replace("static class Program", "static partial class Program");
        var queue = PulumiPrograms.Read(program)!.Queues.Single(queue => queue.LogicalId == "orders");

        if (expected is null)
            Assert.Equal(SettingState.Unknown, queue.VisibilityTimeout.State);
        else
            Assert.Equal(expected, queue.VisibilityTimeout.ToString());
    }

    [Fact]
    public void A_value_of_the_configuration_with_a_default_holds_as_long_as_that_is_kept() =>
        Assert.Equal("seconds", QueueOf("new() { DelaySeconds = new Config().GetInt32(\"seconds\") ?? 60 }").DelaySeconds.RestsOnParameter);

    [Theory]
    [InlineData("dlq.Arn.Apply(arn => JsonSerializer.Serialize(new { deadLetterTargetArn = arn, maxReceiveCount = 5 }))")]
    [InlineData(
        "dlq.Arn.Apply(arn => { return JsonSerializer.Serialize(new Dictionary<string, object> { [\"deadLetterTargetArn\"] = arn, [\"maxReceiveCount\"] = 5 }); })"
    )]
    [InlineData("dlq.Arn.Apply(arn => $\"{{\\\"deadLetterTargetArn\\\":\\\"{arn}\\\",\\\"maxReceiveCount\\\":{5}}}\")")]
    [InlineData("Output.Format($\"{{\\\"deadLetterTargetArn\\\":\\\"{dlq.Arn}\\\",\\\"maxReceiveCount\\\":5}}\")")]
    [InlineData("Output.JsonSerialize(Output.Create(new Dictionary<string, object> { { \"deadLetterTargetArn\", dlq.Arn }, { \"maxReceiveCount\", 2 + 3 } }))")]
    public void Redrive_policies(string policy)
    {
        var model = Read($"var dlq = new Queue(\"dlq\"); new Queue(\"orders\", new() {{ RedrivePolicy = {policy} }});");
        var read = model.Queues.Single(queue => queue.LogicalId == "orders").RedrivePolicy.Single();

        Assert.Equal(("dlq", 5), (read!.DeadLetter.LogicalId, read.MaxReceiveCount.Single()));
    }

    [Theory]
    [InlineData("dlq.Arn.Apply(arn => Policies.Of(arn))")]
    [InlineData("dlq.Arn.Apply(arn => JsonSerializer.Serialize(new Policy(arn, 5)))")]
    [InlineData("dlq.Arn.Apply(arn => JsonSerializer.Serialize(new { deadLetterTargetArn = arn }, JsonSerializerOptions.Default))")]
    [InlineData("new Config().Require(\"policy\")")]
    public void Redrive_policies_that_are_not_known(string policy)
    {
        const string Types = """
            public record Policy(string DeadLetterTargetArn, int MaxReceiveCount);

            public static class Policies
            {
                public static string Of(string arn) => arn.Length > 5 ? arn.ToLowerInvariant() : arn;
            }
            """;
        var model = Read($"var dlq = new Queue(\"dlq\"); new Queue(\"orders\", new() {{ RedrivePolicy = {policy} }});", Types);

        Assert.Equal(SettingState.Unknown, model.Queues.Single(queue => queue.LogicalId == "orders").RedrivePolicy.State);
    }

    [Fact]
    public void A_redrive_policy_whose_queue_is_not_known()
    {
        const string Policy =
            "Output.Tuple<string, int>(dlq.Arn, 5).Apply(both => JsonSerializer.Serialize(new { deadLetterTargetArn = both.Item1, maxReceiveCount = 5 }))";
        var model = Read($"var dlq = new Queue(\"dlq\"); new Queue(\"orders\", new() {{ RedrivePolicy = {Policy} }});");
        var read = model.Queues.Single(queue => queue.LogicalId == "orders").RedrivePolicy.Single();

        Assert.Equal((true, 5), (read!.DeadLetter.IsUnknown, read.MaxReceiveCount.Single()));
    }

    [Theory]
    [InlineData("foreach (var name in new[] { \"a\", \"b\" }) new Queue(name, new() { DelaySeconds = 5 });")]
    [InlineData("if (new Config().RequireBoolean(\"x\")) new Queue(\"orders\", new() { DelaySeconds = 5 });")]
    [InlineData("for (var i = 0; i < 2; i++) Make(\"orders\"); void Make(string name) => new Queue(name, new() { DelaySeconds = 5 });")]
    [InlineData("new Queue(\"orders\", new() { DelaySeconds = 5 }, new CustomResourceOptions { IgnoreChanges = { \"delaySeconds\" } });")]
    [InlineData("new Queue(\"orders\", Args()); QueueArgs Args() => JsonSerializer.Deserialize<QueueArgs>(\"{}\");")]
    public void Resources_that_are_not_known(string statements)
    {
        var queue = Assert.Single(Read(statements).Queues);

        Assert.Equal((SettingState.Unknown, SettingState.Unknown), (queue.DelaySeconds.State, queue.VisibilityTimeout.State));
    }

    [Theory]
    [InlineData("if (new Config().RequireBoolean(\"x\")) new RedrivePolicy(\"orders\", new() { QueueUrl = queue.Id, RedrivePolicyName = \"{}\" });")]
    [InlineData("foreach (var url in new[] { queue.Url }) new RedrivePolicy(\"orders\", new() { QueueUrl = url, RedrivePolicyName = \"{}\" });")]
    [InlineData("new RedrivePolicy(\"orders\", JsonSerializer.Deserialize<RedrivePolicyArgs>(\"{}\"));")]
    public void A_redrive_policy_that_may_be_there(string statements) =>
        Assert.False(
            Assert.Single(Read($"var queue = new Queue(\"orders\"); {statements}").Queues).RedrivePolicy
                is { IsMissing: true }
                    or { MayBeMissing: false, Values.Count: > 0 }
        );

    [Theory]
    [InlineData(
        "Add(\"orders\"); void Add(string name) => new Pulumi.Aws.Iam.RolePolicyAttachment(name, new() { Role = role.Name, PolicyArn = Arn });",
        nameof(Grant.Allowed)
    )]
    [InlineData("new Pulumi.Aws.Iam.RolePolicy(\"orders\", new() { Role = role.Id, Policy = Policy });", nameof(Grant.NotAllowed))]
    [InlineData(
        "foreach (var arn in new[] { Arn }) new Pulumi.Aws.Iam.RolePolicyAttachment(arn, new() { Role = role.Name, PolicyArn = arn });",
        nameof(Grant.Unknown)
    )]
    [InlineData(
        "new Pulumi.Aws.Iam.RolePolicyAttachment(\"orders\", new() { Role = role.Name, PolicyArn = new Config().Require(\"arn\") });",
        nameof(Grant.Unknown)
    )]
    [InlineData("new Fleet(\"orders\");", nameof(Grant.Unknown))]
    public void What_a_role_may_do(string statements, string expected)
    {
        const string Before = """
            const string Arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole";
            const string Policy = "{ \"Statement\": { \"Effect\": \"Allow\", \"Action\": \"sns:Publish\", \"Resource\": \"*\" } }";
            var role = new Pulumi.Aws.Iam.Role("orders", new() { AssumeRolePolicy = "{}" });
            var function = new Function("orders", new FunctionArgs { Role = role.Arn });
            """;
        const string Fleet =
            "public class Fleet : ComponentResource { public Fleet(string name) : base(\"shop:fleet\", name) => new ComponentResource(\"other:fleet\", \"more\"); }";
        var model = Read(Before + statements, statements.Contains(nameof(Fleet)) ? Fleet : "");

        var granted = model.RoleOf(Assert.Single(model.Functions))!.MayDo("sqs:ReceiveMessage", ResourceLink.ToLiteral("arn:aws:sqs:eu-west-1:1:orders"));
        Assert.Equal(expected, granted.ToString());
    }

    [Fact]
    public void A_local_function_that_is_called_once_is_followed_with_its_arguments()
    {
        var model = Read(
            """
            var seconds = 5;
            var orders = Make("orders", 60);
            var jobs = Make("jobs", 90);
            new EventSourceMapping("orders-mapping", new() { EventSourceArn = jobs.Arn, FunctionName = "orders" });
            Queue Make(string name, int visibility) => new Queue($"{name}-queue", new() { VisibilityTimeoutSeconds = visibility, DelaySeconds = seconds });
            """
        );

        Assert.Equal(
            [("orders-queue", "60", "5"), ("jobs-queue", "90", "5")],
            model.Queues.Select(queue => (queue.LogicalId, queue.VisibilityTimeout.ToString(), queue.DelaySeconds.ToString()))
        );
        Assert.Equal("jobs-queue", Assert.Single(model.Mappings).Source.LogicalId);
    }

    [Fact]
    public void A_component_is_followed_with_its_arguments()
    {
        const string Types = """
            public class WorkerArgs
            {
                public Queue Queue { get; set; }
                public Input<string> Handler { get; set; }
                public int Timeout { get; set; }
            }

            public class Worker : ComponentResource
            {
                public Function Function { get; }

                public Worker(string name, WorkerArgs args, ComponentResourceOptions options = null) : base("shop:worker", name, options)
                {
                    Function = new Function($"{name}-function", new FunctionArgs { Handler = args.Handler, Timeout = args.Timeout }, new CustomResourceOptions { Parent = this });
                    new EventSourceMapping($"{name}-mapping", new() { EventSourceArn = args.Queue.Arn, FunctionName = Function.Name }, new() { Parent = this });
                }
            }
            """;
        var model = Read(
            """
            var slow = new Queue("slow");
            var fast = new Queue("fast");
            new Worker("slow-worker", new() { Queue = slow, Handler = "A::B::C", Timeout = 60 });
            var worker = new Worker("fast-worker", new WorkerArgs { Queue = fast, Handler = "A::B::D", Timeout = 5 });
            new FunctionEventInvokeConfig("fast", new() { FunctionName = worker.Function.Name, MaximumRetryAttempts = 0 });
            """,
            Types
        );

        Assert.Equal(
            [("slow-worker-function", "A::B::C", 60), ("fast-worker-function", "A::B::D", 5)],
            model.Functions.Select(function => (function.LogicalId, function.Handler.Single()!, function.Timeout.Single()!.Value))
        );
        Assert.Equal(
            [("slow", "slow-worker-function"), ("fast", "fast-worker-function")],
            model.Mappings.Select(mapping => (mapping.Source.LogicalId!, mapping.Function.LogicalId!))
        );
        Assert.Equal("fast-worker-function", Assert.Single(model.InvokeConfigs).Function.LogicalId);
    }

    [Fact]
    public void A_stack_that_is_a_class()
    {
        var program =
            PulumiPrograms.Usings
            + """
                public class OrdersStack : Stack
                {
                    public OrdersStack() => new Queue("orders", new QueueArgs { DelaySeconds = 5 });
                }

                public static class Program
                {
                    public static System.Threading.Tasks.Task<int> Main() => Deployment.RunAsync<OrdersStack>();
                }
                """;

        Assert.Equal(5, Assert.Single(PulumiPrograms.Read(program)!.Queues).DelaySeconds.Single());
    }

    [Fact]
    public void Transformations_may_change_everything()
    {
        var program =
            PulumiPrograms.Usings
            + """
                public class OrdersStack : Stack
                {
                    public OrdersStack() : base(new StackOptions { ResourceTransformations = { args => null } }) => new Queue("orders", new QueueArgs { DelaySeconds = 5 });
                }
                """;

        Assert.Equal(SettingState.Unknown, Assert.Single(PulumiPrograms.Read(program)!.Queues).DelaySeconds.State);
    }

    [Fact]
    public void Resources_of_one_name_are_told_apart_by_their_types()
    {
        var model = Read(
            """
            var queue = new Queue("orders");
            var function = new Function("orders", new FunctionArgs { Runtime = Runtime.Dotnet8 });
            new EventSourceMapping("orders", new() { EventSourceArn = queue.Arn, FunctionName = function.Arn });
            """
        );

        var mapping = Assert.Single(model.Mappings);
        Assert.Equal(("orders", "orders (Function)", "orders (EventSourceMapping)"), (mapping.Source.LogicalId, mapping.Function.LogicalId, mapping.LogicalId));
        Assert.Equal("dotnet8", Assert.Single(model.Functions).Runtime.Single());
    }

    [Fact]
    public void A_resource_that_is_looked_up_is_unknown()
    {
        var model = Read("""new EventSourceMapping("orders", new() { EventSourceArn = Queue.Get("orders", "url").Arn, FunctionName = "orders" });""");

        Assert.True(Assert.Single(model.Mappings).Source.IsUnknown);
    }

    [Fact]
    public void A_program_without_functions_and_queues_has_no_model() =>
        Assert.Null(PulumiPrograms.Read(PulumiPrograms.Program("new Pulumi.Aws.Sns.Topic(\"news\");")));

    [Fact]
    public void Pulumis_name_is_one_that_the_provider_has()
    {
        var names = Assembly
            .Load("Pulumi.Aws")
            .GetTypes()
            .Where(type => type.Name.EndsWith("Args", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties())
            .Select(property => property.Name)
            .ToHashSet();

        var written = SettingNames.Properties.Where(property => property != "RedrivePolicy.maxReceiveCount");
        Assert.All(written.SelectMany(property => SettingNames.PathOf(Dialect.Pulumi, property).Split('.')), name => Assert.Contains(name, names));
    }
}
