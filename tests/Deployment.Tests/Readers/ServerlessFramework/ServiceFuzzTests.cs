using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.LambdaTools;
using FsCheck;
using FsCheck.Fluent;

namespace AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;

/// <summary>Whatever is done to a service, reading it gives a model whose places lie in the text.</summary>
public sealed class ServiceFuzzTests
{
    private const string Small = """
        service: { name: shop }
        provider: { name: aws, stage: "${opt:stage, 'dev'}", iamRoleStatements: [{ Effect: Allow, Action: 'sqs:*', Resource: '*' }] }
        custom: { queue: { arn: "${self:custom.${sls:stage}.arn}" }, dev: { arn: !GetAtt Q.Arn }, list: ["${self:custom.list}"] }
        functions:
          - work-it: { handler: A::B::C, timeout: "${param:t, 5}", events: [sqs: "${self:custom.queue}", schedule: rate(1 day)] }
        params: { default: { t: 6 } }
        resources:
          - Resources: { Q: { Type: AWS::SQS::Queue, Properties: { QueueName: "${self:service}-${opt:stage}" } } }
          - extensions: { WorkDashitLambdaFunction: { Properties: { Timeout: 7 } } }
        """;

    private static readonly string[] Seeds =
    [
        Small,
        Golden.Read(Services.Orders),
        Golden.Read(Services.Orders).Replace("\n", "\r\n", StringComparison.Ordinal),
    ];

    private static void CheckPlaces(string text) => Fuzzing.Check(Services.Read(text), text);

    [Fact]
    public void Mutated_services_are_read() => Fuzzing.Run(Mutation.Of(Seeds), 500, 20_260_711, mutation => CheckPlaces(mutation.Text));

    [Fact]
    public void Every_beginning_of_a_service_is_read()
    {
        for (var length = 0; length <= Small.Length; length++)
            CheckPlaces(Small[..length]);
        for (var length = 0; length <= Seeds[1].Length; length += 41)
            CheckPlaces(Seeds[1][..length]);
    }

    [Fact]
    public void Any_text_is_read() =>
        Fuzzing.Run(
            ArbMap.Default.ArbFor<string?>(),
            300,
            20_260_712,
            text => CheckPlaces($"service: s\nprovider: aws\ncustom: {text}\nfunctions: {{ f: {{ handler: \"{text}\" }} }}\n")
        );

    [Fact]
    public void Mutated_defaults_of_the_tools_are_read()
    {
        string[] seeds = ["""{ "function-handler": "A::B::C", "function-timeout": 30, "package-type": "image", "image-command": "a,b", "template": "t" }"""];
        Fuzzing.Run(Mutation.Of(seeds), 300, 20_260_713, mutation => Fuzzing.Check(Read(mutation.Text), mutation.Text));

        static DeploymentModel Read(string text) =>
            LambdaToolsDefaultsReader.Read("aws-lambda-tools-defaults.json", text, TestContext.Current.CancellationToken);
    }
}
