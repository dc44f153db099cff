using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>
/// The base of every rule: it sets concurrency and generated-code mode, and registers nothing where the rule cannot have anything to say.
/// State lives in the session of a compilation, never in the analyzer.
/// </summary>
public abstract class LambdaAnalyzer : DiagnosticAnalyzer
{
    private protected LambdaAnalyzer() { }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (AnalysisSession.For(start.Compilation, start.Options) is not { } session)
                return;
            // The driver calls what is registered for every file: where nothing is deployed, a rule about it is not asked at all.
            if (!IsAboutDeployments || session.HasDeployments(start.CancellationToken))
                Register(start, session);
        });
    }

    /// <summary>Whether the rule has something to say only where a template, a program or an attribute deploys something.</summary>
    private protected virtual bool IsAboutDeployments => false;

    private protected abstract void Register(CompilationStartAnalysisContext context, AnalysisSession session);
}

/// <summary>A rule about a handler's code. It runs for each handler in the file that holds the handler's name.</summary>
public abstract class HandlerRule : LambdaAnalyzer
{
    private protected HandlerRule() { }

    private protected sealed override void Register(CompilationStartAnalysisContext context, AnalysisSession session) =>
        context.RegisterSemanticModelAction(model =>
        {
            foreach (var handler in session.HandlersIn(model.SemanticModel.SyntaxTree, model.CancellationToken))
            {
                if (Applies(handler))
                    Check(handler, session, model.ReportDiagnostic, model.CancellationToken);
            }
        });

    /// <summary>Whether the handler is one that the rule speaks about, by what is known without its body.</summary>
    private protected abstract bool Applies(Handler handler);

    /// <summary>Reports what is wrong with the handler.</summary>
    private protected abstract void Check(Handler handler, AnalysisSession session, Action<Diagnostic> report, CancellationToken cancellationToken);
}

/// <summary>A rule about what a handler's code does with its batch, for which the batch flow is enough.</summary>
public abstract class BatchFlowRule : HandlerRule
{
    private protected BatchFlowRule() { }

    private protected sealed override void Check(Handler handler, AnalysisSession session, Action<Diagnostic> report, CancellationToken cancellationToken) =>
        Check(handler, session.FlowOf(handler, cancellationToken), report);

    /// <summary>Reports what is wrong with the handler.</summary>
    private protected abstract void Check(Handler handler, BatchFlow flow, Action<Diagnostic> report);
}
