using System.Globalization;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;

/// <summary>What is a service and what is none, comments that silence rules, and texts that cannot be read.</summary>
public sealed class ServiceFileTests
{
    private const string Commented = """
        service: shop
        provider: aws
        functions:
          # alo:disable ALO501 drained by hand
          work:
            handler: A::B::C
            timeout: 20 # alo:disable ALO303
            events:
              # alo:disable ALO202, ALO302 measured
              - sqs:
                  arn: !GetAtt Q.Arn
                  batchSize: 5
              - sqs: arn:aws:sqs:eu-west-1:123456789012:far
        resources:
          Resources:
            Q:
              Type: AWS::SQS::Queue
              Properties:
                # alo:disable ALO301 short
                VisibilityTimeout: 5
        """;

    [Theory]
    [InlineData("service: s\nprovider: aws\n", true)]
    [InlineData("service: s\nprovider: { name: aws }\n", true)]
    [InlineData("service: { name: s }\nprovider: { runtime: dotnet8 }\nfunctions: {}\n", true)]
    [InlineData("service: s\nprovider: { name: '${self:custom.name}' }\n", true)]
    [InlineData("service: s\nprovider: ${file(provider.yml)}\nfunctions: {}\n", true)]
    [InlineData("{ \"service\": \"s\", \"provider\": { \"name\": \"aws\" } }", true)]
    [InlineData("service: s\nprovider: { name: azure }\nfunctions: {}\n", false)]
    [InlineData("service: s\nprovider: google\n", false)]
    [InlineData("service: s\nprovider: { region: x }\n", false)]
    [InlineData("services: { a: { path: a } }\n", false)]
    [InlineData("provider: aws\nfunctions: {}\n", false)]
    [InlineData("service: s\n", false)]
    [InlineData("Resources: { Q: { Type: AWS::SQS::Queue } }\n", false)]
    [InlineData("", false)]
    [InlineData("- service\n", false)]
    public void Only_services_on_AWS_are_read(string text, bool isService)
    {
        var model = Services.Read(text);
        Assert.Equal(isService, model.IsTemplate);
        Assert.Empty(model.Problems);
    }

    [Theory]
    [InlineData("service: s\nprovider: aws\nfunctions: [\n")]
    [InlineData("service: s\nprovider: aws\n\tfunctions: x\n")]
    [InlineData("service: *nowhere\n")]
    public void A_broken_file_is_a_problem(string text)
    {
        var model = Services.Read(text);
        Assert.False(model.IsTemplate);
        Assert.Single(model.Problems);
    }

    [Theory]
    [InlineData("functions: 5")]
    [InlineData("functions: [5, [6], { a: 7 }, { b: { events: 8 } }, { c: { events: [9, [10], { sqs: }, { sqs: [1] }, { stream: {} }, { stream: 5 }] } }]")]
    [InlineData(
        "functions: { f: { events: [{ sns: }, { sns: [] }, { sns: {} }, { s3: }, { s3: [] }, { s3: { rules: [1, {}] } }, { schedule: }, { schedule: {} }] } }"
    )]
    [InlineData("functions: { f: { role: [], onError: [], destinations: [], image: [], name: {}, provisionedConcurrency: {} } }")]
    [InlineData(
        "functions: { f: { events: [{ eventBridge: 5 }, { cloudwatchEvent: }, { sns: { redrivePolicy: 5 } }, { stream: { consumer: {}, destinations: 5 } }] } }"
    )]
    [InlineData("resources: 5")]
    [InlineData("resources: [5, { Resources: 6 }, { Resources: { A: 7, B: { Type: 8 } } }, { extensions: 9 }, { extensions: { A: 1 } }]")]
    [InlineData("plugins: { a: b }")]
    [InlineData("params: 5\ncustom: 6")]
    public void What_makes_no_sense_does_no_harm(string sections)
    {
        var text = $"service: s\nprovider: {{ name: aws, iam: 5, s3: 6 }}\n{sections}\n";
        var model = Services.Read(text);
        Assert.True(model.IsTemplate);
        Fuzzing.Check(model, text);
    }

    [Fact]
    public void A_key_that_is_written_twice_is_told()
    {
        var model = Services.Read("service: s\nprovider: aws\nfunctions:\n  f: { handler: a, handler: b }\n");
        Assert.Equal("The key 'handler' is written twice; the last one counts.", Assert.Single(model.Problems).Text);
        Assert.Equal("b", Assert.Single(model.Functions).Handler.Single());
    }

    [Fact]
    public void Comments_silence_rules()
    {
        var model = Services.Read(Commented);
        var (function, mapping, queue) = (model.Functions[0], model.Mappings[0], model.Queues[0]);
        Assert.Equal("drained by hand", model.SuppressionOf("ALO501", function.Declaration)!.Reason);
        Assert.NotNull(model.SuppressionOf("ALO501", mapping.Declaration));
        Assert.Null(model.SuppressionOf("ALO501", queue.Declaration));
        Assert.NotNull(model.SuppressionOf("ALO303", function.Timeout.Place));
        Assert.Null(model.SuppressionOf("ALO303", function.Handler.Place));
        Assert.NotNull(model.SuppressionOf("ALO202", mapping.Declaration));
        Assert.NotNull(model.SuppressionOf("ALO302", mapping.BatchSize.Place));
        Assert.Null(model.SuppressionOf("ALO202", model.Mappings[1].Declaration));
        Assert.NotNull(model.SuppressionOf("ALO301", queue.VisibilityTimeout.Place));
    }

    [Fact]
    public void Metadata_silences_rules_in_JSON()
    {
        var model = Services.Read(
            """{ "service": "s", "provider": "aws", "resources": { "Resources": { "Q": { "Type": "AWS::SQS::Queue", "Metadata": { "alo:disable": "ALO501 by hand" } } } } }""",
            "serverless.json"
        );
        Assert.Equal("by hand", model.SuppressionOf("ALO501", Assert.Single(model.Queues).Declaration)!.Reason);
    }

    [Fact]
    public void An_event_without_settings_has_no_place_for_them()
    {
        var model = Services.Read(Commented);
        Assert.Equal("batchSize", model.Mappings[0].Properties["batchSize"].Key.In(Commented));
        Assert.True(model.Mappings[1].PropertiesPlace.IsNone);
        Assert.Empty(model.Mappings[1].Properties);
        Assert.Equal("sqs: arn:aws:sqs:eu-west-1:123456789012:far", model.Mappings[1].Whole.In(Commented));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void Culture_changes_nothing(string culture)
    {
        var expected = ModelText.Of(Services.Read(Golden.Read(Services.Orders)), Services.Given);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new(culture);
            Assert.Equal(expected, ModelText.Of(Services.Read(Golden.Read(Services.Orders)), Services.Given));
            Assert.Equal(
                "IntakeLambdaFunction",
                Assert.Single(Services.Read("service: s\nprovider: aws\nfunctions: { intake: { handler: h } }\n").Functions).LogicalId
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
