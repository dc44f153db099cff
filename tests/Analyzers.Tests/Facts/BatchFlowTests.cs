using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Facts;

public sealed class BatchFlowTests
{
    [Theory]
    [InlineData("foreach (var message in batch.Records) orders.Ship(message.Body);", nameof(IterationKind.ForEach))]
    [InlineData("for (var i = 0; i < batch.Records.Count; i++) orders.Ship(batch.Records[i].Body);", nameof(IterationKind.Index))]
    [InlineData("var i = 0; while (i < batch.Records.Count) orders.Ship(batch.Records[i++].Body);", nameof(IterationKind.Index))]
    [InlineData(
        "var bodies = batch.Records.Select(message => message.Body); foreach (var body in bodies) orders.Ship(body);",
        nameof(IterationKind.Delegate) + "," + nameof(IterationKind.ForEach)
    )]
    [InlineData("batch.Records.ForEach(message => orders.Ship(message.Body));", nameof(IterationKind.Delegate))]
    [InlineData("Parallel.ForEach(batch.Records, message => orders.Ship(message.Body));", nameof(IterationKind.Parallel))]
    [InlineData("Task.WhenAll(batch.Records.Select(message => orders.ShipAsync(message.Body))).Wait();", nameof(IterationKind.Parallel))]
    [InlineData(
        "Task.WhenAll(batch.Records.Select(Ship)).Wait(); Task Ship(SQSEvent.SQSMessage message) => orders.ShipAsync(message.Body);",
        nameof(IterationKind.Parallel)
    )]
    [InlineData(
        "All(batch.Records); void All(IEnumerable<SQSEvent.SQSMessage> messages) { foreach (var message in messages) orders.Ship(message.Body); }",
        nameof(IterationKind.ForEach)
    )]
    [InlineData("foreach (var name in new[] { \"a\" }) orders.Ship(name);", "")]
    public void Iterations(string body, string kinds) => Assert.Equal(kinds, string.Join(",", Flow(body).Iterations.Select(iteration => iteration.Kind)));

    [Theory]
    [InlineData("foreach (var message in batch.Records) { if (message.Body == \"\") return; orders.Ship(message.Body); }", nameof(LoopExitKind.Return))]
    [InlineData("foreach (var message in batch.Records) { if (message.Body == \"\") break; orders.Ship(message.Body); }", nameof(LoopExitKind.Break))]
    [InlineData("foreach (var message in batch.Records) { if (message.Body == \"\") throw new InvalidOperationException(); }", nameof(LoopExitKind.Throw))]
    [InlineData("foreach (var message in batch.Records) { foreach (var c in new[] { 1 }) { if (c == 1) break; } }", "")]
    [InlineData("foreach (var message in batch.Records) { Func<int> f = () => { return 1; }; f(); }", "")]
    [InlineData("foreach (var message in batch.Records) { if (message.Body == \"\") continue; orders.Ship(message.Body); }", "")]
    public void Exits(string body, string kinds) => Assert.Equal(kinds, string.Join(",", Flow(body).Exits.Select(exit => exit.Kind)));

    [Theory]
    [InlineData("foreach (var m in batch.Records) orders.Ship(m.Body);", nameof(FailureFate.Escapes))]
    [InlineData("foreach (var m in batch.Records) { try { orders.Ship(m.Body); } catch { } }", nameof(FailureFate.Swallowed))]
    [InlineData("foreach (var m in batch.Records) { try { orders.Ship(m.Body); } catch { throw; } }", nameof(FailureFate.Escapes))]
    [InlineData("foreach (var m in batch.Records) { try { try { orders.Ship(m.Body); } catch { throw; } } catch { } }", nameof(FailureFate.Swallowed))]
    [InlineData(
        "foreach (var m in batch.Records) { try { orders.Ship(m.Body); } catch (Exception e) { orders.GiveUpAsync(e); } }",
        nameof(FailureFate.HandedOver)
    )]
    [InlineData(
        "foreach (var m in batch.Records) { try { orders.Ship(m.Body); } catch { failures.Add(new() { ItemIdentifier = m.MessageId }); } }",
        nameof(FailureFate.Reported)
    )]
    [InlineData(
        "foreach (var m in batch.Records) { try { orders.Ship(m.Body); } catch { failed = m; } } if (failed != null) failures.Add(new() { ItemIdentifier = failed.MessageId });",
        nameof(FailureFate.Reported)
    )]
    [InlineData(
        "foreach (var m in batch.Records) { try { orders.Ship(m.Body); } catch { failed = m; break; } } if (failed == null) log.LogInformation(\"fine\");",
        nameof(FailureFate.Swallowed)
    )]
    [InlineData("Parallel.ForEach(batch.Records, m => { try { orders.Ship(m.Body); } catch { } });", nameof(FailureFate.Swallowed))]
    [InlineData("foreach (var m in batch.Records) log.LogInformation(m.Body);", "")]
    public void Fates(string body, string fates) => Assert.Equal(fates, string.Join(",", Flow(body).Failures.Select(failure => failure.Fate).Distinct()));

    [Fact]
    public void One_clause_is_one_cause() =>
        Assert.Single(Flow("foreach (var m in batch.Records) { try { orders.Ship(m.Body); orders.Ship(m.MessageId); } catch { } }").Failures);

    [Fact]
    public void Methods_that_call_each_other_come_to_an_end() =>
        Assert.Equal(
            FailureFate.Escapes,
            Assert
                .Single(
                    Flow(
                        "foreach (var m in batch.Records) A(m, 3); void A(SQSEvent.SQSMessage m, int n) { orders.Ship(m.Body); if (n > 0) B(m, n - 1); } void B(SQSEvent.SQSMessage m, int n) => A(m, n);"
                    ).Failures
                )
                .Fate
        );

    [Fact]
    public void A_cancelled_computation_leaves_nothing_behind()
    {
        var session = Session("foreach (var m in batch.Records) orders.Ship(m.Body);");
        var handler = Assert.Single(session.Handlers(TestContext.Current.CancellationToken));
        Assert.ThrowsAny<OperationCanceledException>(() => session.FlowOf(handler, new CancellationToken(canceled: true)));
        Assert.Single(session.FlowOf(handler, TestContext.Current.CancellationToken).Failures);
    }

    private static BatchFlow Flow(string body)
    {
        var session = Session(body);
        return session.FlowOf(Assert.Single(session.Handlers(TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
    }

    private static AnalysisSession Session(string body)
    {
        var source = HandlerTest.Class(
            $$"""
            public void Handle(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                SQSEvent.SQSMessage? failed = null;
                {{body}}
            }
            """
        );
        var compilation = CSharpCompilation.Create(
            "Shop",
            [CSharpSyntaxTree.ParseText(source, path: "/Function.cs"), CSharpSyntaxTree.ParseText(HandlerTest.Services, path: "/Services.cs")],
            References.Default.Resolve(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return AnalysisSession.For(compilation, new AnalyzerOptions(ImmutableArray<AdditionalText>.Empty))!;
    }
}
