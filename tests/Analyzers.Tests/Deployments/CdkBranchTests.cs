using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static AtLeastOnce.Analyzers.Tests.Deployments.CdkPrograms;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>Mappings that a stack makes in branches never meet; those of one branch do.</summary>
public sealed class CdkBranchTests
{
    private const string Prelude = """
        var queue = new Queue(this, "OrdersQueue");
                var function = new Function(this, "OrdersFunction", new FunctionProps());
                var other = new Function(this, "RefundsFunction", new FunctionProps());
                var isProduction = id == "production";

        """;

    private const string Members = """
            private static void Feed(Function function, IQueue queue) => function.AddEventSource(new SqsEventSource(queue));

            private static void FeedTwice(Function function, IQueue queue)
            {
                function.AddEventSource(new SqsEventSource(queue, new SqsEventSourceProps { BatchSize = 5 }));
                function.AddEventSource(new SqsEventSource({|#0:queue|}));
            }

            private static void FeedPerhaps(Function function, IQueue queue, bool isFed)
            {
                if (isFed)
                    function.AddEventSource(new SqsEventSource(queue));
            }
        """;

    private static string With(string statements) => Stack(Prelude + statements, Members.Replace("{|#0:queue|}", "queue"));

    [Theory]
    [InlineData(
        """
            if (isProduction)
                function.AddEventSource(new SqsEventSource(queue, new SqsEventSourceProps { BatchSize = 100, MaxBatchingWindow = Duration.Seconds(5) }));
            else
                function.AddEventSource(new SqsEventSource(queue));
            """
    )]
    [InlineData(
        """
            if (isProduction)
            {
                function.AddEventSource(new SqsEventSource(queue));
                return;
            }

            function.AddEventSource(new SqsEventSource(queue, new SqsEventSourceProps { BatchSize = 5 }));
            """
    )]
    [InlineData(
        """
            switch (id)
            {
                case "production":
                    function.AddEventSource(new SqsEventSource(queue));
                    break;
                default:
                    function.AddEventSource(new SqsEventSource(queue, new SqsEventSourceProps { BatchSize = 5 }));
                    break;
            }
            """
    )]
    [InlineData(
        """
            var third = new Function(this, "ThirdFunction", new FunctionProps
            {
                Events = isProduction ? new IEventSource[] { new SqsEventSource(queue) } : new IEventSource[] { new SqsEventSource(queue) },
            });
            """
    )]
    [InlineData("if (isProduction) Feed(function, queue); else Feed(function, queue);")]
    [InlineData("FeedPerhaps(function, queue, isProduction); FeedPerhaps(function, queue, !isProduction);")]
    [InlineData(
        "if (isProduction) Add(5); else Add(10); void Add(int size) => function.AddEventSource(new SqsEventSource(queue, new SqsEventSourceProps { BatchSize = size }));"
    )]
    [InlineData(
        """
            if (isProduction)
                function.AddEventSourceMapping("Fast", new EventSourceMappingOptions { EventSourceArn = queue.QueueArn });
            else
                function.AddEventSourceMapping("Slow", new EventSourceMappingOptions { EventSourceArn = queue.QueueArn });
            """
    )]
    public Task One_of_several_branches_makes_the_only_mapping(string statements) => VerifyAsync<ALO510RefusedByAws>(With(statements));

    [Theory]
    [InlineData("function.AddEventSource(new SqsEventSource(queue)); function.AddEventSource(new SqsEventSource({|#0:queue|}));")]
    [InlineData("function.AddEventSource(new SqsEventSource(queue)); if (isProduction) function.AddEventSource(new SqsEventSource({|#0:queue|}));")]
    [InlineData("if (isProduction) { Feed(function, queue); function.AddEventSource(new SqsEventSource({|#0:queue|})); }")]
    [InlineData(
        """
            if (isProduction)
            {
                var source = new SqsEventSource(queue);
                function.AddEventSource(source);
                function.AddEventSource(new SqsEventSource({|#0:queue|}));
            }
            """
    )]
    public Task A_second_mapping_of_one_branch_is_refused(string statements) =>
        VerifyAsync<ALO510RefusedByAws>(With(statements), new DiagnosticResult("ALO510").WithLocation(0));

    [Theory]
    [InlineData("FeedTwice(function, queue);")]
    [InlineData("if (isProduction) FeedTwice(function, queue);")]
    public Task A_second_mapping_of_one_call_is_refused(string statements) =>
        VerifyAsync<ALO510RefusedByAws>(Stack(Prelude + statements, Members), new DiagnosticResult("ALO510").WithLocation(0));

    private const string Orders =
        """Filters = {|#0:new[] { FilterCriteria.Filter(new Dictionary<string, object> { ["body"] = FilterRule.BeginsWith("order") }) }|}""";
    private const string Refunds =
        """Filters = new[] { FilterCriteria.Filter(new Dictionary<string, object> { ["body"] = FilterRule.BeginsWith("refund") }) }""";

    private static string Filtered(string between) =>
        $$"""
            if (isProduction)
            {
                function.AddEventSource(new SqsEventSource(queue, new SqsEventSourceProps { {{Orders}} }));
            {{between}}
                other.AddEventSource(new SqsEventSource(queue, new SqsEventSourceProps { {{Refunds}} }));
            }
            """;

    [Fact]
    public Task Filters_of_one_branch_compete() => VerifyAsync<ALO516CompetingFilters>(With(Filtered("")), new DiagnosticResult("ALO516").WithLocation(0));

    [Fact]
    public Task Filters_of_two_branches_do_not() => VerifyAsync<ALO516CompetingFilters>(With(Filtered("} else {").Replace("{|#0:", "").Replace("|}", "")));

    [Fact]
    public void What_runs_once_has_no_condition()
    {
        var model = Read(Prelude + "function.AddEventSource(new SqsEventSource(queue)); if (isProduction) other.AddEventSource(new SqsEventSource(queue));");
        Assert.Collection(model.Mappings, mapping => Assert.Null(mapping.Condition), mapping => Assert.NotNull(mapping.Condition));
        Assert.All(model.Functions, function => Assert.Null(function.Condition));
    }
}
