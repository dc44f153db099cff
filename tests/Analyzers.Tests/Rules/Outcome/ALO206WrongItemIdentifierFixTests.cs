using ALO206 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO206WrongItemIdentifier,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO206WrongItemIdentifierFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO206WrongItemIdentifierFixTests
{
    [Fact]
    public Task Another_property_of_the_message() =>
        ALO206.FixesAsync(
            "ALO206.UseMessageId",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = [|message.ReceiptHandle|] /* which */ });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId /* which */ });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Fact]
    public Task An_identifier_that_is_made_up_or_missing() =>
        ALO206.FixesAsync(
            "ALO206.UseMessageId",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (TimeoutException)
                        {
                            failures.Add([|new SQSBatchResponse.BatchItemFailure()|]);
                        }
                        catch (InvalidOperationException)
                        {
                            failures.Add([|new SQSBatchResponse.BatchItemFailure { }|]);
                        }
                        catch (ArgumentException)
                        {
                            failures.Add([|new()|]);
                        }
                        catch (FormatException)
                        {
                            failures.Add(new() { ItemIdentifier = [|""|] });
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = [|Guid.NewGuid().ToString()|] });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (TimeoutException)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                        catch (InvalidOperationException)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                        catch (ArgumentException)
                        {
                            failures.Add(new() { ItemIdentifier = message.MessageId });
                        }
                        catch (FormatException)
                        {
                            failures.Add(new() { ItemIdentifier = message.MessageId });
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Fact]
    public Task The_message_of_a_query_is_the_one_it_names() =>
        ALO206.FixesAsync(
            "ALO206.UseMessageId",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    await Task.CompletedTask;
                    return new SQSBatchResponse(batch.Records.Select(failed => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = [|failed.ReceiptHandle|] }).ToList());
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    await Task.CompletedTask;
                    return new SQSBatchResponse(batch.Records.Select(failed => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = failed.MessageId }).ToList());
                }
            }
            """
        );

    [Fact]
    public Task A_property_of_the_body_gives_way_to_the_message() =>
        ALO206.FixesAsync(
            "ALO206.UseMessageId",
            """
            public record Order(string Id);

            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public SQSBatchResponse Handle(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        var order = JsonSerializer.Deserialize<Order>(message.Body)!;
                        failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = [|order.Id|] });
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """,
            """
            public record Order(string Id);

            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public SQSBatchResponse Handle(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        var order = JsonSerializer.Deserialize<Order>(message.Body)!;
                        failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Fact]
    public Task Two_messages_in_reach_leave_the_choice_open() =>
        ALO206.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    SQSEvent.SQSMessage? last = null;
                    foreach (var message in batch.Records)
                    {
                        last = message;
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = [|""|] });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Fact]
    public Task No_message_in_reach_leaves_nothing_to_name() =>
        ALO206.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = [|"all"|] });
                    await Task.CompletedTask;
                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Theory]
    [InlineData("Kinesis", "Kinesis", "[|record.EventId|]")]
    [InlineData("Kinesis", "Kinesis", "[|record.Kinesis.PartitionKey|]")]
    [InlineData("Kinesis", "Kinesis", "[|\"\"|]")]
    [InlineData("Kinesis", "Kinesis", "[|Guid.NewGuid().ToString()|]")]
    [InlineData("DynamoDB", "Dynamodb", "[|record.EventID|]")]
    [InlineData("DynamoDB", "Dynamodb", "[|record.EventSourceArn|]")]
    public Task A_streams_record_is_named_by_its_sequence_number(string source, string part, string wrong) =>
        ALO206.FixesWholeAsync(
            "ALO206.UseSequenceNumber",
            Stream(source, $"ItemIdentifier = {wrong}"),
            Stream(source, $"ItemIdentifier = record.{part}.SequenceNumber")
        );

    [Fact]
    public Task A_streams_entry_that_names_nothing() =>
        ALO206.FixesWholeAsync(
            "ALO206.UseSequenceNumber",
            Stream("Kinesis", "")
                .Replace("new StreamsEventResponse.BatchItemFailure {  }", "[|new StreamsEventResponse.BatchItemFailure()|]", StringComparison.Ordinal),
            Stream("Kinesis", "ItemIdentifier = record.Kinesis.SequenceNumber")
        );

    [Fact]
    public Task A_streams_record_that_has_no_name_here_is_left_alone() =>
        ALO206.OffersNothingWholeAsync(
            Stream("Kinesis", "ItemIdentifier = [|\"all\"|]")
                .Replace("foreach (var record in batch.Records)", "for (var i = 0; i < batch.Records.Count; i++)", StringComparison.Ordinal)
                .Replace("(record.EventName)", "(batch.Records[i].EventName)", StringComparison.Ordinal)
        );

    private static string Stream(string source, string assignment) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using Amazon.Lambda.{{source}}Events;

            public interface IStore { Task SetAsync(string key); }

            public class StreamFunction
            {
                private readonly IStore store = null!;

                public async Task<StreamsEventResponse> HandleAsync({{source}}Event batch)
                {
                    var failures = new List<StreamsEventResponse.BatchItemFailure>();
                    foreach (var record in batch.Records)
                    {
                        try
                        {
                            await store.SetAsync(record.EventName);
                        }
                        catch (Exception)
                        {
                            failures.Add(new StreamsEventResponse.BatchItemFailure { {{assignment}} });
                            break;
                        }
                    }

                    return new StreamsEventResponse { BatchItemFailures = failures };
                }
            }

            """;
}
