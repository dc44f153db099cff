using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>Filters of a Kinesis stream (section 2.5); those of a table are in V-19.</summary>
public class StreamFilterTests
{
    private static readonly object[] Data = ["""{"kind":"order","n":300}""", """{"kind":"refund"}""", "plain text", new byte[] { 0xFF, 0xFE, 0x7B }, "42"];

    [Theory]
    [InlineData("""{"data":{"kind":["order"]}}""", "1")]
    [InlineData("""{"data":{"n":[{"numeric":[">=",300]}]}}""", "1")]
    [InlineData("""{"data":{"kind":[{"exists":false}]}}""", "")]
    [InlineData("""{"data":{"n":[{"exists":false}]}}""", "2")]
    [InlineData("""{"partitionKey":["k"]}""", "1 2 3 4 5")]
    [InlineData("""{"partitionKey":["other"]}""", "")]
    [InlineData("""{"eventSource":["aws:kinesis"],"eventName":["aws:kinesis:record"]}""", "1 2 3 4 5")]
    [InlineData("""{"partitionKey":["k"],"data":{"kind":["refund"]}}""", "2")]
    [InlineData("""{"approximateArrivalTimestamp":[{"numeric":[">",1]}]}""", "1 2 3 4 5")]
    public async Task F3_F8_F9_F11_F12_F13_data_is_filtered_as_JSON_and_what_is_none_is_dropped_by_a_pattern_for_it(string pattern, string passing)
    {
        await using var scenario = Clicks(Nothing, m => m.Filters = [pattern]);

        var run = await scenario.RunAsync(Data);

        Assert.Equal(passing, string.Join(" ", run.Batches()));
        Assert.Equal(5 - run.Ledger("ship")[RecordFate.Acknowledged], run.Ledger("ship")[RecordFate.Filtered]);
    }

    [Fact]
    public async Task F1_several_filters_are_alternatives()
    {
        await using var scenario = Clicks(Nothing, m => m.Filters = ["""{"data":{"kind":["order"]}}""", """{"data":{"kind":["refund"]}}"""]);

        Assert.Equal(["1 2"], (await scenario.RunAsync(Data)).Batches());
    }

    [Fact]
    public async Task F3_F17_filtered_records_move_the_checkpoint_and_no_function_sees_them()
    {
        await using var scenario = Clicks(Nothing, m => m.Filters = ["""{"data":{"kind":["none"]}}"""]);

        var run = await scenario.RunAsync(Data);

        Assert.Empty(run.Invocations);
        Assert.Equal(5, run.Events.OfType<CheckpointMoved>().Single().Past.Number);
        Assert.Equal(5, run.Events.OfType<RecordsFiltered>().Single().Records.Count);
        Assert.Equal("sent 5 = filtered 5", run.Ledger("ship").ToString());
    }

    [Theory]
    [InlineData(false, "1 3|5 7")]
    [InlineData(true, "1|3|5|7")]
    public async Task F18_filtered_records_use_up_slots_of_a_batch_or_not(bool option, string batches)
    {
        await using var scenario = Clicks(
            Nothing,
            m => (m.BatchSize, m.Filters) = (2, ["""{"data":{"odd":[true]}}"""]),
            new() { FilteredMessagesUseBatchSlots = option }
        );

        var run = await scenario.RunAsync([.. Enumerable.Range(1, 8).Select(number => (object)new { odd = number % 2 == 1 })]);

        Assert.Equal(batches, string.Join("|", run.Batches()));
        Assert.Equal("sent 8 = acknowledged 4 + filtered 4", run.Ledger("ship").ToString());
    }

    [Theory]
    [InlineData("""{"data":["text"]}""")]
    [InlineData("""{"$or":[{"data":["text"]},{"partitionKey":["k"]}]}""")]
    public void F7_F10_a_pattern_for_plain_data_is_refused(string pattern)
    {
        var exception = Assert.Throws<InvalidParameterValueException>(() => Clicks(Nothing, m => m.Filters = [pattern]).Host);

        Assert.Equal(("InvalidParameterValueException: Invalid filter pattern definition.", "F-7"), (exception.Message, exception.RuleId));
        var table = Assert.Throws<InvalidParameterValueException>(() => Orders(Nothing, m => m.Filters = ["""{"dynamodb":["text"]}"""]).Host);
        Assert.Equal("F-7", table.RuleId);
        _ = Orders(Nothing, m => m.Filters = [pattern]).Host;
    }
}
