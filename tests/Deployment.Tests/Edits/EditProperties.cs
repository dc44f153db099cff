using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using FsCheck;
using FsCheck.Fluent;

namespace AtLeastOnce.Deployment.Tests.Edits;

/// <summary>Whatever a template looks like: an edit brings about what it says, and leaves everything else as it was.</summary>
public sealed class EditProperties
{
    private static readonly Gen<string> QueueBodies = Gen.Elements(
        "Type: AWS::SQS::Queue",
        "Type: AWS::SQS::Queue # c",
        "Type: AWS::SQS::Queue\n    Properties: {}",
        "Type: AWS::SQS::Queue\n    Properties:",
        "Properties: { FifoQueue: true,  DelaySeconds: 5 } # c\n    Type: AWS::SQS::Queue",
        "Type: AWS::SQS::Queue\n    Properties:\n      # c\n      VisibilityTimeout: 10 # c\n      Tags:\n      - Key: k # c\n        Value: v",
        "Type: 'AWS::SQS::Queue'\n    Properties:\n        VisibilityTimeout: \"10\"\n        QueueName: >-\n          long\n          name\n\n    DeletionPolicy: Retain # c",
        "Type: AWS::SQS::Queue\n    Properties: {\n      VisibilityTimeout: 10,\n      QueueName: \"é😀\"\n    }"
    );

    private static readonly Gen<string> FunctionBodies = Gen.Elements(
        "Properties: { Events: { E: { Type: SQS, Properties: { Queue: !GetAtt Q.Arn } } } }",
        "Properties:\n      Timeout: 9 # c\n      Events:\n        E:\n          Type: SQS\n          Properties:\n            Queue: !GetAtt Q.Arn # c\n            # c",
        "Properties:\n      Events:\n        E:\n          Type: SQS",
        "Properties:\n      Events:\n        E:\n          Properties:\n            FunctionResponseTypes: []\n            BatchSize: 5\n          Type: SQS",
        "Properties:\n      Events:\n        E: # c\n          Type: SQS\n          Properties:\n            FilterCriteria:\n              Filters:\n                - Pattern: |-\n                    {\"a\":[1]}\n"
    );

    private static readonly Arbitrary<string> TemplateTexts = (
        from queue in QueueBodies
        from function in FunctionBodies
        from before in Gen.Elements("", "# c\n", "Globals:\n  Function:\n    Timeout: 7\n", "Globals: {Function: {Timeout: 7}}\n", "Description: x\n\n")
        from between in Gen.Elements("", "\n", "  # c\n", "\n  # c\n\n")
        from after in Gen.Elements("", "\n", "\nOutputs: {}\n", "\n# c", "\n  R: { Type: AWS::SQS::Queue }\n", "\n\n  G: { Type: AWS::Serverless::Function }\n")
        from queueFirst in Gen.Elements(true, false)
        from lineEnd in Gen.Elements("\n", "\r\n")
        from mark in Gen.Elements("", "\uFEFF")
        let q = $"  Q:\n    {queue}\n"
        let f = $"  F:\n    Type: AWS::Serverless::Function\n    {function}\n"
        let resources = queueFirst ? q + between + f : f + between + q
        select mark + (before + "Resources:\n" + resources.TrimEnd('\n') + after).Replace("\n", lineEnd, StringComparison.Ordinal)
    ).ToArbitrary();

    /// <summary>All that a model says, so that what an edit changes can be told from what it must not.</summary>
    private static List<string> Facts(DeploymentModel model) =>
        [
            .. model.Queues.SelectMany(queue =>
                new[]
                {
                    $"{queue.LogicalId}.VisibilityTimeout={queue.VisibilityTimeout.Single()}",
                    $"{queue.LogicalId}.DelaySeconds={queue.DelaySeconds.Single()}",
                    $"{queue.LogicalId}.FifoQueue={queue.IsFifo.Single()}",
                    $"{queue.LogicalId}.QueueName={queue.Name}",
                    $"{queue.LogicalId}.RedrivePolicy={model.DeadLetterQueueOf(queue)?.LogicalId}",
                    $"{queue.LogicalId}.MessageRetentionPeriod={queue.MessageRetentionPeriod.Single()}",
                }
            ),
            .. model.Functions.SelectMany(function =>
                new[] { $"{function.LogicalId}.Timeout={function.Timeout.Single()}", $"{function.LogicalId}.Handler={function.Handler}" }
            ),
            .. model.Mappings.SelectMany(mapping =>
                new[]
                {
                    $"{mapping.LogicalId}.Source={mapping.Source.LogicalId}",
                    $"{mapping.LogicalId}.BatchSize={mapping.BatchSize.Single()}",
                    $"{mapping.LogicalId}.Reports={mapping.ReportBatchItemFailures.Single()}",
                    $"{mapping.LogicalId}.Filters={mapping.Filters.Single()?.Patterns[0]}",
                }
            ),
        ];

