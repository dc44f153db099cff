using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class ReportLayoutTests
{
    [Fact]
    public Task Braces_at_the_end_of_the_line_stay_there() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            """
            using Amazon.Lambda.SQSEvents;

            namespace App {
                public static class OrdersFunction {
                    public static void [|Handle|](SQSEvent batch) {
                        foreach (var message in batch.Records) {
                            Shop.Ship(message.Body);
                        }
                    }
                }
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """,
            """
            using System;
            using System.Collections.Generic;
            using Amazon.Lambda.SQSEvents;

            namespace App {
                public static class OrdersFunction {
                    public static SQSBatchResponse Handle(SQSEvent batch) {
                        var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                        foreach (var message in batch.Records) {
                            try {
                                Shop.Ship(message.Body);
                            } catch (Exception exception) {
                                Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                                batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                            }
                        }

                        return new SQSBatchResponse(batchItemFailures);
                    }
                }
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """
        );

    [Fact]
    public Task Tabs_stay_tabs() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            """
            using Amazon.Lambda.SQSEvents;

            public static class OrdersFunction
            {
            	public static void [|Handle|](SQSEvent batch)
            	{
            		foreach (var message in batch.Records)
            			Shop.Ship(message.Body);
            	}
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """,
            """
            using System;
            using System.Collections.Generic;
            using Amazon.Lambda.SQSEvents;

            public static class OrdersFunction
            {
            	public static SQSBatchResponse Handle(SQSEvent batch)
            	{
            		var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
            		foreach (var message in batch.Records)
            		{
            			try
            			{
            				Shop.Ship(message.Body);
            			}
            			catch (Exception exception)
            			{
            				Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
            				batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            			}
            		}

            		return new SQSBatchResponse(batchItemFailures);
            	}
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """
        );

    [Fact]
    public Task The_text_of_a_literal_is_not_moved() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            """
            using Amazon.Lambda.SQSEvents;

            public static class OrdersFunction
            {
                public static void [|Handle|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        Shop.Ship(message.Body + @"
            one");
                        Shop.Ship($@"
              {message.Body}
            two");
                    }
                }
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """,
            """
            using System;
            using System.Collections.Generic;
            using Amazon.Lambda.SQSEvents;

            public static class OrdersFunction
            {
                public static SQSBatchResponse Handle(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            Shop.Ship(message.Body + @"
            one");
                            Shop.Ship($@"
              {message.Body}
            two");
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """
        );

    [Fact]
    public Task A_directive_inside_the_loop_stays_in_its_column() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            """
            using Amazon.Lambda.SQSEvents;

            public static class OrdersFunction
            {
                public static void [|Handle|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
            #if TRACE_ORDERS
                        System.Console.WriteLine(message.Body);
            #endif
                        Shop.Ship(message.Body);
                    }
                }
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """,
            """
            using System;
            using System.Collections.Generic;
            using Amazon.Lambda.SQSEvents;

            public static class OrdersFunction
            {
                public static SQSBatchResponse Handle(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
            #if TRACE_ORDERS
                        System.Console.WriteLine(message.Body);
            #endif
                            Shop.Ship(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """
        );
}
