using AtLeastOnce.TestKit;
using ALO101 = AtLeastOnce.Analyzers.Rules.Idempotency.ALO101EffectRepeated;
using ALO102 = AtLeastOnce.Analyzers.Rules.Idempotency.ALO102VolatileIdentity;
using ALO103 = AtLeastOnce.Analyzers.Rules.Idempotency.ALO103CheckThenAct;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>Effects that are known by the shape of their request, of EF Core, of documents and of objects that are loaded, changed and saved.</summary>
public sealed class MoreEffectsTests
{
    private const string Libraries = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.Linq.Expressions;
        using System.Threading.Tasks;

        namespace Amazon.Transcoding
        {
            public class StartJobRequest { public string JobName { get; set; } = null!; public string ClientRequestToken { get; set; } = null!; }
            public interface IAmazonTranscoding
            {
                Task<object> StartJobAsync(StartJobRequest request);
                Task<object> StopJobAsync(StartJobRequest request);
            }
        }

        namespace Amazon.DynamoDBv2.DataModel
        {
            public class DynamoDBHashKeyAttribute : Attribute { }
            public interface IDynamoDBContext { Task SaveAsync<T>(T value); }
        }

        namespace Microsoft.EntityFrameworkCore
        {
            public class DbContext { public Task<int> SaveChangesAsync() => null!; }
            public class DbSet<T> { public object Add(T entity) => null!; }
            public static class EntityFrameworkQueryableExtensions { public static Task<bool> AnyAsync<T>(this DbSet<T> source, Expression<Func<T, bool>> predicate) => null!; }
        }

        namespace MongoDB.Driver
        {
            public class FilterDefinition { }
            public class UpdateDefinition { }
            public static class Builders<T>
            {
                public static IFilterBuilder<T> Filter = null!;
                public static IUpdateBuilder<T> Update = null!;
            }
            public interface IFilterBuilder<T>
            {
                FilterDefinition Eq(Expression<Func<T, object>> field, object value);
                FilterDefinition Ne(Expression<Func<T, object>> field, object value);
            }
            public interface IUpdateBuilder<T>
            {
                UpdateDefinition Inc(Expression<Func<T, object>> field, int value);
                UpdateDefinition Set(Expression<Func<T, object>> field, object value);
            }
            public interface IMongoCollection<T> { Task UpdateOneAsync(FilterDefinition filter, UpdateDefinition update); }
        }

        namespace Stripe
        {
            public class RequestOptions { public string IdempotencyKey { get; set; } = null!; }
            public class ChargeService { public Task CreateAsync(object options, RequestOptions? requestOptions = null) => null!; }
        }

        namespace Shop
        {
            public class Row { public string Id { get; set; } = null!; public string Body { get; set; } = null!; }
            public class Numbered { public int Id { get; set; } public string Body { get; set; } = null!; }
            public class Keyed { [Amazon.DynamoDBv2.DataModel.DynamoDBHashKey] public string Code { get; set; } = null!; public string Trace { get; set; } = null!; }
            public class Orders : Microsoft.EntityFrameworkCore.DbContext
            {
                public Microsoft.EntityFrameworkCore.DbSet<Row> Rows = null!;
                public Microsoft.EntityFrameworkCore.DbSet<Numbered> Numbers = null!;
            }

            public class Account
            {
                public string Id = null!;
                public int Points { get; set; }
                public int Version { get; set; }
                public bool IsClosed { get; set; }
                public List<string> History = new();
                public IEnumerable<string> Cards { get; set; } = new List<string>();
                public List<string> Orders { get; } = new();
                public HashSet<string> Marks { get; } = new();

                public void Earn(int points) => Points += points;

                public void Place(string order) => Orders.Add(order);

                public void EarnOnce(string id, int points)
                {
                    if (History.Contains(id)) return;
                    History.Add(id);
                    Points += points;
                }
            }

            public interface IAccounts { Task<Account> GetAsync(string id); Task UpdateAsync(Account account); Task NotifyAsync(Account account); }

            public static class Lib
            {
                public static Amazon.Transcoding.IAmazonTranscoding Jobs = null!;
                public static Amazon.DynamoDBv2.DataModel.IDynamoDBContext Context = null!;
                public static Orders Db = null!;
                public static MongoDB.Driver.IMongoCollection<Account> Mongo = null!;
                public static Stripe.ChargeService Charges = null!;
                public static IAccounts Accounts = null!;
            }
        }
        """;

    private static Task VerifyAsync<TRule>(string body, params object[] arguments)
        where TRule : Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer, new()
    {
        var expected =
            arguments.Length == 0
                ? Array.Empty<DiagnosticResult>()
                : [AnalyzerVerifier<TRule>.Diagnostic().WithLocation(0).WithArguments(arguments).IgnoringAdditionalLocations()];
        var code = $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    {{body}}
                }
            }
            """;
        var test = EffectTest.Test<TRule>(expected.Length == 0 ? code.Replace("{|#0:", "").Replace("|}", "") : code, expected);
        test.TestState.Sources.Add(("Libraries.cs", Libraries));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_request_whose_token_is_left_unset() =>
        VerifyAsync<ALO101>(
            "await {|#0:Lib.Jobs.StartJobAsync(new Amazon.Transcoding.StartJobRequest())|};",
            "makes the request StartJob again",
            "StartJob",
            "message",
            ""
        );

