using System.Reflection;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

/// <summary>What holds for every rule about the deployment: each is given a template that it objects to.</summary>
public sealed class EveryDeploymentRuleTests
{
    private const string Handle = "Handler: Orders::OrdersFunction::Handle";
    private const string ToDestination = "DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Dlq.Arn } }";

    private static readonly Dictionary<string, (string Queue, string Handler, string Mapping)> Objections = new()
    {
        ["ALO301"] = ("RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }\n      VisibilityTimeout: {|#1:10|}", Handle, ""),
        ["ALO302"] = ("RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }\n      VisibilityTimeout: {|#1:20|}", Handle, ""),
        ["ALO501"] = ("VisibilityTimeout: 120", Handle, ""),
        ["ALO502"] = ("RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: {|#1:1|} }\n      VisibilityTimeout: 120", Handle, ""),
        ["ALO503"] = ("VisibilityTimeout: 120", Handle + "\n      DeadLetterQueue: { Type: SQS, TargetArn: {|#1:!GetAtt Dlq.Arn|} }", ""),
        ["ALO504"] = ("RedrivePolicy: {|#1:{ deadLetterTargetArn: !GetAtt Dlq.Arn }|}\n      VisibilityTimeout: 120", Handle, ""),
        ["ALO505"] = (
            "RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }\n      VisibilityTimeout: 120\n      MessageRetentionPeriod: 432000",
            Handle,
            ""
        ),
        ["ALO506"] = (
            "RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }\n      VisibilityTimeout: 120\n      MessageRetentionPeriod: {|#1:600|}",
            Handle,
            ""
        ),
        ["ALO510"] = (
            "RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }\n      VisibilityTimeout: 120",
            Handle,
            "BatchSize: {|#1:11|}"
        ),
        ["ALO512"] = ("VisibilityTimeout: 120", Handle + "\n      ReservedConcurrentExecutions: 5", "ScalingConfig: { MaximumConcurrency: {|#1:6|} }"),
        ["ALO515"] = (
            "RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }\n      VisibilityTimeout: 120",
            "Handler: {|#1:Orders::OrdersFunction::HandleAsync|}",
            ""
        ),
        ["ALO516"] = (
            "VisibilityTimeout: 120",
            Handle,
            "FilterCriteria: { Filters: {|#1:[{ Pattern: '{\"body\":[\"a\"]}' }]|} }\n  RefundsFunction: { Type: AWS::Serverless::Function, Properties: { Handler: Refunds::Refunds::Handle, Runtime: dotnet8, Events: { Refunds: { Type: SQS, Properties: { Queue: !GetAtt OrdersQueue.Arn } } } } }"
        ),
    };

    // Of rules about streams the source is a table: the lines of the mapping's settings, and its name.
    private static readonly Dictionary<string, (string Mapping, string MappingId)> StreamObjections = new()
    {
        ["ALO507"] = (ToDestination, "{|#1:Orders|}"),
        ["ALO508"] = ("MaximumRetryAttempts: {|#1:3|}", "Orders"),
        ["ALO509"] = (ToDestination + "\n            MaximumRetryAttempts: 3\n            MaximumRecordAgeInSeconds: {|#1:604800|}", "Orders"),
        ["ALO513"] = ("MaximumRetryAttempts: 3\n            DestinationConfig: { OnFailure: { Destination: !GetAtt Dlq.Arn } }", "{|#1:Orders|}"),
        ["ALO514"] = (
            ToDestination
                + "\n            MaximumRetryAttempts: 3\n            FilterCriteria: { Filters: [{ Pattern: {|#1:'{\"eventName\":[\"CREATE\"]}'|} }] }",
            "Orders"
        ),
    };

    public static TheoryData<string> Rules => [.. All().Select(rule => rule.SupportedDiagnostics[0].Id)];

    private static IEnumerable<DiagnosticAnalyzer> All() => TestSetup.AllRules().Where(rule => rule is DeploymentRule);

    private static string Template(string id) =>
        StreamObjections.TryGetValue(id, out var ofStream)
            ? Template(ofStream)
            : Template(Objections[id], Marked("Dlq", id == "ALO505"), Marked("OrdersQueue", id == "ALO501"));

    private static string Template((string Mapping, string MappingId) objection) =>
        $$"""
            Resources:
              Dlq:
                Type: AWS::SQS::Queue
              OrdersTable:
                Type: AWS::DynamoDB::Table
                Properties:
                  StreamSpecification: { StreamViewType: KEYS_ONLY }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  {{Handle}}
                  Runtime: dotnet8
                  Timeout: 20
                  Events:
                    {{objection.MappingId}}:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt OrdersTable.StreamArn
                        StartingPosition: LATEST
                        {{objection.Mapping}}
            """;

    private static string Marked(string name, bool isMarked) => isMarked ? "{|#1:" + name + "|}" : name;

