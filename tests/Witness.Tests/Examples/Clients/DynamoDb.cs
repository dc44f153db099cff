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

    public class InternalServerErrorException(string message) : Exception(message);

    public class CancellationReason
    {
        public string Code { get; set; } = null!;
    }

    public class TransactionCanceledException(string message) : Exception(message)
    {
        public List<CancellationReason> CancellationReasons { get; set; } = [];
    }

    public class PutItemRequest
    {
        public string? TableName { get; set; }

        public Dictionary<string, AttributeValue> Item { get; set; } = [];

        public string? ConditionExpression { get; set; }
    }

    public class PutItemResponse;

    public class UpdateItemRequest
    {
        public string? TableName { get; set; }

        public Dictionary<string, AttributeValue> Key { get; set; } = [];

        public string? UpdateExpression { get; set; }

        public string? ConditionExpression { get; set; }

        public Dictionary<string, AttributeValue> ExpressionAttributeValues { get; set; } = [];
    }

    public class UpdateItemResponse;

    public class DeleteItemRequest
    {
        public string? TableName { get; set; }

        public Dictionary<string, AttributeValue> Key { get; set; } = [];
    }

    public class DeleteItemResponse;

    public class Put
    {
        public string? TableName { get; set; }

        public Dictionary<string, AttributeValue> Item { get; set; } = [];

        public string? ConditionExpression { get; set; }
    }

    public class Update
    {
        public string? TableName { get; set; }

        public Dictionary<string, AttributeValue> Key { get; set; } = [];

        public string? UpdateExpression { get; set; }

        public Dictionary<string, AttributeValue> ExpressionAttributeValues { get; set; } = [];
    }

    public class TransactWriteItem
    {
        public Put Put { get; set; } = null!;

        public Update Update { get; set; } = null!;
    }

    public class TransactWriteItemsRequest
    {
        public List<TransactWriteItem> TransactItems { get; set; } = [];
    }

    public class TransactWriteItemsResponse;
}

namespace Amazon.DynamoDBv2
{
    using Amazon.DynamoDBv2.Model;

    public interface IAmazonDynamoDB
    {
        Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default);

        Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default);

        Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default);

        Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default);
    }

    public class AmazonDynamoDBClient(RegionEndpoint region) : IAmazonDynamoDB
    {
        public RegionEndpoint Region { get; } = region;

        public virtual Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("There is no AWS here: an example overrides what it calls.");

        public virtual Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("There is no AWS here: an example overrides what it calls.");

        public virtual Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
            TransactWriteItemsRequest request,
            CancellationToken cancellationToken = default
        ) => throw new NotSupportedException("There is no AWS here: an example overrides what it calls.");

        public virtual Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("There is no AWS here: an example overrides what it calls.");
    }
}
