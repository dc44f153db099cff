using System.Collections.Immutable;
using System.Text;
using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Rules.Delivery;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

/// <summary>One template linked into several projects: each finding is made by one of them, and every document that is the file changes.</summary>
public sealed class SharedTemplateTests
{
    private const string Path = "/0/template.yaml";
    private static readonly ALO501NoDeadLetterQueueFix Fix = new();

    private static string Template(string orders = "", string refunds = "") =>
        $$"""
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue{{orders}}
              RefundsQueue:
                Type: AWS::SQS::Queue{{refunds}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  CodeUri: .
                  Events: { Orders: { Type: SQS, Properties: { Queue: !GetAtt OrdersQueue.Arn } } }
              RefundsFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Refunds::OrdersFunction::Handle
                  Runtime: dotnet8
                  CodeUri: .
                  Events: { Refunds: { Type: SQS, Properties: { Queue: !GetAtt RefundsQueue.Arn } } }
            """;

    private static string Fixed(string id) =>
        $"\n    Properties:\n      RedrivePolicy:\n        deadLetterTargetArn: !GetAtt {id}.Arn\n        maxReceiveCount: 5\n  {id}:\n    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 1209600";

    private static Solution TwoProjects()
    {
        var solution = new AdhocWorkspace().CurrentSolution;
        foreach (var name in (string[])["Orders", "Refunds"])
        {
            var id = ProjectId.CreateNewId(name);
            solution = solution
                .AddProject(
                    ProjectInfo.Create(
                        id,
                        VersionStamp.Default,
                        name,
                        name,
                        LanguageNames.CSharp,
                        compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
                        metadataReferences: References.Default.Resolve()
                    )
                )
                .AddDocument(DocumentId.CreateNewId(id), "Function.cs", Deployed.PlainHandler, filePath: $"/0/{name}/Function.cs")
                .AddAdditionalDocument(DocumentId.CreateNewId(id), "template.yaml", SourceText.From(Template(), Encoding.Unicode), filePath: Path);
        }

        return solution;
    }

    private static async Task<ImmutableArray<Diagnostic>> FindingsAsync(Project project)
    {
        var compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        return await compilation
            .WithAnalyzers([new ALO501NoDeadLetterQueue()], project.AnalyzerOptions)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<SourceText>> TemplatesAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var solution = Assert.IsType<ApplyChangesOperation>(Assert.Single(operations)).ChangedSolution;
        return
        [
            .. await Task.WhenAll(
                solution
                    .Projects.SelectMany(project => project.AdditionalDocuments)
                    .Select(document => document.GetTextAsync(TestContext.Current.CancellationToken))
            ),
        ];
    }

    [Fact]
    public async Task Each_project_speaks_about_its_own_function()
    {
        foreach (var project in TwoProjects().Projects)
        {
            var finding = Assert.Single(await FindingsAsync(project));
            Assert.Equal($"/0/{project.Name}/Function.cs", finding.Location.GetLineSpan().Path);
            Assert.Equal(project.Name + "Queue", finding.Properties["Queue"]);
        }
    }

    [Fact]
    public async Task A_single_fix_changes_every_document_that_is_the_file()
    {
        var project = TwoProjects().Projects.First(project => project.Name == "Refunds");
        var finding = Assert.Single(await FindingsAsync(project));
        var offered = new List<CodeAction>();
        await Fix.RegisterCodeFixesAsync(
            new CodeFixContext(project.Documents.First(), finding, (action, _) => offered.Add(action), TestContext.Current.CancellationToken)
        );
        var action = Assert.Single(offered);
        Assert.Equal("Add a dead-letter queue to 'RefundsQueue' in template.yaml", action.Title);
        Assert.Equal("ALO501.AddDeadLetterQueue", action.EquivalenceKey);

        var texts = await TemplatesAsync(action);
        Assert.Equal(2, texts.Count);
        Assert.All(
            texts,
            text =>
            {
                Assert.Equal(Template(refunds: Fixed("RefundsDeadLetterQueue")), text.ToString());
                Assert.Equal(Encoding.Unicode, text.Encoding);
            }
        );
    }

    [Fact]
    public async Task Fix_all_in_the_solution_is_one_change_of_the_file()
    {
        var solution = TwoProjects();
        var context = new FixAllContext(
            solution.Projects.First().Documents.First(),
            Fix,
            FixAllScope.Solution,
            "ALO501.AddDeadLetterQueue",
            ["ALO501"],
            new Findings(),
            TestContext.Current.CancellationToken
        );
        var texts = await TemplatesAsync((await Fix.GetFixAllProvider().GetFixAsync(context))!);
        Assert.Equal([Template(Fixed("OrdersDeadLetterQueue"), Fixed("RefundsDeadLetterQueue"))], texts.Select(text => text.ToString()).Distinct());
        Assert.Equal(2, texts.Count);
    }

    [Fact]
    public async Task Fix_all_in_a_project_fixes_its_own_findings()
    {
        var project = TwoProjects().Projects.First(project => project.Name == "Orders");
        var context = new FixAllContext(
            project,
            Fix,
            FixAllScope.Project,
            "ALO501.AddDeadLetterQueue",
            ["ALO501"],
            new Findings(),
            TestContext.Current.CancellationToken
        );
        var texts = await TemplatesAsync((await Fix.GetFixAllProvider().GetFixAsync(context))!);
        Assert.Equal([Template(orders: Fixed("OrdersDeadLetterQueue"))], texts.Select(text => text.ToString()).Distinct());
    }

    [Fact]
    public async Task A_template_that_changed_since_the_finding_is_read_anew()
    {
        var solution = TwoProjects();
        var finding = Assert.Single(await FindingsAsync(solution.Projects.First(project => project.Name == "Orders")));
        foreach (var document in solution.Projects.SelectMany(project => project.AdditionalDocuments))
            solution = solution.WithAdditionalDocumentText(document.Id, SourceText.From("# a new first line\n" + Template(), Encoding.UTF8));
        var offered = new List<CodeAction>();
        var source = solution.Projects.First(project => project.Name == "Orders").Documents.First();
        await Fix.RegisterCodeFixesAsync(new CodeFixContext(source, finding, (action, _) => offered.Add(action), TestContext.Current.CancellationToken));
        Assert.All(
            await TemplatesAsync(Assert.Single(offered)),
            text => Assert.Equal("# a new first line\n" + Template(orders: Fixed("OrdersDeadLetterQueue")), text.ToString())
        );
    }

    [Fact]
    public async Task A_template_that_is_gone_is_not_edited()
    {
        var solution = TwoProjects();
        var finding = Assert.Single(await FindingsAsync(solution.Projects.First()));
        foreach (var document in solution.Projects.SelectMany(project => project.AdditionalDocuments).ToList())
            solution = solution.RemoveAdditionalDocument(document.Id);
        await Fix.RegisterCodeFixesAsync(
            new CodeFixContext(
                solution.Projects.First().Documents.First(),
                finding,
                (action, _) => Assert.Fail($"'{action.Title}' is offered."),
                TestContext.Current.CancellationToken
            )
        );
    }

    private sealed class Findings : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await FindingsAsync(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await FindingsAsync(document.Project);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
