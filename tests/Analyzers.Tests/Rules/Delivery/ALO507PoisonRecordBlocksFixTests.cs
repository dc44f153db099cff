using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Delivery;
using AtLeastOnce.TestKit;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO507PoisonRecordBlocksFixTests
{
    private const string Stream = "  OrdersStream: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }\n";
    private const string Role =
        "  OrdersRole: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Allow, Action: ['kinesis:*'], Resource: '*' }] } }] } }\n";
    private const string Queue = "    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 1209600\n";

    private static string Sam(string settings, string more = "", string role = "", string head = "") =>
        $$"""
            {{head}}Resources:
            {{Stream}}{{(role.Length > 0 ? Role : "")}}  OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8{{role}}
                  Events:
                    Orders:
                      Type: Kinesis
                      Properties:
                        Stream: !GetAtt OrdersStream.Arn
                        StartingPosition: LATEST{{settings}}
            {{more}}
            """;

    private static Task VerifyAsync(string template, string fixedTemplate, string path = "template.yaml")
    {
        var test = Deployed.Fix<ALO507PoisonRecordBlocks, ALO507PoisonRecordBlocksFix>(template, fixedTemplate, path, Streams.PlainHandler);
        test.ExpectedDiagnostics.Add(new DiagnosticResult("ALO507").WithSpan(5, 33, 5, 39).IgnoringAdditionalLocations());
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task VerifyNoneAsync(string template)
    {
        var test = Deployed.Fix<ALO507PoisonRecordBlocks, ALO507PoisonRecordBlocksFix>(template, template, source: Streams.PlainHandler);
        var expected = new DiagnosticResult("ALO507").WithSpan(5, 33, 5, 39).IgnoringAdditionalLocations();
        test.ExpectedDiagnostics.Add(expected);
        test.FixedState.ExpectedDiagnostics.Add(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Retries_bisect_and_destination_come_together() =>
        VerifyAsync(
            Sam(" # now", "Outputs: {}"),
            Sam(
                " # now\n            MaximumRetryAttempts: 10\n            BisectBatchOnFunctionError: true\n            DestinationConfig:\n              OnFailure:\n"
                    + "                Type: SQS\n                Destination: !GetAtt OrdersFailureQueue.Arn\n  OrdersFailureQueue:\n"
                    + Queue.TrimEnd('\n'),
                "Outputs: {}"
            )
        );

    [Fact]
    public Task What_is_there_already_stays() =>
        VerifyAsync(
            Sam(
                "\n            MaximumRetryAttempts: -1\n            BisectBatchOnFunctionError: false\n            DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Failures.Arn } }",
                "  Failures: { Type: AWS::SQS::Queue }\n"
            ),
            Sam(
                "\n            MaximumRetryAttempts: 10\n            BisectBatchOnFunctionError: true\n            DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Failures.Arn } }",
                "  Failures: { Type: AWS::SQS::Queue }\n"
            )
        );

    [Fact]
    public Task A_name_that_is_taken_is_not_taken_again() =>
        VerifyAsync(
            Sam("", "  OrdersFailureQueue: { Type: AWS::SQS::Queue }\n"),
            Sam(
                "\n            MaximumRetryAttempts: 10\n            BisectBatchOnFunctionError: true\n            DestinationConfig:\n              OnFailure:\n"
                    + "                Type: SQS\n                Destination: !GetAtt OrdersFailureQueue2.Arn\n  OrdersFailureQueue2:\n"
                    + Queue.TrimEnd('\n'),
                "  OrdersFailureQueue: { Type: AWS::SQS::Queue }\n"
            )
        );

    [Fact]
    public Task A_mapping_in_JSON_names_the_queue_without_a_type() =>
        VerifyAsync(
            """
            {
              "Resources": {
                "OrdersStream": { "Type": "AWS::Kinesis::Stream" },
                "OrdersFunction": {
                  "Type": "AWS::Lambda::Function",
                  "Properties": { "Handler": "Orders::OrdersFunction::Handle", "Runtime": "dotnet8" }
                },
                "Orders": {
                  "Type": "AWS::Lambda::EventSourceMapping",
                  "Condition": "IsProd",
                  "Properties": {
                    "EventSourceArn": { "Fn::GetAtt": ["OrdersStream", "Arn"] },
                    "FunctionName": { "Ref": "OrdersFunction" },
                    "StartingPosition": "LATEST"
                  }
                }
              }
            }
            """,
            """
            {
              "Resources": {
                "OrdersStream": { "Type": "AWS::Kinesis::Stream" },
                "OrdersFunction": {
                  "Type": "AWS::Lambda::Function",
                  "Properties": { "Handler": "Orders::OrdersFunction::Handle", "Runtime": "dotnet8" }
                },
                "Orders": {
                  "Type": "AWS::Lambda::EventSourceMapping",
                  "Condition": "IsProd",
                  "Properties": {
                    "EventSourceArn": { "Fn::GetAtt": ["OrdersStream", "Arn"] },
                    "FunctionName": { "Ref": "OrdersFunction" },
                    "StartingPosition": "LATEST",
                    "MaximumRetryAttempts": 10,
                    "BisectBatchOnFunctionError": true,
                    "DestinationConfig": {
                      "OnFailure": {
                        "Destination": {
                          "Fn::GetAtt": [
                            "OrdersFailureQueue",
                            "Arn"
                          ]
                        }
                      }
                    }
                  }
                },
                "OrdersFailureQueue": {
                  "Type": "AWS::SQS::Queue",
                  "Condition": "IsProd",
                  "Properties": {
                    "MessageRetentionPeriod": 1209600
                  }
                }
              }
            }
            """,
            "serverless.template"
        );

    [Fact]
    public Task A_role_that_could_not_send_there_is_left_alone() => VerifyNoneAsync(Sam("", role: "\n      Role: !GetAtt OrdersRole.Arn"));

    [Theory]
    [InlineData("\n            MaximumRetryAttempts: !Ref Retries")]
    [InlineData("\n            BisectBatchOnFunctionError: !Ref Unknown")]
    [InlineData("\n            DestinationConfig: { OnFailure: {} }")]
    public Task What_a_parameter_or_half_a_setting_says_is_left_alone(string settings) =>
        VerifyNoneAsync(Sam(settings, head: "Parameters: { Retries: { Type: Number, Default: -1 }, Unknown: { Type: String } }\n"));

    [Fact]
    public Task Fix_all_gives_each_mapping_its_own()
    {
        const string Source = """
            using Amazon.Lambda.KinesisEvents;

            public class OrdersFunction
            {
                public StreamsEventResponse [|Handle|](KinesisEvent batch) => new();

                public StreamsEventResponse [|Other|](KinesisEvent batch) => new();
            }
            """;
        static string Two(string orders, string refunds) =>
            "Resources:\n" + Stream + Function("Orders", "Handle", orders) + Function("Refunds", "Other", refunds);
        static string Function(string name, string method, string more) =>
            $"  {name}Function:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: Orders::OrdersFunction::{method}\n      Runtime: dotnet8\n      Events:\n"
            + $"        {name}:\n          Type: Kinesis\n          Properties:\n            Stream: !GetAtt OrdersStream.Arn\n            StartingPosition: LATEST\n{more}";
        static string Fixed(string name) =>
            "            MaximumRetryAttempts: 10\n            BisectBatchOnFunctionError: true\n            DestinationConfig:\n              OnFailure:\n"
            + $"                Type: SQS\n                Destination: !GetAtt {name}FailureQueue.Arn\n  {name}FailureQueue:\n{Queue}";
        return new CSharpCodeFixTest<ALO507PoisonRecordBlocks, ALO507PoisonRecordBlocksFix>
        {
            AssemblyName = "Orders",
            TestState = { Sources = { Source }, AdditionalFiles = { ("template.yaml", Two("", "")) } },
            FixedState = { AdditionalFiles = { ("template.yaml", Two(Fixed("Orders"), Fixed("Refunds"))) } },
        }.RunAsync(TestContext.Current.CancellationToken);
    }
}
