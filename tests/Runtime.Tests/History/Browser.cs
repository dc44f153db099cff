using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AtLeastOnce.Runtime.Tests.History;

/// <summary>Headless Chromium without a network.</summary>
internal static partial class Browser
{
    private static readonly Lazy<Task<string>> Chromium = new(FindAsync);

    /// <summary>Loads the page, runs a script in it when it is ready, and gives back what the script's function returns.</summary>
    /// <param name="page">The page's file.</param>
    /// <param name="script">The body of a function that returns something that JSON can hold.</param>
    /// <param name="isDark">The colour scheme that the reader prefers.</param>
    public static async Task<JsonElement> RunAsync(string page, string script, bool isDark = false)
    {
        var probe = Path.ChangeExtension(page, ".probe.html");
        var html = await File.ReadAllTextAsync(page);
        await File.WriteAllTextAsync(
            probe,
            html.Replace(
                "</body>",
                "<script>const errors = []; addEventListener('error', e => errors.push(e.message));"
                    + "let found; try { found = (() => { "
                    + script
                    + " })(); } catch (e) { found = { thrown: String(e) }; }"
                    + "const result = document.createElement('pre'); result.id = 'found'; result.textContent = JSON.stringify(found); document.body.append(result);</script></body>",
                StringComparison.Ordinal
            )
        );
        var dom = await OutputAsync(
            await Chromium.Value,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            $"--user-data-dir={page}.profile",
            $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}",
            "--window-size=1400,900",
            "--dump-dom",
            new Uri(probe).AbsoluteUri
        );
        var result = Result().Match(dom);
        Assert.True(result.Success, $"The page did not come to its end:\n{dom[..Math.Min(dom.Length, 2000)]}");
        using var json = JsonDocument.Parse(WebUtility.HtmlDecode(result.Groups[1].Value));
        return json.RootElement.Clone();
    }

    [GeneratedRegex("<pre id=\"found\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Result();

    private static async Task<string> FindAsync()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Chromium is looked for on Linux only.");
        try
        {
            return (await OutputAsync("bash", Path.Combine(AppContext.BaseDirectory, "chromium.sh"))).Trim();
        }
        catch (InvalidOperationException error)
        {
            Assert.Skip(error.Message);
            throw;
        }
    }

    private static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await errors}");
    }
}
