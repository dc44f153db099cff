using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.CSharp;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Time.ALO301VisibilityBelowFunctionTimeout>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

/// <summary>Where findings about the deployment sit, whichever rule makes them.</summary>
public sealed class DeploymentRuleTests
{
    private const string Refusal = "InvalidParameterValueException: Queue visibility timeout: 10 seconds is less than Function timeout: 20 seconds";
    private const string Reckoning = "6 × function timeout 20 s";

    private static string Template(
        string function = "Handler: Orders::OrdersFunction::Handle\n      Runtime: dotnet8",
        string visibility = "VisibilityTimeout: {|#1:10|}"
    ) =>
        $$"""
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  {{visibility}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  {{function}}
                  Timeout: 20
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
            """;

    private static DiagnosticResult OnHandler(string where = " (template.yaml(5,26))") =>
        Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("Orders", Refusal, "OrdersQueue", where, 120, Reckoning, "");

    private static DiagnosticResult InTemplate() => Verify.Diagnostic().WithLocation(1).WithArguments("Orders", Refusal, "OrdersQueue", "", 120, Reckoning, "");

    private static Task VerifyAsync(string template, string source, params DiagnosticResult[] expected) =>
        Deployed.Test<ALO301VisibilityBelowFunctionTimeout>(("template.yaml", template), source, expected).RunAsync(TestContext.Current.CancellationToken);

