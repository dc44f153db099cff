using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Edits;

public sealed class TemplateEditsTests
{
    private const string Sam = """
        # Orders
        Resources:
          Q:
            Type: AWS::SQS::Queue   # the source
            Properties:
              VisibilityTimeout: 30 # too short

          F:
            Type: AWS::Serverless::Function
            Properties:
              Timeout: "20"
              Events:
                Orders:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt Q.Arn   # the queue
                    # BatchSize: 5
        Outputs: {}

        """;

    private static string Edited(string text, IReadOnlyList<TemplateEdit> edits)
    {
        Assert.NotEmpty(edits);
        return TemplateEdit.Apply(text, edits);
    }

    private static string Replaced(string text, string old, string replacement)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, replacement, StringComparison.Ordinal);
    }

    private static string Report(string text)
    {
        var model = Templates.Read(text);
        return Edited(text, TemplateEdits.AddReportBatchItemFailures(new(text, model), model.Mappings[0]));
    }

    private static string Visibility(string text, int seconds = 185)
    {
        var model = Templates.Read(text);
        return Edited(text, TemplateEdits.SetVisibilityTimeout(new(text, model), model.Queues[0], seconds));
    }

    private static string Timeout(string text, int seconds = 5)
    {
        var model = Templates.Read(text);
        return Edited(text, NumberEdits.FunctionTimeout(new(text, model), model.Functions[0], seconds));
    }

    private static string DeadLetter(string text)
    {
        var model = Templates.Read(text);
        return Edited(text, TemplateEdits.AddDeadLetterQueue(new(text, model), model.Queues[0]));
    }

    private static void AssertNone(string text, Func<DeploymentModel, IReadOnlyList<TemplateEdit>> edit) => Assert.Empty(edit(Templates.Read(text)));

    public static TheoryData<string> LineEnds => ["\n", "\r\n"];

    [Theory]
    [MemberData(nameof(LineEnds))]
    public void Reporting_failures_is_added_to_a_block(string lineEnd)
    {
        var text = Sam.Replace("\n", lineEnd, StringComparison.Ordinal);
        Assert.Equal(
            Replaced(
                text,
                "# the queue" + lineEnd,
                $"# the queue{lineEnd}            FunctionResponseTypes:{lineEnd}              - ReportBatchItemFailures{lineEnd}"
            ),
            Report(text)
        );
    }

    [Fact]
    public void Reporting_failures_keeps_the_byte_order_mark() => Assert.Equal("\uFEFF" + Report(Sam), Report("\uFEFF" + Sam));

    [Theory]
    [InlineData("{ Queue: !GetAtt Q.Arn }", "{ Queue: !GetAtt Q.Arn, FunctionResponseTypes: [ReportBatchItemFailures] }")]
    [InlineData("{Queue: !GetAtt Q.Arn}", "{Queue: !GetAtt Q.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}")]
    [InlineData("{}", "{FunctionResponseTypes: [ReportBatchItemFailures]}")]
    [InlineData("{ FunctionResponseTypes: [] }", "{ FunctionResponseTypes: [ReportBatchItemFailures] }")]
    [InlineData(
        "{\n                Queue: !GetAtt Q.Arn\n              }",
        "{\n                Queue: !GetAtt Q.Arn,\n                FunctionResponseTypes: [ReportBatchItemFailures]\n              }"
    )]
    public void Reporting_failures_is_added_to_braces(string properties, string expected)
    {
        const string Before =
            "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        E:\n          Type: SQS\n          Properties: ";
        const string After = " # c\n  Q: { Type: AWS::SQS::Queue }\n";
        Assert.Equal(Before + expected + After, Report(Before + properties + After));
    }

    [Theory]
    [InlineData("", "\n          Properties:\n            FunctionResponseTypes:\n              - ReportBatchItemFailures")]
    [InlineData("\n          Properties:", "\n          Properties:\n            FunctionResponseTypes:\n              - ReportBatchItemFailures")]
    [InlineData(
        "\n          Properties:\n            FunctionResponseTypes: []",
        "\n          Properties:\n            FunctionResponseTypes: [ReportBatchItemFailures]"
    )]
    [InlineData(
        "\n          Properties:\n            FunctionResponseTypes:",
        "\n          Properties:\n            FunctionResponseTypes:\n              - ReportBatchItemFailures"
    )]
    [InlineData(
        "\n          Properties:\n            FunctionResponseTypes: ~",
        "\n          Properties:\n            FunctionResponseTypes:\n              - ReportBatchItemFailures"
    )]
    public void What_is_missing_on_the_way_is_made(string properties, string expected)
    {
        const string Before = "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        E:\n          Type: SQS";
        Assert.Equal(Before + expected + "\n", Report(Before + properties + "\n"));
        Assert.Equal(Before + expected, Report(Before + properties));
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("    ")]
    public void Reporting_failures_is_added_to_a_mapping_of_its_own_with_the_files_indentation(string step)
    {
        var text = "Resources:\n  M:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n      FunctionName: f\n".Replace(
            "  ",
            step,
            StringComparison.Ordinal
        );
        var expected = "      FunctionResponseTypes:\n        - ReportBatchItemFailures\n".Replace("  ", step, StringComparison.Ordinal);
        Assert.Equal(text + expected, Report(text));
    }

    [Fact]
    public void Reporting_failures_is_not_added_where_it_is_or_may_be()
    {
        foreach (var types in new[] { "[ReportBatchItemFailures]", "!Ref Types", "!If [C, [ReportBatchItemFailures], []]", "[Other]" })
        {
            var text = "Resources:\n  M:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n      FunctionResponseTypes: " + types + "\n";
            AssertNone(text, model => TemplateEdits.AddReportBatchItemFailures(new(text, model), model.Mappings[0]));
        }
    }

    [Fact]
    public void What_a_generator_writes_is_left_to_it()
    {
        const string Text =
            """{"Resources":{"F":{"Type":"AWS::Serverless::Function","Metadata":{"Tool":"Amazon.Lambda.Annotations"},"Properties":{"Events":{"E":{"Type":"SQS","Properties":{}}}}}}}""";
        AssertNone(Text, model => TemplateEdits.AddReportBatchItemFailures(new(Text, model), model.Mappings[0]));
        Assert.Contains(
            "ReportBatchItemFailures",
            Report(Text.Replace("Amazon.Lambda.Annotations", "Other", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_number_is_replaced_in_its_place()
    {
        Assert.Equal(Replaced(Sam, "VisibilityTimeout: 30 # too", "VisibilityTimeout: 185 # too"), Visibility(Sam));
        Assert.Equal(Replaced(Sam, "Timeout: \"20\"", "Timeout: \"5\""), Timeout(Sam));
    }

    [Fact]
    public void Another_number_of_the_mapping_is_added()
    {
        var model = Templates.Read(Sam);
        Assert.Equal(
            Replaced(Sam, "# the queue\n", "# the queue\n            BatchSize: 5\n"),
            Edited(Sam, NumberEdits.BatchSize(new(Sam, model), model.Mappings[0], 5))
        );
    }

    [Theory]
    [InlineData("  Q: { Type: AWS::SQS::Queue }\n", "  Q: { Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 185} }\n")]
    [InlineData("  Q:\n    Type: AWS::SQS::Queue\n", "  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: 185\n")]
    [InlineData(
        "  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout:\n",
        "  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: 185\n"
    )]
    [InlineData(
        "  Q:\n    Properties:\n      Tags:\n      - Key: a\n        Value: b\n    Type: AWS::SQS::Queue\n",
        "  Q:\n    Properties:\n      Tags:\n      - Key: a\n        Value: b\n      VisibilityTimeout: 185\n    Type: AWS::SQS::Queue\n"
    )]
    [InlineData(
        "  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: |\n        name\n\n",
        "  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: |\n        name\n      VisibilityTimeout: 185\n\n"
    )]
    [InlineData(
        "  Q: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: '30' } }\n",
        "  Q: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: '185' } }\n"
    )]
    public void A_queue_is_given_a_timeout(string resources, string expected) =>
        Assert.Equal("Resources:\n" + expected, Visibility("Resources:\n" + resources));

    [Fact]
    public void A_default_that_one_place_uses_is_changed()
    {
        const string Text =
            "Parameters:\n  T:\n    Type: Number\n    Default: 30 # s\nResources:\n  Q: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: !Ref T } }\n";
        Assert.Equal(Replaced(Text, "Default: 30 #", "Default: 185 #"), Visibility(Text));
        var substituted = Replaced(Text, "!Ref T", "!Sub '${T}'");
        Assert.Equal(Replaced(substituted, "Default: 30 #", "Default: 185 #"), Visibility(substituted));
        var allowed = Replaced(Text, "    Type: Number\n", "    Type: Number\n    MaxValue: 200\n    AllowedValues: [30, 185]\n");
        Assert.Equal(Replaced(allowed, "Default: 30 #", "Default: 185 #"), Visibility(allowed));
    }

    [Theory]
    [InlineData("Parameters: { T: { Type: Number, Default: 30 } }", "!Ref T", "R: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: !Ref T } }")]
    [InlineData("Parameters: { T: { Type: Number, Default: 30, MaxValue: 60 } }", "!Ref T", "")]
    [InlineData("Parameters: { T: { Type: Number, Default: 30, AllowedValues: [30, 60] } }", "!Ref T", "")]
    [InlineData("Parameters: { T: { Type: String, Default: 30, AllowedPattern: '..' } }", "!Ref T", "")]
    [InlineData("Parameters: { T: { Type: Number, AllowedValues: [30] } }", "!Ref T", "")]
    [InlineData("Parameters: { T: { Type: Number } }", "!Ref T", "")]
    [InlineData("Parameters: { S: { Type: String, Default: dev } }\nConditions: { C: !Equals [!Ref S, dev] }", "!If [C, 30, 60]", "")]
    [InlineData("", "!If [C, 30, 60]", "")]
    [InlineData("Mappings: { M: { a: { b: 30 } } }", "!FindInMap [M, a, b]", "")]
    [InlineData("", "!Sub '30'", "")]
    [InlineData("", "&t 30", "")]
    [InlineData("Shared: &s 30", "*s", "")]
    public void Where_it_is_not_safe_nothing_is_changed(string before, string value, string after)
    {
        var text =
            $"{before}\nResources:\n  Q: {{ Type: AWS::SQS::Queue, Properties: {{ VisibilityTimeout: {value} }} }}\n"
            + (after.Length > 0 ? "  " + after + "\n" : "");
        AssertNone(text, model => TemplateEdits.SetVisibilityTimeout(new(text, model), model.Queues[0], 185));
    }

    [Fact]
    public void What_merge_keys_and_double_keys_share_is_left()
    {
        const string Merged = "Shared: &s { VisibilityTimeout: 30 }\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: *s\n";
        AssertNone(Merged, model => TemplateEdits.SetVisibilityTimeout(new(Merged, model), model.Queues[0], 185));
        const string Twice = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: 1\n      VisibilityTimeout: 30\n";
        AssertNone(Twice, model => TemplateEdits.SetVisibilityTimeout(new(Twice, model), model.Queues[0], 185));
        const string Own = "Shared: &s { VisibilityTimeout: 30 }\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      <<: *s\n";
        Assert.Equal(Own + "      VisibilityTimeout: 185\n", Visibility(Own));
    }

    [Fact]
    public void A_comment_before_the_brace_stays_where_it_is()
    {
        const string Text = "Resources:\n  Q: {\n    Type: AWS::SQS::Queue # queue\n  }\n";
        AssertNone(Text, model => TemplateEdits.SetVisibilityTimeout(new(Text, model), model.Queues[0], 185));
    }

    [Theory]
    [InlineData("|", "", false)]
    [InlineData("|", "\n", true)]
    [InlineData("|-", "", true)]
    [InlineData(">+", "\n\n", false)]
    [InlineData("|2+", "\n\n", false)]
    public void A_text_block_at_the_end_keeps_its_content(string header, string end, bool isEdited)
    {
        var text = $"Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      Tags:\n        - Value: {header}\n            text" + end;
        var model = Templates.Read(text);
        Assert.Equal(isEdited ? 1 : 0, TemplateEdits.SetVisibilityTimeout(new(text, model), model.Queues[0], 185).Count);
    }

    [Theory]
    [InlineData("Globals:\n  Function:\n    Timeout: 20 # all\nResources:\n  F:\n    Type: AWS::Serverless::Function\n", "Timeout: 20 #", "Timeout: 5 #")]
    [InlineData(
        "Globals:\n  Function:\n    Timeout: 20 # all\nResources:\n  F:\n    Type: AWS::Serverless::Function\n  G: { Type: AWS::Serverless::Function, Properties: { Timeout: 9 } }\n",
        "Timeout: 20 #",
        "Timeout: 5 #"
    )]
    [InlineData(
        "Globals:\n  Function:\n    Timeout: 20 # all\nResources:\n  F:\n    Type: AWS::Serverless::Function\n  G: { Type: AWS::Serverless::Function }\n",
        "  F:\n    Type: AWS::Serverless::Function\n",
        "  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Timeout: 5\n"
    )]
    [InlineData(
        "Parameters: { T: { Type: Number, Default: 20 } }\nGlobals:\n  Function:\n    Timeout: !Ref T\nResources:\n  F:\n    Type: AWS::Serverless::Function\n",
        "Default: 20",
        "Default: 5"
    )]
    [InlineData(
        "Parameters: { T: { Type: Number, Default: 20 } }\nGlobals:\n  Function:\n    Timeout: !Ref T\nResources:\n  F:\n    Type: AWS::Serverless::Function\n  G: { Type: AWS::Serverless::Function }\n",
        "  F:\n    Type: AWS::Serverless::Function\n",
        "  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Timeout: 5\n"
    )]
    public void A_shared_timeout_is_changed_for_one_function_alone(string text, string old, string replacement) =>
        Assert.Equal(Replaced(text, old, replacement), Timeout(text));

    [Theory]
    [MemberData(nameof(LineEnds))]
    public void A_dead_letter_queue_follows_its_queue(string lineEnd)
    {
        var text = Sam.Replace("\n", lineEnd, StringComparison.Ordinal);
        Assert.Equal(
            Replaced(
                text,
                "# too short" + lineEnd,
                """
                # too short
                      RedrivePolicy:
                        deadLetterTargetArn: !GetAtt QDeadLetterQueue.Arn
                        maxReceiveCount: 5

                  QDeadLetterQueue:
                    Type: AWS::SQS::Queue
                    Properties:
                      MessageRetentionPeriod: 1209600

                """.Replace("\n", lineEnd, StringComparison.Ordinal)
            ),
            DeadLetter(text)
        );
    }

    [Fact]
    public void A_dead_letter_queue_of_a_fifo_queue_is_one_too_and_shares_its_condition()
    {
        const string Text =
            "Resources:\n  OrdersQueue:\n    Type: AWS::SQS::Queue\n    Condition: IsProd\n    Properties:\n      FifoQueue: true\n  OrdersDeadLetterQueue: { Type: AWS::SNS::Topic }\n";
        Assert.Equal(
            Replaced(
                Text,
                "      FifoQueue: true\n",
                """
                      FifoQueue: true
                      RedrivePolicy:
                        deadLetterTargetArn: !GetAtt OrdersDeadLetterQueue2.Arn
                        maxReceiveCount: 5
                  OrdersDeadLetterQueue2:
                    Type: AWS::SQS::Queue
                    Condition: IsProd
                    Properties:
                      FifoQueue: true
                      MessageRetentionPeriod: 1209600

                """
            ),
            DeadLetter(Text)
        );
    }

    [Theory]
    [InlineData("RedrivePolicy: { deadLetterTargetArn: a, maxReceiveCount: 3 }")]
    [InlineData("RedrivePolicy: !Ref P")]
    [InlineData("FifoQueue: !Ref P")]
    public void A_queue_that_has_or_may_have_a_dead_letter_queue_gets_none(string property)
    {
        var text = $"Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      {property}\n";
        AssertNone(text, model => TemplateEdits.AddDeadLetterQueue(new(text, model), model.Queues[0]));
    }

    [Fact]
    public void A_redrive_policy_is_given_its_count()
    {
        const string Text = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      RedrivePolicy:\n        deadLetterTargetArn: a\n";
        var model = Templates.Read(Text);
        Assert.Equal(Text + "        maxReceiveCount: 5\n", Edited(Text, NumberEdits.MaxReceiveCount(new(Text, model), model.Queues[0], 5)));
    }

    [Fact]
    public void Retention_is_set()
    {
        var model = Templates.Read(Sam);
        Assert.Equal(
            Replaced(Sam, "# too short\n", "# too short\n      MessageRetentionPeriod: 1209600\n"),
            Edited(Sam, TemplateEdits.SetMessageRetentionPeriod(new(Sam, model), model.Queues[0], 1209600))
        );
    }
}
