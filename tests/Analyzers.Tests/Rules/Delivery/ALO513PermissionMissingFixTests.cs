using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Delivery;
using AtLeastOnce.TestKit;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO513PermissionMissingFixTests
{
    private static string Sam(string onFailure, string role = "") =>
        $$"""
            Resources:
              OrdersStream: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }
              Failures: { Type: AWS::SQS::Queue }
              Alarms: { Type: AWS::SNS::Topic }
              OrdersRole: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Allow, Action: 'kinesis:*', Resource: '*' }] } }] } }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8{{role}}
                  Events:
                    Orders:
                      Type: Kinesis
                      Properties:
                        Stream: !GetAtt OrdersStream.Arn
                        StartingPosition: LATEST
                        DestinationConfig:
                          OnFailure: {{onFailure}}
            """;

    private static Task VerifyAsync(string template, string? fixedTemplate)
    {
        var test = Deployed.Fix<ALO513PermissionMissing, ALO513PermissionMissingFix>(template, fixedTemplate ?? template, source: Streams.PlainHandler);
        var expected = new DiagnosticResult("ALO513").WithSpan(5, 33, 5, 39).IgnoringAdditionalLocations();
        test.ExpectedDiagnostics.Add(expected);
        if (fixedTemplate is null)
            test.FixedState.ExpectedDiagnostics.Add(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("!GetAtt Failures.Arn", "SQS")]
    [InlineData("!Ref Alarms", "SNS")]
    public async Task SAM_is_told_the_type_of_the_destination(string destination, string type)
    {
        await VerifyAsync(Sam($"{{ Destination: {destination} }}"), Sam($"{{ Destination: {destination}, Type: {type} }}"));
        const string Line = "\n                Destination: ";
        await VerifyAsync(Sam(Line + destination + " # kept"), Sam(Line + destination + " # kept\n                Type: " + type));
    }

    [Fact]
    public Task A_role_of_the_templates_own_is_left_alone() =>
        VerifyAsync(Sam("{ Destination: !GetAtt Failures.Arn }", "\n      Role: !GetAtt OrdersRole.Arn"), null);
}