    private static Task VerifyInFolderAsync(string folder, string function, params DiagnosticResult[] expected)
    {
        var test = Deployed.Test<ALO301VisibilityBelowFunctionTimeout>(("template.yaml", Template(function)), Deployed.NoHandler, expected);
        test.TestState.AnalyzerConfigFiles.Add(Deployed.InFolder(folder));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_finding_sits_on_the_handler_and_names_the_place() => VerifyAsync(Template(), Deployed.Handler, OnHandler());

    [Fact]
    public Task A_template_may_be_JSON() =>
        Deployed
            .Test<ALO301VisibilityBelowFunctionTimeout>(
                (
                    "serverless.template",
                    """
                    {
                      "Resources": {
                        "OrdersQueue": { "Type": "AWS::SQS::Queue", "Properties": { "VisibilityTimeout": {|#1:10|} } },
                        "OrdersFunction": {
                          "Type": "AWS::Lambda::Function",
                          "Properties": { "Handler": "Orders::OrdersFunction::Handle", "Runtime": "dotnet8", "Timeout": 20 }
                        },
                        "Orders": {
                          "Type": "AWS::Lambda::EventSourceMapping",
                          "Properties": { "EventSourceArn": { "Fn::GetAtt": ["OrdersQueue", "Arn"] }, "FunctionName": { "Ref": "OrdersFunction" } }
                        }
                      }
                    }
                    """
                ),
                Deployed.Handler,
                OnHandler(" (serverless.template(3,86))")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Each_mapping_is_spoken_about_on_its_own_handler()
    {
        var test = Deployed.Test<ALO301VisibilityBelowFunctionTimeout>(
            """
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties: { VisibilityTimeout: {|#1:10|} }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  Timeout: 20
                  Events: { Orders: { Type: SQS, Properties: { Queue: !GetAtt OrdersQueue.Arn } } }
              RefundsFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::RefundsFunction::Handle
                  Runtime: dotnet8
                  Timeout: 20
                  Events: { Refunds: { Type: SQS, Properties: { Queue: !GetAtt OrdersQueue.Arn } } }
            """,
            OnHandler(" (template.yaml(4,38))"),
            Verify.Diagnostic().WithLocation(2).WithLocation(1).WithArguments("Refunds", Refusal, "OrdersQueue", " (template.yaml(4,38))", 120, Reckoning, "")
        );
        test.TestState.Sources.Add(Deployed.Handler.Replace("OrdersFunction", "RefundsFunction").Replace("#0", "#2"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Without_the_package_a_handler_that_the_template_names_is_still_one()
    {
        var test = Deployed.Test<ALO301VisibilityBelowFunctionTimeout>(
            ("template.yaml", Template()),
            "public class OrdersFunction { public void {|#0:Handle|}(System.IO.Stream batch) { } }",
            OnHandler()
        );
        test.ReferenceAssemblies = References.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Without_the_package_and_without_a_template_there_is_nothing_to_say()
    {
        var test = Deployed.Test<ALO301VisibilityBelowFunctionTimeout>(
            ("notes.yaml", Template(visibility: "VisibilityTimeout: 10")),
            "public class OrdersFunction { public void Handle(string batch) { } }"
        );
        test.ReferenceAssemblies = References.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_function_of_this_assembly_without_its_handler_is_spoken_about_in_the_template() => VerifyAsync(Template(), Deployed.NoHandler, InTemplate());

    [Fact]
    public Task A_function_of_another_assembly_is_not_this_projects() =>
        VerifyInFolderAsync("/0/", "Handler: Refunds::OrdersFunction::Handle\n      Runtime: dotnet8\n      CodeUri: .");

    [Fact]
    public Task An_executable_of_another_assembly_is_not_this_projects() =>
        VerifyInFolderAsync("/0/", "Handler: Refunds\n      Runtime: dotnet8\n      CodeUri: .");

    [Theory]
    [InlineData("/0/src/Orders/", "src/Orders/")]
    [InlineData("/0/src/Orders/", "./src")]
    [InlineData("/0/src/Orders/", "src/Refunds/../Orders")]
    [InlineData("/0/src/Orders/", "src/Orders/bin/publish")]
    [InlineData("/0/src/Orders/", "/0/src/Orders")]
    [InlineData("\\0\\SRC\\Orders\\", "src/Orders")]
    public Task A_function_whose_code_folder_contains_the_project_is_spoken_about_in_the_template(string project, string code) =>
        VerifyInFolderAsync(project, $"Handler: bootstrap\n      Runtime: provided.al2023\n      CodeUri: {code}", InTemplate());

    [Theory]
    [InlineData("/0/src/Orders/", "src/Refunds/")]
    [InlineData("/0/src/Orders/", "src/Order")]
    [InlineData("/0/src/Orders/", "src/Orders/Inner")]
    [InlineData("/0/src/Orders/", "../0/other")]
    [InlineData("/0/src/Orders/", "s3://bucket/orders.zip")]
    [InlineData("/0/src/Orders/", "!Ref Code")]
    public Task A_function_whose_code_lies_elsewhere_is_not_this_projects(string project, string code) =>
        VerifyInFolderAsync(project, $"Handler: bootstrap\n      Runtime: provided.al2023\n      CodeUri: {code}");

    [Fact]
    public Task A_library_in_the_code_folder_is_no_function()
    {
        var test = Deployed.Test<ALO301VisibilityBelowFunctionTimeout>(
            ("template.yaml", Template("Handler: bootstrap\n      Runtime: provided.al2023\n      CodeUri: src/")),
            Deployed.NoHandler
        );
        test.ReferenceAssemblies = References.None;
        test.TestState.AnalyzerConfigFiles.Add(Deployed.InFolder("/0/src/Orders/"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_function_in_another_language_is_not_this_projects() =>
        VerifyInFolderAsync("/0/src/Orders/", "Handler: index.handler\n      Runtime: nodejs22.x\n      CodeUri: .");

    [Fact]
    public Task A_function_without_a_folder_is_not_this_projects() =>
        VerifyInFolderAsync("/0/src/Orders/", "Handler: bootstrap\n      Runtime: provided.al2023");

    [Fact]
    public Task An_image_is_told_by_its_folder() => VerifyInFolderAsync("/0/src/Orders/", "PackageType: Image\n      CodeUri: src/Orders", InTemplate());

    [Theory]
    [InlineData("VisibilityTimeout: 10 # alo:disable ALO301 refused on purpose")]
    [InlineData("# alo:disable ALO301, ALO302 refused on purpose\n      VisibilityTimeout: 10")]
    public Task A_comment_at_the_place_silences_it(string visibility) => VerifyAsync(Template(visibility: visibility), Deployed.PlainHandler);

    [Fact]
    public Task A_comment_at_the_mapping_silences_it() =>
        VerifyAsync(
            Template(visibility: "VisibilityTimeout: 10").Replace("Orders:\n", "Orders: # alo:disable ALO301 refused on purpose\n"),
            Deployed.PlainHandler
        );

    [Fact]
    public Task A_comment_silences_no_other_rule() =>
        VerifyAsync(Template(visibility: "VisibilityTimeout: {|#1:10|} # alo:disable ALO302 refused on purpose"), Deployed.Handler, OnHandler());

    [Fact]
    public Task A_comment_silences_a_finding_in_the_template() =>
        VerifyAsync(Template(visibility: "VisibilityTimeout: 10 # alo:disable ALO301 refused on purpose"), Deployed.NoHandler);

    [Fact]
    public Task A_mapping_written_in_code_is_spoken_about_on_its_handler() =>
        Deployed
            .Test<ALO301VisibilityBelowFunctionTimeout>(
                (
                    "serverless.template",
                    """
                    {
                      "Resources": {
                        "OrdersQueue": { "Type": "AWS::SQS::Queue", "Properties": { "VisibilityTimeout": {|#1:10|} } },
                        "OrdersFunction": {
                          "Type": "AWS::Serverless::Function",
                          "Metadata": { "Tool": "Amazon.Lambda.Annotations" },
                          "Properties": { "Handler": "Orders::OrdersFunction_Handle_Generated::Handle", "Runtime": "dotnet8", "Timeout": 20 }
                        }
                      }
                    }
                    """
                ),
                """
                using Amazon.Lambda.Annotations;
                using Amazon.Lambda.Annotations.SQS;
                using Amazon.Lambda.SQSEvents;

                public class OrdersFunction
                {
                    [LambdaFunction]
                    [SQSEvent("@OrdersQueue", ResourceName = "Orders")]
                    public SQSBatchResponse {|#0:Handle|}(SQSEvent batch) => new();
                }
                """,
                OnHandler(" (serverless.template(3,86))")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task An_attribute_of_the_same_name_makes_no_mapping() =>
        Deployed
            .Test<ALO301VisibilityBelowFunctionTimeout>(
                (
                    "serverless.template",
                    """
                    {
                      "Resources": {
                        "OrdersQueue": { "Type": "AWS::SQS::Queue", "Properties": { "VisibilityTimeout": 10 } },
                        "OrdersFunction": {
                          "Type": "AWS::Serverless::Function",
                          "Metadata": { "Tool": "Amazon.Lambda.Annotations" },
                          "Properties": { "Handler": "Orders::OrdersFunction_Handle_Generated::Handle", "Runtime": "dotnet8", "Timeout": 20 }
                        }
                      }
                    }
                    """
                ),
                """
                using Amazon.Lambda.Annotations;

                public class SQSEventAttribute : System.Attribute { public SQSEventAttribute(string queue) { } }

                public class OrdersFunction
                {
                    [LambdaFunction]
                    [SQSEvent("@OrdersQueue")]
                    public Amazon.Lambda.SQSEvents.SQSBatchResponse Handle(Amazon.Lambda.SQSEvents.SQSEvent batch) => new();
                }
                """
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task Incomplete_code_is_judged_by_what_is_there()
    {
        var test = Deployed.Test<ALO301VisibilityBelowFunctionTimeout>(
            ("template.yaml", Template()),
            "public class OrdersFunction { public Missing {|#0:Handle|}(Amazon.Lambda.SQSEvents.SQSEvent batch) { foreach (var x in batch.",
            OnHandler()
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Resources:\n  OrdersQueue:\n    Type: AWS::SQS::Queue\n  OrdersFunction:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: [")]
    [InlineData(
        "Resources:\n  OrdersQueue:\n  OrdersFunction:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: Orders::OrdersFunction::Handle\n      Events: { Orders: { Type: SQS } }"
    )]
    [InlineData("Resources:")]
    [InlineData("")]
    public Task An_incomplete_template_says_nothing(string template) => VerifyAsync(template, Deployed.PlainHandler);

    [Fact]
    public Task Old_language_versions_are_analysed()
    {
        var test = Deployed.Test<ALO301VisibilityBelowFunctionTimeout>(
            ("template.yaml", Template()),
            "class OrdersFunction { void {|#0:Handle|}(Amazon.Lambda.SQSEvents.SQSEvent batch) { } }",
            OnHandler()
        );
        test.LanguageVersion = LanguageVersion.CSharp7_3;
        test.NullableContextOptions = Microsoft.CodeAnalysis.NullableContextOptions.Disable;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_test_project_is_silent()
    {
        var test = Deployed.Test<ALO301VisibilityBelowFunctionTimeout>(("template.yaml", Template(visibility: "VisibilityTimeout: 10")), Deployed.PlainHandler);
        test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Global().Property("IsTestProject", "true"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
