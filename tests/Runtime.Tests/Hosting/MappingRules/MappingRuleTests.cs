using AtLeastOnce.Runtime.Tests.Rules;

namespace AtLeastOnce.Runtime.Tests.Hosting.MappingRules;

/// <summary>Sections 1.1 and 1.2 of the semantics reference, row by row: what AWS refuses of a mapping is refused when it is made, in AWS's words.</summary>
public class MappingRuleTests
{
    // Sources that are not simulated: a template's mapping of one is told as such when its function is to run.
    private const string Kafka = "only of Kafka";
    private const string Broker = "only of Amazon MQ";
    private const string Documents = "only of DocumentDB";

    /// <summary>The rows, in their order.</summary>
    private static readonly string[] Rows =
    [
        .. Enumerable.Range(1, 19).Select(number => $"P-{number}"),
        .. "abcdefghijk".Select(letter => $"P-19{letter}"),
        .. Enumerable.Range(20, 29).Select(number => $"P-{number}"),
        "P-48a",
        "P-49",
        "P-50",
    ];

    /// <summary>The rows that nothing can be made of here, and why.</summary>
    private static readonly Dictionary<string, string> NotExpressible = new(StringComparer.Ordinal)
    {
        ["P-7"] = "The key encrypts the filters at rest; it has no part in what a mapping does, and the host takes none.",
        ["P-12"] = Kafka,
        ["P-19c"] = "Metrics have no part in what a mapping does, and the host takes none.",
        ["P-19d"] = Kafka,
        ["P-19e"] = Kafka,
        ["P-19f"] = Broker,
        ["P-19g"] = Kafka,
        ["P-19i"] = Kafka,
        ["P-19j"] = Documents,
        ["P-19k"] = "Tags have no part in what a mapping does, and the host takes none.",
        ["P-34"] = Kafka,
        ["P-38"] = "Map takes a function that is there; of a template whose mapping names one of elsewhere, nothing says that it is missing.",
        ["P-42"] = "Map takes a queue that is there; of a template whose mapping names one of elsewhere, nothing says that it is missing.",
        ["P-45"] = "The host has no API with the ids of mappings.",
    };

    private static readonly MappingCase[] Cases = [.. SettingCases.All, .. ResourceCases.All];

    public static TheoryData<string> Titles => [.. Cases.Select(one => one.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task A_row_holds(string title)
    {
        var one = Assert.Single(Cases, candidate => candidate.Title == title);

        var thrown = await Record.ExceptionAsync(one.TryAsync);

        if (one.Refusal is null)
        {
            Assert.Null(thrown);
            return;
        }

        var refusal = Assert.IsAssignableFrom<AwsRefusalException>(thrown);
        var lines = refusal.Message.Split('\n');
        if (one.Refusal.EndsWith('*'))
            Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(one.Refusal[..^1]) + "[0-9a-f-]{36}$", lines[0]);
        else
            Assert.Equal(one.Refusal, lines[0]);
        if (lines.Length > 1)
            Assert.Matches("^  (mapping 'M'|queue 'R')( \\(template\\.yaml\\(\\d+,\\d+\\)\\))?$", Assert.Single(lines[1..]));
    }

    [Fact]
    public void Every_row_is_proved_or_says_why_it_cannot_be()
    {
        var proved = Cases.SelectMany(one => one.Rows).Distinct().ToArray();

        Assert.Equal([], Rows.Except(proved).Except(NotExpressible.Keys));
        Assert.Equal([], proved.Concat(NotExpressible.Keys).Except(Rows));
        Assert.Equal([], proved.Intersect(NotExpressible.Keys));
    }

    [Fact]
    public void The_rows_are_those_of_the_reference()
    {
        Assert.SkipUnless(SharedReference.IsHere, SharedReference.WhyAbsent);

        Assert.Equal(SharedReference.Rows("1.1", "1.2").Select(row => row.Id), Rows);
    }

    [Theory]
    [InlineData("EventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1', Topics: [t], ProvisionedPollerConfig: { PollerGroupName: g }")]
    [InlineData("EventSourceArn: 'arn:aws:mq:us-east-1:123456789012:broker:b:1', Queues: [q], SourceAccessConfigurations: []")]
    [InlineData("EventSourceArn: 'arn:aws:rds:us-east-1:123456789012:cluster:c', DocumentDBEventSourceConfig: { DatabaseName: d }")]
    public async Task A_source_that_is_not_simulated_is_told_when_its_function_is_to_run(string properties)
    {
        await using var host = TemplateOnDisk
            .LoadWith($"M: {{ Type: AWS::Lambda::EventSourceMapping, Properties: {{ FunctionName: !Ref F, StartingPosition: LATEST, {properties} }} }}")
            .Handle("F", () => { });

        Assert.Contains(
            "feeds 'F', but cannot be simulated yet: its source is none that is simulated (Other).",
            (await Assert.ThrowsAsync<NotSupportedException>(host.RunUntilIdleAsync)).Message,
            StringComparison.Ordinal
        );
    }
}
