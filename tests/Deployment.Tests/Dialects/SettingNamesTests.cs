using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;
using AtLeastOnce.Deployment.Tests.Readers.Terraform;

namespace AtLeastOnce.Deployment.Tests.Dialects;

public sealed class SettingNamesTests
{
    private const string Module = """
        resource "aws_lambda_event_source_mapping" "m" {
          event_source_arn = aws_kinesis_stream.s.arn
        MAPPING}
        resource "aws_lambda_function" "f" {
        FUNCTION}
        resource "aws_sqs_queue" "q" {
        QUEUE}
        resource "aws_kinesis_stream" "s" {
        STREAM}
        resource "aws_dynamodb_table" "t" {
          stream_enabled = true
        TABLE}
        """;

    private static readonly string[] OfFunction = ["Timeout"];
    private static readonly string[] OfStream = ["RetentionPeriodHours"];
    private static readonly string[] OfTable = ["StreamSpecification.StreamViewType"];

    private static readonly string[] OfQueue =
    [
        "VisibilityTimeout",
        "MessageRetentionPeriod",
        "DelaySeconds",
        "ReceiveMessageWaitTimeSeconds",
        "FifoQueue",
        "ContentBasedDeduplication",
        "DeduplicationScope",
        "FifoThroughputLimit",
        "RedrivePolicy",
    ];

    public static TheoryData<string> Properties => [.. SettingNames.Properties.Where(property => property != "RedrivePolicy.maxReceiveCount")];

    // Blocks but for the last name; what stands in a document is written in one.
    private static string Written(string path)
    {
        var names = path.Split('.');
        if (names[0] == "redrive_policy")
            return "redrive_policy = jsonencode({ maxReceiveCount = 3 })\n";
        var last = names[^1] == "on_failure" ? "on_failure {\n destination_arn = \"a\"\n}\n" : names[^1] + " = 1\n";
        return string.Concat(names.SkipLast(1).Select(name => name + " {\n")) + last + string.Concat(names.SkipLast(1).Select(_ => "}\n"));
    }

    [Fact]
    public void What_stands_in_a_document_is_read_of_it()
    {
        var queue = Assert.Single(Modules.Read("resource \"aws_sqs_queue\" \"q\" {\n  redrive_policy = jsonencode({ maxReceiveCount = 3 })\n}\n").Queues);
        Assert.Equal(3, queue.RedrivePolicy.Single()!.MaxReceiveCount.Single());
        Assert.Equal("redrive_policy.maxReceiveCount", SettingNames.PathOf(Dialect.Terraform, "RedrivePolicy.maxReceiveCount"));
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Terraforms_name_is_one_that_is_read(string property)
    {
        var place =
            OfFunction.Contains(property) ? "FUNCTION"
            : OfStream.Contains(property) ? "STREAM"
            : OfTable.Contains(property) ? "TABLE"
            : OfQueue.Contains(property) ? "QUEUE"
            : "MAPPING";
        var text = new[] { "MAPPING", "FUNCTION", "QUEUE", "STREAM", "TABLE" }.Aggregate(
            Module,
            (module, name) => module.Replace(name, name == place ? Written(SettingNames.PathOf(Dialect.Terraform, property)) : "", StringComparison.Ordinal)
        );
        Assert.Contains(Modules.Read(text).Resources, resource => resource.Properties.ContainsKey(property));
        Assert.DoesNotContain(
            Modules.Read(Module.Replace("MAPPING", "", StringComparison.Ordinal)).Resources,
            resource => resource.Properties.ContainsKey(property)
        );
    }

    [Theory]
    [InlineData("BatchSize", "batchSize: 7", "7")]
    [InlineData("MaximumBatchingWindowInSeconds", "batchWindow: 7", "7")]
    [InlineData("ParallelizationFactor", "parallelizationFactor: 7", "7")]
    [InlineData("MaximumRetryAttempts", "maximumRetryAttempts: 7", "7")]
    [InlineData("MaximumRecordAgeInSeconds", "maximumRecordAgeInSeconds: 70", "70")]
    [InlineData("TumblingWindowInSeconds", "tumblingWindowInSeconds: 7", "7")]
    [InlineData("BisectBatchOnFunctionError", "bisectBatchOnFunctionError: true", "True")]
    [InlineData("StartingPosition", "startingPosition: LATEST", "LATEST")]
    [InlineData("FunctionResponseTypes", "functionResponseType: ReportBatchItemFailures", "System.String[]")]
    public void The_frameworks_name_is_one_that_is_read(string property, string written, string value)
    {
        Assert.StartsWith(SettingNames.PathOf(Dialect.ServerlessFramework, property, isStream: true) + ": ", written, StringComparison.Ordinal);
        var mapping = Services.ReadEvent($"{{ stream: {{ arn: !GetAtt S.Arn, {written} }} }}");
        object read = property switch
        {
            "BatchSize" => mapping.BatchSize,
            "MaximumBatchingWindowInSeconds" => mapping.MaximumBatchingWindow,
            "ParallelizationFactor" => mapping.ParallelizationFactor,
            "MaximumRetryAttempts" => mapping.MaximumRetryAttempts,
            "MaximumRecordAgeInSeconds" => mapping.MaximumRecordAge,
            "TumblingWindowInSeconds" => mapping.TumblingWindow,
            "BisectBatchOnFunctionError" => mapping.BisectBatchOnFunctionError,
            "StartingPosition" => mapping.StartingPosition,
            _ => mapping.FunctionResponseTypes.Select(types => "System.String[]"),
        };
        Assert.Equal(value, read.ToString());
    }

    [Fact]
    public void What_has_no_other_name_keeps_CloudFormations()
    {
        Assert.All(SettingNames.Properties, property => Assert.Equal(property, SettingNames.PathOf(Dialect.CloudFormation, property)));
        Assert.Equal("Tags", SettingNames.PathOf(Dialect.Terraform, "Tags"));
        Assert.Equal("VisibilityTimeout", SettingNames.PathOf(Dialect.ServerlessFramework, "VisibilityTimeout"));
        Assert.Equal("maximumBatchingWindow", SettingNames.PathOf(Dialect.ServerlessFramework, "MaximumBatchingWindowInSeconds"));
    }
}
