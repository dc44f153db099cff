using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>Values that are reckoned with: what C# makes of them, and what is given up because it doubles with each local, or goes in circles.</summary>
public sealed class ProgramLimitsTests
{
    private const int Many = 60;

    private static string Chain(int length, string first, string a, string b) =>
        first
        + string.Concat(
            Enumerable
                .Range(1, length)
                .Select(number =>
                    Numbered($" var a1 = {a}; var b1 = {b};", number).Replace("last", FormattableString.Invariant($"{number - 1}"), StringComparison.Ordinal)
                )
        )
        + FormattableString.Invariant($" var end = a{length};\n");

    private static string Numbered(string text, int number) =>
        text.Replace("a1", FormattableString.Invariant($"a{number}"), StringComparison.Ordinal)
            .Replace("b1", FormattableString.Invariant($"b{number}"), StringComparison.Ordinal);

    private static Setting<int> VisibilityOf(string duration, string before = "", string members = "") =>
        Assert
            .Single(CdkPrograms.Read($"{before} new Queue(this, \"Orders\", new QueueProps {{ VisibilityTimeout = {duration} }});", members).Queues)
            .VisibilityTimeout;

    private static Queue PulumiQueue(string arguments, string before) =>
        Assert.Single(PulumiPrograms.Read(PulumiPrograms.Program($"{before} new Queue(\"orders\", new() {{ {arguments} }});"))!.Queues);

    private static Setting<DeclaredFilters> FiltersOf(string filter, string before = "", string members = "") =>
        Assert
            .Single(
                CdkPrograms
                    .Read(
                        $$"""
                        {{before}}
                        var function = new Function(this, "OrdersFunction", new FunctionProps());
                        function.AddEventSource(new SqsEventSource(new Queue(this, "Orders"), new SqsEventSourceProps { Filters = new[] { FilterCriteria.Filter({{filter}}) } }));
                        """,
                        members
                    )
                    .Mappings
            )
            .Filters;

    private static string Choices(int length) =>
        Chain(length, "var a0 = Duration.Seconds(30); var b0 = Duration.Seconds(60);", "id == \"a\" ? alast : blast", "id == \"b\" ? blast : alast");

    private static string Sums(int length) => Chain(length, "var a0 = 1; var b0 = 2;", "alast + blast", "blast + alast");

    private static string Durations(int length) =>
        Chain(length, "var a0 = Duration.Seconds(1); var b0 = Duration.Seconds(2);", "alast.Plus(blast)", "blast.Plus(alast)");

    private static string Texts(int length) => Chain(length, "var a0 = \"a\"; var b0 = \"b\";", "$\"{alast}{blast}\"", "blast + alast");

    private static string Dictionaries(int length) =>
        Chain(
            length,
            "var b0 = new[] { \"b\" }; var a0 = new Dictionary<string, object> { [\"w\"] = b0 };",
            "new Dictionary<string, object> { [\"x\"] = alast, [\"y\"] = alast, [\"z\"] = b0 }",
            "b0"
        );

    private static string Documents(int length) =>
        Chain(
            length,
            "var b0 = new[] { \"b\" }; var a0 = new Dictionary<string, object> { [\"w\"] = b0 };",
            "new Dictionary<string, object> { [\"x\"] = alast, [\"y\"] = alast }",
            "b0"
        );

    [Fact]
    public void A_few_choices_are_followed() => Assert.Equal([30, 60], VisibilityOf("end", Choices(3)).Values.Select(value => value.Value).Distinct());

    [Theory]
    [InlineData(6)]
    [InlineData(Many)]
    public void More_choices_than_count_are_not(int length) => Assert.Equal(SettingState.Unknown, VisibilityOf("end", Choices(length)).State);

    [Fact]
    public void Sums_that_double_are_given_up()
    {
        Assert.Equal(12, VisibilityOf("Duration.Seconds(end)", Sums(3)).Single());
        Assert.Equal(SettingState.Unknown, VisibilityOf("Duration.Seconds(end)", Sums(Many)).State);
    }

