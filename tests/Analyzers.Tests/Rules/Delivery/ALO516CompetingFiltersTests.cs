using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO516CompetingFilters>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO516CompetingFiltersTests
{
    private const string Undecided = "Parameters: { Unknown: { Type: String } }\nConditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }";
    private const string Orders = "{\"body\":{\"kind\":[\"order\"]}}";
    private const string Refunds = "{\"body\":{\"kind\":[\"refund\"]}}";

    private static string Template(
        string filters,
        string otherFilters,
        string enabled = "true",
        string otherEnabled = "true",
        string head = "Description: Orders",
        string source = "!GetAtt OrdersQueue.Arn",
        string condition = "",
        string otherFunction = "RefundsFunction"
    ) =>
        $$"""
            {{head}}
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
              OrdersFunction:
                Type: AWS::Lambda::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
              RefundsFunction:
                Type: AWS::Lambda::Function
                Properties:
                  Handler: Refunds::RefundsFunction::Handle
                  Runtime: dotnet8
              Orders:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  FunctionName: !Ref OrdersFunction
                  EventSourceArn: {{source}}
                  Enabled: {{enabled}}
                  {{filters}}
              Refunds:
                Type: AWS::Lambda::EventSourceMapping
                {{condition}}
                Properties:
                  FunctionName: !Ref {{otherFunction}}
                  EventSourceArn: {{source}}
                  Enabled: {{otherEnabled}}
                  {{otherFilters}}
            """;

    private static string Filter(params string[] patterns) =>
        $"FilterCriteria: {{ Filters: [{string.Join(", ", patterns.Select(pattern => $"{{ Pattern: '{pattern}' }}"))}] }}";

    private static string Marked(string filter) => filter.Replace("Filters: [", "Filters: {|#1:[").Replace("] }", "]|} }").Replace("]|} }'", "] }'");

    private static DiagnosticResult Competing(string where = " (template.yaml(21,34))", string queue = "OrdersQueue", string assumption = "") =>
        Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("Orders", "Refunds", queue, where, assumption);

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) => Deployed.VerifyAsync<ALO516CompetingFilters>(template, expected);

    [Fact]
    public Task Each_deletes_what_the_other_wants() =>
        VerifyAsync(
            Template(Marked(Filter(Orders)), Filter(Refunds)),
            Competing()
                .WithSeverity(Error)
                .WithMessage(
                    "Mappings 'Orders' and 'Refunds' read queue 'OrdersQueue' with different filters (template.yaml(21,34)): each message goes to one of them at random, and when it does not match there, it is deleted "
                        + "although the other wants it. Give each function a queue of its own, behind an SNS topic with filter policies."
                )
        );

    [Fact]
    public Task The_one_without_filters_loses_too() => VerifyAsync(Template(Marked(Filter(Orders)), "BatchSize: 10"), Competing());

    [Fact]
    public Task The_place_is_that_of_the_filters_there_are() =>
        VerifyAsync(Template("BatchSize: 10", Marked(Filter(Orders))), Competing(" (template.yaml(29,34))"));

    [Fact]
    public Task More_filters_are_other_filters() => VerifyAsync(Template(Marked(Filter(Orders)), Filter(Orders, Refunds)), Competing());

    [Fact]
    public Task A_queue_of_another_stack() =>
        VerifyAsync(
            Template(Marked(Filter(Orders)), Filter(Refunds), source: "arn:aws:sqs:eu-west-1:123456789012:orders"),
            Competing(queue: "arn:aws:sqs:eu-west-1:123456789012:orders")
        );

    [Theory]
    [InlineData("{\"body\":{\"kind\":[\"a\",\"b\"],\"shop\":[1]}}", "{ \"body\": { \"shop\": [1], \"kind\": [\"b\", \"a\"] } }")]
    [InlineData("{\"body\":[\"a\"]}", "{\"body\":[\"a\",\"a\"]}")]
    public Task Filters_that_are_only_written_differently(string one, string other) => VerifyAsync(Template(Filter(one), Filter(other)));

    [Fact]
    public Task The_order_of_filters_does_not_count() => VerifyAsync(Template(Filter(Orders, Refunds), Filter(Refunds, Orders)));

    [Theory]
    [InlineData("BatchSize: 10", "BatchSize: 5")]
    [InlineData("BatchSize: 10", "FilterCriteria: { Filters: [] }")]
    [InlineData("FilterCriteria: !Ref Unknown", "BatchSize: 10")]
    [InlineData("FilterCriteria: { Filters: [{ Pattern: !Ref Unknown }] }", "BatchSize: 10")]
    [InlineData("FilterCriteria: { Filters: [{ Pattern: 'order' }] }", "BatchSize: 10")]
    [InlineData(
        "FilterCriteria: !If [IsProd, { Filters: [{ Pattern: '{\"body\":[\"a\"]}' }] }, { Filters: [{ Pattern: '{\"body\":[\"b\"]}' }] }]",
        "FilterCriteria: !If [IsProd, { Filters: [{ Pattern: '{\"body\":[\"a\"]}' }] }, { Filters: [{ Pattern: '{\"body\":[\"b\"]}' }] }]"
    )]
    [InlineData("FilterCriteria: !If [IsProd, { Filters: [{ Pattern: '{\"body\":[\"a\"]}' }] }, !Ref 'AWS::NoValue']", "BatchSize: 10")]
    public Task None_unknown_or_perhaps_the_same(string filters, string otherFilters) => VerifyAsync(Template(filters, otherFilters, head: Undecided));

    [Theory]
    [InlineData("false", "true")]
    [InlineData("true", "false")]
    [InlineData("true", "!Ref Unknown")]
    [InlineData("!If [IsProd, true, false]", "!If [IsProd, false, true]")]
    public Task One_that_is_off_takes_nothing(string enabled, string otherEnabled) =>
        VerifyAsync(Template(Filter(Orders), Filter(Refunds), enabled, otherEnabled, Undecided));

    [Fact]
    public Task One_that_may_not_be_deployed() => VerifyAsync(Template(Filter(Orders), Filter(Refunds), head: Undecided, condition: "Condition: IsProd"));

    [Fact]
    public Task Two_mappings_to_one_function_are_refused() => VerifyAsync(Template(Filter(Orders), Filter(Refunds), otherFunction: "OrdersFunction"));

    [Fact]
    public Task A_parameters_default_makes_it_a_warning() =>
        VerifyAsync(
            Template(Marked(Filter(Orders)), Filter(Refunds), "!Ref On", head: "Parameters: { On: { Type: String, Default: true } }"),
            Competing(assumption: " This holds as long as the deployment keeps the default of parameter 'On'.").WithSeverity(Warning)
        );

    [Fact]
    public Task A_comment_silences_it() => VerifyAsync(Template(Filter(Orders) + " # alo:disable ALO516 the other kind is never sent", Filter(Refunds)));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO516CompetingFilters>(
                ("template.yaml", Template(Marked(Filter(Orders)).Replace("#1", "#0"), Filter(Refunds))),
                Deployed.NoHandler,
                Verify.Diagnostic().WithLocation(0).WithArguments("Orders", "Refunds", "OrdersQueue", "", "")
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
