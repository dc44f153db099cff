using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Rules.Idempotency.ALO107TokenExpiresTests;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO107TokenExpires;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>Claims in Redis that expire before the last delivery.</summary>
public sealed class ALO107StoreClaimTests
{
    private const string Soon = "StringSetAsync(message.MessageId, 1, TimeSpan.FromMinutes(5), StackExchange.Redis.When.NotExists)";

    private static readonly string Queue = $"VisibilityTimeout: 180, {Redrive(5)}";

    // The members are tested with the claim where the statements have CLAIM.
    private static string Handler(string claim, string guard = "if (!CLAIM) continue;", string after = "", string members = "") =>
        $$"""
            private readonly StackExchange.Redis.IDatabase redis = null!;
            private static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(5);
            private TimeSpan lease = TimeSpan.FromMinutes(5);
            public void Configure(TimeSpan lease) => this.lease = lease;

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    await Task.Yield();
                    {{guard.Replace("CLAIM", claim)}}
                    await {|#0:http.PostAsync("https://payments", null)|};
                    {{after}}
                }
            }

            {{members}}
            """;

    private static string Taking(string command, string guard = "if (!CLAIM) continue;", string after = "", string members = "") =>
        Handler("await redis." + command, guard, after, members);

    private static DiagnosticResult Expires(
        string claim,
        string after,
        string last = "12 min",
        string reckoning = "visibility timeout 180 s × (5 receives − 1)"
    ) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithLocation(0)
            .WithArguments(claim, after, "OrdersQueue", last, reckoning, "sends the request again", "")
            .WithMessage(
                $"The claim by '{claim}' expires after {after}, but queue 'OrdersQueue' delivers a message again for up to {last} ({reckoning}): a redelivery after that sends the request again. Keep the claim for at least as long, or let the queue give up sooner."
            )
            .IgnoringAdditionalLocations();

