using AtLeastOnce.Runtime;
using UploadThumbnails.Flawed;

namespace AtLeastOnce.Demo.Scenarios;

internal sealed class UploadThumbnailsScenario : Scenario
{
    public override string Sample => "UploadThumbnails";

    public override string Story => "one picture is uploaded, and a thumbnail takes a second; these are the first five";

    public override async Task<ScenarioResult> RunAsync(string template)
    {
        await using var host = LambdaTestHost.FromTemplate(template);
        var pictures = new Pictures(host);
        var thumbnailer = host.Wrap<IThumbnailer>(pictures, latency: TimeSpan.FromSeconds(1));
        host.Handle("UploadThumbnailsFunction", () => new UploadThumbnailsFunction(thumbnailer, pictures).HandleAsync);
        host.Bucket("Pictures").Put("uploads/cat.png", "cat");
        var run = await host.RunForAsync(TimeSpan.FromSeconds(5));
        var ledger = run.AsyncEvents("UploadThumbnailsFunction").Ledger;
        return new(run, ledger, $"in the bucket: {host.Bucket("Pictures").Objects.Count} pictures");
    }

    private sealed class Pictures(LambdaTestHost host) : IThumbnailer, IThumbnails
    {
        public Task<byte[]> MakeAsync(string bucket, string key) => Task.FromResult<byte[]>([1]);

        public Task WriteAsync(string bucket, string key, byte[] thumbnail)
        {
            host.Bucket(bucket).Put(key, thumbnail);
            return Task.CompletedTask;
        }
    }
}
