using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Order.ALO405SequenceNumberMisread;

namespace AtLeastOnce.Analyzers.Tests.Rules.Order;

public sealed class ALO405SequenceNumberMisreadTests
{
    private const string AsText = "as text a number of more digits can come before one of fewer, so the order is not that of the stream";
    private const string TooLong = "it has more digits than that type holds, so no record's can be read";
    private const string Inexact = "it has more digits than that type tells apart, so different records get the same number";

    [Theory]
    [InlineData("{|#0:record.Kinesis.SequenceNumber.CompareTo(last)|} > 0", "compared as text", AsText)]
    [InlineData("{|#0:last.CompareTo(last)|} > 0", null, null)]
    [InlineData("{|#0:string.Compare(record.Kinesis.SequenceNumber, last)|} > 0", "compared as text", AsText)]
    [InlineData("{|#0:string.Compare(last, record.Kinesis.SequenceNumber, StringComparison.Ordinal)|} < 0", "compared as text", AsText)]
    [InlineData("{|#0:string.CompareOrdinal(record.Kinesis.SequenceNumber, last)|} > 0", "compared as text", AsText)]
    [InlineData("{|#0:string.CompareOrdinal(record.Kinesis.SequenceNumber, last)|} == 0", null, null)]
    [InlineData("record.Kinesis.SequenceNumber == last", null, null)]
    [InlineData("{|#0:string.CompareOrdinal(record.Kinesis.SequenceNumber.PadLeft(128, '0'), last)|} > 0", null, null)]
    [InlineData("{|#0:string.CompareOrdinal(record.Kinesis.PartitionKey, last)|} > 0", null, null)]
    [InlineData("{|#0:long.Parse(record.Kinesis.SequenceNumber)|} > 0", "parsed to long", TooLong)]
    [InlineData("{|#0:int.Parse(record.Kinesis.SequenceNumber)|} > 0", "parsed to int", TooLong)]
    [InlineData("{|#0:ulong.TryParse(record.Kinesis.SequenceNumber, out var number)|} && number > 0", "parsed to ulong", TooLong)]
    [InlineData("{|#0:Convert.ToInt64(record.Kinesis.SequenceNumber)|} > 0", "parsed to long", TooLong)]
    [InlineData("{|#0:double.Parse(record.Kinesis.SequenceNumber)|} > 0", "parsed to double", Inexact)]
    [InlineData("{|#0:BigInteger.Parse(record.Kinesis.SequenceNumber)|} > 0", null, null)]
    [InlineData("{|#0:long.Parse(record.Kinesis.PartitionKey)|} > 0", null, null)]
    public Task Each_way_to_compare(string condition, string? what, string? consequence) =>
        VerifyAsync(
            $$"""
            public bool Handle(KinesisEvent batch, string last)
            {
                foreach (var record in batch.Records)
                {
                    if ({{(what is null ? Plain(condition) : condition)}})
                        return true;
                }

                return false;
            }
            """,
            what is null ? [] : [Finding(what, consequence!)]
        );

    [Theory]
    [InlineData("{|#0:batch.Records.OrderBy(record => record.Dynamodb.SequenceNumber)|}.ToList()")]
    [InlineData("{|#0:batch.Records.OrderByDescending(record => record.Dynamodb.SequenceNumber)|}.ToList()")]
    [InlineData("{|#0:batch.Records.Max(record => record.Dynamodb.SequenceNumber)|}")]
    [InlineData("{|#0:batch.Records.MinBy(record => record.Dynamodb.SequenceNumber)|}")]
    public Task Ordered_as_text(string query) => VerifyAsync($"public object Handle(DynamoDBEvent batch) => {query};", Finding("ordered as text", AsText));

    [Theory]
    [InlineData("batch.Records.OrderBy(record => BigInteger.Parse(record.Dynamodb.SequenceNumber)).ToList()")]
    [InlineData("batch.Records.OrderBy(record => record.Dynamodb.SequenceNumber, new Numbers()).ToList()")]
    [InlineData("batch.Records.OrderBy(record => record.EventID).ToList()")]
    [InlineData("batch.Records.Select(record => record.Dynamodb.SequenceNumber).ToList()")]
    public Task Ordered_as_numbers_or_not_at_all_has_none(string query) => VerifyAsync($"public object Handle(DynamoDBEvent batch) => {query};");

    [Fact]
    public Task Through_a_variable() =>
        VerifyAsync(
            """
            public long Handle(KinesisEvent batch)
            {
                var number = batch.Records[0].Kinesis.SequenceNumber;
                return {|#0:long.Parse(number)|};
            }
            """,
            Finding("parsed to long", TooLong)
        );

    [Fact]
    public Task The_message_says_what_to_do() =>
        VerifyAsync(
            "public long Handle(KinesisEvent batch) => {|#0:long.Parse(batch.Records[0].Kinesis.SequenceNumber)|};",
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithMessage(
                    "A sequence number is parsed to long: it has more digits than that type holds, so no record's can be read. Compare sequence numbers as BigInteger."
                )
        );

    [Fact]
    public Task A_look_alike_has_none() =>
        VerifyAsync(
            """
            public class Page
            {
                public string SequenceNumber { get; set; }
            }

            public long Handle(KinesisEvent batch, Page page) => long.Parse(page.SequenceNumber);
            """
        );

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = OrderTest.OfStream<Rule>("public long Handle(KinesisEvent batch) => long.Parse(batch.Records[0].Kinesis.");
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Plain(string marked) => marked.Replace("{|#0:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);

    private static Task VerifyAsync(string members, params DiagnosticResult[] expected)
    {
        var test = OrderTest.OfStream<Rule>(members, expected);
        test.TestState.Sources.Add(
            (
                "Numbers.cs",
                "global using System.Numerics;\nusing System.Collections.Generic;\n\npublic class Numbers : IComparer<string>\n{\n    public int Compare(string x, string y) => BigInteger.Parse(x).CompareTo(BigInteger.Parse(y));\n}\n"
            )
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static DiagnosticResult Finding(string what, string consequence) =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(what, consequence);
}
