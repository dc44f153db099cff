namespace UploadThumbnails.Flawed;

/// <summary>Thumbnails made by a service that reads the pictures from S3 itself, as imgproxy does.</summary>
public sealed class HttpThumbnailer(HttpClient http) : IThumbnailer
{
    /// <inheritdoc/>
    public Task<byte[]> MakeAsync(string bucket, string key) =>
        http.GetByteArrayAsync(new Uri($"insecure/rs:fit:256:256/plain/{Uri.EscapeDataString($"s3://{bucket}/{key}")}@png", UriKind.Relative));
}
