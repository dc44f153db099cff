using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Rules.Idempotency;

/// <summary>
/// Powertools' <c>[Idempotent]</c> where it cannot tell a redelivery: on the handler of the whole batch, without configuration or without the invocation's context, or
/// with a key that every delivery changes.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Which value identifies the work, and where calls are remembered, cannot be known.")]
public sealed class ALO106PowertoolsMisused : LambdaAnalyzer
{
    internal const string Id = "ALO106";

    private const string Attribute = PowertoolsIdempotency.Attribute;
    private const string KeyAttribute = PowertoolsIdempotency.KeyAttribute;

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Powertools idempotency does not tell redeliveries",
        "[Idempotent] on '{0}' {1}.",
        "Powertools remembers a call by a key that it takes from the call's payload. A record that is delivered again comes in another batch, with another receipt handle and receive count; only what identifies the work stays the same."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override void Register(CompilationStartAnalysisContext context, AnalysisSession session)
    {
        if (session.Compilation.GetTypesByMetadataName(Attribute).IsEmpty)
            return;
        context.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            var places = new HashSet<Location>();
            foreach (var handler in session.RepeatedHandlersIn(tree, model.CancellationToken))
            {
                foreach (var (place, name, what) in FindingsIn(handler, session, tree, model.CancellationToken))
                {
                    if (places.Add(place))
                        model.ReportDiagnostic(Diagnostic.Create(Descriptor, place, name, what));
                }
            }
        });
    }

    private static IEnumerable<(Location Place, string Name, string What)> FindingsIn(
        Handler handler,
        AnalysisSession session,
        SyntaxTree tree,
        CancellationToken cancellationToken
    )
    {
        var record = handler.RecordName;
        var isOnHandler = handler.Method.HasAttribute(Attribute);
        if (
            isOnHandler
            && handler.GetsBatches
            && session.Types.EventKind(handler.EventParameter?.Type) != EventSourceKind.Unknown
            && !handler.Method.Parameters.Any(parameter => parameter.HasAttribute(KeyAttribute))
        )
        {
            yield return (
                handler.Anchor,
                handler.Name,
                $"remembers the batch as a whole, but a {record} that comes again comes in another batch and is worked on again. Put it on the method that works on one {record}, with [IdempotencyKey] on what identifies the work"
            );
            yield break;
        }

        var bodies = session.FlowOf(handler, cancellationToken).Bodies;
        var inner = bodies.Select(body => body.Method).FirstOrDefault(method => method.HasAttribute(Attribute) && !IsHandler(method, handler));
        if (inner is null && !isOnHandler)
            yield break;
        var named = inner is null ? handler.Name : $"{inner.ContainingType.Name}.{inner.Name}";
        if (!PowertoolsIdempotency.IsConfiguredElsewhere(session.Compilation))
        {
            if (!PowertoolsIdempotency.CallsOf(session, "Configure", cancellationToken).Any())
                yield return (
                    handler.Anchor,
                    named,
                    "has nowhere to remember anything: Idempotency.Configure is never called, so the call fails. Configure a persistence store when the function starts"
                );
            else if (inner is not null && !PowertoolsIdempotency.CallsOf(session, "RegisterLambdaContext", cancellationToken).Any())
                yield return (
                    handler.Anchor,
                    named,
                    $"does not know when the invocation ends: without Idempotency.RegisterLambdaContext an invocation that times out leaves its call in progress, and the redelivered {record} is refused until that expires. Register the context at the beginning of '{handler.Name}'"
                );
        }

        foreach (var finding in VolatileKeys(handler, session, bodies, tree, cancellationToken))
            yield return finding;
    }

    private static IEnumerable<(Location Place, string Name, string What)> VolatileKeys(
        Handler handler,
        AnalysisSession session,
        ImmutableArray<MethodBody> bodies,
        SyntaxTree tree,
        CancellationToken cancellationToken
    )
    {
        var origins = new ValueOrigins(
            session.Types,
            session.Methods,
            session.Calls,
            new(session.Types, isInvokedByMapping: !handler.IsAsynchronous),
            handler.Type,
            cancellationToken
        );
        foreach (var body in bodies)
        {
            var frame = new Frame(body.Method, body.Root, null, null);
            foreach (var call in body.Invocations)
            {
                if (call.Syntax.SyntaxTree != tree || !call.TargetMethod.HasAttribute(Attribute))
                    continue;
                foreach (var argument in call.Arguments)
                {
                    if (argument.Parameter?.HasAttribute(KeyAttribute) != true || KeyOf(argument, frame, origins, session) is not { } source)
                        continue;
                    yield return (
                        argument.Syntax.GetLocation(),
                        $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}",
                        $"takes its key from {source}, which is another one at every delivery, so that each of them runs. Take it from the {handler.RecordName}: its id, or a key in its body"
                    );
                }
            }
        }
    }

    // A message of SQS as the key is hashed with its receipt handle and receive count, unless a path picks a part of it.
    private static string? KeyOf(IArgumentOperation argument, Frame frame, ValueOrigins origins, AnalysisSession session)
    {
        if (origins.Of(argument.Value, frame) is { IsVolatile: true } origin)
            return origin.SourceName;
        return
            session.Types.RecordKind(argument.Value.Type) == EventSourceKind.Sqs
            && !PowertoolsIdempotency.CallsOf(session, "WithEventKeyJmesPath", CancellationToken.None).Any()
            ? "the whole message with its receipt handle"
            : null;
    }

    private static bool IsHandler(IMethodSymbol method, Handler handler) =>
        SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, handler.Method.OriginalDefinition);
}
