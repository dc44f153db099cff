using System.Text;
using AtLeastOnce.CodeFixes.Deployments;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>Of a project that deploys by the CDK only the files that a resource is made in are copied.</summary>
public sealed class StackDocumentsTests
{
    private const string StackPath = "/0/OrdersStack.cs";

    /// <summary>A text that counts how often it is copied whole.</summary>
    private sealed class CountedText(string text) : SourceText
    {
        public int Copies { get; private set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override int Length => text.Length;

        public override char this[int position] => text[position];

        public override void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count) =>
            text.CopyTo(sourceIndex, destination, destinationIndex, count);

        public override string ToString(TextSpan span)
        {
            if (span.Length == Length)
                Copies++;
            return text.Substring(span.Start, span.Length);
        }
    }

    private static (Solution Solution, CountedText Stack, CountedText Other) Project()
    {
        var stack = new CountedText(
            CdkPrograms.Stack(
                """
                var queue = new Queue(this, "OrdersQueue");
                        new Function(this, "OrdersFunction", new FunctionProps { Timeout = Shop.Limits.Timeout }).AddEventSource(new SqsEventSource(queue));
                """
            )
        );
        var other = new CountedText(
            "namespace Shop { public static class Limits { public static readonly Amazon.CDK.Duration Timeout = Amazon.CDK.Duration.Seconds(20); } }"
        );
        var id = ProjectId.CreateNewId();
        var solution = new AdhocWorkspace()
            .CurrentSolution.AddProject(
                ProjectInfo.Create(
                    id,
                    VersionStamp.Default,
                    "Infra",
                    "Infra",
                    LanguageNames.CSharp,
                    compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
                    metadataReferences: References.With("Constructs", "Amazon.CDK.Lib").Resolve()
                )
            )
            .AddDocument(DocumentId.CreateNewId(id), "OrdersStack.cs", stack, filePath: StackPath)
            .AddDocument(DocumentId.CreateNewId(id), "Limits.cs", other, filePath: "/0/Limits.cs");
        return (solution, stack, other);
    }

    [Fact]
    public async Task A_file_that_makes_no_resource_is_not_copied()
    {
        var (solution, stack, other) = Project();
        var documents = await DeploymentDocuments.OfAsync(solution, StackPath, TestContext.Current.CancellationToken);
        var (stackBefore, otherBefore) = (stack.Copies, other.Copies);

        var text = documents!.Read(TestContext.Current.CancellationToken)!;
        var queue = Assert.Single(text.Model.Queues);
        var edits = TemplateEdits.SetVisibilityTimeout(text, queue, 120);

        Assert.Equal(20, Assert.Single(text.Model.Functions).Timeout.Single());
        Assert.Equal(StackPath, Assert.Single(edits).Path);
        Assert.Equal((1, 0), (stack.Copies - stackBefore, other.Copies - otherBefore));
    }

    [Fact]
    public async Task Each_change_is_made_to_the_text_as_it_has_become()
    {
        var (solution, _, _) = Project();
        var documents = (await DeploymentDocuments.OfAsync(solution, StackPath, TestContext.Current.CancellationToken))!;
        foreach (var seconds in (int[])[120, 240])
        {
            var text = documents.Read(TestContext.Current.CancellationToken)!;
            documents.Change(TemplateEdits.SetVisibilityTimeout(text, text.Model.Queues[0], seconds));
        }

        var changed = documents.In(solution).Projects.Single().Documents.Single(document => document.FilePath == StackPath);
        var written = (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Assert.Contains("new Queue(this, \"OrdersQueue\", new QueueProps { VisibilityTimeout = Duration.Seconds(240) });", written, StringComparison.Ordinal);
        Assert.Equal([StackPath], documents.Changed);
    }
}
