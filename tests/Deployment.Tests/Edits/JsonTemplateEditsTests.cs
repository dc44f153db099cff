using AtLeastOnce.Deployment.Edits;

namespace AtLeastOnce.Deployment.Tests.Edits;

public sealed class JsonTemplateEditsTests
{
    private const string Text = """
        {
            "Resources": {
                "Q": {
                    "Type": "AWS::SQS::Queue",
                    "Properties": {
                        "VisibilityTimeout": "30"
                    }
                },
                "F": {
                    "Type": "AWS::Serverless::Function",
                    "Properties": {
                        "Timeout": 20,
                        "Events": {
                            "E": {
                                "Type": "SQS",
                                "Properties": {
                                    "Queue": { "Fn::GetAtt": [ "Q", "Arn" ] }
                                }
                            }
                        }
                    }
                }
            }
        }
        """;

    private static string Apply(string text, IReadOnlyList<TemplateEdit> edits)
    {
        Assert.NotEmpty(edits);
        return TemplateEdit.Apply(text, edits);
    }

    [Fact]
    public void Numbers_keep_their_quotes()
    {
        var model = Templates.Read(Text);
        Assert.Equal(
            Text.Replace("\"30\"", "\"185\"", StringComparison.Ordinal),
            Apply(Text, TemplateEdits.SetVisibilityTimeout(new(Text, model), model.Queues[0], 185))
        );
        Assert.Equal(Text.Replace("20", "5", StringComparison.Ordinal), Apply(Text, NumberEdits.FunctionTimeout(new(Text, model), model.Functions[0], 5)));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Reporting_failures_is_added_over_several_lines(string lineEnd)
    {
        var text = Text.Replace("\n", lineEnd, StringComparison.Ordinal);
        var model = Templates.Read(text);
        Assert.Equal(
            text.Replace(
                "\"Arn\" ] }",
                $"\"Arn\" ] }},{lineEnd}                            \"FunctionResponseTypes\": [{lineEnd}                                \"ReportBatchItemFailures\"{lineEnd}                            ]",
                StringComparison.Ordinal
            ),
            Apply(text, TemplateEdits.AddReportBatchItemFailures(new(text, model), model.Mappings[0]))
        );
    }

    [Fact]
    public void A_dead_letter_queue_follows_its_queue()
    {
        var model = Templates.Read(Text);
        const string Before = "                \"VisibilityTimeout\": \"30\"\n            }\n        },\n";
        Assert.Contains(Before, Text, StringComparison.Ordinal);
        const string After = """
                            "VisibilityTimeout": "30",
                            "RedrivePolicy": {
                                "deadLetterTargetArn": {
                                    "Fn::GetAtt": [
                                        "QDeadLetterQueue",
                                        "Arn"
                                    ]
                                },
                                "maxReceiveCount": 5
                            }
                        }
                    },
                    "QDeadLetterQueue": {
                        "Type": "AWS::SQS::Queue",
                        "Properties": {
                            "MessageRetentionPeriod": 1209600
                        }
                    },

            """;
        Assert.Equal(Text.Replace(Before, After, StringComparison.Ordinal), Apply(Text, TemplateEdits.AddDeadLetterQueue(new(Text, model), model.Queues[0])));
    }

    [Fact]
    public void Minified_json_stays_minified()
    {
        const string Minified =
            """{"Resources":{"M":{"Type":"AWS::Lambda::EventSourceMapping","Properties":{"FunctionName":"f"}},"Q":{"Type":"AWS::SQS::Queue"}}}""";
        var model = Templates.Read(Minified);
        Assert.Equal(
            """{"Resources":{"M":{"Type":"AWS::Lambda::EventSourceMapping","Properties":{"FunctionName":"f","FunctionResponseTypes":["ReportBatchItemFailures"]}},"Q":{"Type":"AWS::SQS::Queue"}}}""",
            Apply(Minified, TemplateEdits.AddReportBatchItemFailures(new(Minified, model), model.Mappings[0]))
        );
        Assert.Equal(
            """{"Resources":{"M":{"Type":"AWS::Lambda::EventSourceMapping","Properties":{"FunctionName":"f"}},"Q":{"Type":"AWS::SQS::Queue","Properties":{"RedrivePolicy":{"deadLetterTargetArn":{"Fn::GetAtt":["QDeadLetterQueue","Arn"]},"maxReceiveCount":5}}},"QDeadLetterQueue":{"Type":"AWS::SQS::Queue","Properties":{"MessageRetentionPeriod":1209600}}}}""",
            Apply(Minified, TemplateEdits.AddDeadLetterQueue(new(Minified, model), model.Queues[0]))
        );
    }

    [Fact]
    public void Tabs_stay_tabs()
    {
        const string Tabbed = "{\n\t\"Resources\": {\n\t\t\"Q\": {\n\t\t\t\"Type\": \"AWS::SQS::Queue\"\n\t\t}\n\t}\n}\n";
        var model = Templates.Read(Tabbed);
        Assert.Equal(
            "{\n\t\"Resources\": {\n\t\t\"Q\": {\n\t\t\t\"Type\": \"AWS::SQS::Queue\",\n\t\t\t\"Properties\": {\n\t\t\t\t\"VisibilityTimeout\": 185\n\t\t\t}\n\t\t}\n\t}\n}\n",
            Apply(Tabbed, TemplateEdits.SetVisibilityTimeout(new(Tabbed, model), model.Queues[0], 185))
        );
    }
}
