using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Time;

/// <summary>The Lambda context at a place in a handler: the one that is there, or a parameter more for a handler that takes the event alone.</summary>
internal static class ContextParameter
{
    private const string Context = "Amazon.Lambda.Core.ILambdaContext";

    /// <summary>An expression for the context; null where there is none and none can be given. Whoever else calls the handler must still compile.</summary>
    /// <param name="target">The document.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="place">What is to read it.</param>
    /// <param name="names">How types are written there.</param>
    /// <param name="edits">Takes the parameter.</param>
    public static string? At(FixTarget target, Handler handler, SyntaxNode place, TypeNames names, TextEdits edits)
    {
        if (ValueInReach.Around(target.Model, place, type => type.Is(Context)) is [var known, ..])
            return known.Name;
        if (
            handler.Method is not { Parameters.Length: 1, IsOverride: false, MethodKind: MethodKind.Ordinary }
            || handler.Origin is HandlerOrigin.BaseClass or HandlerOrigin.Bootstrap
            || handler.Method.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax() is not MethodDeclarationSyntax { ParameterList.Parameters: [var parameter] } method
            || !method.Span.Contains(place.Span)
            || place.Ancestors().TakeWhile(node => node != method).Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            || names.Of(Context) is not { } type
        )
            return null;
        var name = LocalNames.FreeBeside(target.Model, "context", method);
        edits.Insert(parameter.Span.End, $", {type} {name}");
        return name;
    }
}
