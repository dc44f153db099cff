using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Analyzers.Rules.Idempotency;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A handler that sends to the queue that feeds it (S-65): the copy is a new message whose receive count starts again, so that the dead-letter queue is never reached, and
/// Lambda's detection of loops drops it after about 16 rounds. The message as it is, again: a warning. Anything else may come to an end by itself: advice. Silent where a
/// comparison of what the message carries, or of the clock with that, limits the rounds.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether the message is to be reported as failed, or to go on in another queue, is a decision about the work.")]
public sealed class ALO518SendsToOwnQueue : LambdaAnalyzer, ISilencedInTemplates
{
    internal const string Id = "ALO518";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "The handler sends to the queue that feeds it",
        "{0} to queue '{1}', which feeds '{2}' itself by mapping '{3}': the copy is a new message whose receive count starts again, so it never reaches the dead-letter queue, and Lambda drops it after about 16 rounds. {4}{5}{6}",
        "A message that a function sends is new to SQS: it has an id, a time and a receive count of its own. One that fails for good, and is sent again each time, goes round without end. Lambda detects such a loop of function and queue after about 16 rounds and drops the invocation.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool IsAboutDeployments => true;

    private protected override void Register(CompilationStartAnalysisContext context, AnalysisSession session) =>
        context.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            var options = new DeploymentRuleOptions(model.Options.AnalyzerConfigOptionsProvider, tree);
            var places = new HashSet<Location>();
            foreach (var handler in session.HandlersIn(tree, model.CancellationToken))
            {
                foreach (var (send, source) in Loops(handler, session, model.CancellationToken))
                {
                    if (EffectPlaces.In(tree, send.Reached) is { } place && !IsSuppressed(source) && places.Add(place))
                        model.ReportDiagnostic(Finding(handler, send, source, place, options));
                }
            }
        });

    bool ISilencedInTemplates.LooksAtCode => true;

    // To which queue a call sends, cannot always be told.
    bool ISilencedInTemplates.CanJudge(DeploymentSubject subject) => false;

    IEnumerable<Place> ISilencedInTemplates.PlacesIn(DeploymentModel template, AnalysisSession session, CancellationToken cancellationToken) =>
        session
            .MappedHandlers(cancellationToken)
            .Where(handler => handler.Mappings.Any(link => link.Template == template))
            .SelectMany(handler => Loops(handler, session, cancellationToken))
            .Where(loop => loop.Source.Template == template)
            .SelectMany(loop => SilencedAt(loop.Source));

    private static IEnumerable<(QueueSend Send, HandlerMapping Source)> Loops(Handler handler, AnalysisSession session, CancellationToken cancellationToken)
    {
        var sources = handler.Mappings.Where(link => IsPolledQueue(link) && CanBeNamed(link)).ToList();
        if (sources.Count == 0)
            yield break;
        foreach (var send in session.QueueSendsOf(handler, cancellationToken))
        {
            if (sources.FirstOrDefault(link => IsSource(link, send)) is { } source && !ComesToAnEnd(send))
                yield return (send, source);
        }
    }

    // The same message carries the same counter in every round; the clock goes on.
    private static bool ComesToAnEnd(QueueSend send) => send.IsLimitedByTime || send is { IsLimited: true, Content: not SentContent.SameMessage };

    private static bool IsPolledQueue(HandlerMapping link) => link.Queue is not null && !link.Mapping.IsOff;

    // Without a name and a variable no code can name it: then the code is not looked at.
    private static bool CanBeNamed(HandlerMapping link) =>
        link.Queue!.Name.IsExplicit || link.Function?.Environment.Values.Any(value => value.Any(target => target.LogicalId == link.Queue.LogicalId)) == true;

    private static bool IsSource(HandlerMapping link, QueueSend send) => send.Queues.Count > 0 && send.Queues.All(name => IsSource(link, name));

    private static bool IsSource(HandlerMapping link, QueueName name)
    {
        var queue = link.Queue!;
        if (name.Text is { } text)
            return IsNameOf(queue, text);
        return name.Variable is { } variable
            && link.Function is { } function
            && function.Environment.TryGetValue(variable, out var value)
            && value.All(target => target.LogicalId == queue.LogicalId || (target.Literal is { } literal && IsNameOf(queue, literal)));
    }

    // A name, or a URL that ends in it.
    private static bool IsNameOf(Queue queue, string text) =>
        queue.Name.IsExplicit && queue.Name.All(name => name == text.Substring(text.LastIndexOf('/') + 1));

    private static IEnumerable<Place> SilencedAt(HandlerMapping link) => [link.Queue!.Declaration, link.Mapping.Declaration];

    private static bool IsSuppressed(HandlerMapping link) => SilencedAt(link).Any(place => link.Template.SuppressionOf(Id, place) is not null);

    private static Diagnostic Finding(Handler handler, QueueSend send, HandlerMapping source, Location place, DeploymentRuleOptions options)
    {
        var isSame = send.Content != SentContent.Other;
        var finding = new DeploymentFinding(Descriptor, source.Queue!.Declaration)
        {
            Grade = isSame ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            RestsOnParameter = ParameterOf(source, send),
        };
        return Diagnostic.Create(
            Descriptor,
            place,
            finding.SeverityIn(options),
            [.. EffectPlaces.Path(place, send.Reached), .. PlacesOf(source)],
            ImmutableDictionary<string, string?>.Empty,
            [
                isSame ? "The message is sent again" : "A message is sent",
                source.Queue.LogicalId,
                handler.Name,
                source.Mapping.DisplayName,
                isSame ? "Report the message as failed instead: the queue delivers it again." : "Send what is to follow to a queue of its own.",
                EffectPlaces.Reached(handler, send.Reached),
                finding.Assumption,
            ]
        );
    }

    private static IEnumerable<Location> PlacesOf(HandlerMapping source) => source.Queue!.Declaration.IsNone ? [] : [source.Queue.Declaration.ToLocation()];

    private static string? ParameterOf(HandlerMapping source, QueueSend send) =>
        send
            .Queues.Select(name =>
                name.Variable is { } variable ? source.Function!.Environment[variable].RestsOnParameter : source.Queue!.Name.RestsOnParameter
            )
            .FirstOrDefault(parameter => parameter is not null);
}
