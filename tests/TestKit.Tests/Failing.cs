namespace AtLeastOnce.TestKit.Tests;

/// <summary>Runs a verification that must fail and gives its message.</summary>
internal static class Failing
{
    internal static async Task<string> MessageAsync(AnalyzerTest test) =>
        (await Assert.ThrowsAsync<VerificationException>(() => test.RunAsync(TestContext.Current.CancellationToken))).Message;

    internal static async Task<string> MessageAsync(Func<Task> verification) => (await Assert.ThrowsAsync<VerificationException>(verification)).Message;
}
