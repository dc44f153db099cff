using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class EnvironmentTests
{
    private const string Queue = "Q: { Type: AWS::SQS::Queue, Properties: { QueueName: orders } }";
    private const string Named = "N: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub 'orders-${AWS::StackName}' } }";

    private static Function Read(string variables, string type = "AWS::Serverless::Function") =>
        Templates.ReadResources($"F: {{ Type: {type}, Properties: {{ Environment: {{ Variables: {variables} }} }} }}\n{Queue}\n{Named}").Functions[0];

    [Theory]
    [InlineData("!Ref Q", "Q")]
    [InlineData("!GetAtt Q.QueueUrl", "Q")]
    [InlineData("!GetAtt Q.QueueName", "Q")]
    [InlineData("'https://sqs.eu-west-1.amazonaws.com/123456789012/orders'", "Q")]
    [InlineData("!Sub 'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/orders'", "Q")]
    [InlineData("!Sub 'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/${Q.QueueName}'", "Q")]
    [InlineData("!Sub 'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/orders-${AWS::StackName}'", "N")]
    [InlineData("!Sub 'orders-${AWS::StackName}'", "N")]
    [InlineData("orders", "orders")]
    [InlineData("prod", "prod")]
    [InlineData("5", "5")]
    [InlineData("!ImportValue Other", "unknown: Fn::ImportValue is not evaluated")]
    public void A_variable_leads_to_its_queue_or_is_a_text(string value, string expected)
    {
        var variable = Read($"{{ URL: {value} }}").Environment["URL"];
        if (expected.StartsWith("unknown", StringComparison.Ordinal))
            Assert.Equal(SettingState.Unknown, variable.State);
        else
            Assert.Equal(expected, variable.ToString());
    }

    [Theory]
    [InlineData("AWS::Serverless::Function")]
    [InlineData("AWS::Lambda::Function")]
    public void Both_types_of_functions_have_one(string type) => Assert.Equal("Q", Read("{ URL: !Ref Q }", type).Environment["URL"].Single()!.LogicalId);

    [Theory]
    [InlineData("{}")]
    [InlineData("!Ref Unknown")]
    [InlineData("[URL]")]
    public void Without_names_there_is_none(string variables) => Assert.Empty(Read(variables).Environment);

    [Fact]
    public void A_functions_own_are_laid_over_those_that_all_share()
    {
        var model = Templates.Read(
            """
            Globals: { Function: { Environment: { Variables: { STAGE: prod, URL: shared } } } }
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { Environment: { Variables: { URL: !Ref Q, OTHER: 1 } } } }
              Q: { Type: AWS::SQS::Queue }
            """
        );
        var environment = model.Functions[0].Environment;
        Assert.Equal(["OTHER", "STAGE", "URL"], environment.Keys.Order());
        Assert.Equal(("prod", true), (environment["STAGE"].ToString(), environment["STAGE"].IsInherited));
        Assert.Equal(("Q", false), (environment["URL"].ToString(), environment["URL"].IsInherited));
    }

    [Theory]
    [InlineData("!Ref F", true)]
    [InlineData("!GetAtt F.Arn", true)]
    [InlineData("!ImportValue Other", true)]
    [InlineData("!Ref G", false)]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:other", false)]
    public void A_permission_lets_others_invoke_the_function(string function, bool expected)
    {
        var model = Templates.ReadResources(
            $"F: {{ Type: AWS::Lambda::Function }}\nG: {{ Type: AWS::Lambda::Function }}\nP: {{ Type: AWS::Lambda::Permission, Properties: {{ FunctionName: {function}, Principal: s3.amazonaws.com }} }}"
        );
        Assert.Equal(expected, model.Functions.Single(candidate => candidate.LogicalId == "F").MayBeInvokedByOthers);
    }
}
