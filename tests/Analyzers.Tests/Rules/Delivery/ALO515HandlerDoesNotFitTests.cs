using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO515HandlerDoesNotFit>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO515HandlerDoesNotFitTests
{
    private const string Sqs = "Type: SQS\n          Properties: { Queue: !GetAtt OrdersQueue.Arn }";
    private const string Kinesis = "Type: Kinesis\n          Properties: { Stream: !GetAtt Clicks.Arn, StartingPosition: LATEST }";

    private static string Template(string handler, string runtime = "Runtime: dotnet8", string source = Sqs, string head = "Description: Orders") =>
        $$"""
            {{head}}
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
              Clicks:
                Type: AWS::Kinesis::Stream
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: {{handler}}
                  {{runtime}}
                  Events:
                    {|#1:Orders|}:
                      {{source}}
            """;

    private static DiagnosticResult Missing(string handler, string why, string assumption = "") =>
        Verify
            .Diagnostic()
            .WithLocation(2)
            .WithArguments(
                $"The Handler of function 'OrdersFunction' is '{handler}'",
                why,
                "the function cannot start, and every batch fails until its records expire or are given up",
                "Correct the Handler",
                assumption
            );

    private static DiagnosticResult OtherSource(string type, string source, string remedy) =>
        Verify
            .Diagnostic()
            .WithLocation(0)
            .WithLocation(1)
            .WithArguments(
                $"'Handle' takes {type}",
                $"mapping 'Orders' (template.yaml(13,9)) delivers the records of {source}",
                "what it reads of them is empty, so every batch fails, or is acknowledged without having been processed",
                remedy,
                ""
            );

    private static Task VerifyAsync(string template, string source, params DiagnosticResult[] expected) =>
        Deployed.Test<ALO515HandlerDoesNotFit>(("template.yaml", template), source, expected).RunAsync(TestContext.Current.CancellationToken);

    private static string Handling(string type) => "public class OrdersFunction { public void {|#0:Handle|}(" + type + " batch) { } }";

    [Fact]
    public Task A_method_that_does_not_exist_cannot_be_started() =>
        VerifyAsync(
            Template("{|#2:Orders::OrdersFunction::HandleAsync|}"),
            Deployed.PlainHandler,
            Missing("Orders::OrdersFunction::HandleAsync", "type 'OrdersFunction' has no method 'HandleAsync'")
                .WithMessage(
                    "The Handler of function 'OrdersFunction' is 'Orders::OrdersFunction::HandleAsync', but type 'OrdersFunction' has no method 'HandleAsync': "
                        + "the function cannot start, and every batch fails until its records expire or are given up. Correct the Handler."
                )
        );

    [Fact]
    public Task A_type_that_does_not_exist_cannot_be_started() =>
        VerifyAsync(
            Template("{|#2:Orders::Shop.OrdersFunction::Handle|}"),
            Deployed.PlainHandler,
            Missing("Orders::Shop.OrdersFunction::Handle", "type 'Shop.OrdersFunction' does not exist in assembly 'Orders'")
        );

    [Fact]
    public Task A_type_of_the_same_name_elsewhere_is_another_type() =>
        VerifyAsync(
            Template("{|#2:Orders::OrdersFunction::Handle|}"),
            "namespace Shop { public class OrdersFunction { public void Handle(Amazon.Lambda.SQSEvents.SQSEvent batch) { } } }",
            Missing("Orders::OrdersFunction::Handle", "type 'OrdersFunction' does not exist in assembly 'Orders'")
        );

    [Theory]
    [InlineData("Orders::OrdersFunction::Handle", "Runtime: dotnet8")]
    [InlineData("Refunds::OrdersFunction::HandleAsync", "Runtime: dotnet8")]
    [InlineData("Orders::OrdersFunction::HandleAsync", "Runtime: provided.al2023")]
    [InlineData("Orders::OrdersFunction::HandleAsync", "Runtime: !Ref Unknown")]
    [InlineData("Orders::OrdersFunction::HandleAsync", "Runtime: nodejs22.x")]
    [InlineData("Orders::OrdersFunction::HandleAsync", "MemorySize: 256")]
    [InlineData("Orders::OrdersFunction::HandleAsync", "PackageType: Image")]
    [InlineData("!Ref Unknown", "Runtime: dotnet8")]
    [InlineData("Orders", "Runtime: dotnet8")]
    [InlineData("Orders::OrdersFunction", "Runtime: dotnet8")]
    [InlineData("'Orders::OrdersFunction::Void Handle(Amazon.Lambda.SQSEvents.SQSEvent)'", "Runtime: dotnet8")]
    [InlineData("Orders::OrdersFunction::Equals", "Runtime: dotnet8")]
    public Task Only_what_is_certainly_missing_is_reported(string handler, string runtime) =>
        VerifyAsync(Template(handler, runtime, head: "Parameters: { Unknown: { Type: String } }"), Deployed.PlainHandler);

    [Fact]
    public Task A_base_that_is_not_known_may_have_the_method()
    {
        var test = Deployed.Test<ALO515HandlerDoesNotFit>(
            ("template.yaml", Template("Orders::OrdersFunction::HandleAsync")),
            "public class OrdersFunction : Missing { }"
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Inherited_and_nested_handlers_exist() =>
        VerifyAsync(
            Template("Orders::Shop.Outer+OrdersFunction::Handle"),
            "namespace Shop { public class Base { public void Handle(Amazon.Lambda.SQSEvents.SQSEvent batch) { } } public class Outer { public class OrdersFunction : Base { } } }"
        );

    [Fact]
    public Task A_function_without_a_mapping_is_not_judged() =>
        VerifyAsync(
            Template("Orders::OrdersFunction::HandleAsync", source: "Type: Api\n          Properties: { Path: /, Method: get }"),
            Deployed.PlainHandler
        );

    [Fact]
    public Task A_parameters_default_makes_it_a_warning() =>
        VerifyAsync(
            Template("{|#2:!Ref Method|}", head: "Parameters: { Method: { Type: String, Default: 'Orders::OrdersFunction::HandleAsync' } }"),
            Deployed.PlainHandler,
            Missing(
                    "Orders::OrdersFunction::HandleAsync",
                    "type 'OrdersFunction' has no method 'HandleAsync'",
                    " This holds as long as the deployment keeps the default of parameter 'Method'."
                )
                .WithSeverity(Warning)
        );

    [Fact]
    public Task A_comment_silences_it() =>
        VerifyAsync(Template("Orders::OrdersFunction::HandleAsync # alo:disable ALO515 written by the build"), Deployed.PlainHandler);

    [Fact]
    public Task Without_the_package_a_missing_method_is_missing_too()
    {
        var test = Deployed.Test<ALO515HandlerDoesNotFit>(
            ("template.yaml", Template("{|#2:Orders::Order::Handle|}")),
            Deployed.NoHandler,
            Missing("Orders::Order::Handle", "type 'Order' has no method 'Handle'")
        );
        test.ReferenceAssemblies = References.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task The_event_of_another_source_is_empty() =>
        VerifyAsync(
            Template("Orders::OrdersFunction::Handle"),
            Handling("Amazon.Lambda.KinesisEvents.KinesisEvent"),
            OtherSource("KinesisEvent", "an SQS queue", "Take SQSEvent, or correct the source of the mapping or the Handler of the function")
                .WithMessage(
                    "'Handle' takes KinesisEvent, but mapping 'Orders' (template.yaml(13,9)) delivers the records of an SQS queue: what it reads of them is empty, so every batch fails, "
                        + "or is acknowledged without having been processed. Take SQSEvent, or correct the source of the mapping or the Handler of the function."
                )
        );

    [Theory]
    [InlineData(
        "Amazon.Lambda.SQSEvents.SQSEvent",
        "SQSEvent",
        Kinesis,
        "a Kinesis stream",
        "Take KinesisEvent, or correct the source of the mapping or the Handler of the function"
    )]
    [InlineData(
        "Amazon.Lambda.DynamoDBEvents.DynamoDBEvent",
        "DynamoDBEvent",
        Kinesis,
        "a Kinesis stream",
        "Take KinesisEvent, or correct the source of the mapping or the Handler of the function"
    )]
    [InlineData(
        "Amazon.Lambda.KinesisEvents.KinesisEvent",
        "KinesisEvent",
        "Type: DynamoDB\n          Properties: { Stream: 'arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/s', StartingPosition: LATEST }",
        "a DynamoDB stream",
        "Take DynamoDBEvent, or correct the source of the mapping or the Handler of the function"
    )]
    [InlineData(
        "Amazon.Lambda.SQSEvents.SQSEvent",
        "SQSEvent",
        "Type: MSK\n          Properties: { Stream: 'arn:aws:kafka:eu-west-1:123456789012:cluster/c/1', StartingPosition: LATEST, Topics: [t] }",
        "another kind of source",
        "Correct the source of the mapping or the Handler of the function"
    )]
    public Task Each_source_has_its_event(string type, string name, string source, string words, string remedy) =>
        VerifyAsync(Template("Orders::OrdersFunction::Handle", source: source), Handling(type), OtherSource(name, words, remedy));

    [Theory]
    [InlineData("Amazon.Lambda.SQSEvents.SQSEvent", Sqs)]
    [InlineData("Amazon.Lambda.KinesisEvents.KinesisEvent", Kinesis)]
    [InlineData("System.IO.Stream", Kinesis)]
    [InlineData("string", Sqs)]
    [InlineData("Look.Alike.KinesisEvent", Sqs)]
    public Task The_right_event_and_types_of_ones_own_fit(string type, string source) =>
        VerifyAsync(Template("Orders::OrdersFunction::Handle", source: source), Handling(type) + " namespace Look.Alike { public class KinesisEvent { } }");

    [Fact]
    public Task An_event_of_ones_own_is_still_its_base() =>
        VerifyAsync(
            Template("Orders::OrdersFunction::Handle"),
            Handling("Clicks") + " public class Clicks : Amazon.Lambda.KinesisEvents.KinesisEvent { }",
            OtherSource("Clicks", "an SQS queue", "Take SQSEvent, or correct the source of the mapping or the Handler of the function")
        );

    [Fact]
    public Task A_mapping_whose_source_is_unknown_may_be_right() =>
        Deployed
            .Test<ALO515HandlerDoesNotFit>(
                (
                    "template.yaml",
                    """
                    Parameters: { Source: { Type: String } }
                    Resources:
                      OrdersFunction:
                        Type: AWS::Lambda::Function
                        Properties: { Handler: Orders::OrdersFunction::Handle, Runtime: dotnet8 }
                      Orders:
                        Type: AWS::Lambda::EventSourceMapping
                        Properties: { EventSourceArn: !Ref Source, FunctionName: !Ref OrdersFunction }
                    """
                ),
                Handling("Amazon.Lambda.KinesisEvents.KinesisEvent")
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
