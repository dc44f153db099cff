using System.Net;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO216ResultIgnoredWitness
{
    private readonly RulePage page = RulePage.Of("ALO216");

    [Fact]
    public async Task Flawed_the_message_is_deleted_although_the_server_refused_it()
    {
        using var server = new Server();
        await using var scenario = new EffectScenario(page.Flawed);

        var run = await scenario.RunAsync(server.Client);

        Assert.Equal([503], server.Answers);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_the_message_is_delivered_again_until_the_server_takes_it()
    {
        using var server = new Server();
        await using var scenario = new EffectScenario(page.Fixed);

        var run = await scenario.RunAsync(server.Client);

        Assert.Equal([503, 200], server.Answers);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, Assert.Single(run.Ledger("Orders").Records).ReceiveCount);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(4000)]
    public async Task Fixed_the_server_is_asked_until_it_takes_the_message_whatever_the_schedule_is(int seed)
    {
        using var server = new Server();
        await using var scenario = new EffectScenario(page.Fixed, seed);

        var run = await scenario.RunWithCrashAsync(server.Client);

        Assert.Equal([503, 200], server.Answers);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
    }

    private sealed class Server : HttpMessageHandler
    {
        public Server() => Client = new(this) { BaseAddress = new("https://warehouse.example") };

        public List<int> Answers { get; } = [];

        public HttpClient Client { get; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var status = Answers.Count == 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
            Answers.Add((int)status);
            return Task.FromResult(new HttpResponseMessage(status));
        }
    }
}
