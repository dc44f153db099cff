using AtLeastOnce.Runtime;

namespace UploadThumbnails.Tests;

/// <summary>What becomes of the pictures with the flawed variant.</summary>
public sealed class FlawedTests : IAsyncDisposable
{
    private const string Function = "UploadThumbnailsFunction";

    private readonly LambdaTestHost host = LambdaTestHost.FromTemplate("../UploadThumbnails.Flawed/template.yaml");

    [Fact]
    public async Task Every_thumbnail_gets_a_thumbnail_without_end()
    {
        var pictures = new FakePictures(host.Bucket("Pictures"));
        var thumbnailer = host.Wrap<Flawed.IThumbnailer>(pictures, latency: TimeSpan.FromSeconds(1));
        host.Handle(Function, () => new Flawed.UploadThumbnailsFunction(thumbnailer, pictures).HandleAsync);
        host.Bucket("Pictures").Put("uploads/cat.png", "cat");

        var run = await host.RunForAsync(TimeSpan.FromSeconds(60.5));

        Assert.Equal(61, host.Bucket("Pictures").Objects.Count);
        Assert.Equal("sent 61 = acknowledged 60 + in flight 1", run.AsyncEvents(Function).Ledger.ToString());
    }

    [Fact]
    public async Task ALO102_an_upload_whose_event_comes_again_has_two_thumbnails()
    {
        var pictures = new FakePictures(stored: null);
        host.Handle(Function, () => new Flawed.UploadThumbnailsFunction(pictures, pictures).HandleAsync);
        host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);
        host.Bucket("Pictures").Put("uploads/cat.png", "cat");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(2, pictures.Keys.Distinct().Count());
        Assert.Equal("sent 1 = acknowledged 1", run.AsyncEvents(Function).Ledger.ToString());
    }

    [Fact]
    public async Task An_upload_that_fails_three_times_is_lost()
    {
        var pictures = new FakePictures(stored: null) { FailuresLeft = 3 };
        host.Handle(Function, () => new Flawed.UploadThumbnailsFunction(pictures, pictures).HandleAsync);
        host.Bucket("Pictures").Put("uploads/cat.png", "cat");

        var run = await host.RunUntilIdleAsync();

        Assert.Empty(pictures.Keys);
        Assert.Equal("sent 1 = discarded 1", run.AsyncEvents(Function).Ledger.ToString());
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private sealed class FakePictures(S3Bucket? stored) : Flawed.IThumbnailer, Flawed.IThumbnails
    {
        public List<string> Keys { get; } = [];

        public int FailuresLeft { get; set; }

        public Task<byte[]> MakeAsync(string bucket, string key) =>
            FailuresLeft-- > 0 ? throw new HttpRequestException("The thumbnailer is away.") : Task.FromResult<byte[]>([1]);

        public Task WriteAsync(string bucket, string key, byte[] thumbnail)
        {
            Keys.Add(key);
            stored?.Put(key, thumbnail);
            return Task.CompletedTask;
        }
    }
}