    [Fact]
    public Task A_request_whose_token_changes() =>
        VerifyAsync<ALO102>(
            "await {|#0:Lib.Jobs.StartJobAsync(new Amazon.Transcoding.StartJobRequest { ClientRequestToken = Guid.NewGuid().ToString() })|};",
            "makes the request StartJob again",
            "'ClientRequestToken'",
            "StartJob",
            "Guid.NewGuid()",
            "message",
            ""
        );

    [Theory]
    [InlineData("await Lib.Jobs.StartJobAsync(new Amazon.Transcoding.StartJobRequest { ClientRequestToken = message.MessageId });")]
    [InlineData("await Lib.Jobs.StartJobAsync(new Amazon.Transcoding.StartJobRequest { JobName = message.MessageId });")]
    [InlineData("await Lib.Jobs.StopJobAsync(new Amazon.Transcoding.StartJobRequest());")]
    [InlineData("await Lib.Charges.CreateAsync(message.Body, new Stripe.RequestOptions { IdempotencyKey = message.MessageId });")]
    [InlineData("Lib.Db.Rows.Add(new Row { Id = message.MessageId }); await Lib.Db.SaveChangesAsync();")]
    [InlineData(
        "Lib.Db.Numbers.Add(new Numbered { Body = message.Body }); Lib.Db.Rows.Add(new Row { Id = message.MessageId }); await Lib.Db.SaveChangesAsync();"
    )]
    [InlineData("Lib.Db.Numbers.Add(new Numbered { Body = message.Body });")]
    [InlineData(
        "await Lib.Mongo.UpdateOneAsync(MongoDB.Driver.Builders<Account>.Filter.Eq(x => x.Id, message.Body), MongoDB.Driver.Builders<Account>.Update.Set(x => x.Points, 1));"
    )]
    [InlineData(
        "await Lib.Mongo.UpdateOneAsync(MongoDB.Driver.Builders<Account>.Filter.Ne(x => x.History, message.MessageId), MongoDB.Driver.Builders<Account>.Update.Inc(x => x.Points, 1));"
    )]
    public Task What_a_repetition_does_not_do_again_is_silent(string body) => VerifyAsync<ALO101>(body);

    [Fact]
    public Task A_charge_without_idempotency_key() =>
        VerifyAsync<ALO101>("await {|#0:Lib.Charges.CreateAsync(message.Body)|};", "makes the request again", "ChargeService.Create", "message", "");

    [Fact]
    public Task An_entity_under_a_generated_key() =>
        VerifyAsync<ALO101>(
            "{|#0:Lib.Db.Numbers.Add(new Numbered { Body = message.Body })|}; await Lib.Db.SaveChangesAsync();",
            "inserts another row",
            "'DbSet.Add' of Numbered",
            "message",
            ""
        );

    [Fact]
    public Task An_entity_under_a_new_key() =>
        VerifyAsync<ALO102>(
            "{|#0:Lib.Db.Rows.Add(new Row { Id = Guid.NewGuid().ToString() })|}; await Lib.Db.SaveChangesAsync();",
            "inserts another row",
            "the key",
            "'DbSet.Add' of Row",
            "Guid.NewGuid()",
            "message",
            ""
        );

    [Fact]
    public Task An_item_of_the_object_model_under_a_new_key() =>
        VerifyAsync<ALO102>(
            "await {|#0:Lib.Context.SaveAsync(new Keyed { Code = Guid.NewGuid().ToString() })|};",
            "saves another item",
            "'key'",
            "SaveAsync",
            "Guid.NewGuid()",
            "message",
            ""
        );

    [Fact]
    public Task A_new_value_that_is_no_key_is_silent() =>
        VerifyAsync<ALO102>("await Lib.Context.SaveAsync(new Keyed { Code = message.MessageId, Trace = Guid.NewGuid().ToString() });");

