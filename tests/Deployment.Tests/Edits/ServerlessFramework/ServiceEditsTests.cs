using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;

namespace AtLeastOnce.Deployment.Tests.Edits.ServerlessFramework;

public sealed class ServiceEditsTests
{
    private const string Head = "service: shop\nprovider:\n  name: aws\n  runtime: dotnet8\nfunctions:\n  work:\n    handler: A::B::C\n";
    private const string Arn = "arn:aws:sqs:eu-west-1:123456789012:orders";

    private const string Queues = """
        resources:
          Resources:
            OrdersQueue: # all orders
              Type: AWS::SQS::Queue
              Properties:
                VisibilityTimeout: 30 # short

        """;

    private const string Stream = """
        resources:
          Resources:
            S: { Type: AWS::Kinesis::Stream }

        """;

    private static string Apply(string text, Func<DeploymentText, IReadOnlyList<TemplateEdit>> edit)
    {
        var edits = edit(TextOf(text));
        Assert.NotEmpty(edits);
        Assert.All(edits, one => Assert.Equal(Services.Path, one.Path));
        return TemplateEdit.Apply(text, edits);
    }

    private static DeploymentText TextOf(string text) => new(text, Services.Read(text));

    private static IReadOnlyList<TemplateEdit> Report(DeploymentText text) => TemplateEdits.AddReportBatchItemFailures(text, text.Model.Mappings[0]);

    private static IReadOnlyList<TemplateEdit> Visibility(DeploymentText text) => TemplateEdits.SetVisibilityTimeout(text, text.Model.Queues[0], 185);

    private static IReadOnlyList<TemplateEdit> Limit(DeploymentText text) => StreamFailureEdits.LimitRetries(text, text.Model.Mappings[0]);

    private static string Events(string events) => Head + "    events:\n" + events;

    [Theory]
    [InlineData("      - sqs: QUEUE  # q\n", "      - sqs:\n          arn: QUEUE  # q\n          functionResponseType: ReportBatchItemFailures\n")]
    [InlineData("    - sqs: \"QUEUE\"\n", "    - sqs:\n        arn: \"QUEUE\"\n        functionResponseType: ReportBatchItemFailures\n")]
    [InlineData("      - { sqs: QUEUE } # q\n", "      - { sqs: { arn: QUEUE, functionResponseType: ReportBatchItemFailures } } # q\n")]
    [InlineData("      - sqs:\n          arn: QUEUE\n", "      - sqs:\n          arn: QUEUE\n          functionResponseType: ReportBatchItemFailures\n")]
    [InlineData("      - sqs: { arn: QUEUE }\n", "      - sqs: { arn: QUEUE, functionResponseType: ReportBatchItemFailures }\n")]
    [InlineData(
        "      - sqs:\n          arn: QUEUE # q\n          batchSize: 5\n      - http: GET /\n",
        "      - sqs:\n          arn: QUEUE # q\n          batchSize: 5\n          functionResponseType: ReportBatchItemFailures\n      - http: GET /\n"
    )]
    [InlineData(
        "      - sqs:\n          arn: QUEUE\n          functionResponseType:\n",
        "      - sqs:\n          arn: QUEUE\n          functionResponseType: ReportBatchItemFailures\n"
    )]
    public void An_event_listens_to_reported_failures(string before, string after)
    {
        (before, after) = (before.Replace("QUEUE", Arn, StringComparison.Ordinal), after.Replace("QUEUE", Arn, StringComparison.Ordinal));
        Assert.Equal(Events(after), Apply(Events(before), Report));
        Assert.Equal(Events(after).ReplaceLineEndings("\r\n"), Apply(Events(before).ReplaceLineEndings("\r\n"), Report));
        Assert.Empty(Report(TextOf(Events(after))));
    }

