using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Outcome;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Outcome.ALO202FailuresIgnoredByMapping>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO202FailuresIgnoredByMappingTests
{
    private const string Reporting = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Amazon.Lambda.SQSEvents;

        public interface IOrders
        {
            Task ShipAsync(string order);
        }

        public class OrdersFunction
        {
            private readonly IOrders orders;

            public OrdersFunction(IOrders orders) => this.orders = orders;

            public async Task<SQSBatchResponse> {|#0:HandleAsync|}(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                        failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(failures);
            }
        }
        """;

    private static readonly string PlainReporting = Reporting.Replace("{|#0:HandleAsync|}", "HandleAsync");

    private static string Template(string mapping, string head = "Description: Orders") =>
        $$"""
            {{head}}
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::HandleAsync
                  Runtime: dotnet8
                  Events:
                    {|#1:Orders|}:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn{{mapping}}
            """;

    private static DiagnosticResult Ignored(string where = " (template.yaml(11,9))", string throws = "", string mapping = "Orders") =>
        Verify
            .Diagnostic()
            .WithLocation(0)
            .WithLocation(1)
            .WithArguments("HandleAsync", mapping, where, throws, "FunctionResponseTypes: [ReportBatchItemFailures]", "");

    private static Task VerifyAsync(string template, string source, params DiagnosticResult[] expected) =>
        Deployed.Test<ALO202FailuresIgnoredByMapping>(("template.yaml", template), source, expected).RunAsync(TestContext.Current.CancellationToken);

    private static Task FixAsync(string template, string fixedTemplate, string path = "template.yaml")
    {
        var test = Deployed.Fix<ALO202FailuresIgnoredByMapping, ALO202FailuresIgnoredByMappingFix>(template, fixedTemplate, path, PlainReporting);
        test.ExpectedDiagnostics.Add(Verify.Diagnostic().WithSpan(17, 41, 17, 52).IgnoringAdditionalLocations());
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task What_is_reported_to_a_mapping_that_does_not_listen_is_deleted() =>
        VerifyAsync(
            Template(""),
            Reporting,
            Ignored()
                .WithMessage(
                    "'HandleAsync' reports failed messages, but its mapping 'Orders' does not set ReportBatchItemFailures, so Lambda ignores the report and deletes the failed messages (template.yaml(11,9)). "
                        + "Add FunctionResponseTypes: [ReportBatchItemFailures]."
                )
        );

    [Fact]
    public Task Where_an_exception_leaves_the_handler_the_whole_batch_returns() =>
        VerifyAsync(
            Template(""),
            Reporting.Replace(
                "return new SQSBatchResponse(failures);",
                "foreach (var message in batch.Records) await orders.ShipAsync(message.Body);\n        return new SQSBatchResponse(failures);"
            ),
            Ignored(throws: "; where an exception leaves it, the whole batch returns")
        );

    [Fact]
    public Task An_empty_list_of_response_types_is_pointed_at() =>
        VerifyAsync(
            Template("\n            FunctionResponseTypes: {|#2:[]|}"),
            Reporting,
            Verify
                .Diagnostic()
                .WithLocation(0)
                .WithLocation(2)
                .WithArguments("HandleAsync", "Orders", " (template.yaml(15,36))", "", "FunctionResponseTypes: [ReportBatchItemFailures]", "")
        );

    [Fact]
    public Task What_rests_on_the_default_of_a_parameter_is_a_warning() =>
        VerifyAsync(
            Template(
                "\n            FunctionResponseTypes: {|#2:!If [IsProd, [ReportBatchItemFailures], []]|}",
                "Parameters: { Stage: { Type: String, Default: dev } }\nConditions: { IsProd: !Equals [!Ref Stage, prod] }"
            ),
            Reporting,
            Verify
                .Diagnostic()
                .WithSeverity(DiagnosticSeverity.Warning)
                .WithLocation(0)
                .WithLocation(2)
                .WithArguments(
                    "HandleAsync",
                    "Orders",
                    " (template.yaml(16,36))",
                    "",
                    "FunctionResponseTypes: [ReportBatchItemFailures]",
                    " This holds as long as the deployment keeps the default of parameter 'Stage'."
                )
        );

    [Theory]
    [InlineData("    Orders:", "    # alo:disable ALO202 the response is for another mapping\n            Orders:")]
    [InlineData("FunctionResponseTypes: []", "FunctionResponseTypes: [] # alo:disable ALO202 the response is for another mapping")]
    public Task A_comment_of_the_template_silences_it(string line, string commented) =>
        VerifyAsync(Template("\n            FunctionResponseTypes: []").Replace("{|#1:Orders|}", "Orders").Replace(line, commented), PlainReporting);

    [Theory]
    [InlineData("\n            FunctionResponseTypes: [ReportBatchItemFailures]")]
    [InlineData("\n            FunctionResponseTypes: !Ref Unknown")]
    [InlineData("\n            FunctionResponseTypes: [!Ref Unknown]")]
    [InlineData("\n            FunctionResponseTypes: !If [IsProd, [ReportBatchItemFailures], !Ref AWS::NoValue]")]
    public Task A_mapping_that_listens_or_may_listen_is_right(string mapping) =>
        VerifyAsync(Template(mapping, "Parameters: { Unknown: { Type: String } }\nConditions: { IsProd: !Equals [!Ref Unknown, prod] }"), PlainReporting);

    [Fact]
    public Task Without_a_mapping_there_is_nothing_to_say() => Verify.VerifyAnalyzerAsync(PlainReporting);

    [Fact]
    public Task A_mapping_of_another_assembly_is_another_handlers() =>
        VerifyAsync(Template("").Replace("Handler: Orders::", "Handler: Refunds::"), PlainReporting);

    [Fact]
    public Task A_handler_that_never_reports_loses_no_report() =>
        VerifyAsync(
            Template(""),
            """
            using Amazon.Lambda.SQSEvents;

            public class OrdersFunction
            {
                public SQSBatchResponse HandleAsync(SQSEvent batch) => new();
            }
            """
        );

    [Fact]
    public Task Look_alikes_of_the_event_are_no_batch() =>
        VerifyAsync(
            Template(""),
            PlainReporting.Replace("using Amazon.Lambda.SQSEvents;", "using Look.Alike;")
                + """

                namespace Look.Alike
                {
                    public class SQSEvent { public List<SQSMessage> Records { get; set; } = new(); public class SQSMessage { public string MessageId = ""; public string Body = ""; } }
                    public class SQSBatchResponse
                    {
                        public SQSBatchResponse(List<BatchItemFailure> failures) { }
                        public class BatchItemFailure { public string ItemIdentifier = ""; }
                    }
                }
                """
        );

    [Fact]
    public Task Incomplete_code_does_not_break_it()
    {
        var test = Deployed.Test<ALO202FailuresIgnoredByMapping>(
            ("template.yaml", Template("")),
            "public class OrdersFunction { public Amazon.Lambda.SQSEvents.SQSBatchResponse HandleAsync(Amazon.Lambda.SQSEvents.SQSEvent batch) { var failures = new"
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task The_Annotations_attribute_sets_the_response_type() =>
        Deployed
            .Test<ALO202FailuresIgnoredByMapping>(
                (
                    "serverless.template",
                    """
                    {
                      "Resources": {
                        "OrdersQueue": { "Type": "AWS::SQS::Queue" },
                        "OrdersFunction": {
                          "Type": "AWS::Serverless::Function",
                          "Metadata": { "Tool": "Amazon.Lambda.Annotations" },
                          "Properties": {
                            "Handler": "Orders::OrdersFunction_HandleAsync_Generated::HandleAsync",
                            "Runtime": "dotnet8",
                            "Events": { "Orders": { "Type": "SQS", "Properties": { "Queue": { "Fn::GetAtt": ["OrdersQueue", "Arn"] } } } }
                          }
                        }
                      }
                    }
                    """
                ),
                PlainReporting
                    .Replace(
                        "using Amazon.Lambda.SQSEvents;",
                        "using Amazon.Lambda.Annotations;\nusing Amazon.Lambda.Annotations.SQS;\nusing Amazon.Lambda.SQSEvents;"
                    )
                    .Replace("    public async", "    [LambdaFunction]\n    [SQSEvent(\"@OrdersQueue\")]\n    public async")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Each_mapping_that_does_not_listen_is_a_finding() =>
        VerifyAsync(
            Template(
                """

                        {|#2:Refunds|}:
                          Type: SQS
                          Properties: { Queue: 'arn:aws:sqs:eu-west-1:123456789012:refunds' }
                        Returns:
                          Type: SQS
                          Properties: { Queue: 'arn:aws:sqs:eu-west-1:123456789012:returns', FunctionResponseTypes: [ReportBatchItemFailures] }
                """
            ),
            Reporting,
            Ignored(),
            Verify
                .Diagnostic()
                .WithLocation(0)
                .WithLocation(2)
                .WithArguments("HandleAsync", "Refunds", " (template.yaml(15,9))", "", "FunctionResponseTypes: [ReportBatchItemFailures]", "")
        );

    [Fact]
    public Task The_fix_makes_the_mapping_listen() =>
        FixAsync(
            Template(" # the orders\n").Replace("{|#1:Orders|}", "Orders"),
            Template(" # the orders\n            FunctionResponseTypes:\n              - ReportBatchItemFailures\n").Replace("{|#1:Orders|}", "Orders")
        );

    [Fact]
    public Task The_fix_fills_an_empty_list() =>
        FixAsync(
            Template("\r\n            FunctionResponseTypes: [] # none\r\n            BatchSize: 5").Replace("{|#1:Orders|}", "Orders"),
            Template("\r\n            FunctionResponseTypes: [ReportBatchItemFailures] # none\r\n            BatchSize: 5").Replace("{|#1:Orders|}", "Orders")
        );

    [Fact]
    public Task The_fix_keeps_JSON()
    {
        static string Json(string mapping) =>
            $$"""
                {
                  "Resources": {
                    "OrdersFunction": {
                      "Type": "AWS::Lambda::Function",
                      "Properties": { "Handler": "Orders::OrdersFunction::HandleAsync", "Runtime": "dotnet8" }
                    },
                    "Orders": {
                      "Type": "AWS::Lambda::EventSourceMapping",
                      "Properties": {
                        "EventSourceArn": "arn:aws:sqs:eu-west-1:123456789012:orders",
                        "FunctionName": { "Ref": "OrdersFunction" }{{mapping}}
                      }
                    }
                  }
                }
                """;
        return FixAsync(Json(""), Json(",\n        \"FunctionResponseTypes\": [\n          \"ReportBatchItemFailures\"\n        ]"), "orders.template.json");
    }

    [Fact]
    public Task Fix_all_makes_every_mapping_listen()
    {
        static string Mappings(string types) =>
            Template(
                    types
                        + "\n        Refunds:\n          Type: SQS\n          Properties:\n            Queue: arn:aws:sqs:eu-west-1:123456789012:refunds"
                        + types
                        + "\n"
                )
                .Replace("{|#1:Orders|}", "Orders");
        var test = Deployed.Fix<ALO202FailuresIgnoredByMapping, ALO202FailuresIgnoredByMappingFix>(
            Mappings(""),
            Mappings("\n            FunctionResponseTypes:\n              - ReportBatchItemFailures"),
            source: PlainReporting
        );
        test.ExpectedDiagnostics.Add(Verify.Diagnostic().WithSpan(17, 41, 17, 52).IgnoringAdditionalLocations());
        test.ExpectedDiagnostics.Add(Verify.Diagnostic().WithSpan(17, 41, 17, 52).IgnoringAdditionalLocations());
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task What_hangs_on_a_condition_is_not_edited()
    {
        var test = new CSharpCodeFixTest<ALO202FailuresIgnoredByMapping, ALO202FailuresIgnoredByMappingFix>
        {
            AssemblyName = "Orders",
            TestState =
            {
                Sources = { Reporting },
                AdditionalFiles =
                {
                    (
                        "template.yaml",
                        Template("\n            FunctionResponseTypes: !If [IsProd, [], []]", "Conditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }")
                    ),
                },
                ExpectedDiagnostics = { Verify.Diagnostic().WithLocation(0).IgnoringAdditionalLocations() },
            },
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
