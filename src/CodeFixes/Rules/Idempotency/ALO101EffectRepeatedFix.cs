using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Rules.Idempotency;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>Gives a call that has a place for a token the record's own id. A token that is soon forgotten is given only where the deployment says how long deliveries go on.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ALO101EffectRepeatedFix))]
public sealed class ALO101EffectRepeatedFix : RecordIdentityFix
{
    internal const string GiveTokenKey = "ALO101.GiveToken";

    private protected override string Id => ALO101EffectRepeated.Id;

    private protected override IEnumerable<FixChoice> ChoicesFor(Diagnostic diagnostic) => [new(GiveTokenKey, "Give it the record's own id as its token")];

    private protected override bool Applies(JudgedEffect effect) => effect is { Repetition.Kind: RepetitionKind.Repeats, Guard.Kind: GuardKind.None };

    private protected override bool Edit(FixTarget target, Handler handler, JudgedEffect effect, TextEdits edits)
    {
        var call = effect.Reached.Call;
        if (
            call.Syntax.SyntaxTree != target.Root.SyntaxTree
            || call.Syntax is not InvocationExpressionSyntax syntax
            || effect.Reached.Effect.Token is not [var path, ..]
            || effect.Reached.Effect.TokenLifetime is not null && !IsDeployed(handler)
            || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == path.Parameter) is not { Parameter: { } parameter } argument
            || RecordIdentity.At(target, syntax) is not { } identity
            || !IdentitySlot.OfToken(path).Takes(identity, 0, isWhole: true)
        )
            return false;
        var isOmitted = argument.ArgumentKind == ArgumentKind.DefaultValue;
        return path.Members switch
        {
            [] => isOmitted && IsText(parameter.Type) && Pass(syntax, parameter, identity.Code, edits),
            [var member] when isOmitted => IsSettable(parameter.Type, member)
                && parameter.Type is INamedTypeSymbol { IsAbstract: false } type
                && type.InstanceConstructors.Any(constructor => constructor is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public })
                && Pass(syntax, parameter, $"new {new TypeNames(target.Model, syntax.SpanStart, edits).Of(type)} {{ {member} = {identity.Code} }}", edits),
            [var member] => CreationOf(target, argument.Value) is { } creation
                && IsSettable(target.Model.GetTypeInfo(creation).Type, member)
                && RecordIdentity.At(target, creation)?.Code == identity.Code
                && Set(target, creation, $"{member} = {identity.Code}", edits),
            _ => false,
        };
    }

    private static bool IsDeployed(Handler handler) => !handler.Mappings.IsEmpty && handler.Mappings.All(link => link.Queue is not null);

    private static bool IsText(ITypeSymbol type) => type.SpecialType == SpecialType.System_String;

    private static bool IsSettable(ITypeSymbol? type, string member)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(member).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
                return IsText(property.Type) && property.SetMethod?.DeclaredAccessibility == Accessibility.Public;
        }

        return false;
    }

    private static bool Pass(InvocationExpressionSyntax call, IParameterSymbol parameter, string value, TextEdits edits)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.SeparatorCount >= arguments.Count && arguments.Count > 0)
            return false;
        var written = $"{parameter.Name}: {value}";
        edits.Insert(
            arguments.Count == 0 ? call.ArgumentList.OpenParenToken.Span.End : arguments.Last().Span.End,
            arguments.Count == 0 ? written : $", {written}"
        );
        return true;
    }

    // Written in the call, or kept in a variable that holds nothing else.
    private static BaseObjectCreationExpressionSyntax? CreationOf(FixTarget target, IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        if (value is IObjectCreationOperation)
            return value.Syntax as BaseObjectCreationExpressionSyntax;
        return
            value is ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: [var reference] } local }
            && reference.SyntaxTree == target.Root.SyntaxTree
            && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax creation } declarator
            && declarator.FirstAncestorOrSelf<BlockSyntax>() is { } block
            && !block
                .DescendantNodes()
                .OfType<AssignmentExpressionSyntax>()
                .Any(set => set.Left is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name)
            ? creation
            : null;
    }

    private static bool Set(FixTarget target, BaseObjectCreationExpressionSyntax creation, string assignment, TextEdits edits)
    {
        switch (creation.Initializer)
        {
            case null when creation.ArgumentList is { } list:
                edits.Insert(list.Span.End, $" {{ {assignment} }}");
                return true;
            case { Expressions: [] } empty when CodeStyle.IsOnOneLine(target.Text, empty):
                edits.Replace(empty.Span, $"{{ {assignment} }}");
                return true;
            case { Expressions: [.., var last] expressions } initializer when initializer.IsKind(SyntaxKind.ObjectInitializerExpression):
                var hasComma = expressions.SeparatorCount == expressions.Count;
                var end = hasComma ? expressions.GetSeparator(expressions.Count - 1).Span.End : last.Span.End;
                var line = target.Text.Lines.GetLineFromPosition(end);
                if (line.LineNumber == target.Text.Lines.GetLineFromPosition(initializer.CloseBraceToken.SpanStart).LineNumber)
                {
                    edits.Insert(end, (hasComma ? " " : ", ") + assignment);
                    return true;
                }

                if (!CodeStyle.IsFirstOnLine(target.Text, expressions[0].SpanStart))
                    return false;
                if (!hasComma)
                    edits.Insert(end, ",");
                var indent = CodeStyle.IndentOf(target.Text, expressions[0].SpanStart);
                edits.Insert(line.End, CodeStyle.Of(target.Text, creation).Line(indent) + assignment + (hasComma ? "," : ""));
                return true;
            default:
                return false;
        }
    }
}
