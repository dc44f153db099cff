using Amazon.S3;
using Amazon.S3.Model;

namespace UsageReport;

/// <summary>Reports in an S3 bucket.</summary>
public sealed class S3Reports(IAmazonS3 s3, string bucket) : IReports
{
    /// <inheritdoc/>
    public Task WriteAsync(string name, string report) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = $"usage/{name}.csv",
                ContentBody = report,
                ContentType = "text/csv",
            }
        );
}
