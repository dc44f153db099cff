using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Rules.Time.TimeTest;
using AnalyzerConfig = AtLeastOnce.TestKit.AnalyzerConfig;
using Rule = AtLeastOnce.Analyzers.Rules.Time.ALO303ClientOutlastsFunction;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

public sealed class ALO303ClientOutlastsFunctionTests
{
    private const string Post = "await {|#0:http.PostAsync(message.MessageId, new StringContent(message.Body))|};";
    private const string Unmarked = "await http.PostAsync(message.MessageId, new StringContent(message.Body));";
    private const string Http = "HttpClient.Timeout";

    private static DiagnosticResult Finds(
        string limit,
        string name = Http,
        DiagnosticSeverity severity = DiagnosticSeverity.Warning,
        int timeout = 30,
        string path = ""
    ) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithSeverity(severity)
            .WithArguments(limit, name, "HandleAsync", timeout, " (template.yaml(13,16))", "returns to the queue", "message", path, "");

    [Fact]
    public Task The_message_says_what_happens() =>
        VerifyAsync<Rule>(
            Reporting(Post, "private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };"),
            Template(),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithSeverity(DiagnosticSeverity.Warning)
                .WithMessage(
                    "This call may wait 60 s (HttpClient.Timeout), but Lambda ends 'HandleAsync' after 30 s (template.yaml(13,16)): when no answer comes, the invocation times out before the call fails, and the whole batch returns to the queue, with the messages that are done. Give the call less time than the function has."
                )
        );

    [Theory]
    [InlineData("private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };", "30 s")]
    [InlineData("private static readonly HttpClient http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };", "60 s")]
    [InlineData("private readonly HttpClient http;\n\npublic OrdersFunction() => http = new HttpClient { Timeout = new TimeSpan(0, 1, 0) };", "60 s")]
    [InlineData(
        "private readonly HttpClient http;\n\npublic OrdersFunction()\n{\n    http = new HttpClient();\n    http.Timeout = TimeSpan.FromSeconds(45);\n}",
        "45 s"
    )]
    [InlineData(
        "private readonly HttpClient http;\n\npublic OrdersFunction(HttpClient http)\n{\n    this.http = http;\n    http.Timeout = TimeSpan.FromSeconds(45);\n}",
        "45 s"
    )]
    [InlineData("private const int Patience = 90;\nprivate HttpClient http { get; } = new() { Timeout = TimeSpan.FromSeconds(Patience) };", "90 s")]
    [InlineData("private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };", "without end")]
    [InlineData(
        "private readonly HttpClient http;\n\npublic OrdersFunction()\n    : this(new HttpClient { Timeout = TimeSpan.FromSeconds(45) }) { }\n\npublic OrdersFunction(HttpClient http) => this.http = http;",
        "45 s"
    )]
    public Task A_timeout_that_the_code_sets(string members, string limit) => VerifyAsync<Rule>(Reporting(Post, members), Template(), Finds(limit));

    [Theory]
    [InlineData("private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(2) };")]
    [InlineData("private readonly HttpClient http;\n\npublic OrdersFunction(HttpClient http) => this.http = http;")]
    [InlineData(
        "private readonly HttpClient http = Make();\n\nprivate static HttpClient Make() => new() { Timeout = TimeSpan.FromSeconds(int.Parse(\"60\")) };"
    )]
    [InlineData("public HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };")]
    [InlineData(
        "private readonly HttpClient http;\n\npublic OrdersFunction()\n    : this(new HttpClient { Timeout = TimeSpan.FromSeconds(2) }) { }\n\npublic OrdersFunction(HttpClient http) => this.http = http;"
    )]
    [InlineData(
        "private readonly HttpClient http;\n\npublic OrdersFunction()\n    : this(new HttpClient())\n{\n    http.Timeout = TimeSpan.FromSeconds(2);\n}\n\npublic OrdersFunction(HttpClient http) => this.http = http;"
    )]
    [InlineData(
        "private readonly HttpClient http;\n\npublic OrdersFunction(int unused)\n    : this(new HttpClient { Timeout = TimeSpan.FromSeconds(45) }) { }\n\npublic OrdersFunction(HttpClient http) => this.http = http;"
    )]
    [InlineData(
        "private readonly HttpClient http = new();\n\npublic OrdersFunction() => Configure(http);\n\nprivate static void Configure(HttpClient client) => client.Timeout = TimeSpan.FromSeconds(1);"
    )]
    [InlineData(
        "private readonly HttpClient http;\n\npublic OrdersFunction()\n    : this(new HttpClient()) { }\n\npublic OrdersFunction(HttpClient http)\n{\n    this.http = http;\n    Configure(http);\n}\n\nprivate static void Configure(HttpClient client) => client.Timeout = TimeSpan.FromSeconds(1);"
    )]
    public Task A_shorter_timeout_or_an_unknown_one_is_silent(string members) => VerifyAsync<Rule>(Reporting(Unmarked, members), Template());

