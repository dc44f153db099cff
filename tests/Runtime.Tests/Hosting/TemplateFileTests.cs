using AtLeastOnce.Runtime.Hosting;

namespace AtLeastOnce.Runtime.Tests.Hosting;

public sealed class TemplateFileTests : IDisposable
{
    private readonly DirectoryInfo repository = Directory.CreateTempSubdirectory("template-file-");

    public TemplateFileTests()
    {
        repository.CreateSubdirectory(".git");
        Write("src/Orders/template.yaml");
        Write("tests/Orders.Tests/OrdersTests.cs");
        Write("tests/Orders.Tests/own.yaml");
    }

    public void Dispose() => repository.Delete(recursive: true);

    [Theory]
    [InlineData("tests/Orders.Tests/bin/Debug/net10.0")]
    [InlineData("artifacts/bin/Orders.Tests/release")]
    public void It_is_found_from_the_calling_file(string output)
    {
        Assert.Equal(
            InRepository("src/Orders/template.yaml"),
            Find("../../src/Orders/template.yaml", InRepository("tests/Orders.Tests/OrdersTests.cs"), output)
        );
        Assert.Equal(InRepository("tests/Orders.Tests/own.yaml"), Find("own.yaml", InRepository("tests/Orders.Tests/OrdersTests.cs"), output));
    }

    [Fact]
    public void It_is_found_from_a_calling_file_that_was_compiled_from_memory() =>
        Assert.Equal(
            InRepository("tests/Orders.Tests/own.yaml"),
            Find("own.yaml", InRepository("tests/Orders.Tests/Generated.cs"), "artifacts/bin/Orders.Tests/release")
        );

    [Theory]
    [InlineData("/_/tests/Orders.Tests/OrdersTests.cs")]
    [InlineData("/_1/tests/Orders.Tests/OrdersTests.cs")]
    [InlineData("C:\\agent\\7\\tests\\Orders.Tests\\OrdersTests.cs")]
    public void It_is_found_from_a_calling_file_whose_path_the_build_has_mapped(string callerFile)
    {
        Assert.Equal(InRepository("src/Orders/template.yaml"), Find("../../src/Orders/template.yaml", callerFile, "artifacts/bin/Orders.Tests/release"));
        Assert.Equal(InRepository("tests/Orders.Tests/own.yaml"), Find("own.yaml", callerFile, "artifacts/bin/Orders.Tests/release"));
    }

    [Theory]
    [InlineData("/_/elsewhere/OtherTests.cs")]
    [InlineData("")]
    public void Without_the_calling_file_it_is_found_above_the_assembly(string callerFile) =>
        Assert.Equal(InRepository("src/Orders/template.yaml"), Find("src/Orders/template.yaml", callerFile, "artifacts/bin/Orders.Tests/release"));

    [Fact]
    public void What_is_nowhere_is_an_error_that_lists_the_places()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Find("gone.yaml", "/_/tests/Orders.Tests/OrdersTests.cs", "artifacts/bin/Orders.Tests/release"));

        Assert.StartsWith("No template 'gone.yaml'. These places were tried:\n", error.Message, StringComparison.Ordinal);
        Assert.Contains(InRepository("tests/Orders.Tests/gone.yaml"), error.Message, StringComparison.Ordinal);
        Assert.Contains(InRepository("artifacts/bin/Orders.Tests/release/gone.yaml"), error.Message, StringComparison.Ordinal);
    }

    private string Find(string path, string callerFile, string output) => TemplateFile.Find(path, callerFile, repository.CreateSubdirectory(output).FullName);

    private string InRepository(string path) => Path.Combine([repository.FullName, .. path.Split('/')]);

    private void Write(string path)
    {
        var file = InRepository(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
    }
}
