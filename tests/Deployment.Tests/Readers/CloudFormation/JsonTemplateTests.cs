using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class JsonTemplateTests
{
    private const string Text = """
        {
          "AWSTemplateFormatVersion": "2010-09-09",
          "Transform": "AWS::Serverless-2016-10-31",
          "Description": "This template is partially managed by Amazon.Lambda.Annotations (v1.0.0.0).",
          "Resources": {
            "OrdersHandleAsyncGenerated": {
              "Type": "AWS::Serverless::Function",
              "Metadata": { "Tool": "Amazon.Lambda.Annotations", "SyncedEvents": [ "OrdersEvent" ] },
              "Properties": {
                "Runtime": "dotnet8",
                "CodeUri": ".",
                "Timeout": 30,
                "Handler": "Orders::Orders.Functions_HandleAsync_Generated::HandleAsync",
                "Events": {
                  "OrdersEvent": {
                    "Type": "SQS",
                    "Properties": {
                      "BatchSize": "5",
                      "Queue": { "Fn::GetAtt": [ "Orders", "Arn" ] }
                    }
                  }
                }
              }
            },
            "Orders": {
              "Type": "AWS::SQS::Queue",
              "Properties": {
                "VisibilityTimeout": "180",
                "QueueName": "gr\u00fc\u00dfe-\ud83d\ude00",
                "FifoQueue": "false",
                "RedrivePolicy": "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:123456789012:dead\",\"maxReceiveCount\":\"4\"}"
              }
            }
          }
        }
        """;

    [Fact]
    public void A_generated_template_reads_like_any_other()
    {
        var model = Templates.Read(Text, "serverless.template");
        Assert.Empty(model.Problems);
        var (function, queue, mapping) = (Assert.Single(model.Functions), Assert.Single(model.Queues), Assert.Single(model.Mappings));
        Assert.True(function.IsGeneratedByAnnotations);
        Assert.Equal(30, function.Timeout.Single());
        Assert.Same(queue, model.QueueOf(mapping));
        Assert.Equal(5, mapping.BatchSize.Single());
        Assert.Equal("\"5\"", mapping.BatchSize.ValuePlace.In(Text));
        Assert.Equal(180, queue.VisibilityTimeout.Single());
        Assert.Equal("\"VisibilityTimeout\"", queue.VisibilityTimeout.KeyPlace.In(Text));
        Assert.Equal("grüße-\U0001F600", queue.Name.Single());
        Assert.False(queue.IsFifo.Single());
        Assert.Equal("""{ "Fn::GetAtt": [ "Orders", "Arn" ] }""", mapping.Source.Place.In(Text));
        Assert.Equal("serverless.template(18,28)", mapping.BatchSize.Place.ToString());
        Assert.Equal(
            "{\n              \"BatchSize\": \"5\",\n              \"Queue\": { \"Fn::GetAtt\": [ \"Orders\", \"Arn\" ] }\n            }",
            mapping.PropertiesPlace.In(Text)
        );
    }

    [Fact]
    public void A_redrive_policy_may_be_a_text_of_json()
    {
        var queue = Assert.Single(Templates.Read(Text).Queues);
        var policy = queue.RedrivePolicy.Single()!;
        Assert.Equal("arn:aws:sqs:eu-west-1:123456789012:dead", policy.DeadLetter.Literal);
        Assert.Equal(4, policy.MaxReceiveCount.Single());
        Assert.Equal(queue.RedrivePolicy.ValuePlace, policy.MaxReceiveCount.Place);
    }

    [Fact]
    public void A_redrive_policy_of_text_may_refer_to_a_queue()
    {
        var model = Templates.ReadResources(
            """
            Q:
              Type: AWS::SQS::Queue
              Properties:
                RedrivePolicy: !Sub '{"deadLetterTargetArn":"${D.Arn}","maxReceiveCount":4}'
            D: { Type: AWS::SQS::Queue }
            """
        );
        Assert.Same(model.Queues[1], model.DeadLetterQueueOf(model.Queues[0]));
        Assert.Equal(4, model.Queues[0].RedrivePolicy.Single()!.MaxReceiveCount.Single());
    }

    [Fact]
    public void Tabs_and_one_line_are_fine()
    {
        var model = Templates.Read("{\"Resources\":{\t\"Q\":{\"Type\":\"AWS::SQS::Queue\",\n\t\"Properties\":{\"VisibilityTimeout\":7}}}}");
        Assert.Empty(model.Problems);
        Assert.Equal(7, Assert.Single(model.Queues).VisibilityTimeout.Single());
    }
}
