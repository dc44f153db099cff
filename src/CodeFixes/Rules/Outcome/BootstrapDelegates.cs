using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>
/// The delegates by which an executable function gives its handler to the runtime. One that keeps the old type still compiles, and throws the
/// response away: the type arguments and the type of a delegate variable follow the handler.
/// </summary>
internal static class BootstrapDelegates
{
    /// <summary>Adjusts them; false where one stands in another file or has a form that is not known.</summary>
    public static bool Change(FixTarget target, TextEdits edits, Handler handler, string response)
    {
        foreach (var tree in target.Session.Compilation.SyntaxTrees)
        {
            foreach (var call in TreeCandidates.Of(tree, default).Bootstraps)
            {
                if (target.Session.Models.Of(tree).GetOperation(call) is not IInvocationOperation invocation)
                    continue;
                foreach (var argument in invocation.Arguments.Where(argument => Gives(argument.Value, handler.Method)))
                {
                    if (tree != target.Root.SyntaxTree || !Change(edits, call, argument.Value, handler, response))
                        return false;
                }
            }
        }

        return true;
    }

    private static bool Change(TextEdits edits, InvocationExpressionSyntax call, IOperation value, Handler handler, string response)
    {
        if (call.Expression is MemberAccessExpressionSyntax { Name: GenericNameSyntax generic })
        {
            var arguments = generic.TypeArgumentList.Arguments;
            if (handler.Response.Type is null && arguments.Count == 1)
                edits.Insert(arguments[0].Span.End, ", " + response);
            else if (handler.Response.Type is not null && arguments.Count == 2)
                edits.Replace(arguments[1].Span, response);
            else
                return false;
        }

        if (Unwrap(value) is not ILocalReferenceOperation local)
            return true;
        if (
            local.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
            is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration }
        )
            return false;
        return declaration.Type.IsVar || declaration.Variables.Count == 1 && ChangeDelegate(edits, declaration.Type, handler, response);
    }

    // Func<SQSEvent, ILambdaContext, Task> and Action<SQSEvent>.
    private static bool ChangeDelegate(TextEdits edits, TypeSyntax type, Handler handler, string response)
    {
        if (type is not GenericNameSyntax name)
            return false;
        var last = name.TypeArgumentList.Arguments.Last();
        switch (name.Identifier.ValueText)
        {
            case "Func" when last is GenericNameSyntax { Identifier.ValueText: "Task" or "ValueTask" } task:
                edits.Replace(task.TypeArgumentList.Arguments[0].Span, response);
                return true;
            case "Func" when last is IdentifierNameSyntax { Identifier.ValueText: "Task" or "ValueTask" }:
                edits.Insert(last.Span.End, $"<{response}>");
                return true;
            case "Func" when handler.Response.Kind == ResponseKind.Other:
                edits.Replace(last.Span, response);
                return true;
            case "Action":
                edits.Replace(name.Identifier.Span, "Func");
                edits.Insert(last.Span.End, ", " + response);
                return true;
            default:
                return false;
        }
    }

    private static bool Gives(IOperation? value, IMethodSymbol method) =>
        Unwrap(value) switch
        {
            IMethodReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Method.OriginalDefinition, method.OriginalDefinition),
            IAnonymousFunctionOperation lambda => SymbolEqualityComparer.Default.Equals(lambda.Symbol, method),
            ILocalReferenceOperation local => local.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
                is VariableDeclaratorSyntax { Initializer.Value: { } initial }
                && Gives(local.SemanticModel?.GetOperation(initial), method),
            _ => false,
        };

    private static IOperation? Unwrap(IOperation? value) =>
        value switch
        {
            IConversionOperation conversion => Unwrap(conversion.Operand),
            IDelegateCreationOperation creation => Unwrap(creation.Target),
            _ => value,
        };
}
