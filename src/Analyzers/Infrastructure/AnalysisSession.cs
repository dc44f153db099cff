using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AtLeastOnce.Analyzers.Deployments.Cdk;
using AtLeastOnce.Analyzers.Deployments.Pulumi;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>
/// What the rules share for one compilation: templates, handlers, links and facts, each computed when first asked for.
/// A computation that is cancelled or fails leaves nothing behind, and no lock is held while one runs.
/// </summary>
internal sealed class AnalysisSession
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<AnalyzerOptions, AnalysisSession?>> Sessions = new();

    // A file is looked at by every rule in turn, and as many at a time as there are processors.
    private const int MostFilesKept = 16;

    private static readonly string[] TestFrameworks =
    [
        "xunit.core",
        "xunit.v3.core",
        "nunit.framework",
        "Microsoft.VisualStudio.TestPlatform.TestFramework",
        "MSTest.TestFramework",
        "TUnit.Core",
    ];

    private readonly AnalyzerOptions options;
    private readonly RecentlyUsed<SyntaxTree, FileFacts> files = new(MostFilesKept, EqualityComparer<SyntaxTree>.Default);
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<Handler>> handlersByTree = new();
    private readonly HandlerDiscovery discovery;
    private DeploymentLinks? links;
    private StrongBox<bool>? hasDeployments;
    private StrongBox<bool>? hasAsyncVoid;
    private EffectCatalogue? catalogue;
    private IdempotentOperations? idempotentOperations;

    private AnalysisSession(Compilation compilation, AnalyzerOptions options, KnownTypes types)
    {
        Compilation = compilation;
        this.options = options;
        Types = types;
        Models = new(compilation);
        Methods = new(Models);
        var derivedTypes = new DerivedTypes(compilation);
        Calls = new(derivedTypes, Methods);
        Dispatchers = new(compilation, derivedTypes, new(Methods, Calls));
        discovery = new(compilation, types, Models);
    }

    /// <summary>The compilation.</summary>
    public Compilation Compilation { get; }

    /// <summary>The types of the Lambda packages.</summary>
    public KnownTypes Types { get; }

    /// <summary>The semantic models of the trees.</summary>
    public SemanticModels Models { get; }

    /// <summary>Bodies and control flow of the source's methods.</summary>
    public MethodBodies Methods { get; }

    /// <summary>Where calls lead.</summary>
    public Calls Calls { get; }

    /// <summary>Where messages that are handed to a mediator lead, and calls whose receiver may be of several classes.</summary>
    public Dispatchers Dispatchers { get; }

    /// <summary>The folder of the project; null where the host does not say.</summary>
    public string? ProjectFolder =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.ProjectDir", out var folder) && folder.Length > 0 ? folder : null;

    /// <summary>
    /// The session of a compilation; null when there is nothing to find: no type of the Lambda packages and no template, or a test project.
    /// </summary>
    public static AnalysisSession? For(Compilation compilation, AnalyzerOptions options)
    {
        var sessions = Sessions.GetOrCreateValue(compilation);
        return sessions.TryGetValue(options, out var known) ? known : sessions.GetOrAdd(options, Create(compilation, options));
    }

    /// <summary>Whether a template, a program of the compilation or an attribute in it may deploy anything.</summary>
    public bool HasDeployments(CancellationToken cancellationToken) =>
        (
            hasDeployments ??= new(
                HasTemplates(options)
                    || CdkReader.MayDeploy(Compilation)
                    || PulumiReader.MayDeploy(Compilation)
                    || Compilation.SyntaxTrees.Any(tree => TreeCandidates.Of(tree, cancellationToken).HasAttributes)
            )
        ).Value;

    /// <summary>Whether a method of the source is <c>async void</c>.</summary>
    public bool HasAsyncVoid(CancellationToken cancellationToken) =>
        (hasAsyncVoid ??= new(Compilation.SyntaxTrees.Any(tree => TreeCandidates.Of(tree, cancellationToken).HasAsyncVoid))).Value;

    /// <summary>The handlers whose name lies in <paramref name="tree"/>, in the order of their places, with the mappings that feed them.</summary>
    public ImmutableArray<Handler> HandlersIn(SyntaxTree tree, CancellationToken cancellationToken) =>
        handlersByTree.TryGetValue(tree, out var known) ? known : handlersByTree.GetOrAdd(tree, FindHandlersIn(tree, cancellationToken));

    /// <summary>Those of <see cref="HandlersIn(SyntaxTree, CancellationToken)"/> to which Lambda may give the same again.</summary>
    public IEnumerable<Handler> RepeatedHandlersIn(SyntaxTree tree, CancellationToken cancellationToken) =>
        HandlersIn(tree, cancellationToken).Where(handler => handler.IsDeliveredAgain);

    /// <summary>All handlers of the compilation, ordered by file and place.</summary>
    public IEnumerable<Handler> Handlers(CancellationToken cancellationToken) => HandlersIn(Compilation.SyntaxTrees, cancellationToken);

    /// <summary>The handlers that a template or an attribute feeds, ordered by file and place; files that neither names are not looked at.</summary>
    public IEnumerable<Handler> MappedHandlers(CancellationToken cancellationToken) =>
        HandlersIn(
                Compilation.SyntaxTrees.Where(tree => TreeCandidates.Of(tree, cancellationToken).HasAttributes).Union(Links(cancellationToken).Trees),
                cancellationToken
            )
            .Where(handler => !handler.Mappings.IsEmpty);

    /// <summary>Every function of every template, with what its handler string names.</summary>
    public ImmutableArray<FunctionLink> Functions(CancellationToken cancellationToken) => Links(cancellationToken).Functions;

    /// <summary>Everything that is deployed, as far as templates and code of the compilation say.</summary>
    public ImmutableArray<DeploymentModel> Deployments(CancellationToken cancellationToken) => Links(cancellationToken).Models;

    /// <summary>What becomes of the records and failures of a batch in <paramref name="handler"/>.</summary>
    public BatchFlow FlowOf(Handler handler, CancellationToken cancellationToken)
    {
        var flows = FactsOf(handler).Flows;
        return flows.TryGetValue(handler, out var known) ? known : flows.GetOrAdd(handler, BatchFlowBuilder.Build(this, handler, cancellationToken));
    }

    /// <summary>What <paramref name="handler"/> does to the world, and what doing it again comes to.</summary>
    public HandlerEffects EffectsOf(Handler handler, CancellationToken cancellationToken) =>
        FactsOf(handler)
            .Effects.GetOrAdd(
                handler,
                one =>
                    HandlerEffects.Of(
                        one,
                        ReachedBy(one, cancellationToken),
                        Types,
                        Methods,
                        Calls,
                        Dispatchers,
                        Catalogue(cancellationToken),
                        Idempotent,
                        cancellationToken
                    )
            );

    /// <summary>What users set for a file.</summary>
    public DeploymentRuleOptions OptionsIn(SyntaxTree tree) => new(options.AnalyzerConfigOptionsProvider, tree);

    /// <summary>What users set for the file in which findings about a subject sit.</summary>
    public DeploymentRuleOptions OptionsFor(DeploymentSubject subject) =>
        subject.Tree is { } tree ? OptionsIn(tree)
        : options.AdditionalFiles.FirstOrDefault(file => file.Path == subject.File) is { } template ? new(options.AnalyzerConfigOptionsProvider, template)
        : new(options.AnalyzerConfigOptionsProvider);

    /// <summary>What is set of the type of the queues that feed a file's handlers, and cannot be read.</summary>
    public IEnumerable<string> UnreadQueueTypesIn(SyntaxTree tree) => QueueTypes.Unread(options.AnalyzerConfigOptionsProvider, tree);

    /// <summary>How long <paramref name="handler"/> may take for a batch.</summary>
    public HandlerTime TimeOf(Handler handler, CancellationToken cancellationToken) =>
        FactsOf(handler)
            .Times.GetOrAdd(
                handler,
                one =>
                {
                    var assumed = one.Anchor.SourceTree is { } tree ? OptionsIn(tree)[TimeBudgetOptions.AssumedSecondsPerCall] : 0;
                    return HandlerTime.Of(this, one, assumed == 0 ? null : TimeSpan.FromSeconds(assumed), cancellationToken);
                }
            );

    /// <summary>What <paramref name="handler"/> sends to queues, and to which.</summary>
    public ImmutableArray<QueueSend> QueueSendsOf(Handler handler, CancellationToken cancellationToken) =>
        QueueSends.Of(handler, ReachedBy(handler, cancellationToken), Types, Methods, Calls, cancellationToken);

    /// <summary>Whether it is known what a call of the method does: the catalogue has it, or it is declared idempotent.</summary>
    public bool IsKnown(IMethodSymbol method, CancellationToken cancellationToken) =>
        Catalogue(cancellationToken).Find(method) is not null || Idempotent.Includes(method);

    private ReachedEffects ReachedBy(Handler handler, CancellationToken cancellationToken) =>
        FactsOf(handler).Reached.GetOrAdd(handler, one => EffectReach.Of(one, Methods, Calls, Dispatchers, Catalogue(cancellationToken), cancellationToken));

    private IdempotentOperations Idempotent => idempotentOperations ??= new(Compilation, options.AnalyzerConfigOptionsProvider);

    private EffectCatalogue Catalogue(CancellationToken cancellationToken) => catalogue ??= new(EffectFiles.Read(options, cancellationToken));

    private ImmutableArray<Handler> FindHandlersIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var found = Links(cancellationToken).HandlersIn(tree, cancellationToken);
        return found.Length > 0 && QueueTypes.AreFifo(options.AnalyzerConfigOptionsProvider, tree) is { } areFifo
            ? found.Select(handler => handler.Assuming(areFifo)).ToImmutableArray()
            : found;
    }

    private IEnumerable<Handler> HandlersIn(IEnumerable<SyntaxTree> trees, CancellationToken cancellationToken) =>
        trees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal).SelectMany(tree => HandlersIn(tree, cancellationToken));

    private DeploymentLinks Links(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref links) is { } known)
            return known;
        var models = TemplateFiles.Read(options, cancellationToken).ToImmutableArray();
        if (CdkReader.Read(Compilation, Models, cancellationToken) is { } written)
            models = models.Add(written);
        if (PulumiReader.Read(Compilation, Models, cancellationToken) is { } programmed)
            models = models.Add(programmed);
        var resolved = DeploymentLinks.Resolve(
            Compilation,
            discovery,
            models,
            (template, function) => ProjectOwnership.IsExecutableOf(this, template, function),
            cancellationToken
        );
        return Interlocked.CompareExchange(ref links, resolved, null) ?? resolved;
    }

    private FileFacts FactsOf(Handler handler) => files.Of(handler.Anchor.SourceTree!, static _ => new());

    private static AnalysisSession? Create(Compilation compilation, AnalyzerOptions options)
    {
        var types = KnownTypes.Of(compilation);
        return (types.HasAny || HasTemplates(options)) && !IsTestProject(compilation, options) ? new(compilation, options, types) : null;
    }

    private static bool HasTemplates(AnalyzerOptions options) => options.AdditionalFiles.Any(file => TemplateFiles.IsTemplate(file, options));

    private static bool IsTestProject(Compilation compilation, AnalyzerOptions options)
    {
        if (options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.IsTestProject", out var value) && value.Length > 0)
        {
            return string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
        }

        // The reference alone proves nothing: it may come from anywhere. A test does.
        return compilation.ReferencedAssemblyNames.Any(assembly => TestFrameworks.Contains(assembly.Name))
            && compilation.SyntaxTrees.Any(tree => TreeCandidates.Of(tree, CancellationToken.None).HasTests);
    }

    /// <summary>What is known of the handlers of one file.</summary>
    private sealed class FileFacts
    {
        public ConcurrentDictionary<Handler, BatchFlow> Flows { get; } = new();

        public ConcurrentDictionary<Handler, HandlerEffects> Effects { get; } = new();

        public ConcurrentDictionary<Handler, ReachedEffects> Reached { get; } = new();

        public ConcurrentDictionary<Handler, HandlerTime> Times { get; } = new();
    }
}
