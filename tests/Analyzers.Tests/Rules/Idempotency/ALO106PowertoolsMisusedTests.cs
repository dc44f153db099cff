using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO106PowertoolsMisused;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO106PowertoolsMisusedTests
{
    public const string Powertools = """
        #nullable enable
        namespace AWS.Lambda.Powertools.Idempotency
        {
            public class IdempotentAttribute : System.Attribute { }
            public class IdempotencyKeyAttribute : System.Attribute { }
            public static class Idempotency
            {
                public static void Configure(System.Action<object> configure) { }
                public static void RegisterLambdaContext(object context) { }
            }
        }
        """;

    private const string Whole =
        "remembers the batch as a whole, but a message that comes again comes in another batch and is worked on again. Put it on the method that works on one message, with [IdempotencyKey] on what identifies the work";
    private const string NotConfigured =
        "has nowhere to remember anything: Idempotency.Configure is never called, so the call fails. Configure a persistence store when the function starts";
    private const string NoContext =
        "does not know when the invocation ends: without Idempotency.RegisterLambdaContext an invocation that times out leaves its call in progress, and the redelivered message is refused until that expires. Register the context at the beginning of 'HandleAsync'";

    private static string Key(string source) =>
        $"takes its key from {source}, which is another one at every delivery, so that each of them runs. Take it from the message: its id, or a key in its body";

    private static DiagnosticResult Misused(string method, string how) => AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(method, how);

    private static Task VerifyAsync(string members, DiagnosticResult? expected = null, string package = Powertools)
    {
        var test = EffectTest.Test<Rule>(members, expected is null ? [] : [expected]);
        test.TestState.Sources.Add(("Powertools.cs", package));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string PerMessage(string handler, string begin, string key, string parameter = "string id") =>
        $$"""
            public async Task {{handler}}(SQSEvent batch, ILambdaContext context)
            {
                {{begin}}
                foreach (var message in batch.Records)
                    await ShipAsync({{key}}, message);
            }

            [AWS.Lambda.Powertools.Idempotency.Idempotent]
            private async Task ShipAsync([AWS.Lambda.Powertools.Idempotency.IdempotencyKey] {{parameter}}, SQSEvent.SQSMessage message) => await Task.Yield();

            public OrdersFunction() => {{(begin.Contains("Lacking") ? "log = null!" : "AWS.Lambda.Powertools.Idempotency.Idempotency.Configure(_ => { })")}};
            """;

    private const string Register = "AWS.Lambda.Powertools.Idempotency.Idempotency.RegisterLambdaContext(context);";

    [Fact]
    public Task On_the_handler_of_the_whole_batch() =>
        VerifyAsync(
            """
            [AWS.Lambda.Powertools.Idempotency.Idempotent]
            public async Task {|#0:HandleAsync|}(SQSEvent batch, ILambdaContext context) => await Task.Yield();
            """,
            Misused("HandleAsync", Whole)
        );

    [Fact]
    public Task On_the_method_of_one_message_is_silent() => VerifyAsync(PerMessage("HandleAsync", Register, "message.MessageId"));

    [Fact]
    public Task Without_configuration() =>
        VerifyAsync(PerMessage("{|#0:HandleAsync|}", "/* Lacking */", "message.MessageId"), Misused("OrdersFunction.ShipAsync", NotConfigured));

    [Fact]
    public Task Without_the_context() => VerifyAsync(PerMessage("{|#0:HandleAsync|}", "", "message.MessageId"), Misused("OrdersFunction.ShipAsync", NoContext));

    [Fact]
    public Task A_key_that_every_delivery_changes() =>
        VerifyAsync(
            PerMessage("HandleAsync", Register + " var id = Guid.NewGuid().ToString();", "{|#0:id|}"),
            Misused("OrdersFunction.ShipAsync", Key("Guid.NewGuid()"))
        );

    [Fact]
    public Task A_whole_message_as_the_key_changes_with_its_receipt_handle() =>
        VerifyAsync(
            PerMessage("HandleAsync", Register, "{|#0:message|}", "SQSEvent.SQSMessage key"),
            Misused("OrdersFunction.ShipAsync", Key("the whole message with its receipt handle"))
        );

    // A library that uses the package may configure it, and register the context; what it does cannot be seen.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_library_may_configure_it(bool isReferenced)
    {
        var package = Compiled("AWS.Lambda.Powertools.Idempotency", Powertools);
        var library = Compiled(
            "Shop.Startup",
            "namespace Startup { public static class Setup { public static void Run() => AWS.Lambda.Powertools.Idempotency.Idempotency.Configure(_ => { }); } }",
            package
        );
        var members = PerMessage(isReferenced ? "HandleAsync" : "{|#0:HandleAsync|}", "/* Lacking */", "message.MessageId");
        var test = EffectTest.Test<Rule>(members, isReferenced ? [] : [Misused("OrdersFunction.ShipAsync", NotConfigured)]);
        test.TestState.AdditionalReferences.Remove(LookAlikes.Reference);
        test.TestState.Sources.Add(("Clients.cs", Clients));
        test.TestState.AdditionalReferences.Add(package);
        if (isReferenced)
            test.TestState.AdditionalReferences.Add(library);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private const string Clients = """
        namespace Amazon.DynamoDBv2 { public interface IAmazonDynamoDB { } }
        namespace Amazon.DynamoDBv2.Model { }
        namespace Amazon.SQS { public interface IAmazonSQS { } }
        namespace Amazon.SQS.Model { public class Unused { } }
        namespace Amazon.DynamoDBv2.Model { public class Unused { } }
        """;

    private static PortableExecutableReference Compiled(string name, string code, params MetadataReference[] references)
    {
        using var image = new MemoryStream();
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            References.None.Resolve().AddRange(references),
            new(OutputKind.DynamicallyLinkedLibrary)
        );
        Assert.True(compilation.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    [Fact]
    public Task A_look_alike_is_silent() =>
        VerifyAsync(
            """
            [Mine.Idempotent]
            public async Task HandleAsync(SQSEvent batch, ILambdaContext context) => await Task.Yield();
            """,
            package: "namespace Mine { public class IdempotentAttribute : System.Attribute { } }"
        );

    [Fact]
    public Task Incomplete_code_is_silent()
    {
        var test = EffectTest.Test<Rule>("[AWS.Lambda.Powertools.Idempotency.Idempotent] public async Task HandleAsync(");
        test.TestState.Sources.Add(("Powertools.cs", Powertools));
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
