using AtLeastOnce.Runtime.Tests.Hosting;

namespace AtLeastOnce.Runtime.Tests.Sources.Destinations;

/// <summary>Which messages a subscriber gets (N-11).</summary>
public class SnsFilterPolicyTests
{
    private static readonly Dictionary<string, SqsAttributeValue> Attributes = new()
    {
        ["kind"] = "order",
        ["price"] = 100,
        ["seal"] = new byte[] { 1 },
    };

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"kind":["order"]}""", true)]
    [InlineData("""{"kind":["refund"]}""", false)]
    [InlineData("""{"kind":["refund",{"prefix":"or"}]}""", true)]
    [InlineData("""{"kind":[{"suffix":"der"}]}""", true)]
    [InlineData("""{"kind":[{"equals-ignore-case":"ORDER"}]}""", true)]
    [InlineData("""{"kind":[{"anything-but":["order"]}]}""", false)]
    [InlineData("""{"kind":[{"anything-but":["refund"]}]}""", true)]
    [InlineData("""{"other":[{"anything-but":["refund"]}]}""", false)]
    [InlineData("""{"kind":["order"],"price":[{"numeric":[">",0,"<=",100]}]}""", true)]
    [InlineData("""{"kind":["order"],"price":[{"numeric":[">",100]}]}""", false)]
    [InlineData("""{"price":[100]}""", true)]
    [InlineData("""{"price":["100"]}""", false)]
    [InlineData("""{"kind":[{"exists":true}]}""", true)]
    [InlineData("""{"other":[{"exists":false}]}""", true)]
    [InlineData("""{"kind":[{"exists":false}]}""", false)]
    [InlineData("""{"seal":[{"exists":true}]}""", false)]
    [InlineData("""{"$or":[{"kind":["refund"]},{"price":[100]}]}""", true)]
    public async Task N11_a_policy_looks_at_the_attributes(string policy, bool expected)
    {
        var queue = new SqsQueue("orders");
        await using var host = new LambdaTestHost().Add(new SnsTopic("news").Subscribe(queue, rawMessageDelivery: true, policy));

        host.Topic("news").Publish("""{"kind":"refund"}""", attributes: Attributes);

        Assert.Equal(expected ? ["""{"kind":"refund"}"""] : [], (await host.RunUntilIdleAsync()).Queue("orders").Messages.Select(message => message.Body));
    }

    [Theory]
    [InlineData("""{"kind":["order"]}""", """{"kind":"order"}""", true)]
    [InlineData("""{"kind":["order"]}""", """{"kind":"refund"}""", false)]
    [InlineData("""{"kind":["order"]}""", """{"kind":["refund","order"]}""", true)]
    [InlineData("""{"shop":{"city":["Graz"]}}""", """{"shop":{"city":"Graz"}}""", true)]
    [InlineData("""{"shop":{"city":["Graz"]}}""", """{"shop":{"city":"Linz"}}""", false)]
    [InlineData("""{"shop":{"city":[{"exists":false}]}}""", "no JSON", false)]
    [InlineData("""{"kind":["order"]}""", """["order"]""", false)]
    [InlineData("{}", "no JSON", true)]
    public async Task N11_a_policy_looks_at_the_body(string policy, string message, bool expected)
    {
        var seen = new List<string>();
        var function = new LambdaFunction("ship", (Amazon.Lambda.SNSEvents.SNSEvent input) => seen.Add(input.Records[0].Sns.Message));
        await using var host = new LambdaTestHost().Add(new SnsTopic("news").Subscribe(function, policy, FilterPolicyScope.MessageBody));

        host.Topic("news").Publish(message, attributes: Attributes);
        await host.RunUntilIdleAsync();

        Assert.Equal(expected ? [message] : [], seen);
    }

    [Fact]
    public async Task N11_each_subscriber_has_its_own_policy()
    {
        var (orders, refunds, all) = (new SqsQueue("orders"), new SqsQueue("refunds"), new SqsQueue("all"));
        var topic = new SnsTopic("news")
            .Subscribe(orders, filterPolicy: """{"kind":["order"]}""")
            .Subscribe(refunds, filterPolicy: """{"kind":["refund"]}""")
            .Subscribe(all);
        await using var host = new LambdaTestHost().Add(topic);

        topic.Publish("1", attributes: Attributes);
        topic.Publish("2");

        var run = await host.RunUntilIdleAsync();
        Assert.Equal([1, 0, 2], new[] { "orders", "refunds", "all" }.Select(queue => run.Queue(queue).Messages.Count));
    }

    [Fact]
    public void N11_a_policy_that_SNS_does_not_take_is_refused()
    {
        var topic = new SnsTopic("news");
        var queue = new SqsQueue("orders");

        Assert.Equal(
            "InvalidParameter: Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy",
            Assert.Throws<AwsErrorException>(() => topic.Subscribe(queue, filterPolicy: """{"shop":{"city":["Graz"]}}""")).Message
        );
        Assert.Equal(
            "InvalidParameter: Invalid parameter: FilterPolicy: A field of a pattern holds an array of values, or an object.",
            Assert.Throws<AwsErrorException>(() => topic.Subscribe(queue, filterPolicy: """{"kind":"order"}""")).Message
        );
        Assert.Equal(
            """The filter policy uses an operator that is not simulated, at 15: {"ip":[{"cidr":"10.0.0.0/24"}]}""",
            Assert.Throws<NotSupportedException>(() => topic.Subscribe(queue, filterPolicy: """{"ip":[{"cidr":"10.0.0.0/24"}]}""")).Message
        );
        topic.Subscribe(queue);
    }

    private const string Topic = "N: { Type: AWS::SNS::Topic }\n";

    private static string Subscription(string more) =>
        $"{Topic}S2: {{ Type: AWS::SNS::Subscription, Properties: {{ TopicArn: !Ref N, Protocol: sqs, Endpoint: !GetAtt Q.Arn, {more} }} }}";

    [Theory]
    [InlineData("FilterPolicy: { kind: [order] }", "order by attribute")]
    [InlineData("FilterPolicy: { kind: [order] }, FilterPolicyScope: MessageAttributes", "order by attribute")]
    [InlineData("FilterPolicy: { kind: [order] }, FilterPolicyScope: MessageBody", """{"kind":"order"}""")]
    [InlineData("FilterPolicy: { kind: [{ anything-but: [order] }] }, FilterPolicyScope: MessageBody", """{"kind":"refund"}""")]
    public async Task N11_the_policy_of_a_templates_subscription_is_applied(string policy, string expected)
    {
        await using var host = TemplateOnDisk.LoadWith(Subscription($"RawMessageDelivery: true, {policy}"));

        host.Topic("N").Publish("order by attribute", attributes: Attributes);
        host.Topic("N").Publish("""{"kind":"order"}""");
        host.Topic("N").Publish("""{"kind":"refund"}""");

        Assert.Equal([expected], (await host.RunUntilIdleAsync()).Queue("Q").Messages.Select(message => message.Body));
    }

    [Fact]
    public async Task N2_a_templates_subscription_delivers_the_envelope_unless_it_is_raw()
    {
        await using var host = TemplateOnDisk.LoadWith(Subscription("RawMessageDelivery: false"));

        host.Topic("N").Publish("text");

        Assert.StartsWith(
            "{\n  \"Type\" : \"Notification\"",
            Assert.Single((await host.RunUntilIdleAsync()).Queue("Q").Messages).Body,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("FilterPolicy: { kind: [{ wildcard: 'o*' }] }", "its filter policy cannot be read: FilterPolicy: Lambda does not list this use of 'wildcard'.")]
    [InlineData(
        "FilterPolicy: { kind: order }",
        "its filter policy cannot be read: FilterPolicy: A field of a pattern holds an array of values, or an object."
    )]
    [InlineData("FilterPolicy: { kind: [!ImportValue kind] }", "its filter is not known: ")]
    [InlineData("FilterPolicy: { kind: [order] }, FilterPolicyScope: !ImportValue scope", "the scope of its filter policy is not known: ")]
    public async Task A_policy_that_cannot_be_read_is_said_when_its_function_is_to_run(string policy, string why)
    {
        await using var host = TemplateOnDisk
            .LoadWith($"{Topic}L: {{ Type: AWS::SNS::Subscription, Properties: {{ TopicArn: !Ref N, Protocol: lambda, Endpoint: !GetAtt F.Arn, {policy} }} }}")
            .Handle("F", () => { });

        Assert.Contains(
            $"feeds 'F', but cannot be simulated yet: {why}",
            (await Assert.ThrowsAsync<NotSupportedException>(host.RunUntilIdleAsync)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task N11_the_policy_of_a_SAM_event_is_applied()
    {
        var seen = new List<string>();
        await using var host = TemplateOnDisk
            .Load(
                """
                Resources:
                  News: { Type: AWS::SNS::Topic }
                  Ship:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: none
                      Runtime: dotnet10
                      Events:
                        Orders: { Type: SNS, Properties: { Topic: !Ref News, FilterPolicy: { kind: [order] }, FilterPolicyScope: MessageBody } }
                """
            )
            .Handle("Ship", (Amazon.Lambda.SNSEvents.SNSEvent input) => seen.Add(input.Records[0].Sns.Message));

        host.Topic("News").Publish("""{"kind":"order"}""");
        host.Topic("News").Publish("""{"kind":"refund"}""");
        await host.RunUntilIdleAsync();

        Assert.Equal(["""{"kind":"order"}"""], seen);
    }

    [Theory]
    [InlineData("EventPattern: { source: [{ wildcard: 'a*' }] }", "Targets: [{ Id: t, Arn: !GetAtt F.Arn }]", "its pattern cannot be read: ")]
    [InlineData(
        "EventPattern: { source: [shop] }",
        "Targets: [{ Id: t, Arn: !GetAtt F.Arn, InputTransformer: { InputTemplate: '1' } }]",
        "its input is not known: "
    )]
    public async Task A_rule_that_cannot_be_read_is_said_when_its_function_is_to_run(string pattern, string targets, string why)
    {
        await using var host = TemplateOnDisk.LoadWith($"R: {{ Type: AWS::Events::Rule, Properties: {{ {pattern}, {targets} }} }}").Handle("F", () => { });

        Assert.Contains(why, (await Assert.ThrowsAsync<NotSupportedException>(host.RunUntilIdleAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task N8_the_constant_input_of_a_templates_rule_takes_the_events_place()
    {
        await using var host = TemplateOnDisk.LoadWith(
            "R: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [shop] }, Targets: [{ Id: t, Arn: !GetAtt Q.Arn, Input: '{\"n\":1}' }] } }"
        );

        host.Bus("default").Put("shop", "paid", new { });
        host.Bus("default").Put("bank", "paid", new { });

        Assert.Equal(["""{"n":1}"""], (await host.RunUntilIdleAsync()).Queue("Q").Messages.Select(message => message.Body));
    }
}
