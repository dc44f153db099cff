using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

List<string> shipped = [];
await using var host = LambdaTestHost.FromTemplate("template.yaml").Handle("OrdersFunction", (SQSEvent batch) =>
{
    shipped.AddRange(batch.Records.Select(message => message.Body));
    return Task.CompletedTask;
});
host.Queue("OrdersQueue").SendMany("order 1", "order 2");
await host.RunUntilIdleAsync();
Console.WriteLine($"shipped {string.Join(", ", shipped)}");
