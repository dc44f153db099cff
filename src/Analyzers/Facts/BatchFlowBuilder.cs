using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Puts the facts of a handler and of the methods it reaches together.</summary>
internal static class BatchFlowBuilder
{
    private const int MostMethods = 200;

    /// <summary>Builds the flow of a handler.</summary>
    public static BatchFlow Build(AnalysisSession session, Handler handler, CancellationToken cancellationToken)
    {
        var method = handler.Method.OriginalDefinition;
        if (handler.Method.HasAttribute(PowertoolsBatch.Attribute))
            return new() { CanReport = true, IsLeftToLibrary = true };
        if (session.Methods.Of(method, cancellationToken) is null)
            return BatchFlow.Unseen;

        var reporting = new Reporting(session.Methods, session.Calls, handler.Type, cancellationToken);
        var values = new ValuesByEntry(session.Types);
        var facts = new MethodFactsBuilder(session.Types, values, session.Methods, session.Calls, reporting, handler.Type, cancellationToken).OfHandler(
            method,
            handler.BatchParameter
        );
        var reached = Reach(session, handler, method, cancellationToken);
        var (scopes, ofLists) = new RecordReach(session.Types, values, session.Methods, session.Calls, handler.Type, cancellationToken).From(
            method,
            handler.BatchParameter
        );
        var identifiers = new ItemIdentifiers(
            session.Types,
            handler.Source,
            handler.Response.ItemType,
            parameter => reached.Arguments[parameter].ToImmutableArray()
        );
        return new()
        {
            CanReport = reporting.MayReport(method),
            IsLeftToLibrary = reached.Bodies.Any(body => body.Invocations.Any(BatchLibraries.GoesThrough)),
            Failures = facts.Failures,
            Iterations = facts.Iterations,
            Exits = facts.Exits,
            Scopes = scopes,
            Unawaited = scopes
                .Concat(ofLists)
                .SelectMany(scope => LeftBehind.In(scope, call => session.Calls.TargetOf(call, handler.Type), reporting))
                .ToImmutableArray(),
            Startup =
                session.HasAsyncVoid(cancellationToken) && IsFirstOfClass(session, handler, cancellationToken)
                    ? StartupWork.In(handler, session.Methods, session.Calls, reporting, cancellationToken)
                    : ImmutableArray<StartupWork>.Empty,
            OnlyRecord = facts.Failures.IsEmpty ? null : OnlyRecord.In(scopes, session.Types, call => session.Calls.TargetOf(call, handler.Type) is not null),
            Misread = MisreadReturn.In(handler, reached.Bodies[0], session.Types),
            MissingState = handler.WorksOnWindow ? MissingWindowState.In(handler, reached.Bodies[0]) : null,
            QueueCalls =
                handler.Source == EventSourceKind.Sqs
                    ? QueueCalls.In(scopes, session.Types, reporting, reporting.MayReport(method))
                    : ImmutableArray<QueueCalls>.Empty,
            ReportedSuccesses = scopes.SelectMany(scope => ReportedSuccess.In(scope, reporting)).ToImmutableArray(),
            SharedContexts = SharedContext.In(scopes, handler.Type),
            Abandoned = AbandonedLoop.In(scopes, session.Types, reporting).ToImmutableArray(),
            Images =
                handler.Source == EventSourceKind.DynamoDb ? ImageReads.In(scopes, session.Types, call => session.Calls.TargetOf(call, handler.Type)) : null,
            Bodies = reached.Bodies.ToImmutableArray(),
            Items = reached
                .Bodies.Where(body => body.Method.MethodKind is not (MethodKind.AnonymousFunction or MethodKind.LocalFunction))
                .SelectMany(identifiers.In)
                .Select(identifiers.Judge)
                .ToImmutableArray(),
        };
    }

    private static bool IsFirstOfClass(AnalysisSession session, Handler handler, CancellationToken cancellationToken) =>
        handler is { Type: { } type, Anchor.SourceTree: { } tree }
        && session.HandlersIn(tree, cancellationToken).FirstOrDefault(other => other.IsBatchSource && SymbolEqualityComparer.Default.Equals(other.Type, type))
            is { } first
        && SymbolEqualityComparer.Default.Equals(first.Method, handler.Method);

    // Every method of the source that the handler can call, and what is passed for its parameters.
    private static (List<MethodBody> Bodies, ILookup<IParameterSymbol, IOperation> Arguments) Reach(
        AnalysisSession session,
        Handler handler,
        IMethodSymbol method,
        CancellationToken cancellationToken
    )
    {
        var bodies = new List<MethodBody>();
        var arguments = new List<(IParameterSymbol Parameter, IOperation Value)>();
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { method };
        var queue = new Queue<IMethodSymbol>([method]);
        while (queue.Count > 0 && bodies.Count < MostMethods)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (session.Methods.Of(queue.Dequeue(), cancellationToken) is not { } body)
                continue;
            bodies.Add(body);
            foreach (var operation in body.Operations)
            {
                var target = operation switch
                {
                    IInvocationOperation invocation => session.Calls.TargetOf(invocation, handler.Type),
                    IMethodReferenceOperation reference => session.Calls.TargetOf(reference, handler.Type),
                    _ => null,
                };
                if (target is null)
                    continue;
                if (operation is IInvocationOperation call)
                {
                    foreach (var argument in call.Arguments)
                    {
                        if (argument.Parameter is { } parameter && parameter.Ordinal < target.Parameters.Length)
                            arguments.Add((target.Parameters[parameter.Ordinal], argument.Value));
                    }
                }

                if (seen.Add(target))
                    queue.Enqueue(target);
            }
        }

        return (bodies, arguments.ToLookup(pair => pair.Parameter, pair => pair.Value, (IEqualityComparer<IParameterSymbol>)SymbolEqualityComparer.Default));
    }
}
