using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers;
using BenchmarkDotNet.Attributes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AtLeastOnce.Benchmarks;

/// <summary>What it costs to read a large template anew, as after each change of its text.</summary>
[SimpleJob(launchCount: 1, warmupCount: 5, iterationCount: 10)]
public class TemplateReading
{
    private readonly string sam = GeneratedTemplate.Sam(GeneratedTemplate.Lines);
    private readonly string serverless = GeneratedTemplate.Serverless(GeneratedTemplate.Lines);
    private readonly string terraform = GeneratedTemplate.Terraform(GeneratedTemplate.Lines);

    /// <summary>YamlDotNet's events of the SAM template, and nothing made of them.</summary>
    [Benchmark(Baseline = true)]
    public int Events()
    {
        var parser = new Parser(new StringReader(sam));
        var count = 0;
        while (parser.MoveNext())
            count += parser.Current is Scalar ? 1 : 0;
        return count;
    }

    /// <summary>SAM.</summary>
    [Benchmark]
    public int Sam() => Count("/template.yaml", sam);

    /// <summary>The Serverless Framework.</summary>
    [Benchmark]
    public int Serverless() => Count("/serverless.yml", serverless);

    /// <summary>Terraform.</summary>
    [Benchmark]
    public int Terraform() => Count("/main.tf", terraform);

    private static int Count(string path, string text)
    {
        var model = DeploymentReader.Read(path, text, CancellationToken.None);
        return model.Mappings.Count > 100 && model.Problems.Count == 0 && model.Mappings.All(IsWhole)
            ? model.Mappings.Count
            : throw new InvalidOperationException($"{path} was not read.");
    }

    private static bool IsWhole(EventSourceMapping mapping) => mapping.BatchSize.Values is [{ Value: 10 }];
}
