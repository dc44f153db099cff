using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO101EffectRepeated;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>Which ways lead from a handler to an effect, and what guards it on the way.</summary>
public sealed class EffectReachTests
{
    private const string Append = "System.IO.File.AppendAllText(\"ledger\", id)";

    [Theory]
    [InlineData("Local(order.Id); void Local(string id) => {|ALO101:" + Append + "|};", "")]
    [InlineData("Action<string> local = id => {|ALO101:" + Append + "|}; local(order.Id);", "")]
    [InlineData("new[] { order.Id }.ToList().ForEach(Write);", "private void Write(string id) => {|ALO101:" + Append + "|};")]
    [InlineData("new[] { order.Id }.ToList().ForEach(id => {|ALO101:" + Append + "|});", "")]
    [InlineData("_ = new Writer(order.Id);", "private sealed class Writer { public Writer(string id) => {|ALO101:" + Append + "|}; }")]
    [InlineData(
        "writer.Write(order.Id);",
        "private readonly IWriter writer = null!; public interface IWriter { void Write(string id); } public sealed class Writer : IWriter { public void Write(string id) => {|ALO101:"
            + Append
            + "|}; }"
    )]
    [InlineData(
        "new Derived().Run(order.Id);",
        "public abstract class Base { public void Run(string id) => Do(id); protected abstract void Do(string id); } public sealed class Derived : Base { protected override void Do(string id) => {|ALO101:"
            + Append
            + "|}; }"
    )]
    [InlineData(
        "await mediator.Send(new Pay(order.Id));",
        "private readonly MediatR.IMediator mediator = null!; public sealed record Pay(string Id); public sealed class PayHandler : MediatR.IRequestHandler<Pay> { public Task Handle(Pay request, System.Threading.CancellationToken cancellationToken) { var id = request.Id; {|ALO101:"
            + Append
            + "|}; return Task.CompletedTask; } }"
    )]
    public Task It_is_reached(string statements, string members) => EffectTest.VerifyAsync<Rule>(EffectTest.Handler(statements, members));

    [Theory]
    [InlineData("void Never(string id) => " + Append + ";", "")]
    [InlineData("try { await http.GetAsync(\"a\"); } catch (Exception) { var id = order.Id; " + Append + "; throw; }", "")]
    [InlineData("try { await http.GetAsync(\"a\"); } catch (Exception) { Park(order.Id); throw; }", "private void Park(string id) => " + Append + ";")]
    [InlineData(
        "writer.Write(order.Id);",
        "private readonly IWriter writer = null!; public interface IWriter { void Write(string id); } public sealed class Writer : IWriter { public void Write(string id) => "
            + Append
            + "; } public sealed class Other : IWriter { public void Write(string id) { } }"
    )]
    public Task It_is_not(string statements, string members) => EffectTest.VerifyAsync<Rule>(EffectTest.Handler(statements, members));

    [Theory]
    [InlineData("await dynamo.PutItemAsync(new PutItemRequest { ConditionExpression = \"attribute_not_exists(id)\" });")]
    [InlineData("await ClaimAsync(order.Id);")]
    [InlineData("if (!await TryClaimedAsync(order.Id)) continue;")]
    [InlineData("if (await Dapper.SqlMapper.ExecuteAsync(db, \"INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING\") == 0) continue;")]
    [InlineData("if (!await redis.StringSetAsync(id, 1, null, StackExchange.Redis.When.NotExists)) continue;")]
    [InlineData("if (!await redis.LockTakeAsync(id, 1, default)) continue;")]
    [InlineData("if (await guard.IsDuplicateAsync(id)) continue;")]
    [InlineData("if (guard.IsProcessed) continue;")]
    public Task A_guard_on_every_way(string guardStatement) =>
        EffectTest.VerifyAsync<Rule>(EffectTest.Handler("var id = order.Id;\n" + guardStatement + "\n" + Append + ";", Members));

    [Theory]
    [InlineData("if (order.Quantity > 0)")]
    [InlineData("if (order.Quantity > 1) await ClaimAsync(order.Id);")]
    [InlineData("await dynamo.PutItemAsync(new PutItemRequest());")]
    [InlineData("await dynamo.PutItemAsync(new PutItemRequest { ConditionExpression = \"quantity >= :n\" });")]
    [InlineData("await redis.StringSetAsync(id, 1);")]
    public Task No_guard(string statement) =>
        EffectTest.VerifyAsync<Rule>(EffectTest.Handler("var id = order.Id;\n" + statement + "\n{|ALO101:" + Append + "|};", Members));

    [Fact]
    public Task A_wrapper_that_runs_it_once() =>
        EffectTest.VerifyAsync<Rule>(EffectTest.Handler("await guard.RunIdempotentAsync(order.Id, () => { var id = order.Id; " + Append + "; });", Members));

    private const string Members =
        EveryClient.Fields
        + """

            private readonly IGuard guard = null!;

            public interface IGuard
            {
                bool IsProcessed { get; }

                Task<bool> IsDuplicateAsync(string id);

                Task RunIdempotentAsync(string id, Action work);
            }

            private Task ClaimAsync(string id) => dynamo.PutItemAsync(new PutItemRequest { ConditionExpression = "attribute_not_exists(id)" });

            private async Task<bool> TryClaimedAsync(string id)
            {
                try
                {
                    await ClaimAsync(id);
                    return true;
                }
                catch (ConditionalCheckFailedException)
                {
                    return false;
                }
            }
            """;
}
