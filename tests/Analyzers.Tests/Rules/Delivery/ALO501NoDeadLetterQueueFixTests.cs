using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Delivery;
using AtLeastOnce.TestKit;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO501NoDeadLetterQueueFixTests
{
    private const string Function = """
          OrdersFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Orders::OrdersFunction::Handle
              Runtime: dotnet8
              Events:
                Orders:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt OrdersQueue.Arn

        """;

    private static Task VerifyAsync(
        string template,
        string fixedTemplate,
        string path = "template.yaml",
        Microsoft.CodeAnalysis.DiagnosticSeverity? severity = null
    )
    {
        var test = Deployed.Fix<ALO501NoDeadLetterQueue, ALO501NoDeadLetterQueueFix>(template, fixedTemplate, path);
        var expected = new DiagnosticResult("ALO501").WithSpan(5, 29, 5, 35).IgnoringAdditionalLocations();
        test.ExpectedDiagnostics.Add(severity is { } stated ? expected.WithSeverity(stated) : expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task The_queue_gets_a_dead_letter_queue_that_keeps_messages_for_14_days() =>
        VerifyAsync(
            "Resources:\n  OrdersQueue: # the orders\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: 180 # seconds\n\n" + Function,
            """
            Resources:
              OrdersQueue: # the orders
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: 180 # seconds
                  RedrivePolicy:
                    deadLetterTargetArn: !GetAtt OrdersDeadLetterQueue.Arn
                    maxReceiveCount: 5

              OrdersDeadLetterQueue:
                Type: AWS::SQS::Queue
                Properties:
                  MessageRetentionPeriod: 1209600


            """ + Function
        );

    [Fact]
    public Task The_dead_letter_queue_of_a_FIFO_queue_is_one() =>
        VerifyAsync(
            "Resources:\r\n  OrdersQueue:\r\n    Type: AWS::SQS::Queue\r\n    Properties:\r\n      FifoQueue: true\r\n" + Function.ReplaceLineEndings("\r\n"),
            """
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  FifoQueue: true
                  RedrivePolicy:
                    deadLetterTargetArn: !GetAtt OrdersDeadLetterQueue.Arn
                    maxReceiveCount: 5
              OrdersDeadLetterQueue:
                Type: AWS::SQS::Queue
                Properties:
                  FifoQueue: true
                  MessageRetentionPeriod: 1209600

            """.ReplaceLineEndings("\r\n") + Function.ReplaceLineEndings("\r\n"),
            severity: Microsoft.CodeAnalysis.DiagnosticSeverity.Info
        );

    [Fact]
    public Task JSON_stays_JSON() =>
        VerifyAsync(
            """
            {
              "Resources": {
                "OrdersQueue": {
                  "Type": "AWS::SQS::Queue"
                },
                "OrdersFunction": {
                  "Type": "AWS::Serverless::Function",
                  "Properties": {
                    "Handler": "Orders::OrdersFunction::Handle",
                    "Runtime": "dotnet8",
                    "Events": { "Orders": { "Type": "SQS", "Properties": { "Queue": { "Fn::GetAtt": ["OrdersQueue", "Arn"] } } } }
                  }
                }
              }
            }
            """,
            """
            {
              "Resources": {
                "OrdersQueue": {
                  "Type": "AWS::SQS::Queue",
                  "Properties": {
                    "RedrivePolicy": {
                      "deadLetterTargetArn": {
                        "Fn::GetAtt": [
                          "OrdersDeadLetterQueue",
                          "Arn"
                        ]
                      },
                      "maxReceiveCount": 5
                    }
                  }
                },
                "OrdersDeadLetterQueue": {
                  "Type": "AWS::SQS::Queue",
                  "Properties": {
                    "MessageRetentionPeriod": 1209600
                  }
                },
                "OrdersFunction": {
                  "Type": "AWS::Serverless::Function",
                  "Properties": {
                    "Handler": "Orders::OrdersFunction::Handle",
                    "Runtime": "dotnet8",
                    "Events": { "Orders": { "Type": "SQS", "Properties": { "Queue": { "Fn::GetAtt": ["OrdersQueue", "Arn"] } } } }
                  }
                }
              }
            }
            """,
            "serverless.template"
        );

    [Fact]
    public Task A_queue_whose_type_is_unknown_is_left_alone()
    {
        var test = new CSharpCodeFixTest<ALO501NoDeadLetterQueue, ALO501NoDeadLetterQueueFix>
        {
            AssemblyName = "Orders",
            TestState =
            {
                Sources = { Deployed.Handler },
                AdditionalFiles =
                {
                    (
                        "template.yaml",
                        "Parameters: { Fifo: { Type: String } }\nResources:\n  OrdersQueue: { Type: AWS::SQS::Queue, Properties: { FifoQueue: !Ref Fifo } }\n"
                            + Function
                    ),
                },
                ExpectedDiagnostics =
                {
                    new DiagnosticResult("ALO501", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0).IgnoringAdditionalLocations(),
                },
            },
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Fix_all_gives_each_queue_its_own()
    {
        static string Queues(string orders, string refunds) =>
            $"Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n{orders}  OrdersQueue:\n    Type: AWS::SQS::Queue\n{refunds}";
        static string Policy(string id) =>
            $"    Properties:\n      RedrivePolicy:\n        deadLetterTargetArn: !GetAtt {id}.Arn\n        maxReceiveCount: 5\n  {id}:\n    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 1209600\n";
        const string Source = """
            using Amazon.Lambda.SQSEvents;

            public class OrdersFunction
            {
                public SQSBatchResponse [|Handle|](SQSEvent batch) => new();

                public SQSBatchResponse [|Other|](SQSEvent batch) => new();
            }
            """;
        var other = Function.Replace("  OrdersFunction:\n", "  OtherFunction:\n").Replace("::Handle", "::Other").Replace("OrdersQueue.Arn", "Orders.Arn");
        return new CSharpCodeFixTest<ALO501NoDeadLetterQueue, ALO501NoDeadLetterQueueFix>
        {
            AssemblyName = "Orders",
            TestState = { Sources = { Source }, AdditionalFiles = { ("template.yaml", Queues("", "") + Function + other) } },
            FixedState =
            {
                AdditionalFiles = { ("template.yaml", Queues(Policy("OrdersDeadLetterQueue2"), Policy("OrdersDeadLetterQueue")) + Function + other) },
            },
        }.RunAsync(TestContext.Current.CancellationToken);
    }
}
