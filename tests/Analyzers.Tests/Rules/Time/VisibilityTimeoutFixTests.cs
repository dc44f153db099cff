using System.Text;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.Analyzers.Tests.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Time;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

/// <summary>The fix of ALO301 and ALO302: it raises the queue's visibility timeout in the template.</summary>
public sealed class VisibilityTimeoutFixTests
{
    private const string Functions = """
          OrdersFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Orders::OrdersFunction::Handle
              Runtime: dotnet8
              Timeout: 30
              Events:
                Orders:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt OrdersQueue.Arn
                    MaximumBatchingWindowInSeconds: 5
        """;

    private static string Template(string queue) => $"Resources:\n  OrdersQueue:\n    Type: AWS::SQS::Queue\n{queue}{Functions}\n";

    private static Task FixAdviceAsync(string template, string fixedTemplate, string path = "template.yaml") => Run(Advice(template, fixedTemplate, path));

    private static Task FixRefusalAsync(string template, string fixedTemplate) =>
        Run(Marked(Deployed.Fix<ALO301VisibilityBelowFunctionTimeout, ALO301VisibilityBelowFunctionTimeoutFix>(template, fixedTemplate), "ALO301"));

    private static CSharpCodeFixTest<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix> Advice(
        string template,
        string fixedTemplate,
        string path = "template.yaml"
    ) => Marked(Deployed.Fix<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>(template, fixedTemplate, path), "ALO302");

    private static TTest Marked<TTest>(TTest test, string id)
        where TTest : CodeFixTest
    {
        test.ExpectedDiagnostics.Add(new DiagnosticResult(id).WithSpan(5, 29, 5, 35).IgnoringAdditionalLocations());
        return test;
    }

    private static Task Run(CodeFixTest test) => test.RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task The_advised_timeout_replaces_the_written_one() =>
        FixAdviceAsync(
            Template("    Properties:\n      # drained by hand\n      VisibilityTimeout: 30   # seconds\n      DelaySeconds: 0\n"),
            Template("    Properties:\n      # drained by hand\n      VisibilityTimeout: 185   # seconds\n      DelaySeconds: 0\n")
        );

    [Fact]
    public Task What_AWS_refuses_is_raised_to_the_advice() =>
        FixRefusalAsync(Template("    Properties:\n      VisibilityTimeout: '29'\n"), Template("    Properties:\n      VisibilityTimeout: '185'\n"));

    [Fact]
    public Task A_timeout_that_is_left_out_is_added() =>
        FixAdviceAsync(
            Template("    Properties:\n      DelaySeconds: 0 # none\n"),
            Template("    Properties:\n      DelaySeconds: 0 # none\n      VisibilityTimeout: 185\n")
        );

    [Fact]
    public Task A_queue_without_properties_gets_them() => FixAdviceAsync(Template(""), Template("    Properties:\n      VisibilityTimeout: 185\n"));

    [Fact]
    public Task Line_ends_and_a_byte_order_mark_stay()
    {
        var (before, after) = (
            Template("    Properties:\n      DelaySeconds: 0\n").Replace("\n", "\r\n"),
            Template("    Properties:\n      DelaySeconds: 0\n      VisibilityTimeout: 185\n").Replace("\n", "\r\n")
        );
        var test = Deployed.Fix<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>("", "");
        test = new() { AssemblyName = "Orders", TestState = { Sources = { Deployed.PlainHandler } } };
        test.TestState.AdditionalFiles.Add("template.yaml", SourceText.From(before, Encoding.UTF8));
        test.FixedState.AdditionalFiles.Add("template.yaml", SourceText.From(after, Encoding.UTF8));
        return Run(Marked(test, "ALO302"));
    }

    [Fact]
    public Task JSON_stays_JSON() =>
        FixAdviceAsync(
            """
            {
                "Resources" : {
                    "OrdersQueue" : {
                        "Type" : "AWS::SQS::Queue",
                        "Properties" : {
                            "DelaySeconds" : 0
                        }
                    },
                    "OrdersFunction" : {
                        "Type" : "AWS::Serverless::Function",
                        "Properties" : {
                            "Handler" : "Orders::OrdersFunction::Handle",
                            "Runtime" : "dotnet8",
                            "Timeout" : 30,
                            "Events" : { "Orders" : { "Type" : "SQS", "Properties" : { "Queue" : { "Fn::GetAtt" : [ "OrdersQueue", "Arn" ] } } } }
                        }
                    }
                }
            }
            """,
            """
            {
                "Resources" : {
                    "OrdersQueue" : {
                        "Type" : "AWS::SQS::Queue",
                        "Properties" : {
                            "DelaySeconds" : 0,
                            "VisibilityTimeout": 180
                        }
                    },
                    "OrdersFunction" : {
                        "Type" : "AWS::Serverless::Function",
                        "Properties" : {
                            "Handler" : "Orders::OrdersFunction::Handle",
                            "Runtime" : "dotnet8",
                            "Timeout" : 30,
                            "Events" : { "Orders" : { "Type" : "SQS", "Properties" : { "Queue" : { "Fn::GetAtt" : [ "OrdersQueue", "Arn" ] } } } }
                        }
                    }
                }
            }
            """,
            "serverless.template"
        );

