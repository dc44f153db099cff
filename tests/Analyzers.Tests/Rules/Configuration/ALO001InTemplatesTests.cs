using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Configuration.ALO001SuppressedWithoutReason;

namespace AtLeastOnce.Analyzers.Tests.Rules.Configuration;

/// <summary>Comments in templates that silence rules and do not say why.</summary>
public sealed class ALO001InTemplatesTests
{
    private static DiagnosticResult Finding(string ids) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithSeverity(DiagnosticSeverity.Info)
            .WithLocation(0)
            .WithArguments("'alo:disable'", ids, "in words behind the ids")
            .WithMessage(
                $"'alo:disable' silences {ids} and does not say why: nobody can tell whether it is harmless here or was never looked at, and what is silenced goes on happening in production. Say why in words behind the ids."
            );

    private static Task VerifyAsync(string path, string template, params DiagnosticResult[] expected) =>
        SilencedTemplates.Test<Rule>(path, template, Deployed.ReportingHandler, expected).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("{|#0:# alo:disable ALO302|}", "ALO302")]
    [InlineData("{|#0:#alo:disable ALO302, ALO301|}", "ALO302, ALO301")]
    [InlineData("{|#0:# alo:disable ALO302 -|}", "ALO302")]
    [InlineData("{|#0:# alo:disable ALO302 <Pending>|}", "ALO302")]
    [InlineData("{|#0:# alo:disable ALO302 ALO301|}", "ALO302")]
    [InlineData("{|#0:# alo:disable ALO302 Visibility timeout below what AWS advises|}", "ALO302")]
    [InlineData("{|#0:# alo:disable ALO302, ALO999|}", "ALO302")]
    public async Task A_comment_that_does_not_say_why(string comment, string ids)
    {
        await VerifyAsync("template.yaml", SilencedTemplates.Yaml(atQueue: comment), Finding(ids));
        await VerifyAsync("template.yaml", SilencedTemplates.Yaml(atVisibility: comment), Finding(ids));
        await VerifyAsync("template.yaml", SilencedTemplates.Yaml(atMapping: comment), Finding(ids));
    }

    [Theory]
    [InlineData("# alo:disable ALO302 legacy queue, drained by hand")]
    [InlineData("# alo:disable ALO302, ALO301 measured: 2 s")]
    [InlineData("# alo:disable ALO999")]
    [InlineData("# alo:disable")]
    [InlineData("# alo:disabled ALO302")]
    [InlineData("# ALO302")]
    public async Task A_comment_that_says_why_or_silences_no_rule_is_silent(string comment)
    {
        await VerifyAsync("template.yaml", SilencedTemplates.Yaml(atQueue: comment));
        await VerifyAsync("template.yaml", SilencedTemplates.Yaml(atVisibility: comment));
    }

    [Theory]
    [InlineData("\"alo:disable\": {|#0:\"ALO302\"|}")]
    [InlineData("\"alo:disable\": [ \"ALO301 measured: 2 s\", {|#0:\"ALO302\"|} ]")]
    public Task Metadata_that_does_not_say_why(string metadata) => VerifyAsync("serverless.template", Json(metadata), Finding("ALO302"));

    [Fact]
    public Task Metadata_that_says_why_is_silent() => VerifyAsync("serverless.template", Json("\"alo:disable\": \"ALO302 drained by hand\""));

    private static string Json(string metadata) =>
        $$"""
            { "Resources": {
              "OrdersQueue": { "Type": "AWS::SQS::Queue", "Metadata": { {{metadata}} } },
              "OrdersFunction": {
                "Type": "AWS::Serverless::Function",
                "Properties": { "Handler": "Orders::OrdersFunction::Handle", "Runtime": "dotnet10" }
              }
            } }
            """;

    [Theory]
    [InlineData("{|#0:# alo:disable ALO302|}")]
    [InlineData("{|#0:// alo:disable ALO302|}")]
    [InlineData("{|#0:/* alo:disable ALO302 */|}")]
    public Task A_comment_of_Terraform_that_does_not_say_why(string comment)
    {
        var test = SilencedTemplates.Test<Rule>(
            "infra/queues.tf",
            $"{comment}\nresource \"aws_sqs_queue\" \"orders\" {{\n}}\n",
            Deployed.ReportingHandler,
            Finding("ALO302")
        );
        test.TestState.AdditionalFiles.Add(
            "infra/functions.tf",
            "resource \"aws_lambda_function\" \"orders\" {\n  handler = \"Orders::OrdersFunction::Handle\"\n  runtime = \"dotnet10\"\n}\n"
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Of_two_projects_the_one_speaks_whose_function_it_is_about()
    {
        const string comment = "# alo:disable ALO501";
        await VerifyAsync("template.yaml", SilencedTemplates.Yaml() + SilencedTemplates.Other(comment));
        await VerifyAsync("template.yaml", SilencedTemplates.Yaml($"{{|#0:{comment}|}}") + SilencedTemplates.Other("# Plain."), Finding("ALO501"));
    }

    [Fact]
    public Task A_project_that_the_template_does_not_deploy_is_silent() =>
        SilencedTemplates
            .Test<Rule>("template.yaml", SilencedTemplates.Yaml("# alo:disable ALO501").Replace("Orders::", "Refunds::"), Deployed.ReportingHandler)
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task A_comment_silences_what_is_said_about_it() =>
        VerifyAsync("template.yaml", SilencedTemplates.Yaml(atVisibility: "# alo:disable ALO302, ALO001"));
}
