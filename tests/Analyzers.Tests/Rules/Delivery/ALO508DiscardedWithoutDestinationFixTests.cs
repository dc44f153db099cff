using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Delivery;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO508DiscardedWithoutDestinationFixTests
{
    private static string Sam(string settings, string more = "", string role = "") =>
        $$"""
            Resources:
              OrdersTable: { Type: AWS::DynamoDB::Table, Properties: { StreamSpecification: { StreamViewType: KEYS_ONLY } } }

              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8{{role}}
                  Events:
                    Orders:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt OrdersTable.StreamArn
                        StartingPosition: LATEST{{settings}}
            {{more}}
            """;

    private static Task VerifyAsync(string template, string? fixedTemplate, DiagnosticSeverity severity = DiagnosticSeverity.Warning)
    {
        var test = Deployed.Fix<ALO508DiscardedWithoutDestination, ALO508DiscardedWithoutDestinationFix>(
            template,
            fixedTemplate ?? template,
            source: Streams.PlainHandler.Replace("KinesisEvents", "DynamoDBEvents").Replace("KinesisEvent", "DynamoDBEvent")
        );
        var expected = new DiagnosticResult("ALO508", severity).WithSpan(5, 33, 5, 39).IgnoringAdditionalLocations();
        test.ExpectedDiagnostics.Add(expected);
        if (fixedTemplate is null)
            test.FixedState.ExpectedDiagnostics.Add(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("\n            MaximumRetryAttempts: 3 # and no more", DiagnosticSeverity.Warning)]
    [InlineData("\n            BatchSize: 10", DiagnosticSeverity.Info)]
    public Task The_mapping_gets_a_queue_that_keeps_messages_for_14_days(string settings, DiagnosticSeverity severity) =>
        VerifyAsync(
            Sam(settings, "\nOutputs: {}"),
            Sam(
                settings
                    + "\n            DestinationConfig:\n              OnFailure:\n                Type: SQS\n                Destination: !GetAtt OrdersFailureQueue.Arn\n\n"
                    + "  OrdersFailureQueue:\n    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 1209600",
                "\nOutputs: {}"
            ),
            severity
        );

    [Fact]
    public Task A_role_that_could_not_send_there_is_left_alone() =>
        VerifyAsync(Sam("\n            MaximumRetryAttempts: 3", "  OrdersRole: { Type: AWS::IAM::Role }\n", "\n      Role: !GetAtt OrdersRole.Arn"), null);

    [Fact]
    public Task A_role_that_may_send_anywhere_is_right()
    {
        const string Role = "  OrdersRole: { Type: AWS::IAM::Role, Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } }\n";
        const string UsesRole = "\n      Role: !GetAtt OrdersRole.Arn";
        return VerifyAsync(
            Sam("\n            MaximumRetryAttempts: 3", Role, UsesRole),
            Sam(
                "\n            MaximumRetryAttempts: 3\n            DestinationConfig:\n              OnFailure:\n                Type: SQS\n                Destination: !GetAtt OrdersFailureQueue.Arn\n\n"
                    + "  OrdersFailureQueue:\n    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 1209600",
                Role,
                UsesRole
            )
        );
    }
}