    [Fact]
    public Task HttpClients_default_is_advice() =>
        VerifyAsync<Rule>(
            Reporting(Post, "private static readonly HttpClient http = new();"),
            Template(),
            Finds("100 s", "HttpClient's default timeout", DiagnosticSeverity.Info)
        );

    [Fact]
    public Task The_default_of_a_client_that_Lambdas_constructor_hands_on_is_advice() =>
        VerifyAsync<Rule>(
            Reporting(
                Post,
                "private readonly HttpClient http;\n\npublic OrdersFunction()\n    : this(new HttpClient()) { }\n\npublic OrdersFunction(HttpClient http) => this.http = http;"
            ),
            Template(),
            Finds("100 s", "HttpClient's default timeout", DiagnosticSeverity.Info)
        );

    [Fact]
    public Task The_default_in_a_longer_function_is_silent() =>
        VerifyAsync<Rule>(Reporting(Unmarked, "private static readonly HttpClient http = new();"), Template("120"));

    [Theory]
    [InlineData("using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };\n", "60 s")]
    [InlineData("var http = new HttpClient();\nhttp.Timeout = TimeSpan.FromMilliseconds(45_000);\n", "45 s")]
    public Task A_client_of_the_loops_own(string local, string limit) => VerifyAsync<Rule>(Reporting(local + Post), Template(), Finds(limit));

    [Theory]
    [InlineData("using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));\n")]
    [InlineData("using var patience = new CancellationTokenSource();\npatience.CancelAfter(60_000);\n")]
    [InlineData("using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);\n")]
    public Task A_token_that_cancels_itself_too_late(string token) =>
        VerifyAsync<Rule>(
            Reporting(
                token + "await {|#0:http.GetAsync(message.Body, patience.Token)|};",
                "private readonly HttpClient http;\n\npublic OrdersFunction(HttpClient http) => this.http = http;"
            ),
            Template(),
            Finds("60 s", "CancellationTokenSource")
        );

    [Theory]
    [InlineData("using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));\n", "patience.Token")]
    [InlineData("using var patience = new CancellationTokenSource();\n", "patience.Token")]
    [InlineData("var token = Make();\n", "token")]
    public Task A_token_that_cancels_the_call_in_time_or_may_is_silent(string token, string argument) =>
        VerifyAsync<Rule>(
            Reporting(
                $"{token}await http.GetAsync(message.Body, {argument});",
                "private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };\n\nprivate static CancellationToken Make() => new(false);"
            ),
            Template()
        );

    [Fact]
    public Task A_call_behind_a_method_of_the_project_names_the_way() =>
        VerifyAsync<Rule>(
            Reporting("await new Sender().SendAsync(message.Body);")
                + "\n\npublic class Sender\n{\n    private static readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };\n\n"
                + "    public async Task SendAsync(string body) => await {|#0:http.GetStringAsync(body)|};\n}",
            Template(),
            Finds("60 s", path: " Reached from 'HandleAsync' → 'Sender.SendAsync'.")
        );

