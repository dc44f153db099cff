using Amazon.Lambda.Annotations.SQS;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Stubs.Tests.Api;

/// <summary>The comparison fails when it should: each test tampers with one line of a listing that agrees.</summary>
public class ApiListingTests
{
    private static readonly string Sqs = ReflectedApi.Write(typeof(SQSEvent).Assembly);
    private static readonly string Annotations = ReflectedApi.Write(typeof(SQSEventAttribute).Assembly);

    [Fact]
    public void A_type_is_written_with_bases_constructors_members_and_serialisation_attributes() =>
        Assert.Equal(
            """
            [DataContract] class Amazon.Lambda.SQSEvents.SQSBatchResponse
              new()
              new(List<Amazon.Lambda.SQSEvents.SQSBatchResponse.BatchItemFailure> batchItemFailures)
              [DataMember(Name = batchItemFailures)][JsonPropertyName((String)batchItemFailures)] List<Amazon.Lambda.SQSEvents.SQSBatchResponse.BatchItemFailure> BatchItemFailures { get; set; }

            """,
            ReflectedApi.Write([typeof(SQSBatchResponse)])
        );

    [Fact]
    public void Converters_and_nullable_values_are_written() =>
        Assert.Equal(
            """
            class Amazon.Lambda.KinesisEvents.KinesisTimeWindowEvent : Amazon.Lambda.KinesisEvents.KinesisEvent
              new()
              Amazon.Lambda.KinesisEvents.KinesisTimeWindowEvent.TimeWindow Window { get; set; }
              [JsonConverter((Type)Amazon.Lambda.KinesisEvents.Converters.DictionaryLongToStringJsonConverter)] Dictionary<string, string> State { get; set; }
              string ShardId { get; set; }
              string EventSourceARN { get; set; }
              Nullable<bool> IsFinalInvokeForWindow { get; set; }
              Nullable<bool> IsWindowTerminatedEarly { get; set; }

            """,
            ReflectedApi.Write([typeof(KinesisTimeWindowEvent)])
        );

    [Fact]
    public void Delegates_and_enumerations_are_written() =>
        Assert.Equal(
            """
            enum Amazon.Lambda.Core.LogLevel : IComparable, ISpanFormattable, IFormattable, IConvertible
              Trace, Debug, Information, Warning, Error, Critical
            delegate Amazon.Lambda.RuntimeSupport.LambdaBootstrapInitializer : MulticastDelegate, ICloneable, System.Runtime.Serialization.ISerializable
              new(object object, IntPtr method)
              Task<bool> Invoke()
              IAsyncResult BeginInvoke(AsyncCallback callback, object object)
              Task<bool> EndInvoke(IAsyncResult result)

            """,
            ReflectedApi.Write([typeof(LambdaBootstrapInitializer), typeof(Amazon.Lambda.Core.LogLevel)])
        );

    [Fact]
    public void A_listing_agrees_with_itself() => Assert.Empty(Differences(Sqs, Sqs));

    [Fact]
    public void The_order_of_members_and_interfaces_does_not_count() =>
        Assert.Empty(Differences("class A : X<int, string>, B\n  int P { get; }\n  void M()\n", "class A : B, X<int, string>\n  void M()\n  int P { get; }\n"));

    [Fact]
    public void A_missing_member_is_found() =>
        Assert.Equal(
            ["missing in class Amazon.Lambda.SQSEvents.SQSEvent: long Added { get; set; }"],
            Differences(Tampered(Sqs, ".SQSEvent\n", ".SQSEvent\n  long Added { get; set; }\n"), Sqs)
        );

    [Fact]
    public void An_extra_member_is_found() =>
        Assert.Equal(
            ["not in the real class Amazon.Lambda.SQSEvents.SQSEvent.SQSMessage: string AwsRegion { get; set; }"],
            Differences(Tampered(Sqs, "  string AwsRegion { get; set; }\n", ""), Sqs)
        );