    [Theory]
    [InlineData(
        "      - sqs: !GetAtt OrdersQueue.Arn\n",
        "      - sqs:\n          arn: !GetAtt OrdersQueue.Arn\n          functionResponseType: ReportBatchItemFailures\n"
    )]
    [InlineData(
        "      - sqs:\n          Fn::GetAtt: [OrdersQueue, Arn] # q\n",
        "      - sqs:\n          arn:\n            Fn::GetAtt: [OrdersQueue, Arn] # q\n          functionResponseType: ReportBatchItemFailures\n"
    )]
    [InlineData(
        "      - sqs:\n          Fn::GetAtt:\n            - OrdersQueue\n            - Arn\n",
        "      - sqs:\n          arn:\n            Fn::GetAtt:\n              - OrdersQueue\n              - Arn\n          functionResponseType: ReportBatchItemFailures\n"
    )]
    public void A_source_that_is_computed_becomes_the_arn(string before, string after) =>
        Assert.Equal(Events(after) + Queues, Apply(Events(before) + Queues, Report));

    [Theory]
    [InlineData("      - sqs: ${self:custom.queue}\ncustom:\n  queue: " + Arn + "\n", true)]
    [InlineData("      - sqs: &q " + Arn + "\n", false)]
    [InlineData("      - ${file(events.yml)}\n", null)]
    public void An_event_elsewhere_is_left_alone(string events, bool? isEdited)
    {
        var text = TextOf(Events(events));
        if (isEdited is null)
            Assert.Empty(text.Model.Mappings);
        else
            Assert.Equal(isEdited, Report(text).Count > 0);
    }

    [Fact]
    public void In_JSON_keys_stand_in_quotes()
    {
        static string Service(string sqs) =>
            $$"""{ "service": "shop", "provider": { "name": "aws" }, "functions": { "work": { "handler": "A::B::C", "events": [{ "sqs": {{sqs}} }] } } }""";
        Assert.Equal(Service($$"""{ "arn": "{{Arn}}", "functionResponseType": "ReportBatchItemFailures" }"""), Apply(Service($"\"{Arn}\""), Report));
    }

    [Fact]
    public void Queues_are_changed_among_the_resources() =>
        Assert.Equal(
            Events("      - sqs: " + Arn + "\n") + Queues.Replace("30 #", "185 #", StringComparison.Ordinal),
            Apply(Events("      - sqs: " + Arn + "\n") + Queues, Visibility)
        );

    [Theory]
    [InlineData("${self:custom.visibility}", "custom:\n  visibility: 30 # s\n", "custom:\n  visibility: 185 # s\n")]
    [InlineData("${self:custom.visibility}", "custom:\n  visibility: 30\n  other: ${self:custom.visibility}\n", null)]
    [InlineData("${self:custom.visibility}", "custom:\n  visibility: 30\n  other: ${self:custom}\n", null)]
    [InlineData("${self:custom.visibility}", "custom:\n  visibility: 30\n  other: ${opt:visibility, self:custom.visibility}\n", null)]
    [InlineData("${self:custom.visibility}", "custom:\n  visibility: 30\n  other: ${opt:visibility, ${self:custom.visibility}}\n", null)]
    [InlineData("${self:custom.visibility}", "custom:\n  visibility: 30\n  other: ${env:V_${self:custom.visibility}}\n", null)]
    [InlineData("${self:custom.visibility}", "custom:\n  visibility: 30\n  other: ${file(${self:custom.visibility}.yml)}\n", null)]
    [InlineData("${self:custom.dev.visibility}", "custom:\n  dev:\n    visibility: 30\n  other: ${self:custom.${sls:stage}.visibility}\n", null)]
    [InlineData("${self:custom.dev.visibility}", "custom:\n  dev:\n    visibility: 30\n  other: ${self:${opt:section}.dev.visibility}\n", null)]
    [InlineData("${self:custom.visibility}", "custom:\n  visibility: 30\n  more: &more ['${self:custom.visibility}']\n  other: *more\n", null)]
    [InlineData(
        "${self:custom.visibility}",
        "custom: # ${self:custom.visibility}\n  visibility: 30\n  other: ${opt:visibility, self:custom.visible}\n",
        "custom: # ${self:custom.visibility}\n  visibility: 185\n  other: ${opt:visibility, self:custom.visible}\n"
    )]
    [InlineData(
        "${self:custom.dev.visibility}",
        "custom:\n  dev:\n    visibility: 30\n  other: ${self:custom.p${sls:stage}.visibility}\n",
        "custom:\n  dev:\n    visibility: 185\n  other: ${self:custom.p${sls:stage}.visibility}\n"
    )]
    [InlineData("${self:custom.visibility, 30}", "custom: {}\n", null)]
    [InlineData("${opt:visibility, 30}", "", null)]
    [InlineData("${env:VISIBILITY}", "", null)]
    public void A_variable_is_changed_at_its_place(string variable, string custom, string? changed)
    {
        var queues = Queues.Replace("30 #", variable + " #", StringComparison.Ordinal);
        if (changed is null)
            Assert.Empty(Visibility(TextOf(Head + custom + queues)));
        else
            Assert.Equal(Head + changed + queues, Apply(Head + custom + queues, Visibility));
    }

