namespace AWS.Lambda.Powertools.Idempotency.Persistence;

/// <summary>Keeps the records in a table. A look-alike reaches no table: every call throws <see cref="NotSupportedException"/>.</summary>
public class DynamoDBPersistenceStore : BasePersistenceStore
{
    internal DynamoDBPersistenceStore() { }

    public override Task<DataRecord> GetRecord(string idempotencyKey) => throw NoTable();

    public override Task PutRecord(DataRecord record, DateTimeOffset now) => throw NoTable();

    public override Task UpdateRecord(DataRecord record) => throw NoTable();

    public override Task DeleteRecord(string idempotencyKey) => throw NoTable();

    private static NotSupportedException NoTable() => new("A look-alike of Powertools reaches no DynamoDB table: give a persistence store of your own.");
}

/// <summary>Names the table and its attributes.</summary>
public class DynamoDBPersistenceStoreBuilder
{
    private string _tableName;

    public DynamoDBPersistenceStore Build() =>
        string.IsNullOrWhiteSpace(_tableName) ? throw new ArgumentNullException(null, "Table name is not specified") : new DynamoDBPersistenceStore();

    public DynamoDBPersistenceStoreBuilder WithTableName(string tableName)
    {
        _tableName = tableName;
        return this;
    }

    public DynamoDBPersistenceStoreBuilder WithKeyAttr(string keyAttr) => this;

    public DynamoDBPersistenceStoreBuilder WithStaticPkValue(string staticPkValue) => this;

    public DynamoDBPersistenceStoreBuilder WithSortKeyAttr(string sortKeyAttr) => this;

    public DynamoDBPersistenceStoreBuilder WithExpiryAttr(string expiryAttr) => this;

    public DynamoDBPersistenceStoreBuilder WithInProgressExpiryAttr(string inProgressExpiryAttr) => this;

    public DynamoDBPersistenceStoreBuilder WithStatusAttr(string statusAttr) => this;

    public DynamoDBPersistenceStoreBuilder WithDataAttr(string dataAttr) => this;

    public DynamoDBPersistenceStoreBuilder WithValidationAttr(string validationAttr) => this;
}