    [Fact]
    public Task A_document_that_is_counted_up() =>
        VerifyAsync<ALO101>(
            "await {|#0:Lib.Mongo.UpdateOneAsync(MongoDB.Driver.Builders<Account>.Filter.Eq(x => x.Id, message.Body), MongoDB.Driver.Builders<Account>.Update.Inc(x => x.Points, 1))|};",
            "changes the document again",
            "UpdateOne with $inc",
            "message",
            ""
        );

    [Theory]
    [InlineData("account.Points += 5;")]
    [InlineData("account.Points++;")]
    [InlineData("account.Points = account.Points + 5;")]
    [InlineData("account.Earn(5);")]
    [InlineData("if (account is null) continue; account.Earn(5);")]
    public Task What_is_loaded_changed_and_saved_is_changed_again(string change) =>
        VerifyAsync<ALO101>(
            $"var account = await Lib.Accounts.GetAsync(message.Body); {change} await {{|#0:Lib.Accounts.UpdateAsync(account)|}};",
            "adds to 'Points' again",
            "'IAccounts.UpdateAsync' of what was loaded",
            "message",
            ""
        );

    [Theory]
    [InlineData("account.Orders.Add(message.Body);", "Orders")]
    [InlineData("account.Place(message.Body);", "Orders")]
    [InlineData("account.Cards = account.Cards.Append(message.Body).ToList();", "Cards")]
    [InlineData("var cards = account.Cards.ToList(); cards.Add(message.Body); account.Cards = cards;", "Cards")]
    [InlineData("if (account is null) continue; account.Orders.Add(message.Body);", "Orders")]
    public Task A_list_that_gets_another_element_and_is_saved(string change, string member) =>
        VerifyAsync<ALO101>(
            $"var account = await Lib.Accounts.GetAsync(message.Body); {change} await {{|#0:Lib.Accounts.UpdateAsync(account)|}};",
            $"adds to '{member}' again",
            "'IAccounts.UpdateAsync' of what was loaded",
            "message",
            ""
        );

    [Theory]
    [InlineData("account.Marks.Add(message.Body);")]
    [InlineData("account.History.Add(message.Body);")]
    [InlineData("if (!account.Orders.Contains(message.Body)) account.Orders.Add(message.Body);")]
    [InlineData("var found = account.Orders.Find(x => x == message.Body); if (found is null) account.Orders.Add(message.Body);")]
    [InlineData("account.Orders.RemoveAll(x => x == message.Body); account.Orders.Add(message.Body);")]
    [InlineData("account.Cards = account.Cards.Where(x => x != message.Body).Append(message.Body).ToList();")]
    [InlineData("account.Cards = account.Cards.Append(message.Body).Distinct().ToList();")]
    [InlineData("var cards = account.Cards.ToList(); cards.Remove(message.Body); cards.Add(message.Body); account.Cards = cards;")]
    [InlineData("var cards = account.Cards.ToList(); if (cards.Contains(message.Body)) continue; cards.Add(message.Body); account.Cards = cards;")]
    [InlineData("var cards = new List<string>(); cards.Add(message.Body); account.Cards = cards;")]
    public Task A_list_that_takes_the_same_element_once_is_silent(string change) =>
        VerifyAsync<ALO101>($"var account = await Lib.Accounts.GetAsync(message.Body); {change} await Lib.Accounts.UpdateAsync(account);");

    [Theory]
    [InlineData("account.Points = 5; await Lib.Accounts.UpdateAsync(account);")]
    [InlineData("account.Version++; await Lib.Accounts.UpdateAsync(account);")]
    [InlineData("account.EarnOnce(message.MessageId, 5); await Lib.Accounts.UpdateAsync(account);")]
    [InlineData("if (account.IsClosed) continue; account.Earn(5); await Lib.Accounts.UpdateAsync(account);")]
    [InlineData("account.Earn(5); await Lib.Accounts.NotifyAsync(account);")]
    [InlineData("var made = new Account(); made.Earn(5); await Lib.Accounts.UpdateAsync(made);")]
    public Task A_change_that_is_not_relative_or_is_made_once_is_silent(string change) =>
        VerifyAsync<ALO101>($"var account = await Lib.Accounts.GetAsync(message.Body); {change}");

    [Fact]
    public Task A_query_before_the_insert_is_a_check() =>
        VerifyAsync<ALO103>(
            "if (await Lib.Db.Numbers.AnyAsync(x => x.Body == message.Body)) continue; {|#0:Lib.Db.Numbers.Add(new Numbered { Body = message.Body })|}; await Lib.Db.SaveChangesAsync();".Replace(
                "Lib.Db.Numbers.AnyAsync(",
                "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AnyAsync(Lib.Db.Numbers, "
            ),
            "EntityFrameworkQueryableExtensions.AnyAsync",
            "'DbSet.Add' of Numbered",
            "message",
            "inserts another row",
            ""
        );
}
