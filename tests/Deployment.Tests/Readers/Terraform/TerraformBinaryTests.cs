using System.Diagnostics;
using System.Text.Json.Nodes;

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

    // Each value is worked out by Terraform and by us.
    [Fact]
    public async Task Terraform_works_out_the_same_values()
    {
        Assert.SkipWhen(Binary is null, "Terraform is not installed.");
        string[] expressions =
        [
            "1 + 2 * 3 - -4 % 3",
            "100 / 8",
            "ceil(30.5) + floor(-1.5) + abs(-2)",
            "max(1, 5, 3) - min(1, 5, 3)",
            "true && !false || false",
            "2 > 1 ? \"a\" : \"b\"",
            "\"5\" != \"6\"",
            "\"a${1 + 1}b%{ if true }c%{ else }d%{ endif }\"",
            "\"x %{ for v in [\"a\", \"b\"] }${v},%{ endfor } y\"",
            "\"a  ${~ \"b\" ~}  c\"",
            "\"$${a} %%{b} \\t \\\" \\u00e4\"",
            "[for i, s in [10, 20] : s * i]",
            "{ for k, v in { a = 1, b = 2 } : upper(k) => v if v > 1 }",
            "[{ a = 1 }, { a = 2 }][*].a",
            "[{ a = [7] }].*.a[0]",
            "merge({ a = 1 }, { b = 2 }).b",
            "concat([1], [2, 3])[2]",
            "lookup({ a = 1 }, \"b\", 15)",
            "element([10, 20], 3)",
            "coalesce(null, \"\", \"x\")",
            "join(\"-\", [\"a\", \"b\"])",
            "format(\"%s-%d-%v%%\", \"a\", 3, true)",
            "length([1, 2]) + length(\"abc\") + length({ a = 1 })",
            "keys({ b = 1, a = 2 })",
            "values({ b = 1, a = 2 })",
            "contains([\"a\"], \"a\")",
            "one([7])",
            "trimspace(lower(\" ABC \"))",
            "jsonencode({ a = [1, null, true], b = \"x\" })",
            "jsondecode(\"{\\\"a\\\":[7]}\").a[0]",
            "[tonumber(\"42\"), tostring(42), tobool(\"true\")]",
            "jsonencode([jsonencode({ a = 1 })])",
        ];
        foreach (var expression in expressions)
            Assert.Empty(Modules.Read($"locals {{\n  x = {expression}\n}}\n").Problems);
        var all = $"jsonencode([{string.Join(", ", expressions)}])";
        var (code, output) = await RunAsync(all + "\n", "console");
        Assert.Equal(0, code);
        var name = Assert.Single(Modules.Read($"resource \"aws_sqs_queue\" \"q\" {{\n  name = {all}\n}}\n").Queues).Name;
        Assert.Null(name.WhyUnknown);
        var theirs = JsonNode.Parse(JsonNode.Parse(output)!.GetValue<string>())!.AsArray();
        var ours = JsonNode.Parse(name.Values[0].Value)!.AsArray();
        Assert.Equal(
            expressions.Zip(theirs, (expression, value) => $"{expression} = {value?.ToJsonString()}"),
            expressions.Zip(ours, (expression, value) => $"{expression} = {value?.ToJsonString()}")
        );
    }

    private static Task<(int Code, string Output)> FormatAsync(string text) => RunAsync(text, "fmt", "-no-color", "-");

    private static async Task<(int Code, string Output)> RunAsync(string input, params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Binary!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
            Environment = { ["CHECKPOINT_DISABLE"] = "1" },
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        await error;
        return (process.ExitCode, await output);
    }
}
