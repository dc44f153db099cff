using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO500OptionCannotBeReadTests
{
    private const string Handler = """
        public void {|#0:HandleAsync|}(SQSEvent batch) => log.LogInformation("");
        """;

    [Theory]
    [InlineData("alo.assumed_seconds_per_call", "three", 0, 900, 0)]
    [InlineData("alo.assumed_seconds_per_call", "901", 0, 900, 0)]
    [InlineData("alo.assumed_seconds_per_call", "-1", 0, 900, 0)]
    [InlineData("alo305.margin_seconds", "0", 1, 600, 5)]
    [InlineData("alo305.margin_seconds", "2.5", 1, 600, 5)]
    [InlineData("alo302.visibility_factor", "six", 1, 40, 6)]
    public Task A_number_that_is_none_or_lies_outside(string key, string text, int least, int most, int defaultValue) =>
        VerifyAsync(
            AnalyzerConfig.Editor().Option(key, text),
            Finds($"'{key}' is set to '{text}', which is no whole number from {least} to {most}: {defaultValue} holds instead")
        );

    [Theory]
    [InlineData("AloAssumedSecondsPerCall", "3 s", 0, 900, 0)]
    [InlineData("Alo305MarginSeconds", "no", 1, 600, 5)]
    public Task A_property_of_the_project(string name, string text, int least, int most, int defaultValue) =>
        VerifyAsync(
            AnalyzerConfig.Global().Property(name, text),
            Finds($"'{name}' is set to '{text}', which is no whole number from {least} to {most}: {defaultValue} holds instead")
        );

    [Theory]
    [InlineData("alo.assumed_seconds_per_call", "0")]
    [InlineData("alo.assumed_seconds_per_call", "900")]
    [InlineData("alo305.margin_seconds", "600")]
    public Task A_number_that_can_be_read_is_not_spoken_about(string key, string text) => VerifyAsync(AnalyzerConfig.Editor().Option(key, text));

    [Theory]
    [InlineData("yes")]
    [InlineData("fifo")]
    [InlineData("1")]
    public async Task A_type_of_queues_that_is_none(string text)
    {
        var finding = AnalyzerVerifier<ALO500TemplateCannotBeRead>
            .Diagnostic()
            .WithLocation(0)
            .WithMessage(
                $"'alo.queues_are_fifo' is set to '{text}', which is neither 'true' nor 'false': the type of queues that nothing else tells stays unknown"
            );
        await VerifyAsync(AnalyzerConfig.Editor().Option("alo.queues_are_fifo", text), finding);
        await VerifyAsync(AnalyzerConfig.Global().Option("alo.queues_are_fifo", text), finding);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("True")]
    public Task A_type_of_queues_that_can_be_read_is_not_spoken_about(string text) => VerifyAsync(AnalyzerConfig.Editor().Option("alo.queues_are_fifo", text));

    [Fact]
    public Task A_property_that_is_not_set_is_not_spoken_about() => VerifyAsync(AnalyzerConfig.Global().Property("Alo305MarginSeconds", ""));

    private static DiagnosticResult Finds(string message) => AnalyzerVerifier<ALO500TemplateCannotBeRead>.Diagnostic().WithLocation(0).WithMessage(message);

    private static Task VerifyAsync(AnalyzerConfig config, params DiagnosticResult[] expected)
    {
        var code = expected.Length > 0 ? Handler : Handler.Replace("{|#0:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);
        var test = HandlerTest.Test<ALO500TemplateCannotBeRead>(code, null, expected);
        test.TestState.AnalyzerConfigFiles.Add(config);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
