using AtLeastOnce.Analyzers.Effects;

namespace AtLeastOnce.Analyzers.Tests.Effects;

public sealed class EffectFileTests
{
    private const string Needs = "The effect 'Charge' needs 'types' and 'methods': lists of names.";

    [Fact]
    public void An_entry_with_everything()
    {
        var (effects, problems) = Read(
            """
            effects:
              - name: Charge
                does: sends
                types: [Shop.IPayments, Shop.Payments]
                methods: [Charge, Pay*]
                again: charges again
                identity: [request.Id, id]
                token: request.Key
                tokenLifetime: 24h
                condition: request.Condition
                text: request.Text
            """
        );

        Assert.Empty(problems);
        var effect = Assert.Single(effects);
        Assert.Equal(("Charge", EffectKind.Sends, "charges again"), (effect.Name, effect.Kind, effect.Again));
        Assert.Equal(["Shop.IPayments", "Shop.Payments"], effect.Types);
        Assert.Equal(["Charge", "Pay*"], effect.Methods);
        Assert.Equal(["Id", "id"], effect.Identity.Select(path => path.Name));
        Assert.Equal("Key", Assert.Single(effect.Token).Name);
        Assert.Equal(TimeSpan.FromHours(24), effect.TokenLifetime);
        Assert.Equal(("Condition", "Text"), (effect.Condition?.Name, effect.Text?.Name));
    }

    [Fact]
    public void An_entry_with_what_it_needs()
    {
        var (effects, problems) = Read("effects: [{ name: Charge, does: adds, types: Shop.IPayments, methods: Charge }]");

        Assert.Empty(problems);
        var effect = Assert.Single(effects);
        Assert.Equal(("does it again", (TimeSpan?)null, true, true), (effect.Again, effect.TokenLifetime, effect.Token.IsEmpty, effect.Identity.IsEmpty));
    }

    [Theory]
    [InlineData("overwrites", nameof(EffectKind.Overwrites))]
    [InlineData("adds", nameof(EffectKind.Adds))]
    [InlineData("sends", nameof(EffectKind.Sends))]
    [InlineData("update-expression", nameof(EffectKind.UpdateExpression))]
    [InlineData("sql", nameof(EffectKind.Sql))]
    [InlineData("http", nameof(EffectKind.Http))]
    [InlineData("reads", nameof(EffectKind.Reads))]
    public void What_it_does(string word, string kind) => Assert.Equal(kind, Assert.Single(Read(Entry($"does: {word}")).Effects).Kind.ToString());

    [Theory]
    [InlineData("5m", 5)]
    [InlineData("2h", 120)]
    public void A_lifetime(string text, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Assert.Single(Read(Entry($"does: adds, tokenLifetime: {text}")).Effects).TokenLifetime);

    [Theory]
    [InlineData("effects: 3", "1,1", "An effect file is a mapping with a list 'effects'.")]
    [InlineData("", "1,1", "An effect file is a mapping with a list 'effects'.")]
    [InlineData("- name: Charge", "1,1", "An effect file is a mapping with a list 'effects'.")]
    [InlineData("effects:\n  - Charge", "2,5", "An effect is a mapping with name, does, types and methods.")]
    [InlineData("effects:\n  - { does: adds, types: T, methods: M }", "2,5", "An effect needs a 'name'.")]
    [InlineData("effects:\n  - { name: Charge, does: adds, methods: M }", "2,5", Needs)]
    [InlineData("effects:\n  - { name: Charge, does: adds, types: T }", "2,5", Needs)]
    [InlineData("effects:\n  - { name: Charge, does: adds, types: [], methods: M }", "2,5", Needs)]
    [InlineData(
        "effects:\n  - { name: Charge, types: T, methods: M }",
        "2,5",
        "The effect 'Charge' does not say what it 'does': overwrites, adds, sends, update-expression, sql, http, entity, document-update, reads."
    )]
    [InlineData(
        "effects:\n  - { name: Charge, does: pay, types: T, methods: M }",
        "2,27",
        "An effect 'does' one of overwrites, adds, sends, update-expression, sql, http, entity, document-update, reads, not 'pay'."
    )]
    [InlineData(
        "effects:\n  - { name: Charge, does: adds, types: T, methods: M, tokenLifetime: 5d }",
        "2,70",
        "A 'tokenLifetime' is a number of minutes or hours, as 5m or 24h, not '5d'."
    )]
    [InlineData(
        "effects:\n  - { name: Charge, does: adds, types: T, methods: M, tokens: k }",
        "2,55",
        "An effect has no 'tokens'. It has name, does, types, methods, again, identity, token, tokenLifetime, condition, text, answer."
    )]
    public void What_cannot_be_read_is_left_out_and_told(string text, string place, string complaint)
    {
        var (effects, problems) = Read(text);

        Assert.Empty(effects);
        var problem = Assert.Single(problems);
        Assert.Equal((place, complaint), ($"{problem.Place.StartLine + 1},{problem.Place.StartColumn + 1}", problem.Text));
    }

    [Fact]
    public void A_text_that_is_no_yaml()
    {
        var (effects, problems) = Read("effects: [{ name: Charge");

        Assert.Empty(effects);
        Assert.StartsWith("It is no valid YAML or JSON: ", Assert.Single(problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_entry_does_not_take_the_others_along() =>
        Assert.Equal("Charge", Assert.Single(Read("effects:\n  - 3\n  - { name: Charge, does: adds, types: T, methods: M }").Effects).Name);

    [Fact]
    public void The_products_own_file_is_sound() => Assert.True(EffectFile.ReadBuiltIn().Length > 30);

    private static string Entry(string fields) => $"effects: [{{ name: Charge, types: T, methods: M, {fields} }}]";

    private static (IReadOnlyList<Effect> Effects, IReadOnlyList<EffectFileProblem> Problems) Read(string text)
    {
        var (effects, problems) = EffectFile.Read("shop.effects.yaml", text, TestContext.Current.CancellationToken);
        return (effects, problems);
    }
}
