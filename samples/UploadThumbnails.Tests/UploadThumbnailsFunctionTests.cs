using AtLeastOnce.Runtime;

namespace UploadThumbnails.Tests;

public sealed class UploadThumbnailsFunctionTests : IAsyncDisposable
{
    private readonly LambdaTestHost host = LambdaTestHost.FromTemplate("../UploadThumbnails/template.yaml");
    private readonly FakePictures pictures;

    public UploadThumbnailsFunctionTests()
    {
        pictures = new(host.Bucket("Pictures"));
        host.Handle("UploadThumbnailsFunction", () => new UploadThumbnailsFunction(pictures, pictures).HandleAsync);
    }

    [Fact]
    public async Task A_thumbnail_lies_beside_the_uploads_and_gets_none_of_its_own()
    {
        host.Bucket("Pictures").Put("uploads/my cat.png", "cat");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["uploads/my cat.png", "thumbnails/my cat.png"], pictures.Keys);
        Assert.Single(run.Invocations);
    }

    [Fact]
    public async Task A_thumbnail_gets_none_of_its_own_whatever_the_bucket_tells()
    {
        host.Bucket("Pictures").Notify(host.Function("UploadThumbnailsFunction"), prefix: "thumbnails/");
        host.Bucket("Pictures").Put("uploads/cat.png", "cat");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["uploads/cat.png", "thumbnails/cat.png"], pictures.Keys);
        Assert.Equal(2, run.Invocations.Count);
    }

    [Fact]
    public async Task A_thumbnail_that_fails_is_made_after_one_and_two_more_minutes()
    {
        pictures.FailuresLeft = 2;
        host.Bucket("Pictures").Put("uploads/cat.png", "cat");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["uploads/cat.png", "thumbnails/cat.png"], pictures.Keys);
        Assert.Equal([0, 60.1, 180.2], run.Invocations.Select(invocation => invocation.Start.TotalSeconds));
        Assert.Single(run.Invocations.Select(invocation => invocation.AwsRequestId).Distinct());
        Assert.Empty(run.Queue("FailedUploads").Messages);
    }

    [Fact]
    public async Task An_upload_that_fails_three_times_ends_in_the_destination()
    {
        pictures.FailuresLeft = 3;
        host.Bucket("Pictures").Put("uploads/cat.png", "cat");

        var run = await host.RunUntilIdleAsync();

        var failed = Assert.Single(run.Queue("FailedUploads").Messages).Body;
        Assert.Contains("\"condition\":\"RetriesExhausted\"", failed, StringComparison.Ordinal);
        Assert.Contains("uploads/cat.png", failed, StringComparison.Ordinal);
        Assert.Equal("sent 1 = discarded to a destination 1", run.AsyncEvents("UploadThumbnailsFunction").Ledger.ToString());
        run.EnsureNothingLost();
    }

    [Fact]
    public async Task An_event_that_comes_twice_leaves_one_thumbnail()
    {
        host.Faults.DuplicateEvents(probability: 1);
        host.Bucket("Pictures").Put("uploads/cat.png", "cat");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(2, run.Invocations.Count);
        Assert.Equal(2, pictures.Writes);
        Assert.Equal(["uploads/cat.png", "thumbnails/cat.png"], pictures.Keys);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private sealed class FakePictures(S3Bucket stored) : IThumbnailer, IThumbnails
    {
        public IEnumerable<string> Keys => stored.Objects.Select(picture => picture.Key);

        public int FailuresLeft { get; set; }

        public int Writes { get; private set; }

        public Task<byte[]> MakeAsync(string bucket, string key) =>
            FailuresLeft-- > 0 ? throw new HttpRequestException("The thumbnailer is away.") : Task.FromResult<byte[]>([1]);

        public Task WriteAsync(string bucket, string key, byte[] thumbnail)
        {
            Writes++;
            stored.Put(key, thumbnail);
            return Task.CompletedTask;
        }
    }
}
