using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit;

/// <summary>
/// What a tested compilation references: the framework that the test itself runs on, and named assemblies from the test's output folder.
/// References are loaded once for the whole test run.
/// </summary>
public sealed class References
{
    private static readonly ConcurrentDictionary<string, MetadataReference> s_loaded = new(StringComparer.Ordinal);

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_framework = new(LoadFramework);

    private readonly ImmutableArray<string> _assemblies;

    private References(ImmutableArray<string> assemblies) => _assemblies = assemblies;

    /// <summary>The framework alone: the case "package not referenced".</summary>
    public static References None { get; } = new([]);

    /// <summary>What a test references unless it says otherwise; a test project sets it once, in a module initializer.</summary>
    public static References Default { get; set; } = None;

    /// <summary>The simple names of the assemblies beside the framework.</summary>
    public ImmutableArray<string> Assemblies => _assemblies;

    /// <summary>The framework and these assemblies.</summary>
    /// <param name="assemblies">Simple names, such as <c>Amazon.Lambda.SQSEvents</c>.</param>
    public static References With(params string[] assemblies) => None.And(assemblies);

    /// <summary>These references and more assemblies.</summary>
    public References And(params string[] assemblies) => new([.. _assemblies.Union(assemblies, StringComparer.Ordinal)]);

    /// <summary>These references without some assemblies.</summary>
    public References Without(params string[] assemblies) => new([.. _assemblies.Except(assemblies, StringComparer.Ordinal)]);

    /// <summary>The references.</summary>
    /// <exception cref="VerificationException">An assembly is not in the test's output folder.</exception>
    public ImmutableArray<MetadataReference> Resolve() => [.. s_framework.Value, .. _assemblies.Select(name => s_loaded.GetOrAdd(name, Load))];

    /// <summary>The same, with every named assembly loaded anew, so that its symbols are other objects than those of <see cref="Resolve"/>.</summary>
    internal ImmutableArray<MetadataReference> ResolveAnew() => [.. s_framework.Value, .. _assemblies.Select(Load)];

    private static MetadataReference Load(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        return File.Exists(path)
            ? MetadataReference.CreateFromFile(path)
            : throw new VerificationException(
                $"The assembly {name} is not in the output folder of the test ({AppContext.BaseDirectory}): reference its project."
            );
    }

    private static ImmutableArray<MetadataReference> LoadFramework()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return
        [
            .. trusted
                .Split(Path.PathSeparator)
                .Where(path => string.Equals(Path.GetDirectoryName(path), framework, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }
}
