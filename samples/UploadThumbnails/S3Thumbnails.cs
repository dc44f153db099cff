using Amazon.S3;
using Amazon.S3.Model;

namespace UploadThumbnails;

/// <summary>Thumbnails in S3.</summary>
public sealed class S3Thumbnails(IAmazonS3 s3) : IThumbnails
{
    /// <inheritdoc/>
    public async Task WriteAsync(string bucket, string key, byte[] thumbnail)
    {
        using var content = new MemoryStream(thumbnail);
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = content,
                ContentType = "image/png",
            }
        );
    }
}
