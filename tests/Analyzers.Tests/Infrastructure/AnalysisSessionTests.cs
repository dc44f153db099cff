using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AtLeastOnce.Analyzers.Tests.Infrastructure;

/// <summary>What the rules share of a file while they look at it one after the other.</summary>
public sealed class AnalysisSessionTests
{
    [Fact]
    public void The_facts_of_a_file_are_computed_once_however_many_handlers_it_has()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var session = Session(string.Concat(Enumerable.Range(1, 60).Select(number => $"public void Handle{number}(SQSEvent batch) {{ }}\n")));
        var handlers = session.Handlers(cancellationToken).ToList();
        var first = handlers.Select(handler => (session.FlowOf(handler, cancellationToken), session.EffectsOf(handler, cancellationToken))).ToList();

        Assert.Equal(60, handlers.Count);
        Assert.All(
            handlers.Zip(first),
            known =>
            {
                Assert.Same(known.Second.Item1, session.FlowOf(known.First, cancellationToken));
                Assert.Same(known.Second.Item2, session.EffectsOf(known.First, cancellationToken));
            }
        );
    }

    private static AnalysisSession Session(string members)
    {
        var compilation = CSharpCompilation.Create(
            "Shop",
            [
                CSharpSyntaxTree.ParseText(HandlerTest.Class(members), path: "/Function.cs"),
                CSharpSyntaxTree.ParseText(HandlerTest.Services, path: "/Services.cs"),
            ],
            References.Default.Resolve(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        return AnalysisSession.For(compilation, new AnalyzerOptions(ImmutableArray<AdditionalText>.Empty))!;
    }
}
