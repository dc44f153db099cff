namespace Pulumi.Aws.S3
{
    using Inputs;

    public class Bucket : CustomResource
    {
        public Bucket(string name, BucketArgs args = null, CustomResourceOptions options = null)
            : base("aws:s3/bucket:Bucket", name, args, options) { }

        public Output<string> Arn { get; }
        public Output<string> BucketName { get; }

        public static Bucket Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class BucketArgs : ResourceArgs
    {
        private InputMap<string> _tags;

        public Input<string> BucketName { get; set; }

        public InputMap<string> Tags
        {
            get => _tags ??= new();
            set => _tags = value;
        }
    }

    public class BucketNotification : CustomResource
    {
        public BucketNotification(string name, BucketNotificationArgs args, CustomResourceOptions options = null)
            : base("aws:s3/bucketNotification:BucketNotification", name, args, options) { }

        public Output<string> Bucket { get; }

        public static BucketNotification Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class BucketNotificationArgs : ResourceArgs
    {
        private InputList<BucketNotificationLambdaFunctionArgs> _lambdaFunctions;

        public Input<string> Bucket { get; set; }
        public Input<bool> Eventbridge { get; set; }

        public InputList<BucketNotificationLambdaFunctionArgs> LambdaFunctions
        {
            get => _lambdaFunctions ??= new();
            set => _lambdaFunctions = value;
        }
    }
}

namespace Pulumi.Aws.S3.Inputs
{
    public sealed class BucketNotificationLambdaFunctionArgs : ResourceArgs
    {
        private InputList<string> _events;

        public InputList<string> Events
        {
            get => _events ??= new();
            set => _events = value;
        }

        public Input<string> FilterPrefix { get; set; }
        public Input<string> FilterSuffix { get; set; }
        public Input<string> LambdaFunctionArn { get; set; }
    }
}
