#nullable disable
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Amazon.DynamoDBv2.Model
{
    public class AttributeValue
    {
        public AttributeValue() { }

        public AttributeValue(string s) => S = s;

        public string S { get; set; }

        public string N { get; set; }

        public List<string> SS { get; set; }

        public List<AttributeValue> L { get; set; }
    }

    public class ConditionalCheckFailedException : Exception { }

    public class TransactionCanceledException : Exception { }

    public class PutItemRequest
    {
        public PutItemRequest() { }

        public PutItemRequest(string tableName, Dictionary<string, AttributeValue> item) => (TableName, Item) = (tableName, item);

        public string TableName { get; set; }

        public Dictionary<string, AttributeValue> Item { get; set; }

        public string ConditionExpression { get; set; }

        public Dictionary<string, string> ExpressionAttributeNames { get; set; }

        public Dictionary<string, AttributeValue> ExpressionAttributeValues { get; set; }
    }

    public class UpdateItemRequest
    {
        public string TableName { get; set; }

        public Dictionary<string, AttributeValue> Key { get; set; }

        public string UpdateExpression { get; set; }

        public string ConditionExpression { get; set; }

        public Dictionary<string, string> ExpressionAttributeNames { get; set; }

        public Dictionary<string, AttributeValue> ExpressionAttributeValues { get; set; }

        public Dictionary<string, AttributeValueUpdate> AttributeUpdates { get; set; }
    }

    public class AttributeValueUpdate
    {
        public AttributeValueUpdate() { }

        public AttributeValueUpdate(AttributeValue value, AttributeAction action) => (Value, Action) = (value, action);

        public AttributeValue Value { get; set; }

        public AttributeAction Action { get; set; }
    }

    public class DeleteItemRequest
    {
        public string TableName { get; set; }

        public Dictionary<string, AttributeValue> Key { get; set; }
    }

    public class GetItemRequest
    {
        public string TableName { get; set; }

        public Dictionary<string, AttributeValue> Key { get; set; }
    }

    public class GetItemResponse
    {
        public bool IsItemSet { get; set; }

        public Dictionary<string, AttributeValue> Item { get; set; }
    }

    public class QueryRequest
    {
        public string TableName { get; set; }

        public string KeyConditionExpression { get; set; }

        public Dictionary<string, AttributeValue> ExpressionAttributeValues { get; set; }
    }

    public class QueryResponse
    {
        public int Count { get; set; }

        public List<Dictionary<string, AttributeValue>> Items { get; set; }
    }

    public class Put
    {
        public string TableName { get; set; }

        public Dictionary<string, AttributeValue> Item { get; set; }

        public string ConditionExpression { get; set; }
    }

    public class Update
    {
        public string TableName { get; set; }

        public Dictionary<string, AttributeValue> Key { get; set; }

        public string UpdateExpression { get; set; }

        public string ConditionExpression { get; set; }

        public Dictionary<string, AttributeValue> ExpressionAttributeValues { get; set; }
    }

    public class TransactWriteItem
    {
        public Put Put { get; set; }

        public Update Update { get; set; }
    }

    public class TransactWriteItemsRequest
    {
        public List<TransactWriteItem> TransactItems { get; set; }

        public string ClientRequestToken { get; set; }
    }

    public class PutRequest
    {
        public Dictionary<string, AttributeValue> Item { get; set; }
    }

    public class WriteRequest
    {
        public PutRequest PutRequest { get; set; }
    }

    public class BatchWriteItemRequest
    {
        public Dictionary<string, List<WriteRequest>> RequestItems { get; set; }
    }
}

namespace Amazon.DynamoDBv2
{
    using Amazon.DynamoDBv2.Model;

    public sealed class AttributeAction
    {
        public static readonly AttributeAction ADD = new AttributeAction();
        public static readonly AttributeAction PUT = new AttributeAction();
    }

    public interface IAmazonDynamoDB
    {
        Task<object> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default);

        Task<object> PutItemAsync(string tableName, Dictionary<string, AttributeValue> item, CancellationToken cancellationToken = default);

        Task<object> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default);

        Task<object> UpdateItemAsync(
            string tableName,
            Dictionary<string, AttributeValue> key,
            Dictionary<string, AttributeValueUpdate> attributeUpdates,
            CancellationToken cancellationToken = default
        );

        Task<object> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default);

        Task<object> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default);

        Task<object> BatchWriteItemAsync(BatchWriteItemRequest request, CancellationToken cancellationToken = default);

        Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default);

        Task<GetItemResponse> GetItemAsync(string tableName, Dictionary<string, AttributeValue> key, CancellationToken cancellationToken = default);

        Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default);
    }

    public class AmazonDynamoDBClient : IAmazonDynamoDB
    {
        public Task<object> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default) => null;

        public Task<object> PutItemAsync(string tableName, Dictionary<string, AttributeValue> item, CancellationToken cancellationToken = default) => null;

        public Task<object> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default) => null;

        public Task<object> UpdateItemAsync(
            string tableName,
            Dictionary<string, AttributeValue> key,
            Dictionary<string, AttributeValueUpdate> attributeUpdates,
            CancellationToken cancellationToken = default
        ) => null;

        public Task<object> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default) => null;

        public Task<object> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default) => null;

        public Task<object> BatchWriteItemAsync(BatchWriteItemRequest request, CancellationToken cancellationToken = default) => null;

        public Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) => null;

        public Task<GetItemResponse> GetItemAsync(string tableName, Dictionary<string, AttributeValue> key, CancellationToken cancellationToken = default) =>
            null;

        public Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) => null;
    }
}

namespace Amazon.DynamoDBv2.DataModel
{
    public sealed class DynamoDBTableAttribute : Attribute
    {
        public DynamoDBTableAttribute(string tableName) { }
    }

    public sealed class DynamoDBHashKeyAttribute : Attribute { }

    public interface IDynamoDBContext
    {
        Task SaveAsync<T>(T value, CancellationToken cancellationToken = default);

        Task<T> LoadAsync<T>(object hashKey, CancellationToken cancellationToken = default);
    }
}

namespace Amazon.DynamoDBv2.DocumentModel
{
    public class Document : Dictionary<string, object> { }

    public interface ITable
    {
        Task<Document> PutItemAsync(Document doc, CancellationToken cancellationToken = default);

        Task<Document> GetItemAsync(string hashKey, CancellationToken cancellationToken = default);
    }
}
