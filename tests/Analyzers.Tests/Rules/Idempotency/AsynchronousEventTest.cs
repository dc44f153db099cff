using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>The frame around tests of handlers that Lambda invokes asynchronously: with the notifications of a bucket, or with another event.</summary>
internal static class AsynchronousEventTest
{
    /// <summary>How messages say that an event comes again, where nothing else is configured.</summary>
    public const string Twice = "Lambda retries a failed event twice, and each retry";

    /// <summary>A handler of a bucket's notifications that does this for each; <c>file</c> is the object.</summary>
    public static string S3(string statements, string members = "", string name = "HandleAsync") =>
        Handler(
            $"Amazon.Lambda.S3Events.S3Event",
            $"foreach (var record in evt.Records)\n{{\n    var file = record.S3.Object;\n    {statements.ReplaceLineEndings("\n    ")}\n}}",
            members,
            name
        );

    /// <summary>A handler of events of that type.</summary>
    public static string Handler(string type, string statements, string members = "", string name = "HandleAsync") =>
        $"public async Task {name}({type} evt, ILambdaContext context)\n{{\n    await Task.Yield();\n    {statements.ReplaceLineEndings("\n    ")}\n}}\n\n{members.ReplaceLineEndings("\n")}";

    /// <summary>A template with the function, whose events and other properties are these.</summary>
    public static string Template(string events, string properties = "") =>
        $$"""
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Inbox: { Type: AWS::S3::Bucket }
              OrdersTopic: { Type: AWS::SNS::Topic }
              OrdersQueue: { Type: AWS::SQS::Queue }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Shop::Shop.OrdersFunction::HandleAsync
                  Runtime: dotnet10
                  Timeout: 300
                  Events: { {{events}} }
                  {{properties}}
            """;

    /// <summary>Analyses the class with these members, and a template beside it if there is one.</summary>
    public static Task VerifyAsync<TRule>(string members, string? template, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new() => Test<TRule>(members, template, expected).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>The test that <see cref="VerifyAsync{TRule}"/> runs, for further settings. Without expected findings nothing is marked.</summary>
    public static CSharpAnalyzerTest<TRule> Test<TRule>(string members, string? template, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = IdempotencyServices.Test<TRule>(members, expected);
        if (template is not null)
            test.TestState.AdditionalFiles.Add(("template.yaml", template));
        return test;
    }
}
