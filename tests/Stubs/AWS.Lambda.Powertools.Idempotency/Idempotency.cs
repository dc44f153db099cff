using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Idempotency.Persistence;

namespace AWS.Lambda.Powertools.Idempotency;

/// <summary>The function's one idempotency configuration.</summary>
public sealed class Idempotency
{
    private static readonly Idempotency s_instance = new();

    private Idempotency() { }

    public IdempotencyOptions IdempotencyOptions { get; private set; }

    public BasePersistenceStore PersistenceStore { get; private set; }

    public ILambdaContext LambdaContext { get; private set; }

    public static void Configure(Action<IdempotencyBuilder> configurationAction)
    {
        var builder = new IdempotencyBuilder();
        configurationAction(builder);
        s_instance.PersistenceStore =
            builder.Store ?? throw new NullReferenceException("Persistence Layer is null, configure one with 'WithPersistenceStore()'");
        s_instance.IdempotencyOptions = builder.Options ?? new IdempotencyOptionsBuilder().Build();
    }

    public static void RegisterLambdaContext(ILambdaContext context) => s_instance.LambdaContext = context;

    /// <summary>Where the records of past calls are kept, and how a call is told from another.</summary>
    public class IdempotencyBuilder
    {
        internal IdempotencyOptions Options { get; private set; }

        internal BasePersistenceStore Store { get; private set; }

        public IdempotencyBuilder WithPersistenceStore(BasePersistenceStore persistenceStore)
        {
            Store = persistenceStore;
            return this;
        }

        public IdempotencyBuilder UseDynamoDb(Action<DynamoDBPersistenceStoreBuilder> builderAction)
        {
            var builder = new DynamoDBPersistenceStoreBuilder();
            builderAction(builder);
            return WithPersistenceStore(builder.Build());
        }

        public IdempotencyBuilder UseDynamoDb(string tableName) => UseDynamoDb(builder => builder.WithTableName(tableName));

        public IdempotencyBuilder WithOptions(Action<IdempotencyOptionsBuilder> builderAction)
        {
            var builder = new IdempotencyOptionsBuilder();
            builderAction(builder);
            return WithOptions(builder.Build());
        }

        public IdempotencyBuilder WithOptions(IdempotencyOptions options)
        {
            Options = options;
            return this;
        }

        public IdempotencyBuilder WithJsonSerializationContext(JsonSerializerContext context) => this;
    }
}
