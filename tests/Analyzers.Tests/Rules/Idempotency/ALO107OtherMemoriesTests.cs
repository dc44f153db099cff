using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Rules.Idempotency.ALO107TokenExpiresTests;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO107TokenExpires;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>Memories other than tokens that expire too soon: claims with a time to live, and Powertools' records.</summary>
public sealed class ALO107OtherMemoriesTests
{
    private const string Reckoning = "visibility timeout 180 s × (5 receives − 1)";
    private const string Soon = "DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()";

    private const string Powertools = """
        #nullable enable
        using System;

        namespace AWS.Lambda.Powertools.Idempotency
        {
            public class IdempotentAttribute : Attribute { }
            public class IdempotencyKeyAttribute : Attribute { }
            public class IdempotencyOptionsBuilder { public IdempotencyOptionsBuilder WithExpiration(TimeSpan duration) => this; }
            public class IdempotencyBuilder { public IdempotencyBuilder WithOptions(Func<IdempotencyOptionsBuilder, IdempotencyOptionsBuilder> options) => this; }
            public static class Idempotency
            {
                public static void Configure(Action<IdempotencyBuilder> configure) { }
                public static void RegisterLambdaContext(object context) { }
            }
        }
        """;

    private static readonly string Queue = $"VisibilityTimeout: 180, {Redrive(5)}";

    private static string Claiming(string ttl, string condition = "attribute_not_exists(pk)", string attribute = "ttl", string before = "", string more = "") =>
        $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    {{before}}
                    try
                    {
                        await dynamo.PutItemAsync(new PutItemRequest
                        {
                            TableName = "handled",
                            Item = new Dictionary<string, AttributeValue> { ["pk"] = new(message.MessageId), ["{{attribute}}"] = new AttributeValue { N = ({{ttl}}).ToString() }{{more}} },
                            ConditionExpression = "{{condition}}",
                        });
                    }
                    catch (ConditionalCheckFailedException)
                    {
                        continue;
                    }

