using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Makes a handler that cannot carry failures return a response.</summary>
/// <param name="target">The document.</param>
/// <param name="edits">Takes the changes.</param>
/// <param name="handler">The handler.</param>
/// <param name="function">Its declaration.</param>
/// <param name="response">How the response is made.</param>
internal sealed class HandlerSignature(FixTarget target, TextEdits edits, Handler handler, FunctionSyntax function, ResponseCreation response)
{
    private readonly bool isTask = handler.Method.ReturnType.Name is "Task" or "ValueTask";

    /// <summary>Whether the handler becomes, or stays, <c>async</c>.</summary>
    public bool IsAsync { get; private set; } = function.IsAsync;

    /// <summary>Whether the method may be given another return type: nothing it overrides or implements asks for this one.</summary>
    public static bool CanChange(IMethodSymbol method) =>
        method
            is {
                IsOverride: false,
                IsVirtual: false,
                IsAbstract: false,
                IsPartialDefinition: false,
                PartialDefinitionPart: null,
                PartialImplementationPart: null,
                ExplicitInterfaceImplementations.IsEmpty: true
            }
        && !(method.IsAsync && method.ReturnsVoid)
        && !Implements(method);

    /// <summary>Changes the return type.</summary>
    public bool ChangeReturnType()
    {
        if (function.ReturnType is not { } type)
            return function.IsLambda;
        if (!isTask)
            edits.Replace(type.Span, response.Type);
        else if (
            type.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault(name => name.Identifier.ValueText is "Task" or "ValueTask") is { } generic
        )
            edits.Replace(generic.TypeArgumentList.Arguments[0].Span, response.Type);
        else if (type.ToString().EndsWith("Task", StringComparison.Ordinal))
            edits.Insert(type.Span.End, $"<{response.Type}>");
        else
            return false;
        return true;
    }

    /// <summary>Makes the handler <c>async</c>.</summary>
    public void MakeAsync()
    {
        if (IsAsync)
            return;
        IsAsync = true;
        edits.Insert(function.AsyncPosition, "async ");
    }

    /// <summary>Whether every value that the handler returns means nothing, so that it can be dropped.</summary>
    public bool ReturnsNothingOfItsOwn(RecordPass pass) =>
        function.Returns.All(statement =>
            !pass.Iteration.Includes(statement) && (statement.Expression is null || IsMeaningless(statement.Expression) || IsTaskToAwait(statement.Expression))
        ) && (function.Expression is null || handler.Response.Kind == ResponseKind.None);

    /// <summary>Whether the handler hands the task on, so that it has to await it before it can return a response.</summary>
    public bool IsTaskToAwait(ExpressionSyntax expression) =>
        isTask
        && !function.IsAsync
        && target.Model.GetTypeInfo(expression).Type is { Name: "Task" or "ValueTask" }
        && (expression is IdentifierNameSyntax || !IsMeaningless(expression));

    /// <summary>A <c>return</c> of the response.</summary>
    public string Return(string list) => IsAsync || !isTask ? $"return {response.With(list)};" : $"return {TaskName()}.FromResult({response.With(list)});";

    /// <summary>Whether the expression is a task that is over already, so that nothing waits for it.</summary>
    public static bool IsMeaningless(ExpressionSyntax expression) =>
        expression switch
        {
            LiteralExpressionSyntax or IdentifierNameSyntax or DefaultExpressionSyntax => true,
            ParenthesizedExpressionSyntax parenthesized => IsMeaningless(parenthesized.Expression),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } unary => IsMeaningless(unary.Operand),
            BinaryExpressionSyntax binary => IsMeaningless(binary.Left) && IsMeaningless(binary.Right),
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" or "Empty" or "Count" or "Length" } member => member.Expression
                is not InvocationExpressionSyntax,
            InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" },
                ArgumentList.Arguments: [var only]
            } => IsMeaningless(only.Expression),
            ObjectCreationExpressionSyntax creation => (creation.ArgumentList?.Arguments.All(argument => IsMeaningless(argument.Expression)) ?? true)
                && (creation.Initializer?.Expressions.All(IsMeaningless) ?? true),
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => IsMeaningless(assignment.Right),
            _ => false,
        };

    private string TaskName() => function.ReturnType?.ToString().Split('<')[0] ?? "Task";

    private static bool Implements(IMethodSymbol method) =>
        method.ContainingType is { } type
        && type.AllInterfaces.Any(contract =>
            contract.GetMembers(method.Name).Any(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method))
        );
}
