using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO514FilterNeverMatches>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO514FilterNeverMatchesTests
{
    private const string Place = " (template.yaml(18,52))";
    private const string Passed = "Every record is passed over unseen, and the function never runs";
    private const string Deleted = "Every message is deleted from the queue unseen, and goes to no dead-letter queue";

    private static string Filter(string pattern) => "FilterCriteria: { Filters: [{ Pattern: " + pattern + " }] }";

    private static string Marked(string pattern) => Filter("{|#1:'" + pattern + "'|}");

    private static string Queue(string settings) =>
        Streams.Kinesis(settings).Replace("Type: Kinesis\n", "Type: SQS\n").Replace("Stream: !GetAtt OrdersStream.Arn", "Queue: !GetAtt Failures.Arn");

    private static DiagnosticResult Never(
        string why,
        string consequence,
        string remedy,
        string filter = "The filter",
        string where = Place,
        string assumption = ""
    ) => Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments(filter, "Orders", where, why, consequence, remedy, assumption);

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed
            .Test<ALO514FilterNeverMatches>(
                ("template.yaml", template),
                Deployed.Handler.Replace("SQSEvent batch", "System.IO.Stream batch").Replace("SQSBatchResponse", "void").Replace("=> new();", "{ }"),
                expected
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task A_number_of_a_table_is_a_text() =>
        VerifyAsync(
            Streams.Table(Marked("{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[{\"numeric\":[\">\",100]}]}}}}")),
            Never(
                    "'dynamodb.NewImage.total.N' is a number that DynamoDB writes as a text, and a test for numbers is never true of a text",
                    Passed,
                    "Test it as a text, such as \"N\": [\"100\"], or compare the number in the handler"
                )
                .WithMessage(
                    "The filter of mapping 'Orders' (template.yaml(18,52)) can never match: 'dynamodb.NewImage.total.N' is a number that DynamoDB writes as a text, and a test for "
                        + "numbers is never true of a text. Every record is passed over unseen, and the function never runs. Test it as a text, such as \"N\": [\"100\"], or compare the "
                        + "number in the handler."
                )
        );

    [Theory]
    [InlineData(
        "{\"dynamodb\":{\"NewImage\":{\"status\":[\"paid\"]}}}",
        "'dynamodb.NewImage.status' is an attribute, which holds its value under the name of its type",
        "Name the type, as in { \"status\": { \"S\": [...] } }"
    )]
    [InlineData(
        "{\"dynamodb\":{\"NewImage\":{\"status\":{\"s\":[\"paid\"]}}}}",
        "'dynamodb.NewImage.status.s' is an attribute, which holds its value under the name of its type",
        "Name the type, as in { \"s\": { \"S\": [...] } }"
    )]
    [InlineData(
        "{\"dynamodb\":{\"NewImage\":{\"status\":{\"S\":[\"paid\"],\"N\":[\"1\"]}}}}",
        "'dynamodb.NewImage.status' is an attribute, and has one type at a time",
        "Give each type a filter of its own, or join them by $or"
    )]
    [InlineData(
        "{\"dynamodb\":{\"NewImage\":[{\"exists\":true}]}}",
        "'dynamodb.NewImage' is an object, and only the values within it exist for a filter",
        "Test a value within it"
    )]
    [InlineData("{\"eventName\":[\"CREATE\",\"insert\"]}", "'eventName' is always INSERT, MODIFY or REMOVE", "Correct the test")]
    [InlineData("{\"eventName\":[1]}", "'eventName' is always a text", "Correct the test")]
    [InlineData("{\"eventName\":[{\"exists\":false}]}", "'eventName' is always there", "Correct the test")]
    [InlineData("{\"eventSource\":[\"aws:sqs\"]}", "'eventSource' is always aws:dynamodb", "Correct the test")]
    [InlineData("{\"dynamodb\":{\"SizeBytes\":[\"100\"]}}", "'dynamodb.SizeBytes' is always a number", "Correct the test")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"on\":{\"BOOL\":[\"true\"]}}}}", "'dynamodb.NewImage.on.BOOL' is always true or false", "Correct the test")]
    [InlineData(
        "{\"NewImage\":{\"status\":{\"S\":[\"paid\"]}}}",
        "filters see no 'NewImage' in a record of a DynamoDB stream",
        "Put 'NewImage' into 'dynamodb'"
    )]
    [InlineData(
        "{\"body\":{\"status\":[\"paid\"]}}",
        "filters see no 'body' in a record of a DynamoDB stream",
        "Filter by what is in 'dynamodb', or by 'eventName'"
    )]
    [InlineData(
        "{\"dynamodb\":{\"Keys\":{\"sku\":{\"S\":[\"a\"]}}}}",
        "filters see no 'dynamodb.Keys.sku' in a record of a DynamoDB stream",
        "Correct the pattern"
    )]
    [InlineData("{\"dynamodb.newImage.status.S\":[\"paid\"]}", "filters see no 'dynamodb.newImage' in a record of a DynamoDB stream", "Correct the pattern")]
    [InlineData(
        "{\"eventName\":[\"REMOVE\"],\"dynamodb\":{\"NewImage\":{\"status\":{\"S\":[\"paid\"]}}}}",
        "the record of a REMOVE has no 'dynamodb.NewImage'",
        "Correct the pattern"
    )]
    [InlineData(
        "{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"OldImage\":{\"status\":{\"S\":[\"paid\"]}}}}",
        "the record of an INSERT has no 'dynamodb.OldImage'",
        "Correct the pattern"
    )]
    [InlineData(
        "{\"dynamodb\":{\"OldImage\":{\"total\":{\"N\":[100]}}}}",
        "'dynamodb.OldImage.total.N' is a number that DynamoDB writes as a text, and a test for numbers is never true of a text",
        "Test it as a text, such as \"N\": [\"100\"], or compare the number in the handler"
    )]
    [InlineData(
        "{\"$or\":[{\"eventName\":[\"DELETE\"]},{\"dynamodb\":{\"NewImage\":{\"status\":[\"paid\"]}}}]}",
        "'eventName' is always INSERT, MODIFY or REMOVE",
        "Correct the test"
    )]
    public Task What_no_record_of_a_table_has_is_never_matched(string pattern, string why, string remedy) =>
        VerifyAsync(Streams.Table(Marked(pattern)), Never(why, Passed, remedy));

    [Theory]
    [InlineData("KEYS_ONLY", "NewImage")]
    [InlineData("OLD_IMAGE", "NewImage")]
    [InlineData("KEYS_ONLY", "OldImage")]
    [InlineData("NEW_IMAGE", "OldImage")]
    public Task A_stream_shows_only_what_it_is_set_to(string view, string image) =>
        VerifyAsync(
            Streams.Table(Marked("{\"dynamodb\":{\"" + image + "\":{\"status\":{\"S\":[\"paid\"]}}}}"), view),
            Never($"the stream of table 'OrdersTable' has no {image} (its StreamViewType is {view})", Passed, "Correct the pattern")
        );

    [Theory]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[\"100\"]}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[{\"anything-but\":[\"100\"]}]}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[{\"numeric\":[\">\",100]},\"100\"]}}}}")]
    [InlineData("{\"dynamodb\":{\"ApproximateCreationDateTime\":[{\"numeric\":[\">\",1700000000]}]}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"address\":{\"M\":{\"city\":{\"S\":[\"Bonn\"]}}}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"address\":{\"city\":{\"S\":[\"Bonn\"]}}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"tags\":{\"SS\":[\"new\"]},\"on\":{\"BOOL\":[true]},\"gone\":{\"NULL\":[true]}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"lines\":{\"L\":{\"S\":[\"a\"]}}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":[{\"exists\":false}]}}")]
    [InlineData("{\"dynamodb\":{\"OldImage\":{\"total\":{\"N\":[{\"exists\":false}]}}}}")]
    [InlineData("{\"dynamodb\":{\"Keys\":{\"id\":{\"S\":[{\"prefix\":\"order#\"}]}}}}")]
    [InlineData("{\"eventName\":[\"REMOVE\"],\"dynamodb\":{\"OldImage\":{\"status\":{\"S\":[\"paid\"]}}}}")]
    [InlineData("{\"eventName\":[\"REMOVE\"],\"userIdentity\":{\"type\":[\"Service\"],\"principalId\":[\"dynamodb.amazonaws.com\"]}}")]
    [InlineData("{\"eventName\":[{\"anything-but\":[\"REMOVE\"]}]}")]
    [InlineData("{\"$or\":[{\"eventName\":[\"DELETE\"]},{\"eventName\":[\"REMOVE\"]}]}")]
    [InlineData("{\"body\":[{\"exists\":false}]}")]
    public Task What_a_record_of_a_table_may_have_may_match(string pattern) => VerifyAsync(Streams.Table(Filter($"'{pattern}'")));

    [Fact]
    public Task What_the_stream_of_another_stack_shows_is_not_known() =>
        VerifyAsync(
            Streams
                .Table(Filter("""'{"dynamodb":{"NewImage":{"a":{"S":["b"]}},"Keys":{"sku":{"S":["c"]}}}}'"""), "KEYS_ONLY")
                .Replace("!GetAtt OrdersTable.StreamArn", "!ImportValue OrdersStream")
        );

    [Theory]
    [InlineData("{\"Body\":{\"kind\":[\"order\"]}}", "filters see no 'Body' in a message", "Filter by what is in 'body'")]
    [InlineData(
        "{\"messageAttributes\":{\"kind\":{\"stringValue\":[\"order\"]}}}",
        "filters see no 'messageAttributes' in a message",
        "Filter by what is in 'body'"
    )]
    [InlineData("{\"body\":[{\"numeric\":[\">\",5]}]}", "'body' is always a text", "Correct the test")]
    [InlineData("{\"body\":[{\"exists\":false}]}", "'body' is always there", "Correct the test")]
    [InlineData("{\"eventSource\":[\"aws:kinesis\"]}", "'eventSource' is always aws:sqs", "Correct the test")]
    public Task What_no_message_has_is_never_matched(string pattern, string why, string remedy) =>
        VerifyAsync(Queue(Marked(pattern)), Never(why, Deleted, remedy));

    [Theory]
    [InlineData("{\"body\":{\"kind\":[\"order\"],\"total\":[{\"numeric\":[\">\",5]}],\"note\":[{\"exists\":false}]}}")]
    [InlineData("{\"body\":[{\"prefix\":\"order:\"}]}")]
    [InlineData("{\"body\":[\"order\"]}")]
    [InlineData("{\"messageId\":[{\"prefix\":\"a\"}]}")]
    public Task What_a_message_may_have_may_match(string pattern) => VerifyAsync(Queue(Filter($"'{pattern}'")));

    [Theory]
    [InlineData(
        "{\"kinesis\":{\"data\":{\"kind\":[\"order\"]}}}",
        "filters see no 'kinesis' in a record of a Kinesis stream",
        "Filter by what is in 'data', which is decoded for filters"
    )]
    [InlineData("{\"eventName\":[\"INSERT\"]}", "'eventName' is always aws:kinesis:record", "Correct the test")]
    [InlineData("{\"partitionKey\":[1]}", "'partitionKey' is always a text", "Correct the test")]
    public Task What_no_record_of_Kinesis_has_is_never_matched(string pattern, string why, string remedy) =>
        VerifyAsync(Streams.Kinesis(Marked(pattern)), Never(why, Passed, remedy));

    [Theory]
    [InlineData("{\"data\":{\"kind\":[\"order\"],\"total\":[{\"numeric\":[\">\",5]}]}}")]
    [InlineData("{\"partitionKey\":[\"ada\"]}")]
    public Task What_a_record_of_Kinesis_may_have_may_match(string pattern) => VerifyAsync(Streams.Kinesis(Filter($"'{pattern}'")));

    [Fact]
    public Task Each_filter_is_judged_for_itself() =>
        VerifyAsync(
            Queue("FilterCriteria: { Filters: [{ Pattern: '{\"body\":{\"kind\":[\"order\"]}}' }, { Pattern: {|#1:'{\"Body\":{\"kind\":[\"refund\"]}}'|} }] }"),
            Never(
                "filters see no 'Body' in a message",
                "The messages it is meant for are deleted from the queue unseen, unless another filter matches them",
                "Filter by what is in 'body'",
                "Filter 2",
                " (template.yaml(18,96))"
            )
        );

    [Fact]
    public Task A_stream_passes_over_what_one_filter_misses() =>
        VerifyAsync(
            Streams.Table("FilterCriteria: { Filters: [{ Pattern: {|#1:'{\"eventName\":[\"CREATE\"]}'|} }, { Pattern: '{\"eventName\":[\"REMOVE\"]}' }] }"),
            Never(
                "'eventName' is always INSERT, MODIFY or REMOVE",
                "The records it is meant for are passed over unseen, unless another filter matches them",
                "Correct the test",
                "Filter 1"
            )
        );

    [Fact]
    public Task Every_possible_pattern_must_be_one_that_never_matches()
    {
        const string Never = "'{\"eventName\":[\"CREATE\"]}'";
        return VerifyAsync(Streams.Table(Filter("!If [IsProd, " + Never + ", '{\"eventName\":[\"INSERT\"]}']")));
    }

    [Fact]
    public Task Of_several_patterns_that_never_match_the_first_is_explained() =>
        VerifyAsync(
            Streams.Table(Filter("{|#1:!If [IsProd, '{\"eventName\":[\"CREATE\"]}', '{\"body\":[\"x\"]}']|}")),
            Never("'eventName' is always INSERT, MODIFY or REMOVE", Passed, "Correct the test")
        );

    [Theory]
    [InlineData("!Ref Unknown")]
    [InlineData("'{\"body\":\"x\"}'")]
    [InlineData("'no JSON'")]
    public Task What_is_unknown_or_refused_is_not_judged(string pattern) => VerifyAsync(Streams.Table(Filter(pattern)));

    [Fact]
    public Task Filters_that_hang_on_a_condition_are_not_judged() =>
        VerifyAsync(Streams.Table("FilterCriteria: { Filters: !If [IsProd, [{ Pattern: '{\"eventName\":[\"CREATE\"]}' }], []] }"));

    [Fact]
    public Task A_parameters_default_is_named() =>
        VerifyAsync(
            Streams.Table(Filter("{|#1:!Sub '{\"eventName\":[\"${Given}\"]}'|}")),
            Never(
                "'eventName' is always INSERT, MODIFY or REMOVE",
                Passed,
                "Correct the test",
                assumption: " This holds as long as the deployment keeps the default of parameter 'Given'."
            )
        );

    [Fact]
    public Task A_mapping_that_is_switched_off_filters_nothing() =>
        VerifyAsync(Streams.Table(Filter("'{\"eventName\":[\"CREATE\"]}'") + "\n            Enabled: false"));

    [Fact]
    public Task A_comment_silences_it() =>
        VerifyAsync(Streams.Table(Filter("'{\"eventName\":[\"NEVER\"]}'") + " # alo:disable ALO514 nothing is to pass until the migration is over"));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO514FilterNeverMatches>(
                ("template.yaml", Streams.Table(Filter("{|#0:'{\"eventName\":[\"CREATE\"]}'|}"))),
                Deployed.NoHandler,
                Verify
                    .Diagnostic()
                    .WithLocation(0)
                    .WithArguments("The filter", "Orders", "", "'eventName' is always INSERT, MODIFY or REMOVE", Passed, "Correct the test", "")
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
