using Verifier = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Time.ALO305RemainingTimeIgnored,
    AtLeastOnce.CodeFixes.Rules.Time.ALO305RemainingTimeIgnoredFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

public sealed class ALO305PowertoolsFixTests
{
    private const string Key = "ALO305.StopInTime";
    private const string Deadline = "using var deadline = new CancellationTokenSource(context.RemainingTime - TimeSpan.FromSeconds(5));\n        ";
    private const string WithContext = "SQSEvent batch, ILambdaContext context";

    [Theory]
    [InlineData("", ", deadline.Token")]
    [InlineData(", CancellationToken.None", ", deadline.Token")]
    [InlineData(", default(CancellationToken)", ", deadline.Token")]
    [InlineData(", new OurOptions(3)", ", new OurOptions(3) { CancellationToken = deadline.Token }")]
    [InlineData(", new ProcessingOptions()", ", new ProcessingOptions { CancellationToken = deadline.Token }")]
    [InlineData(
        ", new ProcessingOptions { ThrowOnFullBatchFailure = false }",
        ", new ProcessingOptions { ThrowOnFullBatchFailure = false, CancellationToken = deadline.Token }"
    )]
    [InlineData(
        ", new ProcessingOptions { CancellationToken = CancellationToken.None, ThrowOnFullBatchFailure = false }",
        ", new ProcessingOptions { CancellationToken = deadline.Token, ThrowOnFullBatchFailure = false }"
    )]
    public Task Powertools_is_given_a_token(string arguments, string fixedArguments) =>
        FixesAsync(Code("[|ProcessAsync|]", WithContext, arguments), Code("ProcessAsync", WithContext, fixedArguments, Deadline));

    [Fact]
    public Task A_handler_without_a_context_is_given_one() =>
        FixesAsync(Code("[|ProcessAsync|]", "SQSEvent batch"), Code("ProcessAsync", WithContext, ", deadline.Token", Deadline));

    [Fact]
    public Task A_clock_of_the_code_counts() =>
        FixesAsync(
            WithClock(Code("[|ProcessAsync|]", WithContext)),
            WithClock(Code("ProcessAsync", WithContext, ", deadline.Token", Deadline.Replace("(5))", "(5), clock)", StringComparison.Ordinal)))
        );

    [Fact]
    public Task A_body_that_is_an_expression_becomes_a_block() =>
        FixesAsync(
            Expression("=> (await SqsBatchProcessor.Instance.[|ProcessAsync|](batch, new OrderHandler(http))).BatchItemFailuresResponse;"),
            Expression(
                "\n    {\n        "
                    + Deadline
                    + "return (await SqsBatchProcessor.Instance.ProcessAsync(batch, new OrderHandler(http), deadline.Token)).BatchItemFailuresResponse;\n    }"
            )
        );

    [Fact]
    public Task An_attribute_takes_no_token() =>
        Verifier.OffersNothingWholeAsync(
            Imports
                + Handlers(
                    "    [[|BatchProcessor(RecordHandler = typeof(OrderHandler))|]]\n    public BatchItemFailuresResponse HandleAsync(SQSEvent batch) => SqsBatchProcessor.Result.BatchItemFailuresResponse;"
                ),
            Deployed
        );

    [Fact]
    public Task Options_that_stand_elsewhere_are_left_alone() =>
        Verifier.OffersNothingWholeAsync(
            Imports + Code("[|ProcessAsync|]", WithContext, ", options", "var options = new ProcessingOptions();\n        "),
            Deployed
        );

    [Fact]
    public Task A_function_that_has_less_time_than_the_margin_is_left_alone() =>
        Verifier.OffersNothingWholeAsync(
            Imports + Code("[|ProcessAsync|]", WithContext),
            Deployed.Replace("Timeout: 30", "Timeout: 5", StringComparison.Ordinal)
        );

    private const string Imports = """
        using System;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using AWS.Lambda.Powertools.BatchProcessing;
        using AWS.Lambda.Powertools.BatchProcessing.Sqs;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.SQSEvents;


        """;

    private const string Deployed = ALO305RemainingTimeIgnoredFixTests.Deployed;

    private static Task FixesAsync(string code, string fixedCode) => Verifier.FixesWholeAsync(Key, Imports + code, Imports + fixedCode, Deployed);

    private static string Code(string call, string parameters, string arguments = "", string before = "") =>
        Handlers(
            $$"""
                public async Task<BatchItemFailuresResponse> HandleAsync({{parameters}})
                {
                    {{before}}var result = await SqsBatchProcessor.Instance.{{call}}(batch, new OrderHandler(http){{arguments}});
                    return result.BatchItemFailuresResponse;
                }
            """
        );

    private static string Expression(string body) =>
        Handlers($"    public async Task<BatchItemFailuresResponse> HandleAsync({WithContext}){(body[0] == '=' ? " " : "")}{body}");

    private static string WithClock(string code) =>
        code.Replace(
            "public class OrdersFunction\n{",
            "public class OrdersFunction\n{\n    private readonly TimeProvider clock = TimeProvider.System;\n",
            StringComparison.Ordinal
        );

    private static string Handlers(string member) =>
        $$"""
            public class OrdersFunction
            {
                private readonly HttpClient http;

                public OrdersFunction(HttpClient http) => this.http = http;

            {{member}}
            }

            public class OurOptions : ProcessingOptions
            {
                public OurOptions(int atOnce) => MaxDegreeOfParallelism = atOnce;
            }

            public class OrderHandler : ISqsRecordHandler
            {
                private readonly HttpClient http;

                public OrderHandler(HttpClient http) => this.http = http;

                public async Task<RecordHandlerResult> HandleAsync(SQSEvent.SQSMessage message, CancellationToken cancellationToken)
                {
                    (await http.GetAsync(message.Body, cancellationToken)).EnsureSuccessStatusCode();
                    return RecordHandlerResult.None;
                }
            }

            """;
}