    private static void Check(string text, Func<string, DeploymentModel, IReadOnlyList<TemplateEdit>> edit, params string[] expected)
    {
        var before = Templates.Read(text);
        Assert.Empty(before.Problems);
        var edits = edit(text, before);
        Assert.NotEmpty(edits);
        var edited = TemplateEdit.Apply(text, edits);
        var after = Templates.Read(edited);
        Assert.Empty(after.Problems);

        // Each expected fact is there now, and every other one is as before.
        var changed = expected.Select(fact => fact.Split('=')[0] + "=").ToList();
        Assert.All(expected, fact => Assert.Contains(fact, Facts(after)));
        Assert.Equal(Facts(before).Where(fact => !changed.Any(fact.StartsWith)), Facts(after).Where(fact => !changed.Any(fact.StartsWith)));
        Assert.Equal(Count(text, "# c"), Count(edited, "# c"));
        Assert.Equal(text.Contains("\r\n", StringComparison.Ordinal) ? Count(edited, "\n") : 0, Count(edited, "\r\n"));
        Assert.Equal(text[0] == '\uFEFF', edited[0] == '\uFEFF');

        // Once more changes nothing: what was to be done is done.
        Assert.All(edit(edited, after), again => Assert.Equal(again.NewText, edited.Substring(again.Start, again.Length)));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static void ForAll(Action<string> check) =>
        Prop.ForAll(TemplateTexts, check).Check(Config.QuickThrowOnFailure.WithMaxTest(250).WithReplay(20_260_703, 31));

    [Fact]
    public void A_visibility_timeout_is_set() =>
        ForAll(text =>
            Check(text, (current, model) => TemplateEdits.SetVisibilityTimeout(new(current, model), QueueOf(model), 185), "Q.VisibilityTimeout=185")
        );

    [Fact]
    public void A_function_timeout_is_set() =>
        ForAll(text =>
            Check(
                text,
                (current, model) => NumberEdits.FunctionTimeout(new(current, model), model.Functions.Single(function => function.LogicalId == "F"), 44),
                "F.Timeout=44"
            )
        );

    [Fact]
    public void Reporting_failures_is_added() =>
        ForAll(text => Check(text, (current, model) => TemplateEdits.AddReportBatchItemFailures(new(current, model), model.Mappings[0]), "FE.Reports=True"));

    [Fact]
    public void A_batch_size_is_set() =>
        ForAll(text => Check(text, (current, model) => NumberEdits.BatchSize(new(current, model), model.Mappings[0], 3), "FE.BatchSize=3"));

    [Fact]
    public void A_dead_letter_queue_is_added() =>
        ForAll(text =>
            Check(
                text,
                (current, model) => TemplateEdits.AddDeadLetterQueue(new(current, model), QueueOf(model)),
                "Q.RedrivePolicy=QDeadLetterQueue",
                "QDeadLetterQueue.MessageRetentionPeriod=1209600",
                "QDeadLetterQueue.VisibilityTimeout=30",
                "QDeadLetterQueue.DelaySeconds=0",
                "QDeadLetterQueue.QueueName=missing",
                "QDeadLetterQueue.RedrivePolicy=",
                $"QDeadLetterQueue.FifoQueue={QueueOf(Templates.Read(text)).IsFifo.Single()}"
            )
        );

    private static Queue QueueOf(DeploymentModel model) => model.Queues.Single(queue => queue.LogicalId == "Q");
}
