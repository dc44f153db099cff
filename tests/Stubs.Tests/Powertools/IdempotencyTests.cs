using Amazon.Lambda.TestUtilities;
using AWS.Lambda.Powertools.Idempotency;
using AWS.Lambda.Powertools.Idempotency.Persistence;

namespace AtLeastOnce.Stubs.Tests.Powertools;

public class IdempotencyTests
{
    [Fact]
    public void A_call_is_remembered_for_an_hour_unless_told_otherwise()
    {
        Assert.Equal(3600, new IdempotencyOptionsBuilder().Build().ExpirationInSeconds);
        Assert.Equal(90, new IdempotencyOptionsBuilder().WithExpiration(TimeSpan.FromSeconds(90.9)).Build().ExpirationInSeconds);
    }

    [Fact]
    public void The_options_are_those_that_were_built()
    {
        var options = new IdempotencyOptionsBuilder()
            .WithEventKeyJmesPath("body.id")
            .WithPayloadValidationJmesPath("body")
            .WithThrowOnNoIdempotencyKey(true)
            .WithUseLocalCache(true)
            .Build();

        Assert.Equal(("body.id", "body"), (options.EventKeyJmesPath, options.PayloadValidationJmesPath));
        Assert.Equal((true, true), (options.ThrowOnNoIdempotencyKey, options.UseLocalCache));
    }

    [Fact]
    public void A_configuration_needs_a_store()
    {
        Assert.Throws<NullReferenceException>(() => Idempotency.Configure(builder => builder.WithOptions(new IdempotencyOptionsBuilder().Build())));
        Assert.Throws<ArgumentNullException>(() => Idempotency.Configure(builder => builder.UseDynamoDb("")));

        Idempotency.Configure(builder => builder.UseDynamoDb("idempotency").WithOptions(options => options.WithEventKeyJmesPath("id")));
        Idempotency.RegisterLambdaContext(new TestLambdaContext());
    }

    [Fact]
    public async Task A_table_cannot_be_reached()
    {
        var store = new DynamoDBPersistenceStoreBuilder().WithTableName("idempotency").Build();

        await Assert.ThrowsAsync<NotSupportedException>(() => store.GetRecord("key"));
    }
}
