using Amazon.Lambda.Core;
using Amazon.Lambda.TestUtilities;

namespace AtLeastOnce.Stubs.Tests;

public class CoreTests
{
    [Fact]
    public void A_logger_of_two_methods_gets_every_message()
    {
        var lines = new LinesOnly();
        ILambdaLogger logger = lines;

        logger.LogWarning("late");
        logger.Log(LogLevel.Error, "broken");
        logger.LogInformation("with {argument}", 1);
        logger.LogError(new InvalidOperationException("cause"), "failed");

        Assert.Equal(["late", "broken", "with {argument}", "failed", "System.InvalidOperationException: cause"], lines.Written);
    }

    [Fact]
    public void A_context_written_before_the_younger_members_has_their_defaults()
    {
        ILambdaContext context = new OldContext();

        Assert.Equal(("", "", null), (context.TenantId, context.TraceId, context.Serializer));
    }

    [Fact]
    public void A_test_context_keeps_what_is_logged()
    {
        var context = new TestLambdaContext();

        context.Logger.LogLine("one");
        context.Logger.LogError("two {0}", 2);

        Assert.Equal("one\nError: two {0}\n\t2\n\n", ((TestLambdaLogger)context.Logger).Buffer.ToString().ReplaceLineEndings("\n"));
    }

    private sealed class LinesOnly : ILambdaLogger
    {
        internal List<string> Written { get; } = [];

        public void Log(string message) => Written.Add(message);

        public void LogLine(string message) => Written.Add(message);
    }

    private sealed class OldContext : ILambdaContext
    {
        public string AwsRequestId => "r";
        public IClientContext ClientContext => null!;
        public string FunctionName => "f";
        public string FunctionVersion => "1";
        public ICognitoIdentity Identity => null!;
        public string InvokedFunctionArn => "arn";
        public ILambdaLogger Logger => new LinesOnly();
        public string LogGroupName => "g";
        public string LogStreamName => "s";
        public int MemoryLimitInMB => 128;
        public TimeSpan RemainingTime => TimeSpan.FromSeconds(3);
    }
}
