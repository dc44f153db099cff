using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using AtLeastOnce.Package.Tests.Building;

namespace AtLeastOnce.Package.Tests;

/// <summary>What is in the packages, to the file.</summary>
public sealed class PackageContentTests
{
    private static readonly string[] OfEveryPackage = ["[Content_Types].xml", "_rels/.rels", "LICENSE", "README.md"];

    [Fact]
    public void The_analyzer_package_holds_exactly_these_files() =>
        AssertEntries(
            "AtLeastOnce",
            "THIRD-PARTY-NOTICES.txt",
            "analyzers/dotnet/cs/AtLeastOnce.Analyzers.dll",
            "analyzers/dotnet/cs/AtLeastOnce.CodeFixes.dll",
            "analyzers/dotnet/cs/AtLeastOnce.Deployment.dll",
            "analyzers/dotnet/cs/YamlDotNet.dll",
            "attributes/IdempotentOperationAttribute.cs",
            "build/AtLeastOnce.props",
            "build/AtLeastOnce.targets",
            "buildTransitive/AtLeastOnce.props",
            "buildTransitive/AtLeastOnce.targets",
            "configuration/AtLeastOnce.All.globalconfig",
            "configuration/AtLeastOnce.None.globalconfig",
            "configuration/AtLeastOnce.Recommended.globalconfig",
            "configuration/AtLeastOnce.Strict.globalconfig"
        );

    [Fact]
    public void The_runtime_package_holds_exactly_these_files() =>
        AssertEntries(
            "AtLeastOnce.Runtime",
            "lib/net8.0/AtLeastOnce.Deployment.dll",
            "lib/net8.0/AtLeastOnce.Runtime.dll",
            "lib/net8.0/AtLeastOnce.Runtime.xml"
        );

    [Fact]
    public void The_analyzer_package_is_a_development_dependency_that_depends_on_nothing()
    {
        var metadata = MetadataOf("AtLeastOnce");
        Assert.Equal("true", Value(metadata, "developmentDependency"));
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void The_runtime_package_depends_on_the_yaml_parser_alone()
    {
        var dependencies = MetadataOf("AtLeastOnce.Runtime").Descendants().Where(element => element.Name.LocalName == "dependency");
        Assert.Equal(["YamlDotNet 16.3.0"], dependencies.Select(dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}"));
    }

    [Theory]
    [InlineData("AtLeastOnce")]
    [InlineData("AtLeastOnce.Runtime")]
    public void A_package_says_what_it_is(string package)
    {
        var metadata = MetadataOf(package);
        Assert.Equal(package, Value(metadata, "id"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.True(Value(metadata, "description").Length > 60);
    }

    [Theory]
    [InlineData("AtLeastOnce")]
    [InlineData("AtLeastOnce.Runtime")]
    public void The_readme_is_that_of_the_repository_and_leads_there(string package)
    {
        const string Repository = "https://github.com/atleastonce/atleastonce/blob/main/";
        using var file = Open(package);
        using var reader = new StreamReader(file.GetEntry("README.md")!.Open());
        var packed = reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd('\n');

        Assert.Contains($"]({Repository}docs/rules/ALO201.md)", packed, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\]\((?!https?:|#)", packed);
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n").TrimEnd('\n');
        Assert.Equal(
            readme.Replace(
                "](docs/timeline.svg)",
                "](https://raw.githubusercontent.com/atleastonce/atleastonce/main/docs/timeline.svg)",
                StringComparison.Ordinal
            ),
            packed.Replace(Repository, "", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("AtLeastOnce")]
    [InlineData("AtLeastOnce.Runtime")]
    public void No_assembly_refers_to_an_aws_package(string package)
    {
        using var file = Open(package);
        foreach (var entry in file.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            content.Position = 0;
            using var image = new PEReader(content);
            var metadata = image.GetMetadataReader();
            var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
            Assert.DoesNotContain(references, name => name.StartsWith("Amazon", StringComparison.Ordinal) || name.StartsWith("AWS", StringComparison.Ordinal));
        }
    }

    private static void AssertEntries(string package, params string[] expected)
    {
        using var file = Open(package);
        var entries = file.Entries.Select(entry => entry.FullName).Where(name => !name.EndsWith(".psmdcp", StringComparison.Ordinal));
        Assert.Equal([.. expected.Concat(OfEveryPackage).Append($"{package}.nuspec").Order(StringComparer.Ordinal)], entries.Order(StringComparer.Ordinal));
    }

    private static ZipArchive Open(string package) =>
        ZipFile.OpenRead(
            Assert.Single(
                Directory.EnumerateFiles(BuiltConsumers.Feed),
                path =>
                    Path.GetFileName(path).StartsWith(package + ".", StringComparison.Ordinal) && char.IsAsciiDigit(Path.GetFileName(path)[package.Length + 1])
            )
        );

    private static XElement MetadataOf(string package)
    {
        using var file = Open(package);
        using var nuspec = file.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!;
    }

    private static string Value(XElement metadata, string name) => metadata.Descendants().Single(element => element.Name.LocalName == name).Value;
}
