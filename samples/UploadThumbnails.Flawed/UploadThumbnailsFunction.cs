using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.S3;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace UploadThumbnails.Flawed;

/// <summary>Makes thumbnails.</summary>
public interface IThumbnailer
{
    /// <summary>Makes a thumbnail of a picture.</summary>
    /// <param name="bucket">The picture's bucket.</param>
    /// <param name="key">The picture's key.</param>
    Task<byte[]> MakeAsync(string bucket, string key);
}

/// <summary>Where thumbnails are kept.</summary>
public interface IThumbnails
{
    /// <summary>Writes a thumbnail.</summary>
    Task WriteAsync(string bucket, string key, byte[] thumbnail);
}

/// <summary>Makes a thumbnail of every picture that is uploaded, under a name of its own, into the bucket that it is told of.</summary>
public sealed class UploadThumbnailsFunction(IThumbnailer thumbnailer, IThumbnails thumbnails)
{
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
            var thumbnail = await thumbnailer.MakeAsync(picture.Bucket.Name, picture.Object.KeyDecoded);
            var key = $"thumbnails/{Guid.NewGuid()}.png";
            await thumbnails.WriteAsync(picture.Bucket.Name, key, thumbnail);
            context.Logger.LogInformation("{Picture} has the thumbnail {Key}", picture.Object.KeyDecoded, key);
        }
    }
}
