using System.Diagnostics;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>Where Terraform itself is at hand, it agrees that the fixtures are in its language. It needs no network for that.</summary>
public sealed class TerraformBinaryTests
{
    private static readonly string? Binary = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? "terraform.exe" : "terraform"))
        .FirstOrDefault(File.Exists);

    [Fact]
    public async Task Terraform_reads_and_formats_the_module_as_it_is_written()
    {
        Assert.SkipWhen(Binary is null, "Terraform is not installed.");
        var (code, output) = await FormatAsync(Golden.Read(Golden.Terraform));
        Assert.Equal((0, Golden.Read(Golden.Terraform)), (code, output));
    }

    [Theory]
    [InlineData("x = [1, 2\ny = 3\n")]
    [InlineData("x = \"a\nb\"\n")]
    [InlineData("x = <<EOT\na\n")]
    [InlineData("x = 1 2\n")]
    [InlineData("x {\n")]
    [InlineData("x = \"${\"\n")]
    public async Task Terraform_refuses_what_is_a_fault_here(string text)
    {
        Assert.SkipWhen(Binary is null, "Terraform is not installed.");
        Assert.NotEmpty(Modules.Read(text).Problems);
        Assert.NotEqual(0, (await FormatAsync(text)).Code);
    }

    [Theory]
    [InlineData("x = \"%{if a}b%{else}c%{endif}\"\n")]
    [InlineData("x = { for k, v in y : k => v... if v }\n")]
    [InlineData("x = a.*.b[0] + c[*].d[0].e\n")]
    [InlineData("x = <<-EOT\n  $${a} %%{b} \"${\"c\"}\"\nEOT\n")]
    [InlineData("x { y = 1 }\n")]
    [InlineData("x = f(\n  a...\n)\n")]
    [InlineData("x = {\n  a : 1, (b) = 2\n}\n")]
    [InlineData("x = provider::aws::f(1)\n")]
    public async Task Terraform_takes_what_is_no_fault_here(string text)
    {
        Assert.SkipWhen(Binary is null, "Terraform is not installed.");
        Assert.Empty(Modules.Read(text).Problems);
        Assert.Equal(0, (await FormatAsync(text)).Code);
    }

    private static async Task<(int Code, string Output)> FormatAsync(string text)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Binary!, ["fmt", "-no-color", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CHECKPOINT_DISABLE"] = "1" },
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.StandardInput.WriteAsync(text.AsMemory(), cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        await error;
        return (process.ExitCode, await output);
    }
}
