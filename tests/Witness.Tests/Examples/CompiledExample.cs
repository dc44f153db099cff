using System.Reflection;
using System.Runtime.Loader;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Witness.Tests.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>
/// An example, and if wanted the page's unit test with it, compiled and loaded. The files lie in a folder of their own, as in a project, so that
/// <c>FromTemplate("template.yaml")</c> finds the example's template.
/// </summary>
internal sealed class CompiledExample : IDisposable
{
    private readonly string folder;
    private readonly AssemblyLoadContext context;
    private readonly Assembly assembly;

    /// <summary>Compiles; without warnings, as a page's code must.</summary>
    /// <exception cref="InvalidOperationException">The compiler complains.</exception>
    public CompiledExample(Example example, string? test = null)
    {
        folder = Directory.CreateTempSubdirectory("witness-").FullName;
        if (example.Template is not null)
            File.WriteAllText(TemplatePath, example.Template);
        context = new(ExampleProject.AssemblyName, isCollectible: true);
        assembly = context.LoadFromStream(Compile(example, test));
    }

    /// <summary>Where the template lies.</summary>
    public string TemplatePath => Path.Combine(folder, ExampleProject.TemplateFile);

    /// <summary>The factory of a handler's instances: each call makes one as an execution environment does.</summary>
    /// <param name="services">What its constructor takes.</param>
    /// <param name="type">The handler's type.</param>
    /// <param name="method">The handler's method.</param>
    public Func<Delegate> Handler(IReadOnlyList<object> services, string type = "Shop.OrdersFunction", string method = "HandleAsync") =>
        () => HandlerMethod.Bind(Activator.CreateInstance(Type(type), [.. services])!, method);

    /// <summary>An object behind an interface of the example.</summary>
    /// <param name="act">What it does with the text that its methods take.</param>
    /// <param name="service">The interface.</param>
    public object Fake(Action<string> act, string service = "Shop.IOrders") => FakeService.Of(Type(service), Type(ExampleProject.FakeType), act);

    /// <summary>A type of the example.</summary>
    public Type Type(string name) => assembly.GetType(name, throwOnError: true)!;

    /// <summary>Runs the facts of the page's unit test.</summary>
    public async Task RunFactsAsync()
    {
        var facts = assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FactAttribute>() is not null).ToArray();
        Assert.NotEmpty(facts);
        foreach (var fact in facts)
        {
            var result = fact.Invoke(Activator.CreateInstance(fact.DeclaringType!), BindingFlags.DoNotWrapExceptions, null, [], null);
            if (result is Task task)
                await task;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        context.Unload();
        Directory.Delete(folder, recursive: true);
    }

    private MemoryStream Compile(Example example, string? test)
    {
        List<(string Name, string Text)> files =
        [
            (ExampleProject.CodeFile, PowertoolsWeaver.Weave(example.Code)),
            (ExampleProject.FrameFile, ExampleProject.Frame),
            (ExampleProject.FakeFile, ExampleProject.Fake),
        ];
        if (test is not null)
            files.Add((ExampleProject.TestFile, test));
        var compilation = CSharpCompilation.Create(
            ExampleProject.AssemblyName,
            files.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, System.Text.Encoding.UTF8), path: Path.Combine(folder, file.Name))),
            ExampleProject.TestReferences,
            ExampleProject.Options
        );
        var image = new MemoryStream();
        var result = compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        var complaints = result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToArray();
        if (complaints.Length > 0)
            throw new InvalidOperationException($"{example.Name}: the compiler says\n{string.Join("\n", complaints.AsEnumerable())}");
        image.Position = 0;
        return image;
    }
}
