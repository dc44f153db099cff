using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>What is done with the results of the tasks of a batch.</summary>
/// <param name="Tasks">The expression that waits for them.</param>
/// <param name="Before">What stands before the expression in its statement.</param>
/// <param name="Then">The statement after it.</param>
internal sealed record Collecting(ExpressionSyntax Tasks, string Before, string Then);

/// <summary>
/// A function that LINQ or a list calls for each record. Where tasks are made for all records, each gives back its failure, and the failures are
/// collected in the order of the records when all tasks are over.
/// </summary>
internal sealed class RecordTasks(FixTarget target, TextEdits edits, RecordPass pass, FailureSink sink, TypeNames names, CodeStyle style)
{
    private readonly SourceText text = target.Text;
    private string shift = "";

    /// <summary>What has to be done with the tasks' results; null for a function that is called for its effect.</summary>
    public Collecting? Collecting { get; private set; }

    /// <summary>Covers what the function does; false when it has a form that cannot be covered.</summary>
    public bool Cover()
    {
        if (
            pass.Iteration.Operation is not IInvocationOperation { Syntax: InvocationExpressionSyntax call } invocation
            || call.ArgumentList.Arguments is not [.., { Expression: var function }]
        )
            return false;
        // A body that is an expression beside its arrow gets lines, and braces around them.
        if (FunctionSyntax.Around(call) is { Expression: { } body } && body.Span.Contains(call.Span) && !CodeStyle.IsFirstOnLine(text, body.SpanStart))
            shift = style.Unit;
        return invocation.TargetMethod switch
        {
            { Name: "Select", TypeArguments: [_, { Name: "Task" }] } method when method.ContainingType.Is("System.Linq.Enumerable") => Collect(call)
                && Cover(function, isTask: true),
            { Name: "ForEach", ReturnsVoid: true } method when method.ContainingType.Is("System.Collections.Generic.List") => Cover(function, isTask: false),
            _ => false,
        };
    }

    private bool Cover(ExpressionSyntax function, bool isTask)
    {
        if (function is LambdaExpressionSyntax lambda)
            return Cover(lambda, isTask);
        if (
            function is AnonymousFunctionExpressionSyntax
            || target.Model.GetSymbolInfo(function).Symbol is not IMethodSymbol { Parameters: [{ } parameter] }
            || !target.Session.Types.IsRecord(parameter.Type)
        )
            return false;
        var message = LocalNames.Free(target.Model, sink.Identity.Variable, FunctionSyntax.Around(function)?.Node ?? target.Root);
        edits.Replace(
            function.Span,
            $"{(isTask ? "async " : "")}{message} =>{Body(function, $"{(isTask ? "await " : "")}{function}({message});", message, isTask)}"
        );
        return true;
    }

    private bool Cover(LambdaExpressionSyntax lambda, bool isTask)
    {
        var isAsync = lambda.Modifiers.Any(SyntaxKind.AsyncKeyword);
        if (
            isAsync != isTask && isAsync
            || MessageOf(lambda) is not { } message
            || !RecordPass.AwaitsItsTasks(lambda, target.Model) && (isAsync || lambda.Block is not null)
        )
            return false;
        if (lambda.ExpressionBody is { } expression)
        {
            if (
                expression
                    .GetLeadingTrivia()
                    .Concat(expression.GetTrailingTrivia())
                    .Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            )
                return false;
            if (isTask && !isAsync)
                edits.Insert(lambda.SpanStart, "async ");
            var body = Body(lambda, $"{(isTask && !isAsync ? "await " : "")}{expression};", message, isTask);
            edits.Replace(TextSpan.FromBounds(lambda.ArrowToken.Span.End, expression.Span.End), body);
            return true;
        }

        if (lambda.Block is not { } block || isTask && !isAsync)
            return false;
        if (!isTask)
            return new RecordTry(target, edits, Clause(block, message, isTask)) { IsFunctionBody = true, Shift = shift }.Cover(block, pass.IsFailing);
        var own = new FunctionSyntax(lambda);
        if (own.Returns.Any(statement => statement.Expression is { } value && !HandlerSignature.IsMeaningless(value)))
            return false;
        foreach (var statement in own.Returns)
            edits.Replace(statement.Span, "return null;");
        var last = FunctionSyntax.IsEndReachable(block, target.Model) ? "return null;" : null;
        return new RecordTry(target, edits, Clause(block, message, isTask))
        {
            IsFunctionBody = true,
            Last = last,
            IsWhole = true,
            Shift = shift,
        }.Cover(block, pass.IsFailing);
    }