    [Theory]
    [InlineData("services.AddHttpClient(\"shop\", client => client.Timeout = TimeSpan.FromSeconds(60));", "60 s", Http, DiagnosticSeverity.Warning)]
    [InlineData(
        "services.AddHttpClient(\"shop\").ConfigureHttpClient(client => { client.Timeout = TimeSpan.FromSeconds(50); });",
        "50 s",
        Http,
        DiagnosticSeverity.Warning
    )]
    [InlineData("services.AddHttpClient(\"shop\");", "100 s", "HttpClient's default timeout", DiagnosticSeverity.Info)]
    [InlineData(
        "services.AddHttpClient(\"shop\").AddStandardResilienceHandler();",
        "30 s",
        "the standard resilience handler's total timeout",
        DiagnosticSeverity.Info
    )]
    [InlineData(
        "services.AddHttpClient(\"shop\").AddStandardResilienceHandler(options => options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(40));",
        "40 s",
        "TotalRequestTimeout",
        DiagnosticSeverity.Warning
    )]
    [InlineData(
        "services.AddHttpClient(\"shop\").AddResilienceHandler(\"retry\", builder => builder.AddTimeout(TimeSpan.FromSeconds(35)).AddRetry(new HttpRetryStrategyOptions()));",
        "35 s",
        "Polly timeout",
        DiagnosticSeverity.Warning
    )]
    public Task A_client_of_the_factory(string registration, string limit, string name, DiagnosticSeverity severity) =>
        VerifyAsync<Rule>(Factory(registration, "{|#0:", "|}"), Template(), Finds(limit, name, severity));

    [Theory]
    [InlineData("services.AddHttpClient(\"other\");")]
    [InlineData("services.AddHttpClient(\"shop\", client => client.Timeout = TimeSpan.FromSeconds(3));")]
    [InlineData("services.AddHttpClient(\"shop\", Configure);")]
    [InlineData("var builder = services.AddHttpClient(\"shop\");\n        builder.ConfigureHttpClient(Configure);")]
    [InlineData("services.ConfigureHttpClientDefaults(builder => builder.ConfigureHttpClient(Configure));\n        services.AddHttpClient(\"shop\");")]
    [InlineData("services.AddHttpClient(\"shop\").AddStandardResilienceHandler(options => options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(4));")]
    public Task A_client_of_the_factory_that_is_shorter_or_not_seen_is_silent(string registration) =>
        VerifyAsync<Rule>(Factory(registration, "", ""), Template());

    [Theory]
    [InlineData("services.AddHttpClient<OrdersFunction>(client => client.Timeout = TimeSpan.FromSeconds(60));", "60 s", Http, DiagnosticSeverity.Warning)]
    [InlineData("services.AddHttpClient<OrdersFunction>();", "100 s", "HttpClient's default timeout", DiagnosticSeverity.Info)]
    [InlineData(
        "services.AddHttpClient<IDisposable, OrdersFunction>((provider, client) => client.Timeout = TimeSpan.FromSeconds(60));",
        "60 s",
        Http,
        DiagnosticSeverity.Warning
    )]
    public Task A_typed_client(string registration, string limit, string name, DiagnosticSeverity severity) =>
        VerifyAsync<Rule>(
            Reporting(Post, "private readonly HttpClient http;\n\npublic OrdersFunction(HttpClient http) => this.http = http;")
                .Replace("class OrdersFunction", "class OrdersFunction : IDisposable", StringComparison.Ordinal)
                .Replace("    public async", "    public void Dispose() { }\n\n    public async", StringComparison.Ordinal) + Startup(registration),
            Template(),
            Finds(limit, name, severity)
        );

