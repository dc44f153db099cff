using System.Globalization;
using System.Reflection;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Docs.Tests.Repository;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Docs.Tests.Rules;

/// <summary>A rule of the product with all that belongs to it, found by reflection.</summary>
/// <param name="Descriptor">Its descriptor, the first where its findings have several messages.</param>
/// <param name="Analyzer">The class that checks it.</param>
/// <param name="Fixes">The classes that fix it.</param>
internal sealed record RuleEntry(DiagnosticDescriptor Descriptor, Type Analyzer, IReadOnlyList<Type> Fixes)
{
    /// <summary>Every rule, by id.</summary>
    public static IReadOnlyList<RuleEntry> All => field ??= [.. Descriptors.DistinctBy(rule => rule.Id)];

    /// <summary>Every descriptor, by id.</summary>
    public static IReadOnlyList<RuleEntry> Descriptors => field ??= [.. Find().OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The ids, as the cases of a theory.</summary>
    public static TheoryData<string> Ids => [.. All.Select(rule => rule.Id)];

    /// <summary>Every class that fixes something.</summary>
    public static IReadOnlyList<Type> AllFixes { get; } = [.. Concrete<CodeFixProvider>(typeof(TemplateCodeFix).Assembly)];

    /// <summary>The id.</summary>
    public string Id => Descriptor.Id;

    /// <summary>The family, which is the category and the folder.</summary>
    public string Family => Descriptor.Category;

    /// <summary>The title.</summary>
    public string Title => Descriptor.Title.ToString(CultureInfo.InvariantCulture);

    /// <summary>The severity as people write it: <c>warning</c>; with <c>graded</c> where findings differ.</summary>
    public string Severity => Descriptor.DefaultSeverity.ToString().ToLowerInvariant() + (IsGraded ? " (graded)" : "");

    /// <summary>Whether findings differ in severity.</summary>
    public bool IsGraded => Descriptor.CustomTags.Contains(Rule.Graded);

    /// <summary>Why there is no fix; null where there is one.</summary>
    public string? NoFixBecause => Analyzer.GetCustomAttribute<NoCodeFixAttribute>()?.Reason;

    /// <summary>The page, from the root of the repository.</summary>
    public string Page => $"docs/rules/{Id}.md";

    /// <summary>The rule of that id.</summary>
    public static RuleEntry Of(string id) => All.Single(rule => rule.Id == id);

    private static IEnumerable<RuleEntry> Find() =>
        from type in Concrete<DiagnosticAnalyzer>(typeof(LambdaAnalyzer).Assembly)
        from descriptor in ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics
        select new RuleEntry(descriptor, type, [.. AllFixes.Where(fix => FixedBy(fix).Contains(descriptor.Id))]);

    /// <summary>The ids that a fix names.</summary>
    public static IReadOnlyList<string> FixedBy(Type fix) => ((CodeFixProvider)Activator.CreateInstance(fix)!).FixableDiagnosticIds;

    private static IEnumerable<Type> Concrete<T>(Assembly assembly) => assembly.GetTypes().Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type));
}