    [Fact]
    public void A_differing_member_type_is_found() =>
        Assert.Equal(
            [
                "missing in class Amazon.Lambda.SQSEvents.SQSEvent: IList<Amazon.Lambda.SQSEvents.SQSEvent.SQSMessage> Records { get; set; }",
                "not in the real class Amazon.Lambda.SQSEvents.SQSEvent: List<Amazon.Lambda.SQSEvents.SQSEvent.SQSMessage> Records { get; set; }",
            ],
            Differences(Tampered(Sqs, " List<Amazon.Lambda.SQSEvents.SQSEvent.SQSMessage> R", " IList<Amazon.Lambda.SQSEvents.SQSEvent.SQSMessage> R"), Sqs)
        );

    [Fact]
    public void A_wrong_json_name_is_found() =>
        Assert.Equal(
            [
                "missing in [DataContract] class Amazon.Lambda.SQSEvents.SQSBatchResponse.BatchItemFailure: "
                    + "[DataMember(Name = itemIdentifier)][JsonPropertyName((String)itemId)] string ItemIdentifier { get; set; }",
                "not in the real [DataContract] class Amazon.Lambda.SQSEvents.SQSBatchResponse.BatchItemFailure: "
                    + "[DataMember(Name = itemIdentifier)][JsonPropertyName((String)itemIdentifier)] string ItemIdentifier { get; set; }",
            ],
            Differences(Tampered(Sqs, "(String)itemIdentifier)", "(String)itemId)"), Sqs)
        );

    [Fact]
    public void A_missing_constructor_is_found() =>
        Assert.Equal(
            ["missing in class Amazon.Lambda.SQSEvents.SQSEvent: new(int capacity)"],
            Differences(Tampered(Sqs, ".SQSEvent\n  new()\n", ".SQSEvent\n  new()\n  new(int capacity)\n"), Sqs)
        );

    [Fact]
    public void A_missing_and_an_extra_type_are_found() =>
        Assert.Equal(
            ["missing: class Amazon.Lambda.SQSEvents.SQSEvents", "not in the real assembly: class Amazon.Lambda.SQSEvents.SQSEvent"],
            Differences(Tampered(Sqs, "class Amazon.Lambda.SQSEvents.SQSEvent\n", "class Amazon.Lambda.SQSEvents.SQSEvents\n"), Sqs)
        );

    [Fact]
    public void A_differing_attribute_usage_is_found() =>
        Assert.Equal(
            [
                "missing: [AttributeUsage((System.AttributeTargets)64, AllowMultiple = False)] class Amazon.Lambda.Annotations.SQS.SQSEventAttribute : Attribute",
                "not in the real assembly: "
                    + "[AttributeUsage((System.AttributeTargets)64, AllowMultiple = True)] class Amazon.Lambda.Annotations.SQS.SQSEventAttribute : Attribute",
            ],
            Differences(
                Tampered(
                    Annotations,
                    "AllowMultiple = True)] class Amazon.Lambda.Annotations.SQS.SQSEventAttribute",
                    "AllowMultiple = False)] class Amazon.Lambda.Annotations.SQS.SQSEventAttribute"
                ),
                Annotations
            )
        );

    [Fact]
    public void A_differing_enumeration_is_found() =>
        Assert.Equal(
            [
                "missing in enum Amazon.Lambda.Annotations.LambdaPackageType : IComparable, IConvertible, IFormattable, ISpanFormattable: Image, Zip",
                "not in the real enum Amazon.Lambda.Annotations.LambdaPackageType : IComparable, IConvertible, IFormattable, ISpanFormattable: Zip, Image",
            ],
            Differences(Tampered(Annotations, "Zip, Image", "Image, Zip"), Annotations)
        );

    [Fact]
    public void A_differing_base_type_is_found() =>
        Assert.Equal(["missing: class A : B", "not in the real assembly: class A : C"], Differences("class A : B\n", "class A : C\n"));

    private static IEnumerable<string> Differences(string real, string stub) => ApiListing.Parse(real).Differences(ApiListing.Parse(stub));

    private static string Tampered(string listing, string original, string replacement)
    {
        Assert.Contains(original, listing, StringComparison.Ordinal);
        return listing.Replace(original, replacement, StringComparison.Ordinal);
    }
}