    [Theory]
    [InlineData(
        "new AmazonTranslateClient(new AmazonTranslateConfig { Timeout = TimeSpan.FromSeconds(30) })",
        "30 s",
        "AmazonTranslateConfig.Timeout",
        DiagnosticSeverity.Warning
    )]
    [InlineData("new AmazonTranslateClient()", "100 s", "the AWS SDK's default timeout", DiagnosticSeverity.Info)]
    [InlineData(
        "new AmazonTranslateClient(new AmazonTranslateConfig { MaxErrorRetry = 1 })",
        "100 s",
        "the AWS SDK's default timeout",
        DiagnosticSeverity.Info
    )]
    public Task A_client_of_the_sdk(string creation, string limit, string name, DiagnosticSeverity severity) =>
        VerifyAsync<Rule>(
            Reporting("await {|#0:translate.TranslateTextAsync(message.Body)|};", $"private readonly IAmazonTranslate translate = {creation};"),
            Template(),
            Finds(limit, name, severity)
        );

    [Theory]
    [InlineData(
        "private readonly IAmazonTranslate translate = new AmazonTranslateClient(new AmazonTranslateConfig { Timeout = TimeSpan.FromSeconds(2), MaxErrorRetry = 0 });"
    )]
    [InlineData("private readonly IAmazonTranslate translate;\n\npublic OrdersFunction(IAmazonTranslate translate) => this.translate = translate;")]
    public Task A_client_of_the_sdk_that_is_shorter_or_injected_is_silent(string members) =>
        VerifyAsync<Rule>(Reporting("await translate.TranslateTextAsync(message.Body);", members), Template());

    [Theory]
    [InlineData("!Ref Unknown")]
    [InlineData("!If [IsLive, 60, 120]")]
    public Task An_unknown_or_longer_function_timeout_is_silent(string timeout) =>
        VerifyAsync<Rule>(
            Reporting(Unmarked, "private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(90) };"),
            Template(timeout, visibility: "900")
        );

    [Fact]
    public Task A_timeout_that_rests_on_a_parameters_default_names_it() =>
        VerifyAsync<Rule>(
            Reporting(Post, "private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(90) };"),
            Template("!Ref Seconds"),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments(
                    "90 s",
                    Http,
                    "HandleAsync",
                    30,
                    " (template.yaml(13,16))",
                    "returns to the queue",
                    "message",
                    "",
                    " This holds as long as the deployment keeps the default of parameter 'Seconds'."
                )
        );

    [Fact]
    public Task Without_a_template_nothing_is_known() =>
        VerifyAsync<Rule>(Reporting(Unmarked, "private readonly HttpClient http = new() { Timeout = TimeSpan.FromHours(1) };"), null);

    [Fact]
    public async Task In_the_strict_preset_advice_is_a_warning()
    {
        var test = Test<Rule>(
            Reporting(Post, "private static readonly HttpClient http = new();"),
            Template(),
            Finds("100 s", "HttpClient's default timeout", DiagnosticSeverity.Warning)
        );
        test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Global().Property("AtLeastOnceMode", "Strict"));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_client_of_the_users_own_is_silent() =>
        VerifyAsync<Rule>(
            Reporting(Unmarked, "private readonly Mine.HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };")
                + "\n\npublic static class Mine\n{\n    public class HttpClient\n    {\n        public TimeSpan Timeout { get; set; }\n\n"
                + "        public Task PostAsync(string uri, StringContent content) => Task.CompletedTask;\n    }\n}",
            Template()
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode =
                "public class Function { public async System.Threading.Tasks.Task Handle(string body) { await new System.Net.Http.HttpClient { Timeout = System.TimeSpan.FromHours(1) }.PutAsync(body, null); } }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Incomplete_code_is_survived()
    {
        var test = Test<Rule>(
            "public class OrdersFunction { private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds( }; public async Task HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { await http.PutAsync(message.",
            Template()
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Factory(string registration, string open, string close) =>
        Reporting(
            $"await {open}http.GetAsync(message.Body){close};",
            "private readonly HttpClient http;\n\npublic OrdersFunction(IHttpClientFactory factory) => http = factory.CreateClient(\"shop\");"
        ) + Startup(registration);

    private static string Startup(string registration) =>
        $"\n\npublic static class Startup\n{{\n    public static void Add(IServiceCollection services)\n    {{\n        {registration}\n    }}\n\n"
        + "    private static void Configure(HttpClient client) => client.Timeout = TimeSpan.FromSeconds(5);\n}";
}