    private static string Template((string Queue, string Handler, string Mapping) objection, string deadLetterQueueId, string queueId) =>
        $$"""
            Resources:
              {{deadLetterQueueId}}:
                Type: AWS::SQS::Queue
              {{queueId}}:
                Type: AWS::SQS::Queue
                Properties:
                  {{objection.Queue}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  {{objection.Handler}}
                  Runtime: dotnet8
                  Timeout: 20
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        {{objection.Mapping}}
            """;

    private static AnalyzerTest Test(string id, string template, string source)
    {
        var rule = All().Single(rule => rule.SupportedDiagnostics[0].Id == id);
        return new(rule) { AssemblyName = "Orders", TestState = { Sources = { source }, AdditionalFiles = { ("template.yaml", template) } } };
    }

    [Fact]
    public void Every_rule_has_a_template_that_it_objects_to() =>
        Assert.Equal(Objections.Keys.Concat(StreamObjections.Keys).Order(), All().Select(rule => rule.SupportedDiagnostics[0].Id).Order());

    [Theory]
    [MemberData(nameof(Rules))]
    public Task Without_the_package_the_template_alone_is_judged(string id)
    {
        var test = Test(id, Template(id), Deployed.NoHandler + " public class OrdersFunction { }");
        test.ReferenceAssemblies = References.None;
        test.ExpectedDiagnostics.Add(new DiagnosticResult(id).WithLocation(1));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public Task Types_that_look_like_Lambdas_make_no_handler(string id)
    {
        var test = Test(
            id,
            Template(id).Replace("Orders::OrdersFunction", "Refunds::OrdersFunction").Replace("{|#1:", "").Replace("|}", ""),
            """
            namespace Look.Alike
            {
                public class SQSEventAttribute : System.Attribute { public SQSEventAttribute(string queue) { } }
                public class SQSEvent { }
            }

            public class OrdersFunction
            {
                [Look.Alike.SQSEvent("@OrdersQueue")]
                public void Handle(Look.Alike.SQSEvent batch) { }
            }
            """
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public Task Incomplete_code_is_judged_by_what_is_there(string id)
    {
        var isInTemplate = id == "ALO515";
        var name = isInTemplate ? "Handle" : "{|#0:Handle|}";
        var test = Test(
            id,
            Template(id),
            "public class OrdersFunction { public Missing " + name + "(Amazon.Lambda.SQSEvents.SQSEvent batch) { foreach (var message in batch."
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        test.ExpectedDiagnostics.Add(isInTemplate ? new DiagnosticResult(id).WithLocation(1) : new DiagnosticResult(id).WithLocation(0).WithLocation(1));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Half_written_templates_break_nothing()
    {
        var template = Template("ALO502").Replace("{|#1:", "").Replace("|}", "");
        var source = CSharpSyntaxTree.ParseText(Deployed.PlainHandler, path: "/0/Function.cs", cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Orders", [source], References.Default.Resolve(), new(OutputKind.DynamicallyLinkedLibrary));
        var found = 0;
        for (var length = 0; length <= template.Length; length += 3)
        {
            var options = new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([new TemplateText(template[..length])]),
                onAnalyzerException: null,
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false
            );
            var said = await compilation.WithAnalyzers([.. TestSetup.AllRules()], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(said, diagnostic => diagnostic.Id.StartsWith("AD", StringComparison.Ordinal));
            found += said.Length;
        }

        Assert.NotEqual(0, found);
    }

    [Fact]
    public void Fixes_of_templates_have_constant_keys()
    {
        var fixes = typeof(TemplateCodeFix)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(TemplateCodeFix).IsAssignableFrom(type))
            .Select(type => (TemplateCodeFix)Activator.CreateInstance(type)!);
        Assert.Equal(
            [
                "ALO202.EnableReportBatchItemFailures",
                "ALO301.RaiseVisibilityTimeout",
                "ALO302.RaiseVisibilityTimeout",
                "ALO501.AddDeadLetterQueue",
                "ALO505.RaiseMessageRetentionPeriod",
                "ALO507.LimitRetries",
                "ALO508.AddFailureDestination",
                "ALO513.SetDestinationType",
            ],
            fixes.Select(fix => fix.EquivalenceKey).Order()
        );
    }

    [Fact]
    public void Every_rule_has_a_fix_or_says_why_not()
    {
        var ids = typeof(TemplateCodeFix)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(TemplateCodeFix).IsAssignableFrom(type))
            .SelectMany(type => ((TemplateCodeFix)Activator.CreateInstance(type)!).FixableDiagnosticIds)
            .ToHashSet();
        Assert.All(
            All(),
            rule => Assert.NotEqual(ids.Contains(rule.SupportedDiagnostics[0].Id), rule.GetType().GetCustomAttribute<NoCodeFixAttribute>() is not null)
        );
    }

    private sealed class TemplateText(string text) : AdditionalText
    {
        private readonly Microsoft.CodeAnalysis.Text.SourceText source = Microsoft.CodeAnalysis.Text.SourceText.From(text);

        public override string Path => "/0/template.yaml";

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default) => source;
    }
}
