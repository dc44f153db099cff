using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime.Tests.History;

/// <summary>The page that <see cref="EsmRun.SaveTimeline"/> writes, as a browser shows it.</summary>
public sealed partial class TimelinePageTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("timeline-");

    public void Dispose() => folder.Delete(recursive: true);

    private string Save(EsmRun run)
    {
        var file = Path.Combine(folder.FullName, "made", "run.html");
        Assert.Same(run, run.SaveTimeline(file));
        return file;
    }

    // "poison" fails until it is dead-lettered, the rest is done at once.
    private static Scenario Poisoned(LambdaTestHostOptions? options = null) =>
        new Scenario(
            (SQSEvent input) => Scenario.Report(input, body => body.Contains("poison", StringComparison.Ordinal)),
            mapping => mapping.ReportBatchItemFailures = true,
            options
        ).WithMaxReceiveCount(3);

    [Fact]
    public async Task A_partial_failure_its_retries_and_the_dead_letter_are_seen()
    {
        await using var scenario = Poisoned();
        scenario.Host.Faults.Throttle(first: 1);
        var page = Save(await scenario.RunAsync("good", "<b>poison</b> & \"more\"", "good too"));

        var seen = await Browser.RunAsync(
            page,
            """
            const all = selector => [...document.querySelectorAll(selector)];
            const bars = all('.bar');
            bars[1].dispatchEvent(new MouseEvent('mouseenter'));
            const details = document.getElementById('details');
            const shown = details.innerText;
            bars[1].dispatchEvent(new MouseEvent('mouseleave'));
            return {
              classes: bars.map(bar => bar.getAttribute('class')),
              again: all('.again').length,
              deadLetters: all('.chart .dead-letter').map(mark => mark.querySelector('title').textContent),
              throttles: all('.chart .throttle').length,
              hiddenBars: all('.chart .hidden').length,
              lanes: all('.lane').map(lane => lane.innerText),
              ordered: bars.every((bar, i) => i === 0 || bar.getBoundingClientRect().left > bars[i - 1].getBoundingClientRect().left),
              sized: bars.every(bar => bar.getBoundingClientRect().width >= 3),
              shown, hiddenAgain: details.hidden,
              fates: all('tbody tr').map(row => row.cells[2].innerText),
            };
            """
        );

        Assert.Equal("bar partial,bar partial,bar partial", Text(seen, "classes"));
        Assert.Equal(2, seen.GetProperty("again").GetInt32());
        Assert.Contains("→ 2 moved to orders-dlq after 3 receives (S-23)", Text(seen, "deadLetters"), StringComparison.Ordinal);
        Assert.Equal(1, seen.GetProperty("throttles").GetInt32());
        Assert.Equal(3, seen.GetProperty("hiddenBars").GetInt32());
        Assert.Equal("queue orders,orders,orders environment 1", Text(seen, "lanes"));
        Assert.True(seen.GetProperty("ordered").GetBoolean());
        Assert.True(seen.GetProperty("sized").GetBoolean());
        var shown = seen.GetProperty("shown").GetString()!;
        Assert.Contains("orders #2", shown, StringComparison.Ordinal);
        Assert.Contains("▶ batch of 1 [2] receive 2 visibility until 00:01:00", shown, StringComparison.Ordinal);
        Assert.Contains(
            "<b>poison</b> & \\\"more\\\"",
            shown.Replace("\\u003C", "<").Replace("\\u003E", ">").Replace("\\u0022", "\\\"").Replace("\\u0026", "&"),
            StringComparison.Ordinal
        );
        Assert.Contains("\"batchItemFailures\"", shown, StringComparison.Ordinal);
        Assert.True(seen.GetProperty("hiddenAgain").GetBoolean());
        Assert.Equal("acknowledged,dead-lettered,acknowledged,waiting", Text(seen, "fates"));
    }

    [Fact]
    public async Task A_click_keeps_the_details_and_a_ledger_row_lights_its_invocations()
    {
        await using var scenario = Poisoned();
        var page = Save(await scenario.RunAsync("good", "poison"));

        var seen = await Browser.RunAsync(
            page,
            """
            const bars = [...document.querySelectorAll('.bar')];
            const lit = () => bars.filter(bar => bar.classList.contains('lit')).map(bar => bar.dataset.i);
            const details = document.getElementById('details');
            bars[0].focus();
            bars[0].dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
            bars[0].blur();
            const kept = [!details.hidden, ...lit()];
            document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
            const gone = [details.hidden, ...lit()];
            document.querySelectorAll('tbody tr')[1].click();
            return { kept, gone, row: lit() };
            """
        );

        Assert.Equal("True,0", Text(seen, "kept"));
        Assert.Equal("True", Text(seen, "gone"));
        Assert.Equal("0,1,2", Text(seen, "row"));
    }

    [Fact]
    public async Task Shards_are_lanes_with_their_checkpoints()
    {
        var stream = new KinesisStream("clicks", shardCount: 2);
        var calls = 0;
        await using var host = new LambdaTestHost(new()).Map(
            stream,
            new LambdaFunction(
                "split",
                (KinesisEvent _) =>
                {
                    if (++calls == 1)
                        throw new InvalidOperationException("not yet");
                }
            ),
            mapping => mapping.StartingPosition = StartingPosition.TrimHorizon
        );
        for (var i = 0; i < 20; i++)
            stream.Put(i.ToString(CultureInfo.InvariantCulture), "click");
        var page = Save(await host.RunUntilIdleAsync());

        var seen = await Browser.RunAsync(
            page,
            """
            const all = selector => [...document.querySelectorAll(selector)];
            return { lanes: all('.lane').map(lane => lane.innerText), classes: all('.bar').map(bar => bar.getAttribute('class')), done: all('.chart .done').length, again: all('.again').length };
            """
        );

        Assert.Equal("stream clicks,shard shardId-000000000000,shard shardId-000000000001", Text(seen, "lanes"));
        Assert.Equal("bar failed,bar success,bar success", string.Join(",", Text(seen, "classes").Split(',').Order()));
        Assert.Equal(2, seen.GetProperty("done").GetInt32());
        Assert.Equal(1, seen.GetProperty("again").GetInt32());
    }

    [Fact]
    public async Task Message_groups_are_lanes_and_a_batch_of_two_groups_is_in_both()
    {
        var queue = new SqsQueue("commands.fifo");
        await using var host = new LambdaTestHost().Map(queue, new LambdaFunction("accounts", (SQSEvent _) => { }));
        queue.Send("1", messageGroupId: "alice", deduplicationId: "1");
        queue.Send("2", messageGroupId: "bob", deduplicationId: "2");
        var page = Save(await host.RunUntilIdleAsync());

        var seen = await Browser.RunAsync(
            page,
            "return { lanes: [...document.querySelectorAll('.lane')].map(lane => lane.innerText), bars: [...document.querySelectorAll('.bar')].map(bar => bar.dataset.i) };"
        );

        Assert.Equal("queue commands.fifo,group alice,group bob", Text(seen, "lanes"));
        Assert.Equal("0,0", Text(seen, "bars"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_reads_well_in_light_and_dark(bool isDark)
    {
        await using var scenario = Poisoned();
        var page = Save(await scenario.RunAsync("good", "poison"));

        var seen = await Browser.RunAsync(
            page,
            """
            const luminance = color => {
              const [r, g, b] = color.match(/[\d.]+/g).map(Number).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
              return .2126 * r + .7152 * g + .0722 * b;
            };
            const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + .05) / (Math.min(luminance(a), luminance(b)) + .05);
            const ground = getComputedStyle(document.body).backgroundColor;
            const of = (selector, property) => contrast(getComputedStyle(document.querySelector(selector))[property], ground);
            return { ground: luminance(ground), text: of('body', 'color'), faint: of('.faint', 'color'), time: of('.time', 'fill'), bar: of('.bar', 'fill') };
            """,
            isDark
        );

        Assert.Equal(isDark, seen.GetProperty("ground").GetDouble() < 0.1);
        // WCAG 2: 4.5 for text, 3 for graphics.
        Assert.All(["text", "faint", "time"], name => Assert.InRange(seen.GetProperty(name).GetDouble(), 4.5, 21));
        Assert.InRange(seen.GetProperty("bar").GetDouble(), 3, 21);
    }

    [Fact]
    public async Task The_file_needs_nothing_else()
    {
        await using var scenario = Poisoned();
        var html = await File.ReadAllTextAsync(Save(await scenario.RunAsync("https://example.com/poison")), TestContext.Current.CancellationToken);

        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(Reference(), html);
    }

    [GeneratedRegex("<link|<img|<iframe|@import|url\\(|\\ssrc=|\\shref=|fetch\\(|XMLHttpRequest")]
    private static partial Regex Reference();

    [Fact]
    public async Task A_long_run_leaves_out_its_middle_and_says_so()
    {
        await using var scenario = new Scenario((SQSEvent _) => { }, mapping => mapping.BatchSize = 1);
        var run = await scenario.RunAsync([.. Enumerable.Range(1, 2_500).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
        var html = await File.ReadAllTextAsync(Save(run), TestContext.Current.CancellationToken);

        Assert.Contains("500 invocations and 0 other events of its middle are left out", html, StringComparison.Ordinal);
        Assert.Equal(2_000, html.Split("class=\"bar ").Length - 1);
        Assert.Contains("… and 2,000 more records.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_history_there_is_the_ledger()
    {
        await using var scenario = Poisoned(new() { History = HistoryDetail.LedgerOnly });
        var html = await File.ReadAllTextAsync(Save(await scenario.RunAsync("good", "poison")), TestContext.Current.CancellationToken);

        Assert.Contains("The history was not kept", html, StringComparison.Ordinal);
        Assert.Contains("sent 2 = acknowledged 1 + dead-lettered 1", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_writes_the_same_page()
    {
        await using var first = Poisoned();
        await using var second = Poisoned();

        Assert.Equal(
            await File.ReadAllTextAsync(Save(await first.RunAsync("good", "poison")), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(Save(await second.RunAsync("good", "poison")), TestContext.Current.CancellationToken)
        );
    }

    private static string Text(JsonElement seen, string property) =>
        seen.TryGetProperty(property, out var value) ? string.Join(",", value.EnumerateArray()) : throw new InvalidOperationException(seen.GetRawText());
}
