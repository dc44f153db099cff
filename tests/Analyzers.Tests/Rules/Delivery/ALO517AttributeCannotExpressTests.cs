using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO517AttributeCannotExpressTests
{
    private const string Table = "[DynamoDBEvent(\"@OrdersTable\", ResourceName = \"Orders\")]";
    private const string Plain = "public void {|#0:Handle|}(DynamoDBEvent batch) { foreach (var record in batch.Records) orders.Ship(record.EventID); }";

    private const string Reporting = """
        public StreamsEventResponse {|#0:Handle|}(DynamoDBEvent batch)
            {
                foreach (var record in batch.Records)
                {
                    try { orders.Ship(record.EventID); }
                    catch (System.Exception)
                    {
                        return new StreamsEventResponse { BatchItemFailures = new List<StreamsEventResponse.BatchItemFailure> { new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Dynamodb.SequenceNumber } } };
                    }
                }

                return new StreamsEventResponse();
            }
        """;

    private const string OwnResponse = """
        public Failed {|#0:Handle|}(Amazon.Lambda.SQSEvents.SQSEvent batch)
            {
                var failed = new Failed();
                foreach (var message in batch.Records)
                {
                    try { orders.Ship(message.Body); }
                    catch (System.Exception) { failed.batchItemFailures.Add(new FailedMessage { itemIdentifier = message.MessageId }); }
                }

                return failed;
            }
        """;

    private static string Source(string attribute, string method) =>
        $$"""
            using System.Collections.Generic;
            using Amazon.Lambda.Annotations;
            using Amazon.Lambda.Annotations.DynamoDB;
            using Amazon.Lambda.Annotations.SQS;
            using Amazon.Lambda.DynamoDBEvents;

            public class FailedMessage { public string itemIdentifier { get; set; } }

            public class Failed { public List<FailedMessage> batchItemFailures { get; set; } = new List<FailedMessage>(); }

            public interface IOrders { void Ship(string order); }

            public class OrdersFunction
            {
                private readonly IOrders orders;

                public OrdersFunction(IOrders orders) => this.orders = orders;

                [LambdaFunction]
                {{attribute}}
                {{method}}
            }
            """;

    private static (string Path, string Text) Template(string settings = "") =>
        (
            "template.yaml",
            $$"""
            Parameters: { Retries: { Type: Number, Default: -1 }, Unknown: { Type: Number } }
            Resources:
              OrdersTable:
                Type: AWS::DynamoDB::Table
                Properties:
                  StreamSpecification: { StreamViewType: KEYS_ONLY }
              Failures: { Type: AWS::SQS::Queue }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Metadata: { Tool: Amazon.Lambda.Annotations, SyncedEvents: [Orders] }
                Properties:
                  Handler: Orders::OrdersFunction_Handle_Generated::Handle
                  Runtime: dotnet8
                  Events:
                    {|#1:Orders|}:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt OrdersTable.StreamArn
                        StartingPosition: LATEST
                        {{settings}}
            """
        );

    private static (string Path, string Text) Unmarked(string settings) => ("template.yaml", Template(settings).Text.Replace("{|#1:Orders|}", "Orders"));

    private static DiagnosticResult Limits() =>
        new DiagnosticResult("ALO517")
            .WithLocation(0)
            .WithMessage(
                "'Handle' may get a record that always fails, but its attribute [DynamoDBEvent] has no setting for retries, record age, destination and reported failures: "
                    + "such a record holds up all that come behind it in its shard until it expires after 1 day, and then it is lost without a trace. "
                    + "Take the attribute away and write the event in the template, with FunctionResponseTypes, MaximumRetryAttempts and an OnFailure destination."
            );

    private static DiagnosticResult Unheard() =>
        new DiagnosticResult("ALO517")
            .WithLocation(0)
            .WithMessage(
                "'Handle' reports failed records, but its attribute [DynamoDBEvent] takes a method that returns nothing, and has no setting for ReportBatchItemFailures: "
                    + "the source generator refuses it, and the mapping that it writes ignores the report and moves on past the failed records. "
                    + "Take the attribute away and write the event in the template, with FunctionResponseTypes, MaximumRetryAttempts and an OnFailure destination."
            );

    private static Task VerifyAsync<TRule>((string Path, string Text)? template, string source, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule> { AssemblyName = "Orders", TestState = { Sources = { source } } };
        if (template is { } file)
            test.TestState.AdditionalFiles.Add(file);
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task The_attribute_alone_says_it() => VerifyAsync<ALO517AttributeCannotExpress>(null, Source(Table, Plain), Limits());

    [Theory]
    [InlineData("foreach (var record in batch.Records) System.Console.WriteLine(record.EventID);")]
    [InlineData("")]
    public Task A_method_that_cannot_fail_needs_nothing(string statements) =>
        VerifyAsync<ALO517AttributeCannotExpress>(null, Source(Table, $"public void Handle(DynamoDBEvent batch) {{ {statements} }}"));

    [Fact]
    public Task Reports_that_the_attribute_cannot_have_read() =>
        VerifyAsync<ALO517AttributeCannotExpress>(Template(), Source(Table, Reporting), Unheard().WithLocation(1));

    [Fact]
    public Task Limits_beside_the_attribute_have_no_report_read() =>
        VerifyAsync<ALO517AttributeCannotExpress>(Template("MaximumRetryAttempts: 3"), Source(Table, Reporting), Unheard().WithLocation(1));

    /// <summary>Whatever is missing in the text can be written there: the generator leaves it.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("MaximumRetryAttempts: !Ref Retries")]
    [InlineData("DestinationConfig: { OnFailure: { Destination: !GetAtt Failures.Arn } }")]
    public async Task Limits_that_the_generated_text_lacks_are_those_of_the_mapping_s_rules(string settings)
    {
        await VerifyAsync<ALO517AttributeCannotExpress>(Unmarked(settings), Source(Table, Plain.Replace("{|#0:Handle|}", "Handle")));
        await VerifyAsync<ALO507PoisonRecordBlocks>(
            settings.StartsWith("Maximum", StringComparison.Ordinal)
                ? ("template.yaml", Unmarked(settings).Text.Replace("!Ref Retries", "{|#1:!Ref Retries|}"))
                : Template(settings),
            Source(Table, Plain),
            new DiagnosticResult("ALO507").WithLocation(0).WithLocation(1)
        );
        if (settings.Length == 0)
            await VerifyAsync<ALO508DiscardedWithoutDestination>(
                Template(settings),
                Source(Table, Plain),
                new DiagnosticResult("ALO508").WithSeverity(DiagnosticSeverity.Info).WithLocation(0).WithLocation(1)
            );
    }

    [Theory]
    [InlineData("MaximumRetryAttempts: 3", Table)]
    [InlineData("MaximumRecordAgeInSeconds: 3600", Table)]
    [InlineData("MaximumRetryAttempts: !Ref Unknown", Table)]
    [InlineData("", "[DynamoDBEvent(\"@OrdersTable\", ResourceName = \"Orders\", Enabled = false)]")]
    [InlineData("", "")]
    public Task What_is_written_beside_it_stays_and_what_is_not_known_or_off_says_nothing(string settings, string attribute) =>
        VerifyAsync<ALO517AttributeCannotExpress>(Unmarked(settings), Source(attribute, Plain.Replace("{|#0:Handle|}", "Handle")));

    [Fact]
    public Task A_report_that_the_template_has_read() =>
        VerifyAsync<ALO517AttributeCannotExpress>(
            Unmarked("MaximumRetryAttempts: 3\n            FunctionResponseTypes: [ReportBatchItemFailures]"),
            Source(Table, Reporting.Replace("{|#0:Handle|}", "Handle"))
        );

    [Fact]
    public Task A_queue_s_attribute_has_only_reports_of_its_own_type_read() =>
        VerifyAsync<ALO517AttributeCannotExpress>(
            null,
            Source("[SQSEvent(\"@OrdersQueue\")]", OwnResponse),
            new DiagnosticResult("ALO517")
                .WithLocation(0)
                .WithMessage(
                    "'Handle' reports failed messages, but its attribute [SQSEvent] takes a method that returns nothing or SQSBatchResponse, and this one returns Failed: "
                        + "the source generator refuses it, and the mapping that it writes for any other type ignores the report and has the failed messages deleted. Return SQSBatchResponse."
                )
        );

    [Theory]
    [InlineData("public Amazon.Lambda.SQSEvents.SQSBatchResponse Handle(Amazon.Lambda.SQSEvents.SQSEvent batch) => new();")]
    [InlineData("public void Handle(Amazon.Lambda.SQSEvents.SQSEvent batch) { foreach (var message in batch.Records) orders.Ship(message.Body); }")]
    public Task A_queue_s_attribute_has_all_that_these_need(string method) =>
        VerifyAsync<ALO517AttributeCannotExpress>(null, Source("[SQSEvent(\"@OrdersQueue\")]", method));

    [Fact]
    public Task The_rules_about_mappings_leave_it_to_this_one() =>
        Task.WhenAll(
            VerifyAsync<ALO507PoisonRecordBlocks>(null, Source(Table, Plain.Replace("{|#0:Handle|}", "Handle"))),
            VerifyAsync<ALO508DiscardedWithoutDestination>(null, Source(Table, Plain.Replace("{|#0:Handle|}", "Handle"))),
            VerifyAsync<ALO201FailuresCannotBeReported>(null, Source(Table, Plain.Replace("{|#0:Handle|}", "Handle"))),
            VerifyAsync<ALO202FailuresIgnoredByMapping>(Unmarked(""), Source(Table, Reporting.Replace("{|#0:Handle|}", "Handle"))),
            VerifyAsync<ALO202FailuresIgnoredByMapping>(null, Source("[SQSEvent(\"@OrdersQueue\")]", OwnResponse.Replace("{|#0:Handle|}", "Handle")))
        );

    [Fact]
    public Task Records_that_are_given_up_beside_the_attribute_are_those_of_the_mapping_s_rule() =>
        VerifyAsync<ALO508DiscardedWithoutDestination>(
            Unmarked("MaximumRetryAttempts: {|#1:3|}"),
            Source(Table, Plain),
            new DiagnosticResult("ALO508").WithLocation(0).WithLocation(1)
        );

    [Fact]
    public Task A_comment_in_the_template_silences_it() =>
        VerifyAsync<ALO517AttributeCannotExpress>(
            ("template.yaml", Unmarked("").Text.Replace("        Orders:\n", "        # alo:disable ALO517 the ledger must be complete\n        Orders:\n")),
            Source(Table, Reporting.Replace("{|#0:Handle|}", "Handle"))
        );

    [Fact]
    public Task An_attribute_of_the_same_name_makes_no_mapping() =>
        VerifyAsync<ALO517AttributeCannotExpress>(
            null,
            Source(Table, Plain.Replace("{|#0:Handle|}", "Handle")).Replace("using Amazon.Lambda.Annotations.DynamoDB;", "using Other;")
                + " namespace Other { public class DynamoDBEventAttribute : System.Attribute { public DynamoDBEventAttribute(string stream) { } public string ResourceName { get; set; } } }"
        );

    [Fact]
    public Task Without_the_package_there_is_nothing_to_say()
    {
        var test = new CSharpAnalyzerTest<ALO517AttributeCannotExpress>
        {
            AssemblyName = "Orders",
            CompilerDiagnostics = CompilerDiagnostics.None,
            ReferenceAssemblies = References.None,
            TestState = { Sources = { Source(Table, Plain.Replace("{|#0:Handle|}", "Handle")) } },
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Half_a_method_is_judged_by_its_attribute()
    {
        var test = new CSharpAnalyzerTest<ALO517AttributeCannotExpress>
        {
            AssemblyName = "Orders",
            CompilerDiagnostics = CompilerDiagnostics.None,
            TestState = { Sources = { Source(Table, "public void {|#0:Handle|}(DynamoDBEvent batch) { foreach (var record in batch.") } },
        };
        test.ExpectedDiagnostics.Add(Limits());
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
