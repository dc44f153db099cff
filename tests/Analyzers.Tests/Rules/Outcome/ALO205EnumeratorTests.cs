using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO205FailureEscapes;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>Calls that a loop makes and nobody writes, in handlers that catch nothing.</summary>
public sealed class ALO205EnumeratorTests
{
    [Fact]
    public Task One_of_the_source_that_fails() => VerifyAsync("new Lines(message.Body)", "{|#0:int.Parse(text)|}", Finding());

    [Fact]
    public Task One_of_the_source_that_does_not() => VerifyAsync("new Lines(message.Body)", "text.Length");

    [Fact]
    public Task That_of_an_array() => VerifyAsync("message.Body.Split(',')", "int.Parse(text)");

    [Fact]
    public Task That_of_a_text() => VerifyAsync("message.Body", "int.Parse(text)");

    private static Task VerifyAsync(string lines, string next, params DiagnosticResult[] expected) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public sealed class Lines
            {
                private readonly string text;

                public Lines(string text) => this.text = text;

                public object Current => text;

                public Lines GetEnumerator() => this;

                public bool MoveNext() => {{next}} > 0;
            }

            public SQSBatchResponse Handle(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    foreach (var line in {{lines}})
                    {
                        if (line.Equals("refused"))
                            failures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(failures);
            }
            """,
            expected
        );

    private static DiagnosticResult Finding() =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments("Handle", " Reached from 'Handle' → 'Lines.MoveNext'.").IgnoringAdditionalLocations();
}
