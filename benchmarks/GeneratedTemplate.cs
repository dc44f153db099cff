using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Benchmarks;

/// <summary>A large template: functions that each read a queue with a dead-letter queue, with the settings, references and comments that real ones have.</summary>
internal sealed class GeneratedTemplate(int lines) : AdditionalText
{
    /// <summary>The lines of a large template.</summary>
    public const int Lines = 10_000;

    private readonly SourceText text = SourceText.From(Sam(lines));

    /// <inheritdoc/>
    public override string Path => "/template.yaml";

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => text;

    /// <summary>The template in SAM.</summary>
    public static string Sam(int lines) =>
        Repeat(
            """
            AWSTemplateFormatVersion: "2010-09-09"
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              Batch: { Type: Number, Default: 10 }
            Globals:
              Function: { Runtime: dotnet8, Timeout: 30 }
            Resources:

            """,
            number =>
                $$"""
                      # Takes orders of shop {{number}}.
                      OrdersFunction{{number}}:
                        Type: AWS::Serverless::Function
                        Properties:
                          CodeUri: ./src/Orders{{number}}/
                          Handler: Orders{{number}}::Orders.OrdersFunction::HandleAsync
                          MemorySize: 512
                          Environment:
                            Variables:
                              TABLE: !Sub "${AWS::StackName}-orders-{{number}}"
                              QUEUE: !Ref OrdersQueue{{number}}
                          Policies:
                            - SQSPollerPolicy:
                                QueueName: !GetAtt OrdersQueue{{number}}.QueueName
                          Events:
                            Orders:
                              Type: SQS
                              Properties:
                                Queue: !GetAtt OrdersQueue{{number}}.Arn
                                BatchSize: !Ref Batch
                                FunctionResponseTypes: [ReportBatchItemFailures]
                                ScalingConfig: { MaximumConcurrency: 10 }
                      OrdersQueue{{number}}:
                        Type: AWS::SQS::Queue
                        Properties:
                          VisibilityTimeout: 180
                          RedrivePolicy:
                            deadLetterTargetArn: !GetAtt LostQueue{{number}}.Arn
                            maxReceiveCount: 5
                      LostQueue{{number}}:
                        Type: AWS::SQS::Queue
                        Properties:
                          MessageRetentionPeriod: 1209600

                    """,
            lines
        );

    /// <summary>The same in Terraform.</summary>
    public static string Terraform(int lines) =>
        Repeat(
            """
            variable "batch" {
              default = 10
            }

            """,
            number =>
                $$"""
                    # Takes orders of shop {{number}}.
                    resource "aws_lambda_function" "orders_{{number}}" {
                      function_name = "orders-{{number}}"
                      handler       = "Orders{{number}}::Orders.OrdersFunction::HandleAsync"
                      runtime       = "dotnet8"
                      timeout       = 30
                      memory_size   = 512
                      filename      = "${path.module}/orders-{{number}}.zip"
                      role          = aws_iam_role.orders.arn
                      environment {
                        variables = {
                          TABLE = "${terraform.workspace}-orders-{{number}}"
                          QUEUE = aws_sqs_queue.orders_{{number}}.url
                        }
                      }
                    }

                    resource "aws_lambda_event_source_mapping" "orders_{{number}}" {
                      function_name           = aws_lambda_function.orders_{{number}}.arn
                      event_source_arn        = aws_sqs_queue.orders_{{number}}.arn
                      batch_size              = var.batch
                      function_response_types = ["ReportBatchItemFailures"]
                      scaling_config {
                        maximum_concurrency = 10
                      }
                    }

                    resource "aws_sqs_queue" "orders_{{number}}" {
                      visibility_timeout_seconds = 180
                      redrive_policy = jsonencode({
                        deadLetterTargetArn = aws_sqs_queue.lost_{{number}}.arn
                        maxReceiveCount     = 5
                      })
                    }

                    resource "aws_sqs_queue" "lost_{{number}}" {
                      message_retention_seconds = 1209600
                    }

                    """,
            lines
        );

    /// <summary>The same for the Serverless Framework.</summary>
    public static string Serverless(int lines)
    {
        // A function and its resources are in two sections.
        var shops = lines / 30;
        var service = new StringBuilder("service: shop\nprovider: { name: aws, runtime: dotnet8, timeout: 30 }\nfunctions:\n");
        for (var number = 0; number < shops; number++)
        {
            service.AppendLine(
                CultureInfo.InvariantCulture,
                $$"""
                  # Takes orders of shop {{number}}.
                  orders{{number}}:
                    handler: Orders{{number}}::Orders.OrdersFunction::HandleAsync
                    memorySize: 512
                    environment:
                      TABLE: ${self:service}-orders-{{number}}
                    events:
                      - sqs:
                          arn: !GetAtt OrdersQueue{{number}}.Arn
                          batchSize: 10
                          functionResponseType: ReportBatchItemFailures
                          maximumConcurrency: 10
                          enabled: true
                """
            );
        }

        service.AppendLine("resources:\n  Resources:");
        for (var number = 0; number < shops; number++)
        {
            service.AppendLine(
                CultureInfo.InvariantCulture,
                $$"""
                    OrdersQueue{{number}}:
                      Type: AWS::SQS::Queue
                      Properties:
                        VisibilityTimeout: 180
                        DelaySeconds: 0
                        MessageRetentionPeriod: 345600
                        ReceiveMessageWaitTimeSeconds: 20
                        RedrivePolicy:
                          deadLetterTargetArn: !GetAtt LostQueue{{number}}.Arn
                          maxReceiveCount: 5
                    LostQueue{{number}}:
                      Type: AWS::SQS::Queue
                      Properties:
                        MessageRetentionPeriod: 1209600
                        DelaySeconds: 0
                        ReceiveMessageWaitTimeSeconds: 20
                """
            );
        }

        return service.ToString();
    }

    private static string Repeat(string start, Func<int, string> part, int lines)
    {
        var all = new StringBuilder(start);
        var written = start.AsSpan().Count('\n');
        for (var number = 0; written < lines; number++)
        {
            var next = part(number);
            all.Append(next);
            written += next.AsSpan().Count('\n');
        }

        return all.ToString();
    }
}
