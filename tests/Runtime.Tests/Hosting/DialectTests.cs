using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Tests.Hosting;

/// <summary>A host takes its settings from whatever the deployment is written in.</summary>
public sealed class DialectTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dialect-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static async Task<EsmRun> RunAsync(string template, string function, string queue)
    {
        await using var host = LambdaTestHost.FromTemplate(template).Handle(function, void (SQSEvent _) => throw new InvalidOperationException("never"));
        Assert.Equal(TimeSpan.FromSeconds(120), host.Queue(queue).VisibilityTimeout);
        host.Queue(queue).Send("poison");
        return await host.RunUntilIdleAsync();
    }

    [Fact]
    public async Task Terraform_all_files_of_the_folder()
    {
        Write(
            "queues.tf",
            """
            resource "aws_sqs_queue" "dead" {
              name = "dead"
            }

            resource "aws_sqs_queue" "orders" {
              name                       = "orders"
              visibility_timeout_seconds = 120
              redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 2 })
            }
            """
        );
        var main = Write(
            "main.tf",
            """
            resource "aws_lambda_function" "orders" {
              function_name = "orders"
              handler       = "Orders::Orders.Function::HandleAsync"
              runtime       = "dotnet8"
              role          = "arn:aws:iam::123456789012:role/orders"
              timeout       = 20
            }

            resource "aws_lambda_event_source_mapping" "orders" {
              event_source_arn = aws_sqs_queue.orders.arn
              function_name    = aws_lambda_function.orders.arn
            }
            """
        );

        var run = await RunAsync(main, "aws_lambda_function.orders", "aws_sqs_queue.orders");

        Assert.Equal(2, run.Invocations.Count);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("aws_lambda_event_source_mapping.orders").ToString());
    }

    [Fact]
    public async Task The_Serverless_Framework()
    {
        var service = Write(
            "serverless.yml",
            """
            service: orders
            provider: { name: aws, runtime: dotnet8 }
            functions:
              orders:
                handler: Orders::Orders.Function::HandleAsync
                events:
                  - sqs: { arn: !GetAtt OrdersQueue.Arn }
            resources:
              Resources:
                DeadQueue:
                  Type: AWS::SQS::Queue
                OrdersQueue:
                  Type: AWS::SQS::Queue
                  Properties:
                    VisibilityTimeout: 120
                    RedrivePolicy: { deadLetterTargetArn: !GetAtt DeadQueue.Arn, maxReceiveCount: 3 }
            """
        );

        var run = await RunAsync(service, "OrdersLambdaFunction", "OrdersQueue");

        Assert.Equal(3, run.Invocations.Count);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("orders.sqs").ToString());
    }
}
