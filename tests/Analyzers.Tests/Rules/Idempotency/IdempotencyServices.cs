using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>The frame of <see cref="EffectTest"/> with services that cannot be looked into, and look-alikes of more clients.</summary>
internal static class IdempotencyServices
{
    private const string Source = """
        #nullable enable
        using System;
        using System.Threading.Tasks;

        namespace Shop
        {
            public interface IShipping
            {
                Task ShipAsync(Order order);

                Task<bool> IsShippedAsync(string id);
            }

            public interface IReservations
            {
                Task ReleaseAsync(string id);
            }

            public static class Services
            {
                public static readonly IShipping Shipping = null!;
                public static readonly IReservations Reservations = null!;
                public static readonly StackExchange.Redis.IDatabase Redis = null!;
            }
        }

        namespace StackExchange.Redis
        {
            public enum When { Always, Exists, NotExists }

            public interface IDatabase
            {
                Task<bool> StringSetAsync(string key, string value, TimeSpan? expiry = null, When when = When.Always);
            }
        }
        """;

    /// <summary>A put of a mark under the message's id, that is refused when it is there.</summary>
    public const string Claim = """
        {|#0:dynamo.PutItemAsync(new PutItemRequest
            {
                TableName = "processed",
                Item = new Dictionary<string, AttributeValue> { ["pk"] = new(message.MessageId) },
                ConditionExpression = "attribute_not_exists(pk)",
            })|}
        """;

    /// <summary>Analyses the class with these members.</summary>
    public static Task VerifyAsync<TRule>(string members, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new() => Test<TRule>(members, expected).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>The test that <see cref="VerifyAsync{TRule}"/> runs, for further settings. Without expected findings the claim is not marked.</summary>
    public static CSharpAnalyzerTest<TRule> Test<TRule>(string members, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = EffectTest.Test<TRule>(expected.Length > 0 ? members : members.Replace("{|#0:", "").Replace("|}", ""), expected);
        test.TestState.Sources.Add(("Services.cs", Source));
        return test;
    }
}
