using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Tests.Readers;
using AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;
using AtLeastOnce.Deployment.Tests.Readers.Terraform;
using FsCheck;
using FsCheck.Fluent;

namespace AtLeastOnce.Deployment.Tests.Edits;

/// <summary>Whatever is done to a text, an edit of it is either not offered, or lies in the text and leaves everything else as it was.</summary>
public sealed class EditFuzzTests
{
    private static readonly Func<string, DeploymentModel> ReadService = text => Services.Read(text);
    private static readonly Func<string, DeploymentModel> ReadModule = text => Modules.Read(text);

    private const string Module = """
        resource "aws_sqs_queue" "orders" {
          name = "orders" # all
          visibility_timeout_seconds = local.visibility
        }

        locals {
          visibility = 30
        }

        resource "aws_lambda_event_source_mapping" "orders" {
          event_source_arn = aws_sqs_queue.orders.arn
          function_name    = "orders"
        }

        resource "aws_lambda_event_source_mapping" "clicks" {
          event_source_arn  = aws_kinesis_stream.clicks.arn
          function_name     = "clicks"
        }

        resource "aws_kinesis_stream" "clicks" { name = "clicks" }

        """;

    private const string Service = """
        service: shop
        provider: { name: aws, runtime: dotnet8 }
        custom:
          visibility: 30
        functions:
          work:
            handler: A::B::C
            events:
              - sqs: !GetAtt Orders.Arn # all
              - stream:
                  Fn::GetAtt:
                    - Clicks
                    - Arn
              - { sqs: arn:aws:sqs:eu-west-1:123456789012:jobs }
        resources:
          Resources:
            Clicks: { Type: AWS::Kinesis::Stream }
            Orders:
              Type: AWS::SQS::Queue
              Properties:
                VisibilityTimeout: ${self:custom.visibility}

        """;

    private int offered;

    private void ForAll(Func<string, DeploymentModel> read, int times, params string[] seeds)
    {
        Prop.ForAll(Mutation.Of(seeds), mutation => Check(mutation.Text, read)).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithReplay(20_261_121, 17));
        Assert.InRange(offered, 50, int.MaxValue);
    }

    private void Check(string text, Func<string, DeploymentModel> read)
    {
        var model = read(text);
        var source = new DeploymentText(text, model);
        foreach (var queue in model.Queues.Take(2))
        {
            Check(source, text, TemplateEdits.SetVisibilityTimeout(source, queue, 777), read);
            Check(source, text, TemplateEdits.AddDeadLetterQueue(source, queue), read);
        }

        foreach (var mapping in model.Mappings)
        {
            Check(source, text, TemplateEdits.AddReportBatchItemFailures(source, mapping), read);
            Check(source, text, StreamFailureEdits.LimitRetries(source, mapping), read);
        }
    }

    private void Check(DeploymentText source, string text, IReadOnlyList<TemplateEdit> edits, Func<string, DeploymentModel> read)
    {
        offered += edits.Count > 0 ? 1 : 0;
        var end = 0;
        foreach (var edit in edits)
        {
            Assert.InRange(edit.Start, end, text.Length);
            end = edit.Start + edit.Length;
            Assert.InRange(end, edit.Start, text.Length);
            Assert.Equal(source.Model.Path, edit.Path);
        }

        var edited = read(TemplateEdit.Apply(text, edits));
        Assert.Equal(source.Model.Problems.Count, edited.Problems.Count);
        Assert.Equal(
            source.Model.Resources.Select(resource => resource.LogicalId),
            edited.Resources.Select(resource => resource.LogicalId).Intersect(source.Model.Resources.Select(resource => resource.LogicalId))
        );
    }

    [Fact]
    public void Modules_are_edited_safely() => ForAll(ReadModule, 150, Module, Golden.Read(Golden.Terraform));

    [Fact]
    public void Services_are_edited_safely() => ForAll(ReadService, 1000, Service, Golden.Read(Services.Orders));

    [Fact]
    public void The_dialect_of_each_text_is_known()
    {
        Assert.Equal(Dialect.Terraform, ReadModule(Golden.Read(Golden.Terraform)).Dialect);
        Assert.Equal(Dialect.TerraformPlan, Modules.ReadPlan(Golden.Read(Golden.TerraformPlan)).Dialect);
        Assert.Equal(Dialect.ServerlessFramework, ReadService(Golden.Read(Services.Orders)).Dialect);
        Assert.All(Golden.Files, file => Assert.Equal(Dialect.CloudFormation, Templates.Read(Golden.Read(file), file).Dialect));
    }
}