    [Fact]
    public void A_dead_letter_queue_stands_behind_its_source()
    {
        const string Dead =
            "        RedrivePolicy:\n          deadLetterTargetArn: !GetAtt OrdersDeadLetterQueue.Arn\n          maxReceiveCount: 5\n"
            + "    OrdersDeadLetterQueue:\n      Type: AWS::SQS::Queue\n      Properties:\n        MessageRetentionPeriod: 1209600\n";
        Assert.Equal(Head + Queues + Dead, Apply(Head + Queues, text => TemplateEdits.AddDeadLetterQueue(text, text.Model.Queues[0])));
    }

    [Fact]
    public void Retries_bisect_and_destination_come_together()
    {
        const string Event = "      - stream:\n          arn: !GetAtt S.Arn # clicks\n";
        const string Settings =
            "          maximumRetryAttempts: 10\n          bisectBatchOnFunctionError: true\n          destinations:\n            onFailure:\n              type: sqs\n              arn: !GetAtt WorkStreamFailureQueue.Arn\n";
        const string Queue = "    WorkStreamFailureQueue:\n      Type: AWS::SQS::Queue\n      Properties:\n        MessageRetentionPeriod: 1209600\n";
        var edited = Apply(Events(Event) + Stream, Limit);
        Assert.Equal(Events(Event + Settings) + Stream + Queue, edited);
        Assert.Empty(Limit(TextOf(edited)));
        Assert.Equal("WorkStreamFailureQueue", Services.Read(edited).Mappings[0].OnFailure.Single()?.LogicalId);
    }

    [Fact]
    public void A_service_without_resources_gets_them()
    {
        const string Event = "      - stream: arn:aws:kinesis:eu-west-1:123456789012:stream/clicks\n";
        var edited = Apply(Events(Event), Limit);
        Assert.EndsWith(
            "\nresources:\n  Resources:\n    WorkStreamFailureQueue:\n      Type: AWS::SQS::Queue\n      Properties:\n        MessageRetentionPeriod: 1209600\n",
            edited,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "      - stream:\n          arn: arn:aws:kinesis:eu-west-1:123456789012:stream/clicks\n          maximumRetryAttempts: 10\n",
            edited,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("    timeout: 20\n", "    timeout: 5\n")]
    [InlineData("", "    timeout: 5\n")]
    public void A_functions_timeout_is_its_own(string before, string after) =>
        Assert.Equal(Head + after, Apply(Head + before, text => NumberEdits.FunctionTimeout(text, text.Model.Functions[0], 5)));

    [Fact]
    public void The_golden_service_is_changed_where_it_is_written()
    {
        var text = Golden.Read(Services.Orders);
        var model = Services.Read(text, Services.Orders);
        DeploymentText service = new(text, model);
        var (computed, written) = (model.Find("OrdersQueue") as Queue, model.Find("PaymentsQueue") as Queue);
        Assert.Empty(TemplateEdits.SetVisibilityTimeout(service, computed!, 361));
        Assert.Equal(
            text.Replace("VisibilityTimeout: 180\n", "VisibilityTimeout: 361\n", StringComparison.Ordinal),
            TemplateEdit.Apply(text, TemplateEdits.SetVisibilityTimeout(service, written!, 361))
        );
    }
}
