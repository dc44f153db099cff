using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Time.ALO302VisibilityBelowAdvice>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

public sealed class ALO302VisibilityBelowAdviceTests
{
    private const string DeadLettered = "RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }";
    private const string OrDeadLettered = ", or reach the dead-letter queue without ever having run";

    private static string Template(string visibility, string timeout, string mapping = "", string queue = DeadLettered, string head = "") =>
        $$"""
            {{head}}
            Resources:
              Dlq:
                Type: AWS::SQS::Queue
              {|#2:OrdersQueue|}:
                Type: AWS::SQS::Queue
                Properties:
                  {{queue}}
                  {{visibility}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  {{timeout}}
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        {{mapping}}
            """;

    private static DiagnosticResult Below(
        int visibility,
        string comparison,
        string tail = OrDeadLettered,
        string where = " (template.yaml(9,26))",
        string more = "",
        string assumption = ""
    ) => Verify.Diagnostic().WithLocation(0).WithArguments("OrdersQueue", visibility, where, comparison, tail, more, assumption);

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed.VerifyAsync<ALO302VisibilityBelowAdvice>(template, expected);

    private static Task VerifyAsync(string template, AnalyzerConfig config, params DiagnosticResult[] expected)
    {
        var test = Deployed.Test<ALO302VisibilityBelowAdvice>(template, expected);
        test.TestState.AnalyzerConfigFiles.Add(config);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Below_twice_the_function_timeout_and_the_window_is_a_warning() =>
        VerifyAsync(
            Template("VisibilityTimeout: {|#1:30|}", "Timeout: 30", "MaximumBatchingWindowInSeconds: 5"),
            Below(30, "2 × function timeout 30 s + batching window 5 s; AWS advises 6 × + window = 185 s")
                .WithLocation(1)
                .WithMessage(
                    "The visibility timeout of queue 'OrdersQueue', 30 s (template.yaml(9,26)), is below 2 × function timeout 30 s + batching window 5 s; AWS advises 6 × + window = 185 s. "
                        + "When invocations are throttled, a message can come back while it is being worked on, or reach the dead-letter queue without ever having run."
                )
        );

    [Theory]
    [InlineData(59)]
    [InlineData(30)]
    public Task Without_a_window_none_is_named(int visibility) =>
        VerifyAsync(
            Template($"VisibilityTimeout: {{|#1:{visibility}|}}", "Timeout: 30"),
            Below(visibility, "2 × function timeout 30 s; AWS advises 6 × = 180 s").WithLocation(1)
        );

    [Theory]
    [InlineData(60)]
    [InlineData(179)]
    public Task From_twice_on_it_is_advice(int visibility) =>
        VerifyAsync(
            Template($"VisibilityTimeout: {{|#1:{visibility}|}}", "Timeout: 30"),
            Below(visibility, "the 180 s that AWS advises: 6 × function timeout 30 s").WithLocation(1).WithSeverity(Info)
        );

    [Theory]
    [InlineData("VisibilityTimeout: 180", "Timeout: 30", "")]
    [InlineData("VisibilityTimeout: 185", "Timeout: 30", "MaximumBatchingWindowInSeconds: 5")]
    [InlineData("", "Timeout: 5", "")]
    public Task What_AWS_advises_is_enough(string visibility, string timeout, string mapping) => VerifyAsync(Template(visibility, timeout, mapping));

    [Fact]
    public Task The_default_function_timeout_fits_the_default_queue() => VerifyAsync(Template("", ""));

    [Fact]
    public Task A_queue_without_a_visibility_timeout_is_pointed_at() =>
        VerifyAsync(
            Template("", "Timeout: 20"),
            Below(30, "2 × function timeout 20 s; AWS advises 6 × = 120 s", where: " (template.yaml(5,3))").WithLocation(2)
        );

    [Fact]
    public Task What_AWS_refuses_is_said_by_ALO301() => VerifyAsync(Template("VisibilityTimeout: 29", "Timeout: 30"));

    [Theory]
    [InlineData("VisibilityTimeout: !Ref Unknown", "Timeout: 30", "")]
    [InlineData("VisibilityTimeout: 30", "Timeout: !Ref Unknown", "")]
    [InlineData("VisibilityTimeout: 30", "Timeout: 30", "MaximumBatchingWindowInSeconds: !Ref Unknown")]
    [InlineData("VisibilityTimeout: '{{resolve:ssm:/orders/visibility}}'", "Timeout: 30", "")]
    public Task What_cannot_be_known_is_no_evidence(string visibility, string timeout, string mapping) =>
        VerifyAsync(Template(visibility, timeout, mapping, head: "Parameters: { Unknown: { Type: Number } }"));

    [Fact]
    public Task Every_possible_value_must_be_too_short() =>
        VerifyAsync(
            Template(
                "VisibilityTimeout: !If [IsProd, 180, 30]",
                "Timeout: 30",
                head: "Parameters: { Stage: { Type: String } }\nConditions: { IsProd: !Equals [!Ref Stage, prod] }"
            )
        );

    [Fact]
    public Task The_mildest_of_all_possible_values_is_judged() =>
        VerifyAsync(
            Template(
                "VisibilityTimeout: {|#1:!If [IsProd, 90, 30]|}",
                "Timeout: 30",
                head: "Parameters: { Stage: { Type: String } }\nConditions: { IsProd: !Equals [!Ref Stage, prod] }"
            ),
            Below(90, "the 180 s that AWS advises: 6 × function timeout 30 s", where: " (template.yaml(10,26))").WithLocation(1).WithSeverity(Info)
        );

    [Fact]
    public Task A_parameters_default_is_named() =>
        VerifyAsync(
            Template("VisibilityTimeout: {|#1:30|}", "Timeout: !Ref Longest", head: "Parameters: { Longest: { Type: Number, Default: 30 } }"),
            Below(
                    30,
                    "2 × function timeout 30 s; AWS advises 6 × = 180 s",
                    assumption: " This holds as long as the deployment keeps the default of parameter 'Longest'."
                )
                .WithLocation(1)
        );

    [Fact]
    public Task Without_a_dead_letter_queue_none_is_reached() =>
        VerifyAsync(
            Template("VisibilityTimeout: {|#1:30|}", "Timeout: 30", queue: "DelaySeconds: 0"),
            Below(30, "2 × function timeout 30 s; AWS advises 6 × = 180 s", "").WithLocation(1)
        );

    [Fact]
    public Task On_a_FIFO_queue_the_group_waits() =>
        VerifyAsync(
            Template("VisibilityTimeout: {|#1:30|}", "Timeout: 30", queue: "FifoQueue: true"),
            Below(
                    30,
                    "2 × function timeout 30 s; AWS advises 6 × = 180 s",
                    "",
                    more: " On this FIFO queue a message's group waits as long as its visibility timeout after each failure."
                )
                .WithLocation(1)
        );

    [Fact]
    public Task A_mapping_that_is_switched_off_is_not_judged() => VerifyAsync(Template("VisibilityTimeout: 30", "Timeout: 30", "Enabled: false"));

    [Theory]
    [InlineData("# alo:disable ALO302 legacy queue, drained by hand\n      VisibilityTimeout: 30")]
    [InlineData("VisibilityTimeout: 30 # alo:disable ALO302 legacy queue, drained by hand")]
    public Task A_comment_silences_it(string visibility) => VerifyAsync(Template(visibility, "Timeout: 30"));

    [Theory]
    [InlineData("4", 119, "the 120 s that alo302.visibility_factor asks for: 4 × function timeout 30 s", Info)]
    [InlineData("8", 180, "the 240 s that alo302.visibility_factor asks for: 8 × function timeout 30 s", Info)]
    [InlineData("4", 40, "2 × function timeout 30 s; alo302.visibility_factor asks for 4 × = 120 s", Warning)]
    public Task The_factor_is_the_projects(string factor, int visibility, string comparison, Microsoft.CodeAnalysis.DiagnosticSeverity severity) =>
        VerifyAsync(
            Template($"VisibilityTimeout: {{|#1:{visibility}|}}", "Timeout: 30"),
            AnalyzerConfig.Editor().Option("alo302.visibility_factor", factor),
            Below(visibility, comparison).WithLocation(1).WithSeverity(severity)
        );

    [Fact]
    public Task A_lower_factor_is_enough_where_it_is_set() =>
        VerifyAsync(Template("VisibilityTimeout: 120", "Timeout: 30"), AnalyzerConfig.Editor().Option("alo302.visibility_factor", "4"));

    [Fact]
    public Task The_factor_can_be_a_property_of_the_build() =>
        VerifyAsync(Template("VisibilityTimeout: 120", "Timeout: 30"), AnalyzerConfig.Global().Property("Alo302VisibilityFactor", "4"));

    [Fact]
    public Task The_configuration_file_wins_over_the_build()
    {
        var test = Deployed.Test<ALO302VisibilityBelowAdvice>(
            Template("VisibilityTimeout: {|#1:120|}", "Timeout: 30"),
            Below(120, "the 150 s that alo302.visibility_factor asks for: 5 × function timeout 30 s").WithLocation(1).WithSeverity(Info)
        );
        test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Global().Property("Alo302VisibilityFactor", "4"));
        test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Editor().Option("alo302.visibility_factor", "5"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("six")]
    [InlineData("0")]
    [InlineData("41")]
    [InlineData("-4")]
    [InlineData("4.5")]
    public Task A_factor_that_is_none_changes_nothing(string factor) =>
        VerifyAsync(
            Template("VisibilityTimeout: {|#1:120|}", "Timeout: 30"),
            AnalyzerConfig.Editor().Option("alo302.visibility_factor", factor),
            Below(120, "the 180 s that AWS advises: 6 × function timeout 30 s").WithLocation(1).WithSeverity(Info)
        );

    [Fact]
    public Task Strict_projects_get_advice_as_a_warning() =>
        VerifyAsync(
            Template("VisibilityTimeout: {|#1:120|}", "Timeout: 30"),
            AnalyzerConfig.Global().Property("AtLeastOnceMode", "Strict"),
            Below(120, "the 180 s that AWS advises: 6 × function timeout 30 s").WithLocation(1)
        );

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO302VisibilityBelowAdvice>(
                ("template.yaml", Template("VisibilityTimeout: {|#0:30|}", "Timeout: 30")),
                Deployed.NoHandler,
                Below(30, "2 × function timeout 30 s; AWS advises 6 × = 180 s", where: "")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Without_handlers_each_function_that_reads_the_queue_is_spoken_of() =>
        Deployed
            .Test<ALO302VisibilityBelowAdvice>(
                (
                    "template.yaml",
                    Template("VisibilityTimeout: {|#0:30|}", "Timeout: 30")
                        + """

                          AuditFunction:
                            Type: AWS::Serverless::Function
                            Properties:
                              Handler: Orders::AuditFunction::Handle
                              Runtime: dotnet8
                              Timeout: 25
                              Events:
                                Orders:
                                  Type: SQS
                                  Properties:
                                    Queue: !GetAtt OrdersQueue.Arn
                        """
                ),
                Deployed.NoHandler,
                Below(30, "2 × function timeout 30 s; AWS advises 6 × = 180 s", where: ""),
                Below(30, "2 × function timeout 25 s; AWS advises 6 × = 150 s", where: "")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task A_global_configuration_reaches_the_factor_in_a_template()
    {
        var test = Deployed.Test<ALO302VisibilityBelowAdvice>(("template.yaml", Template("VisibilityTimeout: 120", "Timeout: 30")), Deployed.NoHandler);
        test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Global().Option("alo302.visibility_factor", "4"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
