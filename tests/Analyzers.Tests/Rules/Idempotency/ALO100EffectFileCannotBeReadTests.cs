using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO100EffectFileCannotBeRead;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO100EffectFileCannotBeReadTests
{
    private const string Sound = """
        effects:
          - name: Charge
            does: adds
            types: [Shop.IPayments]
            methods: [Charge]
            token: key
            tokenLifetime: 24h
        """;

    [Fact]
    public Task A_file_that_can_be_read() => VerifyAsync(("shop.effects.yaml", Sound));

    [Fact]
    public Task An_entry_with_an_unknown_kind() =>
        VerifyAsync(
            ("shop.effects.yaml", Sound.Replace("adds", "{|#0:charges|}")),
            "An effect 'does' one of overwrites, adds, sends, update-expression, sql, http, entity, document-update, reads, not 'charges'."
        );

    [Fact]
    public Task An_entry_with_an_unknown_key() =>
        VerifyAsync(
            ("effects.yaml", Sound.Replace("token:", "{|#0:tokens|}:")),
            "An effect has no 'tokens'. It has name, does, types, methods, again, identity, token, tokenLifetime, condition, text, answer."
        );

    [Fact]
    public Task A_text_that_is_no_yaml() =>
        VerifyAsync(("shop.effects.yml", "effects: [{|#0:|}"), "It is no valid YAML or JSON: While parsing a node, did not find expected node content.");

    [Fact]
    public Task A_file_of_another_name_is_none() => VerifyAsync(("sideeffects.yaml", "effects: 3"));

    [Fact]
    public Task Every_broken_entry_is_told()
    {
        var test = Test(
            ("shop.effects.yaml", "effects:\n  - {|#0:charge|}\n  - {|#1:{ name: Refund, does: adds }|}\n"),
            Finding(0, "An effect is a mapping with name, does, types and methods."),
            Finding(1, "The effect 'Refund' needs 'types' and 'methods': lists of names.")
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Without_a_package_of_ours_nothing_is_said()
    {
        var test = Test(("shop.effects.yaml", "effects: 3"));
        test.ReferenceAssemblies = References.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task VerifyAsync((string Name, string Text) file, params string[] complaints) =>
        Test(file, [.. complaints.Select((complaint, i) => Finding(i, complaint, file.Name))]).RunAsync(TestContext.Current.CancellationToken);

    private static DiagnosticResult Finding(int mark, string complaint, string file = "shop.effects.yaml") =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(mark).WithArguments(file, complaint);

    private static CSharpAnalyzerTest<Rule> Test((string Name, string Text) file, params DiagnosticResult[] expected)
    {
        var test = new CSharpAnalyzerTest<Rule> { TestCode = "class Own { }" };
        test.TestState.AdditionalFiles.Add(file);
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }
}
