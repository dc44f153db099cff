using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO208WindowWithoutState;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO208WindowWithoutStateTests
{
    private const string SetIt = "Set its State, to an empty dictionary if there is nothing to keep";

    [Theory]
    [InlineData("void", "return;", "nothing")]
    [InlineData("Task", "return Task.CompletedTask;", "nothing")]
    [InlineData("Task<StreamsEventResponse>", "return null!;", "'StreamsEventResponse'")]
    [InlineData("Task<Counted>", "return null!;", "'Counted'")]
    [InlineData("Task<Stateful>", "return null!;", "'Stateful'")]
    [InlineData("Task<Attributed>", "return null!;", null)]
    [InlineData("Task<object>", "return null!;", null)]
    [InlineData("Task<Dictionary<string, object>>", "return null!;", null)]
    [InlineData("Task<System.IO.Stream>", "return null!;", null)]
    public Task What_the_return_type_can_carry(string type, string body, string? returned) =>
        VerifyAsync(
            $"public {type} {{|#0:HandleAsync|}}(KinesisTimeWindowEvent window) {{ {body} }}",
            returned is null ? [] : [Finding(returned, "Return KinesisTimeWindowResponse with a State")]
        );

    [Theory]
    [InlineData("return {|#0:new KinesisTimeWindowResponse()|};", true)]
    [InlineData("return {|#0:new()|};", true)]
    [InlineData("return {|#0:new KinesisTimeWindowResponse { BatchItemFailures = null! }|};", true)]
    [InlineData("return {|#0:new KinesisTimeWindowResponse { State = null! }|};", true)]
    [InlineData("var response = {|#0:new KinesisTimeWindowResponse()|}; response.BatchItemFailures = null!; return response;", true)]
    [InlineData("if (window.Records.Count == 0) return {|#0:new KinesisTimeWindowResponse()|}; return new() { State = new() };", true)]
    [InlineData("return new KinesisTimeWindowResponse { State = window.State };", false)]
    [InlineData("var response = new KinesisTimeWindowResponse(); response.State = window.State; return response;", false)]
    [InlineData("var response = new KinesisTimeWindowResponse(); if (window.Records.Count > 0) response.State = new(); return response;", false)]
    [InlineData("var response = new KinesisTimeWindowResponse(); Fill(response); return response;", false)]
    [InlineData("return Make();", false)]
    public Task A_state_that_is_left_null(string body, bool isFound) =>
        VerifyAsync(
            $$"""
            public KinesisTimeWindowResponse HandleAsync(KinesisTimeWindowEvent window) { {{body}} }

            private static void Fill(KinesisTimeWindowResponse response) => response.State = new();

            private static KinesisTimeWindowResponse Make() => new() { State = new() };
            """,
            isFound ? [Finding("a 'KinesisTimeWindowResponse' whose State is null", SetIt)] : []
        );

    [Fact]
    public Task A_finished_task() =>
        VerifyAsync(
            "public Task<DynamoDBTimeWindowResponse> HandleAsync(DynamoDBTimeWindowEvent window) => Task.FromResult({|#0:new DynamoDBTimeWindowResponse()|});",
            Finding("a 'DynamoDBTimeWindowResponse' whose State is null", SetIt)
        );

    [Fact]
    public Task A_serializer_of_ones_own_may_write_null() =>
        Test("public KinesisTimeWindowResponse HandleAsync(KinesisTimeWindowEvent window) => new();", null, "Shop.OrdersFunction", []).RunAsync();

    [Theory]
    [InlineData("TumblingWindowInSeconds: 60", "KinesisEvent", true)]
    [InlineData("", "KinesisEvent", false)]
    [InlineData("TumblingWindowInSeconds: 0", "KinesisTimeWindowEvent", false)]
    [InlineData("", "KinesisTimeWindowEvent", false)]
    [InlineData("TumblingWindowInSeconds: !Ref Window", "KinesisEvent", false)]
    [InlineData("TumblingWindowInSeconds: !Ref Window", "KinesisTimeWindowEvent", true)]
    public Task The_mapping_says_whether_there_is_a_window(string setting, string type, bool isFound) =>
        Test(
                $"public Task {{|#0:HandleAsync|}}({type} batch) => Task.CompletedTask;",
                $$"""
                AWSTemplateFormatVersion: '2010-09-09'
                Transform: AWS::Serverless-2016-10-31
                Parameters:
                  Window:
                    Type: Number
                Resources:
                  OrdersFunction:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: Shop::Shop.OrdersFunction::HandleAsync
                      Runtime: dotnet10
                      Events:
                        Orders:
                          Type: Kinesis
                          Properties:
                            Stream: arn:aws:kinesis:eu-west-1:123456789012:stream/orders
                            StartingPosition: LATEST
                            {{setting}}
                """,
                isFound ? [Finding("nothing", "Return KinesisTimeWindowResponse with a State")] : []
            )
            .RunAsync();

    [Fact]
    public Task Another_type_of_that_name() =>
        VerifyAsync(
            """
            public class KinesisTimeWindowEvent { }

            public Task HandleAsync(OrdersFunction.KinesisTimeWindowEvent window) => Task.CompletedTask;
            """
        );

    [Fact]
    public Task Nothing_is_said_without_the_packages() =>
        new CSharpAnalyzerTest<Rule>
        {
            TestCode = "public class KinesisTimeWindowEvent { } public class Function { public void Handle(KinesisTimeWindowEvent window) { } }",
            ReferenceAssemblies = References.None,
        }.RunAsync();

    [Fact]
    public Task Incomplete_code() =>
        VerifyAsync("public {|CS0246:Missing|} HandleAsync(KinesisTimeWindowEvent window) { return new {|CS0246:Missing|} { State = {|CS1525:}|}; }");

    private static DiagnosticResult Finding(string returned, string remedy) =>
        new DiagnosticResult("ALO208", DiagnosticSeverity.Error)
            .WithLocation(0)
            .WithMessage(
                $"'HandleAsync' works on a tumbling window, but returns {returned}: Lambda takes a response without \"state\" for a failed invocation and has the same batch read again and again, and its shard waits until the retries are used up or the records expire. {remedy}."
            )
            .IgnoringAdditionalLocations();

    private static Task VerifyAsync(string members, params DiagnosticResult[] expected) => Test(members, null, expected).RunAsync();

    private static CSharpAnalyzerTest<Rule> Test(string members, string? template, params DiagnosticResult[] expected) =>
        Test(members, template, "Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer", expected);

    private static CSharpAnalyzerTest<Rule> Test(string members, string? template, string serializer, DiagnosticResult[] expected)
    {
        var test = new CSharpAnalyzerTest<Rule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(
            (
                "OrdersFunction.cs",
                $$"""
                using System.Collections.Generic;
                using System.Text.Json.Serialization;
                using System.Threading.Tasks;
                using Amazon.Lambda.Core;
                using Amazon.Lambda.DynamoDBEvents;
                using Amazon.Lambda.KinesisEvents;
                using StreamsEventResponse = Amazon.Lambda.KinesisEvents.StreamsEventResponse;

                [assembly: LambdaSerializer(typeof({{serializer}}))]

                namespace Shop;

                public class Counted { public int Count { get; set; } }

                public class Stateful { public Dictionary<string, int> State { get; set; } = new(); }

                public class Attributed { [JsonPropertyName("state")] public string Kept { get; set; } = ""; }

                public class OrdersFunction
                {
                {{members}}
                }
                """
            )
        );
        if (template is not null)
            test.TestState.AdditionalFiles.Add(("template.yaml", template));
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }
}
