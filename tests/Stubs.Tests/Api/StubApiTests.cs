using System.Reflection;

namespace AtLeastOnce.Stubs.Tests.Api;

public class StubApiTests
{
    // Powertools.txt is prose and has a test of its own; of AWS.Messaging, the CDK, Pulumi and the load balancer events there is no listing.
    private static readonly string[] Unlisted =
    [
        "AWS.Lambda.Powertools.BatchProcessing",
        "AWS.Lambda.Powertools.Idempotency",
        "AWS.Messaging",
        "AWS.Messaging.Lambda",
        "AWSSDK.Kinesis",
        "Amazon.CDK.Lib",
        "Amazon.Lambda.ApplicationLoadBalancerEvents",
        "Constructs",
        "Pulumi",
        "Pulumi.Aws",
    ];

    public static TheoryData<string> Listed =>
        [
            "Amazon.Lambda.Annotations",
            "Amazon.Lambda.CloudWatchEvents",
            "Amazon.Lambda.Core",
            "Amazon.Lambda.DynamoDBEvents",
            "Amazon.Lambda.KafkaEvents",
            "Amazon.Lambda.KinesisEvents",
            "Amazon.Lambda.MQEvents",
            "Amazon.Lambda.RuntimeSupport",
            "Amazon.Lambda.S3Events",
            "Amazon.Lambda.SNSEvents",
            "Amazon.Lambda.SQSEvents",
            "Amazon.Lambda.Serialization.SystemTextJson",
            "Amazon.Lambda.TestUtilities",
        ];

    [Theory]
    [MemberData(nameof(Listed))]
    public void A_stub_declares_the_public_api_of_the_real_assembly(string name)
    {
        Assert.SkipUnless(SharedListings.AreHere, SharedListings.WhyAbsent);
        var real = ApiListing.Parse(SharedListings.Read(name));

        Assert.Equal("", string.Join("\n", real.Differences(ApiListing.Parse(ReflectedApi.Write(AssembliesOf(name))))));
    }

    [Fact]
    public void Every_stub_is_compared_or_known_to_have_no_listing()
    {
        var stubs = SharedListings.FolderAbove(Path.Combine("tests", "Stubs"));
        Assert.SkipWhen(stubs is null, "The tests run away from the checkout.");

        var projects = Directory.GetFiles(stubs, "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Equal(Listed.Select(row => row.Data).Concat(Unlisted).Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    // The listing of the Kinesis events holds the two types of the SDK that they are built on.
    private static Assembly[] AssembliesOf(string name) =>
        name == "Amazon.Lambda.KinesisEvents" ? [Assembly.Load(name), Assembly.Load("AWSSDK.Kinesis")] : [Assembly.Load(name)];
}