    [Fact]
    public void Durations_that_double_are_given_up()
    {
        Assert.Equal(12, VisibilityOf("end", Durations(3)).Single());
        Assert.Equal(SettingState.Unknown, VisibilityOf("end", Durations(Many)).State);
    }

    [Fact]
    public void Texts_that_double_are_given_up()
    {
        Assert.Equal("abbabaab", PulumiQueue("Name = end", Texts(3)).Name.Single());
        Assert.Equal(SettingState.Unknown, PulumiQueue("Name = end", Texts(Many)).Name.State);
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(15, null)]
    [InlineData(Many, null)]
    public void Documents_that_double_are_given_up(int length, int? receives)
    {
        const string Policy =
            "RedrivePolicy = JsonSerializer.Serialize(new { more = end, maxReceiveCount = 5, deadLetterTargetArn = \"arn:aws:sqs:eu-west-1:123456789012:dlq\" })";
        Assert.Equal(receives, PulumiQueue(Policy, Documents(length)).RedrivePolicy.Single()?.MaxReceiveCount.Single());
    }

    [Fact]
    public void Filters_that_double_are_given_up()
    {
        var few = FiltersOf("end", Dictionaries(1)).Single()!;
        Assert.Equal("{\"x\":{\"w\":[\"b\"]},\"y\":{\"w\":[\"b\"]},\"z\":[\"b\"]}", Assert.Single(few.Patterns).Single());
        Assert.Equal(SettingState.Unknown, FiltersOf("end", Dictionaries(Many)).State);
    }

    [Fact]
    public void Values_that_go_in_circles_are_given_up()
    {
        const string Members = """
                private static readonly Limits One = Two.Next;
                private static readonly Limits Two = One.Next;

                private sealed class Limits
                {
                    public Limits Next { get; set; }
                    public double Seconds { get; set; }
                }
            """;
        Assert.Equal(SettingState.Unknown, VisibilityOf("Duration.Seconds(One.Seconds)", "", Members).State);
    }

    [Fact]
    public void Filters_that_go_in_circles_are_given_up()
    {
        const string Members = """
                private static readonly Dictionary<string, object> One = new Dictionary<string, object> { ["two"] = Two };
                private static readonly Dictionary<string, object> Two = new Dictionary<string, object> { ["one"] = One };
            """;
        Assert.Equal(SettingState.Unknown, FiltersOf("One", "", Members).State);
    }

    [Theory]
    [InlineData("timeout / 2", 60)]
    [InlineData("timeout / 7", 17)]
    [InlineData("timeout / 2.5", 48)]
    [InlineData("timeout % 50", 20)]
    [InlineData("1 << shift", 32)]
    [InlineData("-debt", 45)]
    [InlineData("(int)(timeout * 0.3755)", 45)]
    [InlineData("(int)(timeout * 0.0625) * 2", 14)]
    [InlineData("timeout / (shift - 5)", null)]
    [InlineData("timeout % (shift - 5)", null)]
    [InlineData("timeout >> shift", null)]
    public void Numbers_are_reckoned_as_the_program_does(string number, int? expected)
    {
        const string Before = "var timeout = 120; var shift = 5; var debt = -45;";
        var setting = VisibilityOf($"Duration.Seconds({number})", Before);
        Assert.Equal(expected is null ? SettingState.Unknown : SettingState.Known, setting.State);
        if (expected is { } seconds)
            Assert.Equal(seconds, setting.Single());
    }

    [Theory]
    [InlineData("timeout / 7", 17)]
    [InlineData("-debt", 45)]
    [InlineData("(int)(timeout * 0.3755)", 45)]
    public void Pulumi_has_the_same_numbers(string number, int expected) =>
        Assert.Equal(expected, PulumiQueue($"VisibilityTimeoutSeconds = {number}", "var timeout = 120; var debt = -45;").VisibilityTimeout.Single());
}
