using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Tests.Handlers;

public sealed class HandlerDiscoveryTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;
        using Amazon.Lambda.Annotations;
        using Amazon.Lambda.Annotations.SQS;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.KinesisEvents;
        using Amazon.Lambda.DynamoDBEvents;
        using Amazon.Lambda.RuntimeSupport;
        using Amazon.Lambda.SQSEvents;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using AWS.Lambda.Powertools.BatchProcessing;

        """;

    [Theory]
    [InlineData("public void Handle(SQSEvent batch) { }", nameof(EventSourceKind.Sqs))]
    [InlineData("public Task Run(SQSEvent? batch, ILambdaContext context) => Task.CompletedTask;", nameof(EventSourceKind.Sqs))]
    [InlineData("private static Task Run(SQSEvent batch, CancellationToken token) => Task.CompletedTask;", nameof(EventSourceKind.Sqs))]
    [InlineData("internal Task Run(KinesisEvent batch) => Task.CompletedTask;", nameof(EventSourceKind.Kinesis))]
    [InlineData("protected Task Run(DynamoDBEvent batch) => Task.CompletedTask;", nameof(EventSourceKind.DynamoDb))]
    [InlineData(
        "public Task Run([FromServices] IDisposable store, SQSEvent batch, ILambdaContext context) => Task.CompletedTask;",
        nameof(EventSourceKind.Sqs)
    )]
    public void By_its_parameters(string method, string source)
    {
        var handler = Assert.Single(Find($"class Function {{ {method} }}"));
        Assert.Equal((source, HandlerOrigin.Signature), (handler.Source.ToString(), handler.Origin));
        Assert.Equal(handler.Method.Name, handler.Anchor.SourceTree!.GetText().ToString(handler.Anchor.SourceSpan));
    }

    [Theory]
    [InlineData("public void Handle(SQSEvent batch, string table) { }")]
    [InlineData("public void Handle(string table, SQSEvent batch) { }")]
    [InlineData("public void Handle(SQSEvent.SQSMessage message) { }")]
    [InlineData("public void Handle(List<SQSEvent.SQSMessage> messages) { }")]
    public void Other_parameters_make_no_handler(string method) => Assert.Empty(Find($"class Function {{ {method} }}"));

    [Theory]
    [InlineData("JsonElement", "foreach (var record in input.GetProperty(\"Records\").EnumerateArray()) record.GetProperty(\"body\");", "Sqs")]
    [InlineData("JsonElement", "if (input.TryGetProperty(\"Records\", out var all)) all[0].GetProperty(\"kinesis\").GetProperty(\"data\");", "Kinesis")]
    [InlineData("JsonElement", "input.GetProperty(\"Records\")[0].GetProperty(\"dynamodb\");", "DynamoDb")]
    [InlineData("string", "JsonDocument.Parse(input).RootElement.GetProperty(\"Records\")[0].GetProperty(\"body\");", "Sqs")]
    [InlineData("Stream", "JsonSerializer.Deserialize<KinesisEvent>(input);", "Kinesis")]
    [InlineData("JsonElement", "input.Deserialize<SQSEvent>();", "Sqs")]
    public void By_what_it_reads_its_event_as(string type, string body, string source)
    {
        var handler = Assert.Single(
            Find($"using System.Text.Json; class Function {{ public void Handle({type} input, ILambdaContext context) {{ {body} }} }}")
        );
        Assert.Equal((source, HandlerOrigin.Signature), (handler.Source.ToString(), handler.Origin));
    }

    [Theory]
    [InlineData("JsonElement input", "input.GetProperty(\"Records\")[0].GetProperty(\"body\");")]
    [InlineData("JsonElement input, ILambdaContext context", "input.GetProperty(\"body\");")]
    [InlineData("JsonElement input, ILambdaContext context", "input.GetProperty(\"Records\")[0].GetProperty(\"s3\");")]
    [InlineData("JsonElement input, ILambdaContext context", "input.GetProperty(\"Records\")[0].GetProperty(\"body\"); input.GetProperty(\"kinesis\");")]
    [InlineData("Stream input, ILambdaContext context", "JsonSerializer.Deserialize<SQSEvent>(input); JsonSerializer.Deserialize<KinesisEvent>(input);")]
    [InlineData("Stream input, ILambdaContext context", "JsonSerializer.Deserialize<List<string>>(input);")]
    [InlineData("Version input, ILambdaContext context", "JsonSerializer.Deserialize<SQSEvent>(input.ToString());")]
    public void What_it_reads_says_nothing_of_a_source(string parameters, string body) =>
        Assert.Empty(Find($"using System.Text.Json; class Function {{ public void Handle({parameters}) {{ {body} }} }}"));

    [Fact]
    public void Interfaces_and_abstract_methods_are_none() =>
        Assert.Empty(Find("interface I { void Handle(SQSEvent batch); } abstract class A { public abstract void Handle(SQSEvent batch); }"));

    [Fact]
    public void A_method_that_is_given_the_handlers_event_is_a_collaborator()
    {
        var handler = Assert.Single(
            Find(
                "class Function { public void Handle(SQSEvent batch, ILambdaContext context) => new Processor().Process(batch); } class Processor { public void Process(SQSEvent batch) { } }"
            )
        );
        Assert.Equal("Handle", handler.Method.Name);
    }

    [Fact]
    public void So_is_one_behind_an_interface()
    {
        var handler = Assert.Single(
            Find(
                "interface IProcessor { void Process(SQSEvent batch); } class Function { private readonly IProcessor processor = new Processor(); public void Handle(SQSEvent batch) => processor.Process(batch); } class Processor : IProcessor { public void Process(SQSEvent batch) { } }"
            )
        );
        Assert.Equal("Handle", handler.Method.Name);
    }

    [Fact]
    public void By_Annotations_attributes_with_their_mapping()
    {
        var handler = Assert.Single(
            Find(
                "class Functions { [LambdaFunction, SQSEvent(\"@OrdersQueue\", BatchSize = 5)] public Task<SQSBatchResponse> Ship(SQSEvent batch) => Task.FromResult(new SQSBatchResponse()); }"
            )
        );
        Assert.Equal(HandlerOrigin.Attribute, handler.Origin);
        var mapping = Assert.Single(handler.Mappings).Mapping;
        Assert.Equal(5, mapping.BatchSize.Single());
        Assert.True(mapping.ReportBatchItemFailures.Single());
        Assert.Equal("OrdersQueue", mapping.Source.LogicalId);
    }

    [Fact]
    public void The_generator_writes_no_response_type_for_a_task()
    {
        var handler = Assert.Single(
            Find("class Functions { [LambdaFunction, SQSEvent(\"arn:aws:sqs:eu-west-1:1:orders\")] public Task Ship(SQSEvent batch) => Task.CompletedTask; }")
        );
        Assert.False(Assert.Single(handler.Mappings).Mapping.ReportBatchItemFailures.Single());
    }

    [Fact]
    public void By_a_Powertools_attribute() =>
        Assert.Equal(
            HandlerOrigin.Attribute,
            Assert.Single(Find("class Function { [BatchProcessor] public BatchItemFailuresResponse Handle(SQSEvent _) => null!; }")).Origin
        );

    [Fact]
    public void Inherited_from_a_generic_base_class()
    {
        var handler = Assert.Single(
            Find(
                "abstract class Base<TEvent> { public Task FunctionHandler(TEvent batch, ILambdaContext context) => Process(batch); protected abstract Task Process(TEvent batch); } class Orders : Base<SQSEvent> { protected override Task Process(SQSEvent batch) => Task.CompletedTask; }"
            )
        );
        Assert.Equal((HandlerOrigin.BaseClass, "Orders", EventSourceKind.Sqs), (handler.Origin, handler.Type!.Name, handler.Source));
    }

    [Theory]
    [InlineData("protected override Func<TEvent, Task> Handler => HandleAsync;", "FunctionHandler")]
    [InlineData("protected override Func<TEvent, Task> Handler => batch => HandleAsync(batch);", "FunctionHandler")]
    [InlineData("protected override Func<TEvent, Task> Handler => null!;", "FunctionHandler HandleAsync")]
    [InlineData("protected override Func<TEvent, Task> Handler => null!; private Func<TEvent, Task> Other => HandleAsync;", "FunctionHandler HandleAsync")]
    public void What_a_class_hands_to_its_base_class_is_no_handler(string property, string expected)
    {
        var handlers = Find(
            "abstract class Base<TEvent> { public Task FunctionHandler(TEvent batch, ILambdaContext context) => Handler(batch); protected abstract Func<TEvent, Task> Handler { get; } } class Orders : Base<SQSEvent> { "
                + property.Replace("TEvent", "SQSEvent", StringComparison.Ordinal)
                + " public Task HandleAsync(SQSEvent batch) => Task.CompletedTask; }"
        );
        Assert.Equal(expected, string.Join(' ', handlers.Select(handler => handler.Method.Name)));
    }

    [Theory]
    [InlineData(
        "Func<SQSEvent, ILambdaContext, Task> handler = Handle; await LambdaBootstrapBuilder.Create(handler, new DefaultLambdaJsonSerializer()).Build().RunAsync(); static Task Handle(SQSEvent batch, ILambdaContext context) => Task.CompletedTask;"
    )]
    [InlineData(
        "await LambdaBootstrapBuilder.Create<SQSEvent>(Handle, new DefaultLambdaJsonSerializer()).Build().RunAsync(); static Task Handle(SQSEvent batch, ILambdaContext context) => Task.CompletedTask;"
    )]
    [InlineData(
        "await LambdaBootstrapBuilder.Create<SQSEvent>((SQSEvent batch, ILambdaContext context) => Task.CompletedTask, new DefaultLambdaJsonSerializer()).Build().RunAsync();"
    )]
    [InlineData(
        "await LambdaBootstrapBuilder.Create<SQSEvent, SQSBatchResponse>(new Function().Handle, new DefaultLambdaJsonSerializer()).Build().RunAsync(); class Function { public Task<SQSBatchResponse> Handle(SQSEvent batch, ILambdaContext context) => null!; }"
    )]
    public void By_the_delegate_of_a_bootstrap(string program)
    {
        var handler = Assert.Single(Find(program, OutputKind.ConsoleApplication));
        Assert.Equal((HandlerOrigin.Bootstrap, EventSourceKind.Sqs), (handler.Origin, handler.Source));
    }

    [Fact]
    public void A_template_links_a_method_by_assembly_type_and_name()
    {
        var handler = Assert.Single(
            Find(
                "namespace Shop { class Orders { public Task Handle(SQSEvent batch) => Task.CompletedTask; } }",
                template: Template("Shop::Shop.Orders::Handle")
            )
        );
        Assert.Equal((HandlerOrigin.Template, "Orders"), (handler.Origin, Assert.Single(handler.Mappings).Mapping.DisplayName));
    }

    [Fact]
    public void A_template_makes_a_handler_of_a_stream_method()
    {
        var handler = Assert.Single(
            Find("namespace Shop { class Orders { public Task Handle(Stream input) => Task.CompletedTask; } }", template: Template("Shop::Shop.Orders::Handle"))
        );
        Assert.Equal(EventSourceKind.Sqs, handler.Source);
    }

    [Fact]
    public void A_template_finds_an_inherited_method()
    {
        var handler = Assert.Single(
            Find(
                "namespace Shop { abstract class Base { public Task Handle(SQSEvent batch) => Task.CompletedTask; } class Orders : Base { } }",
                template: Template("Shop::Shop.Orders::Handle")
            )
        );
        Assert.Single(handler.Mappings);
    }

    [Fact]
    public void A_template_of_an_executable_means_its_only_handler()
    {
        var handler = Assert.Single(
            Find(
                "await LambdaBootstrapBuilder.Create<SQSEvent>((SQSEvent batch, ILambdaContext context) => Task.CompletedTask, new DefaultLambdaJsonSerializer()).Build().RunAsync();",
                OutputKind.ConsoleApplication,
                Template("Shop")
            )
        );
        Assert.Single(handler.Mappings);
    }

    [Fact]
    public void The_command_of_an_image_names_its_handler()
    {
        var template = Template("unused")
            .Replace("Handler: unused", "PackageType: Image\n      ImageConfig:\n        Command: [\"Shop::Shop.Orders::Handle\"]")
            .Replace("      Runtime: dotnet10\n", "");
        Assert.Single(
            Assert.Single(Find("namespace Shop { class Orders { public Task Handle(SQSEvent batch) => Task.CompletedTask; } }", template: template)).Mappings
        );
    }

    [Fact]
    public void Events_that_cannot_be_read_leave_the_batch_size_open()
    {
        var template = Template("Shop::Shop.Orders::Handle").Replace("Events:\n", "Events: !ImportValue Events\n      Other:\n");
        var handler = Assert.Single(Find("namespace Shop { class Orders { public Task Handle(SQSEvent batch) => Task.CompletedTask; } }", template: template));
        Assert.False(handler.GetsBatches);
    }

    [Theory]
    [InlineData("Other::Shop.Orders::Handle", nameof(HandlerTarget.Elsewhere))]
    [InlineData("Shop::Shop.Orders::Handle", nameof(HandlerTarget.Resolved))]
    [InlineData("Shop::Shop.Orders::Hande", nameof(HandlerTarget.Missing))]
    [InlineData("Shop::Shop.Order::Handle", nameof(HandlerTarget.Missing))]
    [InlineData("index.handler", nameof(HandlerTarget.Elsewhere))]
    [InlineData("a b::c", nameof(HandlerTarget.Elsewhere))]
    public void What_a_handler_string_names(string text, string target)
    {
        var session = Session(
            "namespace Shop { class Orders { public Task Handle(SQSEvent batch) => Task.CompletedTask; } }",
            OutputKind.DynamicallyLinkedLibrary,
            Template(text)
        );
        Assert.Equal(target, Assert.Single(session.Functions(TestContext.Current.CancellationToken)).Target.ToString());
    }

    [Fact]
    public void Test_projects_have_no_session() =>
        Assert.Null(SessionBesideXunit("class Function { public void Handle(SQSEvent batch) { } } class Tests { [Xunit.Fact] public void Passes() { } }"));

    [Fact]
    public void A_reference_to_a_test_framework_makes_no_test_project() =>
        Assert.NotNull(SessionBesideXunit("class Function { public void Handle(SQSEvent batch) { } }"));

    private static AnalysisSession? SessionBesideXunit(string source)
    {
        var compilation = Compile(source, OutputKind.DynamicallyLinkedLibrary)
            .AddReferences(MetadataReference.CreateFromFile(typeof(FactAttribute).Assembly.Location));
        return AnalysisSession.For(compilation, new AnalyzerOptions(ImmutableArray<AdditionalText>.Empty));
    }

    private static IEnumerable<Handler> Find(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, string? template = null) =>
        Session(source, kind, template).Handlers(TestContext.Current.CancellationToken);

    private static AnalysisSession Session(string source, OutputKind kind, string? template)
    {
        var compilation = Compile(source, kind);
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        ImmutableArray<AdditionalText> files = template is null ? [] : [new File("/template.yaml", template)];
        return AnalysisSession.For(compilation, new AnalyzerOptions(files))!;
    }

    private static CSharpCompilation Compile(string source, OutputKind kind) =>
        CSharpCompilation.Create(
            "Shop",
            [CSharpSyntaxTree.ParseText(Usings + source, path: "/Function.cs", cancellationToken: TestContext.Current.CancellationToken)],
            References.Default.Resolve(),
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable)
        );

    private static string Template(string handler) =>
        $"""
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Function:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: {handler}
                  Runtime: dotnet10
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: arn:aws:sqs:eu-west-1:123456789012:orders
            """;

    private sealed class File(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
