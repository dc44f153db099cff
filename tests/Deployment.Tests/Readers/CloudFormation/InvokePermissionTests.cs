using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class InvokePermissionTests
{
    private const string Functions = """
        Orders: { Type: AWS::Lambda::Function, Properties: { Timeout: 30 } }
        Letters: { Type: AWS::Lambda::Function, Properties: { Timeout: 30 } }

        """;

    [Theory]
    [InlineData("!Ref Orders", "Orders")]
    [InlineData("!GetAtt Orders.Arn", "Orders")]
    [InlineData("!Sub '${Orders.Arn}:live'", "Orders")]
    [InlineData("another-function", "")]
    [InlineData("!ImportValue Shared", "Orders Letters")]
    [InlineData("!If [IsProduction, !Ref Orders, !Ref Letters]", "Orders Letters")]
    public void A_permission_lets_others_invoke_its_function(string function, string permitted)
    {
        var model = Templates.ReadResources(
            Functions + $"P: {{ Type: AWS::Lambda::Permission, Properties: {{ FunctionName: {function} }} }}",
            before: "Conditions: { IsProduction: !Equals [!Ref AWS::Region, eu-central-1] }\n"
        );
        Assert.Equal(permitted, string.Join(" ", model.Functions.Where(one => one.MayBeInvokedByOthers).Select(one => one.LogicalId)));
    }

    [Fact]
    public void Without_a_permission_nobody_else_invokes_a_function() =>
        Assert.DoesNotContain(Templates.ReadResources(Functions).Functions, function => function.MayBeInvokedByOthers);

    [Fact]
    public void Many_functions_with_a_permission_each_are_read_like_few()
    {
        const int Count = 1200;
        var model = Templates.ReadResources(
            string.Join(
                "\n",
                Enumerable
                    .Range(0, Count)
                    .Select(number =>
                        $$"""
                            F{{number}}: { Type: AWS::Lambda::Function, Properties: { Timeout: {{number + 1}}, Environment: { Variables: { QUEUE: !Ref Q } } } }
                            P{{number}}: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !GetAtt F{{number}}.Arn } }
                            """
                    )
            ) + "\nQ: { Type: AWS::SQS::Queue }"
        );
        Assert.Equal(Enumerable.Range(1, Count), model.Functions.Select(function => function.Timeout.Single() ?? 0));
        Assert.All(model.Functions, function => Assert.Equal("Q", function.Environment["QUEUE"].Single()?.LogicalId));
        Assert.All(model.Functions, function => Assert.True(function.MayBeInvokedByOthers));
    }
}
