using AtLeastOnce.Package.Tests.Building;

namespace AtLeastOnce.Package.Tests;

/// <summary><c>dotnet format analyzers</c> applies the packed fixes in bulk, in code and in templates.</summary>
public sealed class FormatTests(BuiltConsumers consumers)
{
    [Fact]
    public async Task A_handler_that_cannot_report_is_rewritten()
    {
        var project = consumers.CopyOf("Flawed", "FormatsHandler");
        var file = Path.Combine(project, "OrdersFunction.cs");

        var check = await FormatAsync("FormatsHandler", "ALO201", "--verify-no-changes");
        Assert.Equal(2, check.ExitCode);
        Assert.Contains(check.LinesWith("ALO201"), line => line.StartsWith($"{file}(37,23): ", StringComparison.Ordinal));

        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Task<SQSBatchResponse> HandleAsync(SQSEvent batch)", After(before, "class RefundsFunction"), StringComparison.Ordinal);
        Succeeds(await FormatAsync("FormatsHandler", "ALO201"));
        var after = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("Task<SQSBatchResponse> HandleAsync(SQSEvent batch)", After(after, "class RefundsFunction"), StringComparison.Ordinal);
        Assert.Equal(Before(before, "class RefundsFunction"), Before(after, "class RefundsFunction"));

        Succeeds(await FormatAsync("FormatsHandler", "ALO201", "--verify-no-changes"));
    }

    [Fact]
    public async Task A_finding_on_a_handlers_name_is_fixed_in_its_template()
    {
        var template = Path.Combine(consumers.CopyOf("Flawed", "FormatsTemplate"), "template.yaml");
        var before = await File.ReadAllTextAsync(template, TestContext.Current.CancellationToken);

        Succeeds(await FormatAsync("FormatsTemplate", "ALO202"));

        var added = (await File.ReadAllLinesAsync(template, TestContext.Current.CancellationToken)).Except(before.Split('\n')).ToList();
        Assert.Equal(["            FunctionResponseTypes:", "              - ReportBatchItemFailures"], added);
        Succeeds(await FormatAsync("FormatsTemplate", "ALO202", "--verify-no-changes"));
    }

    [Fact]
    public async Task Nothing_is_changed_where_nothing_is_found() => Succeeds(await FormatAsync("Clean", "ALO201", "--verify-no-changes"));

    private Task<CommandResult> FormatAsync(string consumer, string id, params string[] options) =>
        consumers.DotnetAsync(consumer, ["format", "analyzers", "--no-restore", "--severity", "info", "--diagnostics", id, .. options]);

    private static void Succeeds(CommandResult result) => Assert.True(result.ExitCode == 0, result.Output);

    private static string After(string text, string mark) => text[text.IndexOf(mark, StringComparison.Ordinal)..];

    private static string Before(string text, string mark) => text[..text.IndexOf(mark, StringComparison.Ordinal)];
}