                    await {|#0:http.PostAsync("https://payments", null)|};
                }
            }
            """;

    private static DiagnosticResult ClaimExpires(string after, string last = "12 min", string reckoning = Reckoning) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithLocation(0)
            .WithArguments("PutItem", after, "OrdersQueue", last, reckoning, "sends the request again", "")
            .IgnoringAdditionalLocations();

    private static Task VerifyAsync(string members, string? queue, DiagnosticResult? expected = null, bool withPowertools = false)
    {
        var test = Test(members, queue, expected);
        if (withPowertools)
            test.TestState.Sources.Add(("Powertools.cs", Powertools));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(Soon, "5 min")]
    [InlineData("DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 300", "5 min")]
    [InlineData("DateTimeOffset.UtcNow.Add(TimeSpan.FromMinutes(10)).ToUnixTimeSeconds()", "10 min")]
    [InlineData("(DateTimeOffset.UtcNow + new TimeSpan(0, 3, 0)).ToUnixTimeSeconds()", "3 min")]
    public Task A_claim_that_expires_before_the_last_delivery(string ttl, string after) => VerifyAsync(Claiming(ttl), Queue, ClaimExpires(after));

    [Fact]
    public Task A_time_in_a_local_is_followed() =>
        VerifyAsync(Claiming("expires.ToUnixTimeSeconds()", before: "var expires = DateTimeOffset.UtcNow.AddMinutes(5);"), Queue, ClaimExpires("5 min"));

    [Fact]
    public Task A_claim_that_may_be_taken_over_when_it_has_expired() =>
        VerifyAsync(Claiming(Soon, "attribute_not_exists(pk) OR expiresAt < :now", "expiresAt"), Queue, ClaimExpires("5 min"));

    [Fact]
    public Task Without_a_redrive_policy_a_day_is_too_short() =>
        VerifyAsync(
            Claiming("DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds()"),
            "VisibilityTimeout: 180",
            ClaimExpires("24 h", "4 days", "its retention, as nothing takes the message out")
        );

    [Theory]
    [InlineData("DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()")]
    [InlineData("DateTimeOffset.UtcNow.AddMinutes(message.Body.Length).ToUnixTimeSeconds()")]
    [InlineData("message.Body.Length")]
    public Task A_claim_that_lasts_or_whose_time_cannot_be_told_is_silent(string ttl) => VerifyAsync(Claiming(ttl), Queue);

    [Fact]
    public Task A_state_that_somebody_takes_over_is_silent() => VerifyAsync(Claiming(Soon, more: ", [\"status\"] = new(\"started\")"), Queue);

    [Theory]
    [InlineData("UpdateItemAsync(new UpdateItemRequest { TableName = \"handled\", UpdateExpression = \"SET expiresAt = :far\" })")]
    [InlineData(
        "PutItemAsync(new PutItemRequest { Item = new Dictionary<string, AttributeValue> { [\"pk\"] = new(message.MessageId), [\"ttl\"] = new(\"4102444800\") } })"
    )]
    public Task A_claim_that_is_kept_longer_when_the_work_is_done_is_silent(string write) =>
        VerifyAsync(Claiming(Soon).Replace("null)|};", $"null)|}};\n            await dynamo.{write};"), Queue);

    [Fact]
    public Task A_write_beside_it_that_says_nothing_about_time_keeps_the_finding() =>
        VerifyAsync(
            Claiming(Soon)
                .Replace(
                    "null)|};",
                    "null)|};\n            await dynamo.UpdateItemAsync(new UpdateItemRequest { TableName = \"orders\", UpdateExpression = \"SET shipped = :yes\" });"
                ),
            Queue,
            ClaimExpires("5 min")
        );

    [Fact]
    public Task A_claim_beside_another_guard_is_silent() =>
        VerifyAsync(
            Claiming(Soon, before: "if (await AlreadyHandledAsync(message.MessageId)) continue;")
                + "\npublic Task<bool> AlreadyHandledAsync(string id) => Task.FromResult(id.Length > 0);",
            Queue
        );

    [Theory]
    [InlineData("DateTimeOffset.UtcNow.Add(ClaimTime).ToUnixTimeSeconds()")]
    [InlineData("DateTimeOffset.UtcNow.ToUnixTimeSeconds() + ClaimSeconds")]
    public Task A_time_of_the_class_is_known(string ttl) =>
        VerifyAsync(
            Claiming(ttl) + "\nprivate static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(5);\nprivate readonly int ClaimSeconds = 5 * 60;",
            Queue,
            ClaimExpires("5 min")
        );

    [Fact]
    public Task A_time_that_hangs_on_something_is_silent() =>
        VerifyAsync(Claiming("DateTimeOffset.UtcNow.AddMinutes(batch.Records.Count > 1 ? 5 : 60).ToUnixTimeSeconds()"), Queue);

    [Fact]
    public Task An_attribute_that_is_no_expiry_is_silent() => VerifyAsync(Claiming(Soon, attribute: "seen"), Queue);

    [Fact]
    public Task Without_a_mapping_nothing_is_known() => VerifyAsync(Claiming(Soon), null);

    private static string Remembering(string options = "", string handler = "{|#0:HandleAsync|}") =>
        $$"""
            static OrdersFunction() => AWS.Lambda.Powertools.Idempotency.Idempotency.Configure(builder => builder.WithOptions(options => options{{options}}));

            public async Task {{handler}}(SQSEvent batch, ILambdaContext context)
            {
                AWS.Lambda.Powertools.Idempotency.Idempotency.RegisterLambdaContext(context);
                foreach (var message in batch.Records)
                    await ShipAsync(message.MessageId);
            }

            [AWS.Lambda.Powertools.Idempotency.Idempotent]
            private async Task ShipAsync([AWS.Lambda.Powertools.Idempotency.IdempotencyKey] string id) => await Task.Yield();
            """;

    private static DiagnosticResult Forgets(string after, string last, string reckoning) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithLocation(0)
            .WithArguments("OrdersFunction.ShipAsync", after, "OrdersQueue", last, reckoning);

    [Fact]
    public Task Powertools_remembers_for_an_hour() =>
        VerifyAsync(
            Remembering(),
            $"VisibilityTimeout: 1800, {Redrive(5)}",
            Forgets("60 min", "2 h", "visibility timeout 1800 s × (5 receives − 1)"),
            withPowertools: true
        );

    [Theory]
    [InlineData("TimeSpan.FromMinutes(10)")]
    [InlineData("Remembered")]
    [InlineData("TimeSpan.FromMinutes(Minutes)")]
    [InlineData("new TimeSpan(0, 10, 0)")]
    [InlineData("TimeSpan.FromMinutes(9, 60)")]
    public Task Powertools_with_a_time_of_its_own(string time) =>
        VerifyAsync(
            Remembering($".WithExpiration({time})")
                + "\nprivate const int Minutes = 10;\nprivate static readonly TimeSpan Remembered = TimeSpan.FromMinutes(Minutes);",
            Queue,
            Forgets("10 min", "12 min", Reckoning),
            withPowertools: true
        );

    [Theory]
    [InlineData("")]
    [InlineData(".WithExpiration(TimeSpan.FromDays(1))")]
    [InlineData(".WithExpiration(TimeSpan.FromMinutes(int.Parse(\"5\")))")]
    public Task Powertools_for_as_long_or_for_a_time_that_cannot_be_told_is_silent(string options) =>
        VerifyAsync(Remembering(options), Queue, withPowertools: true);

    [Fact]
    public Task Powertools_of_another_namespace_is_silent()
    {
        var test = Test(Remembering(".WithExpiration(TimeSpan.FromMinutes(10))").Replace("AWS.Lambda.Powertools", "Mine.Powertools"), Queue, null);
        test.TestState.Sources.Add(("Powertools.cs", Powertools.Replace("AWS.Lambda.Powertools", "Mine.Powertools")));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
