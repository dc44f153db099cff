// What the examples use of the AWS SDK, which no package at hand declares: same names, same signatures.
#pragma warning disable CS1591, CA1716
namespace Amazon
{
    public sealed class RegionEndpoint
    {
        public static readonly RegionEndpoint EUCentral1 = new();
    }
}

namespace Amazon.DynamoDBv2.Model
{
    public class AttributeValue
    {
        public AttributeValue() { }

        public AttributeValue(string s) => S = s;

        public string S { get; set; } = null!;

        public string N { get; set; } = null!;

        public List<string> SS { get; set; } = null!;
    }

    public class ConditionalCheckFailedException(string message) : Exception(message);

    public class UpdateItemRequest
    {
        public string? TableName { get; set; }

        public Dictionary<string, AttributeValue> Key { get; set; } = [];

        public string? UpdateExpression { get; set; }

        public string? ConditionExpression { get; set; }

        public Dictionary<string, AttributeValue> ExpressionAttributeValues { get; set; } = [];
    }

    public class UpdateItemResponse;
}

namespace Amazon.DynamoDBv2
{
    using Amazon.DynamoDBv2.Model;

    public interface IAmazonDynamoDB
    {
        Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default);
    }

    public class AmazonDynamoDBClient(RegionEndpoint region) : IAmazonDynamoDB
    {
        public RegionEndpoint Region { get; } = region;

        public virtual Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