    // A task gives its failure back; a function that is called for its effect adds it to the list.
    private FailureClause Clause(SyntaxNode work, string message, bool isTask) =>
        new(target, names, work, message, sink.Identity, [isTask ? $"return {sink.Entry(message)};" : sink.Report(message)]);

    private string Body(ExpressionSyntax function, string statement, string message, bool isTask)
    {
        var work = (function as LambdaExpressionSyntax)?.ExpressionBody ?? function;
        var indent = CodeStyle.IndentOf(text, function.SpanStart) + shift;
        var (inner, innermost) = (indent + style.Unit, indent + style.Unit + style.Unit);
        var lines = new List<string> { style.Open(indent), style.Line(inner), "try", style.Open(inner), style.Line(innermost), statement };
        if (isTask)
            lines.AddRange([style.Line(innermost), "return null;"]);
        lines.AddRange([style.Line(inner), "}", style.Next(inner), Clause(work, message, isTask).Write(inner, style), style.Line(indent), "}"]);
        return string.Concat(lines);
    }

    private string? MessageOf(LambdaExpressionSyntax lambda) =>
        target.Model.GetSymbolInfo(lambda).Symbol is IMethodSymbol method
        && method.Parameters.Where(parameter => target.Session.Types.IsRecord(parameter.Type)).ToList() is [var only]
            ? only.Name
            : null;

    // Task.WhenAll(batch.Records.Select(…)), or a variable in between.
    private bool Collect(InvocationExpressionSyntax select)
    {
        ExpressionSyntax tasks = select;
        if (tasks.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList" or "ToArray", Parent: InvocationExpressionSyntax copied })
            tasks = copied;
        if (
            tasks.Parent is EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true, Variables.Count: 1 } } variable
            }
        )
        {
            var around = FunctionSyntax.Around(variable)?.Node ?? target.Root;
            var symbol = target.Model.GetDeclaredSymbol(variable);
            var uses = around
                .DescendantNodes()
                .OfType<IdentifierNameSyntax>()
                .Where(name =>
                    name.Identifier.ValueText == variable.Identifier.ValueText
                    && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(name).Symbol, symbol)
                )
                .ToList();
            if (uses.Count != 1)
                return false;
            tasks = uses[0];
        }

        if (
            tasks.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax whenAll } }
            || target.Model.GetSymbolInfo(whenAll).Symbol is not IMethodSymbol { Name: "WhenAll" } method
            || !method.ContainingType.Is("System.Threading.Tasks.Task")
        )
        {
            return false;
        }

        var results = LocalNames.Free(target.Model, "results", FunctionSyntax.Around(whenAll)?.Node ?? target.Root);
        names.NeedQueries();
        var collecting = new Collecting(whenAll, $"var {results} = ", $"{sink.List}.AddRange({results}.OfType<{sink.ItemType}>());");
        switch (Waiting.Of(whenAll))
        {
            case AwaitExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement }:
                Collect(statement, collecting);
                return true;
            case MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "Wait",
                Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } statement } wait
            } member:
                edits.Replace(TextSpan.FromBounds(member.Name.SpanStart, wait.Span.End), "Result");
                Collect(statement, collecting);
                return true;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } waited
                when waited.Ancestors().OfType<ExpressionStatementSyntax>().FirstOrDefault() is { Parent: BlockSyntax } statement
                    && statement.SpanStart == whenAll.SpanStart:
                Collect(statement, collecting);
                return true;
            case ReturnStatementSyntax { Parent: BlockSyntax } or ArrowExpressionClauseSyntax:
                Collecting = collecting;
                return true;
            case AwaitExpressionSyntax { Parent: ArrowExpressionClauseSyntax }:
                Collecting = collecting;
                return true;
            default:
                return false;
        }
    }

    private void Collect(ExpressionStatementSyntax statement, Collecting collecting)
    {
        edits.Insert(statement.SpanStart, collecting.Before);
        edits.Insert(statement.Span.End, style.Line(CodeStyle.IndentOf(text, statement.SpanStart)) + collecting.Then);
    }
}
