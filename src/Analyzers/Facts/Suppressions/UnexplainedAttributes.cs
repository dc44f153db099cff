using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Analyzers.Facts.Suppressions;

/// <summary><c>[SuppressMessage("…", "ALO101")]</c> without a justification, and <c>[IdempotentOperation]</c> without a reason.</summary>
internal static class UnexplainedAttributes
{
    private const string IdempotentOperation = "IdempotentOperation";
    private static readonly string[] Suppressing = ["SuppressMessage", "UnconditionalSuppressMessage"];

    /// <summary>The attributes of a file, in the order of the text.</summary>
    public static IEnumerable<UnexplainedSuppression> In(CompilationUnitSyntax root, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var attribute in root.DescendantNodes().OfType<AttributeSyntax>())
        {
            var name = NameOf(attribute);
            if (name != IdempotentOperation && !Suppressing.Contains(name))
                continue;
            if (model.GetSymbolInfo(attribute, cancellationToken).Symbol?.ContainingType is not { } type)
                continue;
            var found =
                name == IdempotentOperation ? Declaration(attribute, model, cancellationToken)
                : type.Is($"System.Diagnostics.CodeAnalysis.{name}Attribute") ? Suppression(attribute, name, model, cancellationToken)
                : null;
            if (found is not null)
                yield return found;
        }
    }

    // Any attribute of that name counts, and so does any text that it is given.
    private static UnexplainedSuppression? Declaration(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var argument in Arguments(attribute))
        {
            if (TextOf(argument, model, cancellationToken) is not { } text || SuppressionReasons.IsReason(text, []))
                return null;
        }

        return new($"[{IdempotentOperation}]", "what the rules say about repeated effects", attribute.GetLocation(), "in its argument");
    }

    // The id is the second argument, "ALO101" or "ALO101:Title".
    private static UnexplainedSuppression? Suppression(AttributeSyntax attribute, string name, SemanticModel model, CancellationToken cancellationToken)
    {
        string? id = null;
        var justification = "";
        foreach (var (argument, position) in Arguments(attribute).Select((argument, position) => (argument, position)))
        {
            var text = TextOf(argument, model, cancellationToken);
            if (argument.NameEquals is { } member)
                justification = member.Name.Identifier.ValueText == "Justification" ? text : justification;
            else if (argument.NameColon is { } parameter ? parameter.Name.Identifier.ValueText == "checkId" : position == 1)
                id = text?.Split(':')[0].Trim();
        }

        return id is not null && justification is not null && RuleTitles.Of(id) is not null && !SuppressionReasons.IsReason(justification, [id])
            ? new($"[{name}]", id, attribute.GetLocation(), "in its Justification")
            : null;
    }

    private static IEnumerable<AttributeArgumentSyntax> Arguments(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments ?? Enumerable.Empty<AttributeArgumentSyntax>();

    // Null where the compiler does not know the value; what is no text, or null, says nothing.
    private static string? TextOf(AttributeArgumentSyntax argument, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetConstantValue(argument.Expression, cancellationToken) switch
        {
            { HasValue: true, Value: var value } => value as string ?? "",
            _ => null,
        };

    private static string NameOf(AttributeSyntax attribute)
    {
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        const string suffix = "Attribute";
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
    }
}
