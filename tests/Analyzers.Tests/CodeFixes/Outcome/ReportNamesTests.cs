using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class ReportNamesTests
{
    [Fact]
    public Task A_file_without_imports_gets_them_below_its_header() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            """
            // Copyright the authors.

            namespace App;

            // Ships orders.
            public static class OrdersFunction
            {
                public static void [|Handle|](Amazon.Lambda.SQSEvents.SQSEvent batch)
                {
                    foreach (var message in batch.Records) Shop.Ship(message.Body);
                }
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """,
            """
            // Copyright the authors.

            using System;
            using System.Collections.Generic;
            using Amazon.Lambda.SQSEvents;

            namespace App;

            // Ships orders.
            public static class OrdersFunction
            {
                public static SQSBatchResponse Handle(Amazon.Lambda.SQSEvents.SQSEvent batch)
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
    public Task Imports_inside_a_namespace_stay_together() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            """
            namespace App
            {
                using Amazon.Lambda.SQSEvents;
                using static System.Math;

                public static class OrdersFunction
                {
                    public static void [|Handle|](SQSEvent batch)
                    {
                        foreach (var message in batch.Records)
                        {
                            Shop.Ship(message.Body + Abs(1));
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
            namespace App
            {
                using System;
                using System.Collections.Generic;
                using Amazon.Lambda.SQSEvents;
                using static System.Math;

                public static class OrdersFunction
                {
                    public static SQSBatchResponse Handle(SQSEvent batch)
                    {
                        var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                        foreach (var message in batch.Records)
                        {
                            try
                            {
                                Shop.Ship(message.Body + Abs(1));
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
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """
        );

    [Fact]
    public Task Names_that_are_taken_are_not_used_again() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            """
            using System.Collections.Generic;
            using Amazon.Lambda.SQSEvents;

            namespace App
            {
                public class Exception : System.Exception
            {
            }

                public class OrdersFunction
                {
                    private readonly List<string> batchItemFailures = new();

                    public void [|Handle|](SQSEvent batch)
                    {
                        foreach (var message in batch.Records)
                        {
                            batchItemFailures.Add(message.Body);
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
            using System.Collections.Generic;
            using Amazon.Lambda.SQSEvents;

            namespace App
            {
                public class Exception : System.Exception
            {
            }

                public class OrdersFunction
                {
                    private readonly List<string> batchItemFailures = new();

                    public SQSBatchResponse Handle(SQSEvent batch)
                    {
                        var batchItemFailures1 = new List<SQSBatchResponse.BatchItemFailure>();
                        foreach (var message in batch.Records)
                        {
                            try
                            {
                                batchItemFailures.Add(message.Body);
                                Shop.Ship(message.Body);
                            }
                            catch (System.Exception exception)
                            {
                                System.Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                                batchItemFailures1.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                            }
                        }

                        return new SQSBatchResponse(batchItemFailures1);
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
    public Task A_type_that_looks_like_the_response_is_told_apart() =>
        ALO201.FixesWholeAsync(
            "ALO201.Report",
            """
            using Amazon.Lambda.SQSEvents;

            namespace App;

            public class SQSBatchResponse
            {
            }

            public static class OrdersFunction
            {
                public static void [|Handle|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
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

            namespace App;

            public class SQSBatchResponse
            {
            }

            public static class OrdersFunction
            {
                public static Amazon.Lambda.SQSEvents.SQSBatchResponse Handle(SQSEvent batch)
                {
                    var batchItemFailures = new List<Amazon.Lambda.SQSEvents.SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            Shop.Ship(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new Amazon.Lambda.SQSEvents.SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new Amazon.Lambda.SQSEvents.SQSBatchResponse(batchItemFailures);
                }
            }

            public static class Shop
            {
                public static void Ship(string order) => System.IO.File.WriteAllText(order, order);
            }
            """
        );
}
