using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Configuration.ALO002SuppressionSilencesNothing;

namespace AtLeastOnce.Analyzers.Tests.Rules.Configuration;

public sealed class ALO002SuppressionSilencesNothingTests
{
    private static DiagnosticResult Finding(string id, string message, int mark = 0) =>
        new DiagnosticResult("ALO002").WithSeverity(DiagnosticSeverity.Info).WithLocation(mark).WithArguments(id).WithMessage(message);

    private static DiagnosticResult Unused(string id, int mark = 0) =>
        Finding(
            id,
            $"{id} finds nothing here that this comment could silence: it speaks of a risk that is not there, and once there is one, it hides it. Remove it, or move it to the resource or setting that it is about.",
            mark
        );

    private static DiagnosticResult OfCode(string id) =>
        Finding(
            id,
            $"{id} speaks about code and does not look at comments in templates: nothing is silenced by this one, and what it says holds for nothing. Remove it, or silence {id} in the code."
        );

    private static DiagnosticResult Unknown(string id) =>
        Finding(
            id,
            $"There is no rule '{id}': nothing is silenced by this comment, and the finding that was meant is still there, or will be. Name the rule that is meant."
        );

    private static CSharpAnalyzerTest<Rule> Test(string template, params DiagnosticResult[] expected) =>
        SilencedTemplates.Test<Rule>("template.yaml", template, Deployed.ReportingHandler, expected);

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Test(template, expected).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("ALO301")]
    [InlineData("ALO302")]
    [InlineData("ALO501")]
    [InlineData("ALO502")]
    public async Task A_rule_that_finds_nothing_there(string id)
    {
        await VerifyAsync(SilencedTemplates.Yaml(atQueue: $"{{|#0:# alo:disable {id} drained by hand|}}"), Unused(id));
        await VerifyAsync(SilencedTemplates.Yaml(atVisibility: $"{{|#0:# alo:disable {id} drained by hand|}}"), Unused(id));
    }

    [Fact]
    public Task The_rule_finds_something_elsewhere() =>
        VerifyAsync(
            SilencedTemplates
                .Yaml(visibility: 30)
                .Replace("  OrdersDlq:", "  {|#0:# alo:disable ALO302 drained by hand|}\n  OrdersDlq:", StringComparison.Ordinal),
            Unused("ALO302")
        );

    [Theory]
    [InlineData(20, "ALO301")]
    [InlineData(30, "ALO302")]
    [InlineData(100, "ALO302")]
    [InlineData(30, "alo302")]
    public async Task What_silences_a_finding_is_silent(int visibility, string id)
    {
        var comment = $"# alo:disable {id} drained by hand";
        await VerifyAsync(SilencedTemplates.Yaml(atQueue: comment, visibility: visibility));
        await VerifyAsync(SilencedTemplates.Yaml(atVisibility: comment, visibility: visibility));
        await VerifyAsync(SilencedTemplates.Yaml(atMapping: comment, visibility: visibility));
    }

    [Fact]
    public Task Each_of_several_comments_that_cover_a_finding_is_used() =>
        VerifyAsync(SilencedTemplates.Yaml(atQueue: "# alo:disable ALO302 a", atVisibility: "# alo:disable ALO302 b", visibility: 30));

    [Fact]
    public Task Of_two_ids_the_idle_one_is_told() =>
        VerifyAsync(SilencedTemplates.Yaml("{|#0:# alo:disable ALO302, ALO501 drained by hand|}", visibility: 30), Unused("ALO501"));

    [Fact]
    public async Task A_rule_about_code_and_its_mapping()
    {
        const string comment = "# alo:disable ALO202 the response is for another mapping";
        var used = SilencedTemplates.Yaml(atMapping: comment).Replace("[ReportBatchItemFailures]", "[]", StringComparison.Ordinal);
        await VerifyAsync(used);
        await VerifyAsync(SilencedTemplates.Yaml(atMapping: $"{{|#0:{comment}|}}"), Unused("ALO202"));
    }

    [Fact]
    public async Task A_handler_that_reports_nothing()
    {
        const string comment = "# alo:disable ALO203 it is being rewritten";
        const string throwing = """
            using Amazon.Lambda.SQSEvents;

            public interface IOrders { void Ship(string order); }

            public class OrdersFunction
            {
                private readonly IOrders orders;

                public OrdersFunction(IOrders orders) => this.orders = orders;

                public void Handle(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                        orders.Ship(message.Body);
                }
            }
            """;
        await SilencedTemplates
            .Test<Rule>("template.yaml", SilencedTemplates.Yaml(atMapping: comment), throwing)
            .RunAsync(TestContext.Current.CancellationToken);
        await VerifyAsync(SilencedTemplates.Yaml(atMapping: $"{{|#0:{comment}|}}"), Unused("ALO203"));
    }

    [Theory]
    [InlineData("ALO204")]
    [InlineData("ALO101")]
    [InlineData("ALO306")]
    public Task A_rule_about_code(string id) => VerifyAsync(SilencedTemplates.Yaml($"{{|#0:# alo:disable {id} drained by hand|}}"), OfCode(id));

    [Theory]
    [InlineData("ALO999")]
    [InlineData("ALO3022")]
    [InlineData("ALO30")]
    [InlineData("CS0168")]
    public Task An_id_that_no_rule_has(string id) =>
        VerifyAsync(SilencedTemplates.Yaml($"{{|#0:# alo:disable {id} drained by hand|}}", visibility: 30), Unknown(id));

    [Theory]
    [InlineData("# alo:disable")]
    [InlineData("# alo:disable everything here")]
    [InlineData("# alo:enable ALO302")]
    public Task What_names_no_id_is_silent(string comment) => VerifyAsync(SilencedTemplates.Yaml(comment));

    [Fact]
    public async Task Metadata()
    {
        await MetadataAsync(
            "{|#0:\"ALO501 drained by hand\"|}",
            ", \"RedrivePolicy\": { \"deadLetterTargetArn\": \"arn:aws:sqs:eu-west-1:123456789012:dlq\", \"maxReceiveCount\": 5 }",
            Unused("ALO501")
        );
        await MetadataAsync("{|#0:\"ALO999 drained by hand\"|}", "", Unknown("ALO999"));
        await MetadataAsync("\"ALO501 drained by hand\"", "");
    }

    private static Task MetadataAsync(string text, string more, params DiagnosticResult[] expected) =>
        SilencedTemplates
            .Test<Rule>(
                "serverless.template",
                $$"""
                { "Resources": {
                  "OrdersQueue": {
                    "Type": "AWS::SQS::Queue",
                    "Metadata": { "alo:disable": {{text}} },
                    "Properties": { "VisibilityTimeout": 180{{more}} }
                  },
                  "OrdersFunction": {
                    "Type": "AWS::Serverless::Function",
                    "Properties": {
                      "Handler": "Orders::OrdersFunction::Handle",
                      "Runtime": "dotnet10",
                      "Timeout": 30,
                      "Events": { "Orders": { "Type": "SQS", "Properties": { "Queue": { "Fn::GetAtt": ["OrdersQueue", "Arn"] } } } }
                    }
                  }
                } }
                """,
                Deployed.ReportingHandler,
                expected
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("#")]
    [InlineData("//")]
    public Task Terraform_a_comment_at_a_block_of_another_file(string mark)
    {
        var test = SilencedTemplates.Test<Rule>(
            "infra/queues.tf",
            $$"""
            resource "aws_sqs_queue" "orders" {
              {{mark}} alo:disable ALO302 drained by hand
              visibility_timeout_seconds = 30
              {|#0:{{mark}} alo:disable ALO301 drained by hand|}
              delay_seconds = 5
            }
            """,
            Deployed.ReportingHandler,
            Unused("ALO301")
        );
        test.TestState.AdditionalFiles.Add(
            "infra/functions.tf",
            """
            resource "aws_lambda_function" "orders" {
              handler = "Orders::OrdersFunction::Handle"
              runtime = "dotnet10"
              timeout = 30
            }

            resource "aws_lambda_event_source_mapping" "orders" {
              event_source_arn = aws_sqs_queue.orders.arn
              function_name    = aws_lambda_function.orders.arn
            }
            """
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_another_project_knows_is_silent()
    {
        const string comment = "# alo:disable ALO501 drained by hand";
        var template = SilencedTemplates.Yaml($"{{|#0:{comment}|}}") + SilencedTemplates.Other(comment);
        await VerifyAsync(template, Unused("ALO501"));
        await VerifyAsync(SilencedTemplates.Yaml(atQueue: "# alo:disable ALO501 a").Replace("Orders::", "Shop::", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Refunds::RefundsFunction::Handle", "provided.al2023")]
    [InlineData("!Ref Handler", "dotnet10")]
    public Task What_may_be_another_projects_is_silent(string handler, string runtime) =>
        VerifyAsync(SilencedTemplates.Yaml() + SilencedTemplates.Other("# alo:disable ALO301 drained by hand", handler, runtime));

    [Fact]
    public Task Functions_in_other_languages_belong_to_no_project() =>
        VerifyAsync(
            SilencedTemplates.Yaml("{|#0:# alo:disable ALO301 drained by hand|}")
                + SilencedTemplates.Other("{|#1:# alo:disable ALO301 drained by hand|}", "index.handler", "nodejs22.x"),
            Unused("ALO301"),
            Unused("ALO301", 1)
        );

    [Theory]
    [InlineData("ALO302", "VisibilityTimeout: 180", "VisibilityTimeout: !Ref Visibility")]
    [InlineData("ALO302", "Timeout: 30", "Timeout: !Ref Timeout")]
    [InlineData("ALO302", "Queue: !GetAtt OrdersQueue.Arn", "Queue: !ImportValue OrdersQueue")]
    [InlineData("ALO505", "!GetAtt OrdersDlq.Arn", "!ImportValue OrdersDlq")]
    [InlineData("ALO513", "Runtime: dotnet10", "Runtime: dotnet10\n      Role: !ImportValue OrdersRole")]
    [InlineData("ALO514", "Queue: !GetAtt", "FilterCriteria: !Ref Filters, Queue: !GetAtt")]
    [InlineData("ALO516", "Queue: !GetAtt", "FilterCriteria: !Ref Filters, Queue: !GetAtt")]
    [InlineData("ALO518", "Runtime: dotnet10", "Runtime: dotnet8")]
    public Task What_a_rule_cannot_judge_is_silent(string id, string known, string unknown)
    {
        var template = SilencedTemplates.Yaml($"# alo:disable {id} drained by hand");
        Assert.Contains(known, template, StringComparison.Ordinal);
        return VerifyAsync(template.Replace(known, unknown, StringComparison.Ordinal));
    }

    [Fact]
    public Task A_dead_letter_queue_that_two_projects_may_share_is_silent() =>
        VerifyAsync(
            SilencedTemplates.Yaml().Replace("  OrdersDlq:", "  # alo:disable ALO505 drained by hand\n  OrdersDlq:", StringComparison.Ordinal)
                + SilencedTemplates.Other("# Plain.")
        );

    [Fact]
    public async Task A_rule_that_is_switched_off_is_not_judged()
    {
        foreach (
            var config in new[]
            {
                TestKit.AnalyzerConfig.Global().Option("dotnet_diagnostic.ALO501.severity", "none"),
                TestKit.AnalyzerConfig.Editor().Option("dotnet_diagnostic.ALO501.severity", "none"),
            }
        )
        {
            var test = Test(SilencedTemplates.Yaml("# alo:disable ALO501 drained by hand"));
            test.TestState.AnalyzerConfigFiles.Add(config);
            await test.RunAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public Task A_comment_silences_what_is_said_about_it() =>
        VerifyAsync(SilencedTemplates.Yaml(atVisibility: "# alo:disable ALO302, ALO002 the timeout will be lowered"));

    [Fact]
    public Task The_reason_of_another_comment_is_a_finding_that_can_be_silenced() =>
        VerifyAsync(SilencedTemplates.Yaml(atQueue: "# alo:disable ALO001 drained by hand", atVisibility: "# alo:disable ALO302", visibility: 30));

    [Fact]
    public Task Half_a_template_is_silent() => VerifyAsync("# alo:disable ALO302 drained by hand\nResources: { OrdersQueue: { Type: AWS::SQS::Queue");

    [Fact]
    public Task A_project_without_a_template_is_silent() =>
        new CSharpAnalyzerTest<Rule> { TestState = { Sources = { Deployed.PlainHandler } } }.RunAsync(TestContext.Current.CancellationToken);
}
