using System.Runtime.CompilerServices;
using AtLeastOnce.Runtime.Hosting;
using AtLeastOnce.Runtime.Sources;

namespace AtLeastOnce.Runtime;

public sealed partial class LambdaTestHost
{
    private readonly string? templateName;

    /// <summary>
    /// A host with the queues, functions and mappings of a CloudFormation or SAM template, a service of the Serverless Framework, or a Terraform module or plan. Handlers are added with <see cref="Handle(string, Func{Delegate})"/>; settings
    /// can be overridden until the first run. A setting that the template leaves open (a parameter without default, an import) must be set by then.
    /// </summary>
    /// <param name="path">
    /// The template; of a Terraform module any of its files. A relative path is looked for in the folder of the calling source file and of the test's assembly, and from each upward to the root of the repository.
    /// </param>
    /// <param name="options">The host's options.</param>
    /// <param name="callerFilePath">Filled in by the compiler.</param>
    /// <returns>The host.</returns>
    /// <exception cref="FileNotFoundException">There is no such file; the message lists the places that were tried.</exception>
    /// <exception cref="InvalidDataException">The file is no template, or cannot be read.</exception>
    public static LambdaTestHost FromTemplate(string path, LambdaTestHostOptions? options = null, [CallerFilePath] string callerFilePath = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = TemplateFile.Find(path, callerFilePath, AppContext.BaseDirectory);
        var host = new LambdaTestHost(options ?? new(), path);
        var template = TemplateResources.Read(file);
        foreach (var source in template.Sources)
            host.Attach(source);
        foreach (var function in template.Functions)
            host.Add(function);
        foreach (var publisher in template.Publishers)
            host.Add(publisher);
        foreach (var mapping in template.Mappings)
        {
            MappingValidation.CheckNew(mapping, host.mappings, host.simulation.Choices);
            mapping.Ordinal = host.mappings.Count;
            mapping.Join(host.simulation);
            host.mappings.Add(mapping);
        }

        foreach (var (times, sent) in template.Schedules)
            host.Add(times, sent);
        host.leftOut = template.LeftOut;
        return host;
    }
}
