using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>
/// Keeps the exception of a failed record in the function's log, where Lambda wrote it as long as it failed the invocation. It goes the way that the
/// code at hand offers: the invocation's context, else a logger, else standard error, which is part of the log.
/// </summary>
internal static class FailureLog
{
    private const string Context = "Amazon.Lambda.Core.ILambdaContext";
    private const string LambdaLogger = "Amazon.Lambda.Core.ILambdaLogger";
    private const string Logging = "Microsoft.Extensions.Logging";
    private const string Logger = Logging + ".ILogger";

    /// <summary>The statement that logs a failure of some work; null where the compilation knows no console either.</summary>
    /// <param name="model">What the names around the work mean.</param>
    /// <param name="names">Takes the imports.</param>
    /// <param name="work">What is done for a record.</param>
    /// <param name="record">An expression for the record.</param>
    /// <param name="identity">What the record is named by.</param>
    /// <param name="exception">The variable with the exception.</param>
    public static string? Statement(SemanticModel model, TypeNames names, SyntaxNode work, string record, RecordIdentity identity, string exception)
    {
        var inReach = ValueInReach.Around(model, work, type => type.Is(Context) || type.Is(LambdaLogger) || type.Is(Logger));
        var text = $"$\"{identity.Noun} {{{identity.Of(record)}}} failed: {{{exception}}}\"";
        return inReach.Select(value => ToContext(value, text)).FirstOrDefault(statement => statement is not null)
            ?? inReach
                .Select(value => ToLambdaLogger(value.Name, value.Type, text) ?? ToLogger(value, model.Compilation, names, record, identity, exception))
                .FirstOrDefault(statement => statement is not null)
            ?? (ConsoleAt(model, names, work) is { } console ? $"{console}.Error.WriteLine({text});" : null);
    }

    // In an expression a member of that name goes before the type.
    private static string? ConsoleAt(SemanticModel model, TypeNames names, SyntaxNode work) =>
        model.LookupSymbols(work.SpanStart, name: "Console").All(symbol => symbol is INamespaceOrTypeSymbol) ? names.Of("System.Console") : "System.Console";

    private static string? ToContext(ValueInReach value, string text) =>
        value.Type.Is(Context) && value.Type.GetMembers("Logger") is [var logger] && ValueInReach.TypeOf(logger) is { } type
            ? ToLambdaLogger($"{value.Name}.{logger.Name}", type, text)
            : null;

    // The logger of Lambda knows levels only in its later versions.
    private static string? ToLambdaLogger(string logger, ITypeSymbol type, string text)
    {
        if (!type.Is(LambdaLogger))
            return null;
        var hasLevels = type.GetMembers("LogError").Any(member => member is IMethodSymbol { Parameters: [{ Type.SpecialType: SpecialType.System_String }] });
        return $"{logger}.{(hasLevels ? "LogError" : "LogLine")}({text});";
    }

    private static string? ToLogger(ValueInReach value, Compilation compilation, TypeNames names, string record, RecordIdentity identity, string exception)
    {
        if (!value.Type.Is(Logger) || !compilation.GetTypesByMetadataName($"{Logging}.LoggerExtensions").Any(TakesExceptions))
            return null;
        names.NeedExtension(value.Type, "LogError", Logging);
        return $"{value.Name}.LogError({exception}, \"{identity.Noun} {{{identity.Name}}} failed\", {identity.Of(record)});";
    }

    private static bool TakesExceptions(INamedTypeSymbol extensions) =>
        extensions
            .GetMembers("LogError")
            .Any(member =>
                member
                    is IMethodSymbol
                    {
                        IsExtensionMethod: true,
                        DeclaredAccessibility: Accessibility.Public,
                        Parameters: [
                            { Type: var logger },
                            { Type: var exception },
                            { Type.SpecialType: SpecialType.System_String },
                            { IsParams: true, Type: IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object } },
                        ]
                    }
                && logger.Is(Logger)
                && exception.Is("System.Exception")
            );
}
