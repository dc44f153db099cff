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
    [InlineData("Write(order.Id);", "private Action<string> Write => Append; private void Append(string id) => {|ALO101:" + Append + "|};")]
    public Task It_is_reached(string statements, string members) => EffectTest.VerifyAsync<Rule>(EffectTest.Handler(statements, members));

    [Theory]
    [InlineData("IWriter writer = new Writer(); writer.Write(order.Id);")]
    [InlineData("var writer = order.Quantity > 0 ? new Writer() : (IWriter)new Other(); writer.Write(order.Id);")]
    [InlineData("IWriter? writer = null; if (order.Quantity > 0) writer = new Writer(); else writer = new Other(); writer.Write(order.Id);")]
    [InlineData("IWriter writer = order.Id switch { \"a\" => new Writer(), \"b\" => new Other(), _ => throw new Exception() }; writer.Write(order.Id);")]
    [InlineData("IWriter? none = null; var writer = none ?? new Writer(); writer.Write(order.Id);")]
    [InlineData("var writer = Choose(order); writer.Write(order.Id);")]
    [InlineData("await (await ChooseAsync(order)).WriteAsync(order.Id);")]
    [InlineData("var writer = Get<IOnlyWriter>(); writer.Write(order.Id);")]
    [InlineData("IWriter writer = order.Quantity > 0 ? Get<IOnlyWriter>() : Get<IMany>(); writer.Write(order.Id);")]
    public Task A_receiver_may_be_of_several_classes(string statements) =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(
                statements,
                """
                private static IWriter Choose(Order order)
                {
                    IWriter? chosen = null;
                    switch (order.Id)
                    {
                        case "a":
                            chosen = new Writer();
                            break;
                        default:
                            chosen = new Other();
                            break;
                    }

                    return chosen;
                }

                private static async Task<IWriter> ChooseAsync(Order order)
                {
                    await Task.Yield();
                    return order.Quantity > 0 ? Choose(order) : throw new Exception();
                }

                private static T Get<T>() => default!;

                public interface IWriter
                {
                    void Write(string id);

                    Task WriteAsync(string id);
                }

                public interface IOnlyWriter : IWriter { }

                public interface IMany : IWriter { }

                public sealed class Writer : IOnlyWriter
                {
                    public void Write(string id) => {|ALO101:System.IO.File.AppendAllText("ledger", id)|};

                    public Task WriteAsync(string id) => {|ALO101:System.IO.File.AppendAllTextAsync("ledger", id)|};
                }

                public sealed class Other : IMany
                {
                    public void Write(string id) { }

                    public Task WriteAsync(string id) => Task.CompletedTask;
                }

                public sealed class Third : IMany
                {
                    public void Write(string id) => System.IO.File.AppendAllText("ledger", id);

                    public Task WriteAsync(string id) => System.IO.File.AppendAllTextAsync("ledger", id);
                }
                """.Replace(
                    statements.Contains("WriteAsync")
                        ? "{|ALO101:System.IO.File.AppendAllText(\"ledger\", id)|}"
                        : "{|ALO101:System.IO.File.AppendAllTextAsync(\"ledger\", id)|}",
                    "throw new Exception()"
                )
            )
        );

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
    [InlineData(
        "IWriter writer = new Other(); writer = writer ?? writer; writer.Write(order.Id);",
        "public interface IWriter { void Write(string id); } public sealed class Writer : IWriter { public void Write(string id) => "
            + Append
            + "; } public sealed class Other : IWriter { public void Write(string id) { } }"
    )]
    [InlineData(
        "var answer = await functions.InvokeAsync(new Amazon.Lambda.Model.InvokeRequest()); log.LogInformation(System.Text.Encoding.UTF8.GetString(answer.Payload.ToArray()).Trim()); await http.GetAsync(System.Text.Encoding.UTF8.GetString(answer.Payload.ToArray()));",
        EveryClient.Fields
    )]
    [InlineData(
        "Write(order.Id);",
        "private Action<string> Write { get { if (dynamo is null) return Console.WriteLine; return Append; } } private void Append(string id) => "
            + Append
            + ";"
            + EveryClient.Fields
    )]
    [InlineData("Write(order.Id);", "private Action<string> Write { get; set; } = Console.WriteLine; private void Append(string id) => " + Append + ";")]
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