    [Fact]
    public Task The_default_of_a_parameter_that_nothing_else_uses_is_raised() =>
        FixAdviceAsync(
            "Parameters: { Visibility: { Type: Number, Default: 30 } }\n" + Template("    Properties:\n      VisibilityTimeout: !Ref Visibility\n"),
            "Parameters: { Visibility: { Type: Number, Default: 185 } }\n" + Template("    Properties:\n      VisibilityTimeout: !Ref Visibility\n")
        );

    [Theory]
    [InlineData("Parameters: { Visibility: { Type: Number, Default: 30, MaxValue: 60 } }\n", "!Ref Visibility")]
    [InlineData("Conditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }\n", "!If [IsProd, 30, 40]")]
    [InlineData("Mappings: { Times: { All: { Visibility: 30 } } }\n", "!FindInMap [Times, All, Visibility]")]
    public Task Where_the_edit_is_not_safe_nothing_is_offered(string head, string visibility)
    {
        var test = new CSharpCodeFixTest<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>
        {
            AssemblyName = "Orders",
            TestState =
            {
                Sources = { Deployed.PlainHandler },
                AdditionalFiles = { ("template.yaml", head + Template($"    Properties:\n      VisibilityTimeout: {visibility}\n")) },
            },
        };
        return Run(Marked(test, "ALO302"));
    }

    [Fact]
    public Task A_finding_in_the_template_is_fixed_there()
    {
        var test = new CSharpCodeFixTest<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>
        {
            AssemblyName = "Orders",
            TestState =
            {
                Sources = { Deployed.NoHandler },
                AdditionalFiles = { ("template.yaml", Template("    Properties:\n      VisibilityTimeout: [|30|]\n")) },
            },
            FixedState = { AdditionalFiles = { ("template.yaml", Template("    Properties:\n      VisibilityTimeout: 185\n")) } },
        };
        return Run(test);
    }

    [Fact]
    public Task Fix_all_changes_every_queue_of_every_template_and_takes_the_greatest_value()
    {
        const string Source = """
            using Amazon.Lambda.SQSEvents;

            public class OrdersFunction
            {
                public SQSBatchResponse [|First|](SQSEvent batch) => new();

                public SQSBatchResponse [|Second|](SQSEvent batch) => new();
            }

            public class RefundsFunction
            {
                public SQSBatchResponse [|Third|](SQSEvent batch) => new();
            }
            """;
        static string Queue(string id, string visibility) => $"  {id}: {{ Type: AWS::SQS::Queue{visibility} }}\n";
        static string Function(string id, string handler, int timeout, string queue) =>
            $"  {id}:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: Orders::{handler}\n      Runtime: dotnet8\n      Timeout: {timeout}\n      Events: {{ {id}: {{ Type: SQS, Properties: {{ Queue: !GetAtt {queue}.Arn }} }} }}\n";
        static string One(string visibility) =>
            "Resources:\n"
            + Queue("OrdersQueue", visibility)
            + Function("A", "OrdersFunction::First", 50, "OrdersQueue")
            + Function("B", "OrdersFunction::Second", 30, "OrdersQueue");
        static string Two(string visibility) =>
            "Resources:\n" + Queue("RefundsQueue", visibility) + Function("C", "RefundsFunction::Third", 10, "RefundsQueue");
        return Run(
            new CSharpCodeFixTest<ALO302VisibilityBelowAdvice, ALO302VisibilityBelowAdviceFix>
            {
                AssemblyName = "Orders",
                TestState =
                {
                    Sources = { Source.Replace("[|Third|]", "{|#0:Third|}") },
                    AdditionalFiles = { ("a/template.yaml", One(", Properties: { VisibilityTimeout: 50 }")), ("b/template.yaml", Two("")) },
                    ExpectedDiagnostics =
                    {
                        new DiagnosticResult("ALO302", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0).IgnoringAdditionalLocations(),
                    },
                },
                FixedState =
                {
                    AdditionalFiles =
                    {
                        ("a/template.yaml", One(", Properties: { VisibilityTimeout: 300 }")),
                        ("b/template.yaml", Two(", Properties: {VisibilityTimeout: 60}")),
                    },
                },
            }
        );
    }
}
