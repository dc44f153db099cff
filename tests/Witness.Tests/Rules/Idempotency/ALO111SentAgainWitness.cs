using System.Text.Json;
using Amazon;
using Amazon.SQS;
using Amazon.SQS.Model;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

public sealed class ALO111SentAgainWitness
{
    private readonly RulePage page = RulePage.Of("ALO111");

    [Fact]
    public async Task Flawed_two_messages_go_out_that_nothing_tells_apart()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        var sent = new Sent();

        var run = await scenario.RunWithCrashAsync(sent);

        Assert.Equal([null, null], sent.Ids);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_both_messages_carry_the_id_of_the_one()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        var sent = new Sent();

        var run = await scenario.RunWithCrashAsync(sent);

        Assert.Equal(2, sent.Ids.Count);
        Assert.NotNull(Assert.Single(sent.Ids.Distinct()));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    private sealed class Sent : AmazonSQSClient
    {
        public Sent()
            : base(RegionEndpoint.EUCentral1) { }

        public List<string?> Ids { get; } = [];

        public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
        {
            using var body = JsonDocument.Parse(request.MessageBody);
            Ids.Add(body.RootElement.GetProperty("Id").GetString());
            return Task.FromResult(new SendMessageResponse());
        }
    }
}
