using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO500TemplateCannotBeRead>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO500TemplateCannotBeReadTests
{
    private static CSharpAnalyzerTest<ALO500TemplateCannotBeRead> Test(string path, string template, params DiagnosticResult[] expected) =>
        Deployed.Test<ALO500TemplateCannotBeRead>((path, template), Deployed.PlainHandler, expected);

    private static Task VerifyAsync(string path, string template, params DiagnosticResult[] expected) =>
        Test(path, template, expected).RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task A_key_that_is_written_twice_is_not_read_as_it_stands() =>
        VerifyAsync(
            "template.yaml",
            """
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: 30
                  {|#0:VisibilityTimeout|}: 60
                  {|#1:VisibilityTimeout|}: 90
            """,
            Verify
                .Diagnostic()
                .WithLocation(0)
                .WithArguments(
                    "template.yaml",
                    "is not read as it stands",
                    "may be misjudged",
                    "The key 'VisibilityTimeout' is written twice; the last one counts."
                )
                .WithMessage(
                    "'template.yaml' is not read as it stands, so the mappings and queues in it may be misjudged. The key 'VisibilityTimeout' is written twice; the last one counts."
                )
        );

    [Fact]
    public Task Half_a_template_cannot_be_read() =>
        VerifyAsync(
            "template.yaml",
            "Resources:\n  OrdersQueue:\n    Type: AWS::SQS::Queue\n    Properties: { VisibilityTimeout: 30",
            Verify
                .Diagnostic()
                .WithLocation("template.yaml", 4, 40)
                .WithArguments(
                    "template.yaml",
                    "cannot be read",
                    "are not checked",
                    "It is no valid YAML or JSON: While parsing a flow mapping, did not find expected ',' or '}'."
                )
        );

    [Theory]
    [InlineData("template.yaml", "Resources:\n  OrdersQueue:\n    Type: AWS::SQS::Queue")]
    [InlineData("template.yaml", "")]
    [InlineData("web.template", "<html>{{ title }: [</html>")]
    [InlineData("template.json", "{ \"title\": ")]
    [InlineData("notes.yaml", "Resources: { OrdersQueue: { Type: AWS::SQS::Queue")]
    public Task Sound_templates_and_other_files_are_not_spoken_about(string path, string text) => VerifyAsync(path, text);

    [Fact]
    public Task A_project_without_the_packages_is_not_spoken_to()
    {
        var test = Deployed.Test<ALO500TemplateCannotBeRead>(("template.yaml", "Resources: { OrdersQueue: { Type: AWS::SQS::Queue"), Deployed.NoHandler);
        test.ReferenceAssemblies = References.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Each_template_is_spoken_about_once()
    {
        var test = Test(
            "a.template.json",
            """{ "Resources": { "Q": { "Type": "AWS::SQS::Queue" }, {|#0:"Q"|}: { "Type": "AWS::SQS::Queue" } } }""",
            Verify
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("a.template.json", "is not read as it stands", "may be misjudged", "The key 'Q' is written twice; the last one counts."),
            Verify
                .Diagnostic()
                .WithLocation(1)
                .WithArguments("b.template.json", "is not read as it stands", "may be misjudged", "The key 'Q' is written twice; the last one counts.")
        );
        test.TestState.AdditionalFiles.Add(
            "b.template.json",
            """{ "Resources": { "Q": { "Type": "AWS::SQS::Queue" }, {|#1:"Q"|}: { "Type": "AWS::SQS::Queue" } } }"""
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_comment_silences_it() =>
        VerifyAsync(
            "template.yaml",
            """
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
              # alo:disable ALO500 the build merges them
              OrdersQueue:
                Type: AWS::SQS::Queue
            """
        );
}