    private static Task VerifyAsync(string members, string? queue, DiagnosticResult? expected = null) =>
        Test(members, queue, expected).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("TimeSpan.FromMinutes(5)", "5 min")]
    [InlineData("TimeSpan.FromSeconds(90)", "90 s")]
    [InlineData("TimeSpan.FromHours(0.1)", "6 min")]
    [InlineData("new TimeSpan(0, 10, 0)", "10 min")]
    [InlineData("ClaimTime", "5 min")]
    [InlineData("ClaimTime * 2", "10 min")]
    [InlineData("batch.Records.Count > 1 ? TimeSpan.FromMinutes(2) : ClaimTime", "5 min")]
    public Task A_key_that_expires_before_the_last_delivery(string expiry, string after) =>
        VerifyAsync(Taking($"StringSetAsync(message.MessageId, 1, {expiry}, StackExchange.Redis.When.NotExists)"), Queue, Expires("StringSet", after));

    [Theory]
    [InlineData("StringSetAsync(message.MessageId, 1, when: StackExchange.Redis.When.NotExists, expiry: TimeSpan.FromMinutes(5))", "StringSet")]
    [InlineData("StringSetAsync(\"order:\" + message.Body, message.MessageId, TimeSpan.FromMinutes(5), StackExchange.Redis.When.NotExists)", "StringSet")]
    [InlineData("LockTakeAsync(message.MessageId, 1, TimeSpan.FromMinutes(5))", "LockTake")]
    public Task However_it_is_taken(string command, string claim) => VerifyAsync(Taking(command), Queue, Expires(claim, "5 min"));

    [Fact]
    public Task A_claim_that_is_not_awaited() =>
        VerifyAsync(
            Handler("redis.StringSet(message.MessageId, 1, TimeSpan.FromMinutes(5), StackExchange.Redis.When.NotExists)"),
            Queue,
            Expires("StringSet", "5 min")
        );

    [Theory]
    [InlineData("var isMine = CLAIM;\nif (!isMine) continue;")]
    [InlineData("if (!CLAIM) throw new InvalidOperationException(\"in progress\");")]
    public Task However_it_decides(string guard) => VerifyAsync(Taking(Soon, guard), Queue, Expires("StringSet", "5 min"));

    [Fact]
    public Task A_claim_in_a_method_that_is_named_after_it_and_a_time_that_is_passed() =>
        VerifyAsync(
            Handler(
                "await TryClaimAsync(message.MessageId, TimeSpan.FromMinutes(5))",
                members: "private Task<bool> TryClaimAsync(string id, TimeSpan time) => redis.StringSetAsync(id, 1, time, StackExchange.Redis.When.NotExists);"
            ),
            Queue,
            Expires("StringSet", "5 min")
        );

    [Fact]
    public Task Without_a_redrive_policy_a_day_is_too_short() =>
        VerifyAsync(
            Taking("StringSetAsync(message.MessageId, 1, TimeSpan.FromHours(24), StackExchange.Redis.When.NotExists)"),
            "VisibilityTimeout: 180",
            Expires("StringSet", "24 h", "4 days", "its retention, as nothing takes the message out")
        );

    [Fact]
    public Task A_claim_that_is_given_up_where_the_work_fails() =>
        VerifyAsync(
            Taking(Soon)
                .Replace(
                    "await {|#0:http.PostAsync(\"https://payments\", null)|};",
                    "try { await {|#0:http.PostAsync(\"https://payments\", null)|}; } catch (Exception) { await redis.KeyDeleteAsync(message.MessageId); throw; }"
                ),
            Queue,
            Expires("StringSet", "5 min")
        );

    [Theory]
    [InlineData("StringSetAsync(message.MessageId, 1, TimeSpan.FromMinutes(12), StackExchange.Redis.When.NotExists)")]
    [InlineData("StringSetAsync(message.MessageId, 1, TimeSpan.FromDays(1), StackExchange.Redis.When.NotExists)")]
    [InlineData("LockTakeAsync(message.MessageId, 1, TimeSpan.FromHours(1))")]
    [InlineData("LockTakeAsync(message.MessageId, 1, batch.Records.Count > 1 ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(1))")]
    public Task A_claim_that_lasts_is_silent(string command) => VerifyAsync(Taking(command), Queue);

    [Theory]
    [InlineData("StringSetAsync(message.MessageId, 1, null, StackExchange.Redis.When.NotExists)")]
    [InlineData("StringSetAsync(message.MessageId, 1, when: StackExchange.Redis.When.NotExists)")]
    [InlineData("SetAddAsync(\"handled\", message.MessageId)")]
    public Task A_claim_for_ever_is_silent(string command) => VerifyAsync(Taking(command), Queue);

    [Theory]
    [InlineData("TimeSpan.FromMinutes(message.Body.Length)")]
    [InlineData("TimeSpan.Parse(\"00:05:00\")")]
    [InlineData("lease")]
    [InlineData("TimeSpan.FromMinutes(batch.Records.Count > 1 ? 5 : 10)")]
    [InlineData("batch.Records.Count > 1 ? TimeSpan.FromMinutes(5) : lease")]
    [InlineData("default")]
    public Task A_time_that_cannot_be_told_is_silent(string expiry) =>
        VerifyAsync(Taking($"StringSetAsync(message.MessageId, 1, {expiry}, StackExchange.Redis.When.NotExists)"), Queue);

    [Theory]
    [InlineData("await redis.StringSetAsync(message.MessageId, \"done\", TimeSpan.FromDays(14));")]
    [InlineData("await redis.KeyExpireAsync(message.MessageId, TimeSpan.FromDays(14));")]
    [InlineData("await FinishAsync(message.MessageId);")]
    [InlineData("await redis.LockReleaseAsync(message.MessageId, 1);")]
    public Task A_claim_whose_time_is_changed_is_silent(string after) =>
        VerifyAsync(Taking(Soon, after: after, members: "private Task FinishAsync(string id) => redis.KeyExpireAsync(id, TimeSpan.FromDays(14));"), Queue);

    [Theory]
    [InlineData("if (!CLAIM) continue;\nif (await redis.KeyExistsAsync(\"done:\" + message.MessageId)) continue;")]
    [InlineData("if (await AlreadyProcessedAsync(message.MessageId) || !CLAIM) continue;")]
    [InlineData("if (!await redis.SetAddAsync(\"handled\", message.MessageId) || !CLAIM) continue;")]
    public Task A_claim_beside_another_guard_is_silent(string guard) =>
        VerifyAsync(Taking(Soon, guard, members: "private static Task<bool> AlreadyProcessedAsync(string id) => Task.FromResult(id.Length > 0);"), Queue);

    [Fact]
    public Task A_claim_that_is_not_the_records_is_silent() => VerifyAsync(Taking(Soon.Replace("message.MessageId", "\"orders\"")), Queue);

    [Fact]
    public Task Without_a_mapping_nothing_is_known() => VerifyAsync(Taking(Soon), null);

    [Fact]
    public Task A_store_of_the_users_own_is_silent() =>
        VerifyAsync(
            Handler(
                "await mine.StringSetAsync(message.MessageId, 1, TimeSpan.FromMinutes(5), When.NotExists)",
                members: "private readonly Store mine = new();\npublic enum When { NotExists }\npublic class Store { public Task<bool> StringSetAsync(string key, int value, TimeSpan expiry, When when) => Task.FromResult(true); }"
            ),
            Queue
        );
}
