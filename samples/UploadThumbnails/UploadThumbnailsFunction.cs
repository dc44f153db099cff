using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.S3;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace UploadThumbnails;

/// <summary>Makes thumbnails.</summary>
public interface IThumbnailer
{
    /// <summary>Makes a thumbnail of a picture.</summary>
    /// <param name="bucket">The picture's bucket.</param>
    /// <param name="key">The picture's key.</param>
    Task<byte[]> MakeAsync(string bucket, string key);
}

/// <summary>Where thumbnails are kept. One of the same key takes the place of the one before.</summary>
public interface IThumbnails
{
    /// <summary>Writes a thumbnail.</summary>
    Task WriteAsync(string bucket, string key, byte[] thumbnail);
}

/// <summary>Makes a thumbnail of every picture that is uploaded.</summary>
public sealed class UploadThumbnailsFunction(IThumbnailer thumbnailer, IThumbnails thumbnails)
{
    private const string Uploads = "uploads/";

    /// <summary>Lambda makes the function with this one.</summary>
    public UploadThumbnailsFunction()
        : this(
            new HttpThumbnailer(new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable("THUMBNAILER")!) }),
            new S3Thumbnails(new AmazonS3Client())
        ) { }

    /// <summary>The handler of the template.</summary>
    public async Task HandleAsync(S3Event upload, ILambdaContext context)
    {
        foreach (var picture in upload.Records.Select(record => record.S3))
        {
            // The template asks for this prefix only. Should it ever ask for more, thumbnails of thumbnails would never end.
            var key = picture.Object.KeyDecoded;
            if (!key.StartsWith(Uploads, StringComparison.Ordinal))
            {
                context.Logger.LogWarning("{Key} is no upload", key);
                continue;
            }

            var thumbnail = await thumbnailer.MakeAsync(picture.Bucket.Name, key);
            await thumbnails.WriteAsync(picture.Bucket.Name, $"thumbnails/{key[Uploads.Length..]}", thumbnail);
        }
    }
}
