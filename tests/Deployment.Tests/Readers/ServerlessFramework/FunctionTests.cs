using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;

public sealed class FunctionTests
{
    private static Function Read(string body) => Assert.Single(Services.ReadFunction(body).Functions);

    [Fact]
    public void What_is_left_out_is_what_the_framework_writes()
    {
        var function = Read("events: []");
        Assert.Equal(("6 (default)", "1024 (default)"), (function.Timeout.ToString(), function.MemorySize.ToString()));
        Assert.False(function.Timeout.IsExplicit);
        Assert.True(function.ReservedConcurrency.IsMissing);
        Assert.False(function.HasUnreadEvents);

        // A function among the resources is CloudFormation's.
        var model = Services.ReadFunction("events: []", "    Own: { Type: AWS::Lambda::Function }\n");
        Assert.Equal("3 (default)", Assert.Single(model.Functions, other => other.LogicalId == "Own").Timeout.ToString());
    }

    [Theory]
    [InlineData("timeout: 20", 20, false)]
    [InlineData("timeout: 0", 9, true)]
    [InlineData("memorySize: 128", 9, true)]
    public void The_provider_says_it_for_all(string body, int timeout, bool isInherited)
    {
        var model = Services.Read($"service: s\nprovider: {{ name: aws, timeout: 9 }}\nfunctions:\n  f: {{ handler: h, {body} }}\n");
        var setting = Assert.Single(model.Functions).Timeout;
        Assert.Equal((timeout, isInherited), (setting.Single(), setting.IsInherited));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("package: { artifact: own.zip }", "own.zip")]
    [InlineData("package: { artifact: '${self:custom.artifact}' }", "custom.zip")]
    [InlineData("package: { individually: true }", null)]
    public void The_code_is_the_artifact_of_the_function(string package, string? code) =>
        Assert.Equal(
            code,
            Assert
                .Single(
                    Services
                        .Read($"service: s\nprovider: {{ name: aws }}\ncustom: {{ artifact: custom.zip }}\nfunctions:\n  f:\n    handler: h\n    {package}\n")
                        .Functions
                )
                .CodeUri.Single()
        );

    [Theory]
    [InlineData("", "all.zip")]
    [InlineData("package: { artifact: own.zip }", "own.zip")]
    [InlineData("package: { individually: true }", "all.zip")]
    public void Or_that_of_the_service(string package, string code) =>
        Assert.Equal(
            code,
            Assert
                .Single(
                    Services
                        .Read($"service: s\nprovider: {{ name: aws }}\npackage: {{ artifact: all.zip }}\nfunctions:\n  f:\n    handler: h\n    {package}\n")
                        .Functions
                )
                .CodeUri.Single()
        );

    [Fact]
    public void Environment_variables_are_those_of_the_function_before_those_of_the_provider()
    {
        var model = Services.Read(
            """
            service: s
            provider:
              name: aws
              environment: { STAGE: test, TABLE: orders }
            functions:
              f:
                handler: h
                environment:
                  ORDERS_URL: !Ref OrdersQueue
                  STAGE: own
                  SECRET: ${ssm:/orders/secret}
            resources:
              Resources:
                OrdersQueue: { Type: AWS::SQS::Queue }
            """
        );
        var variables = Assert.Single(model.Functions).Environment;
        Assert.Equal(["ORDERS_URL", "SECRET", "STAGE", "TABLE"], variables.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("OrdersQueue", variables["ORDERS_URL"].Single()?.LogicalId);
        Assert.Equal(("own", "orders"), (variables["STAGE"].Single()?.Literal, variables["TABLE"].Single()?.Literal));
        Assert.NotNull(variables["SECRET"].WhyUnknown);
    }

    [Theory]
    [InlineData("helloWorld", "HelloWorldLambdaFunction")]
    [InlineData("hello-world", "HelloDashworldLambdaFunction")]
    [InlineData("hello_world", "HelloUnderscoreworldLambdaFunction")]
    [InlineData("i", "ILambdaFunction")]
    public void Logical_ids_are_those_of_the_framework(string name, string id)
    {
        var model = Services.Read(
            $"service: s\nprovider: aws\nfunctions:\n  {name}: {{ handler: h }}\nresources:\n  Resources:\n    M:\n      Type: AWS::Lambda::EventSourceMapping\n"
                + $"      Properties: {{ FunctionName: !Ref {id}, EventSourceArn: arn:aws:sqs:eu-west-1:123456789012:q }}\n"
        );
        var function = Assert.Single(model.Functions);
        Assert.Equal((id, name), (function.LogicalId, function.DisplayName));
        Assert.Same(function, model.FunctionOf(Assert.Single(model.Mappings)));
    }

    [Theory]
    [InlineData("name: given", "given")]
    [InlineData("tags: {}", "shop-dev-work@opt:stage")]
    public void The_framework_makes_up_a_name(string body, string expected)
    {
        var name = Read(body).Name;
        Assert.Equal(expected, name.Single() + (name.RestsOnParameter is { } option ? "@" + option : ""));
    }

    [Theory]
    [InlineData("image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/i@sha256:x", true, null)]
    [InlineData("image: { name: base, command: ['A::B::C'] }", true, "A::B::C")]
    [InlineData("handler: A::B::C", false, null)]
    public void Images_are_told(string body, bool isImage, string? command)
    {
        var function = Assert.Single(Services.Read($"service: s\nprovider: aws\nfunctions:\n  f: {{ {body} }}\n").Functions);
        Assert.Equal((isImage, command), (function.IsImage, function.ImageCommand.Single()?[0]));
    }

    [Fact]
    public void Asynchronous_invocations_are_read()
    {
        var model = Services.ReadFunction(
            "maximumRetryAttempts: 0, maximumEventAge: 60, destinations: { onFailure: { type: sqs, arn: !GetAtt Q.Arn }, onSuccess: work }"
        );
        var config = Assert.Single(model.InvokeConfigs);
        Assert.Equal("WorkLambdaEvConf", config.LogicalId);
        Assert.Equal((0, 60), (config.MaximumRetryAttempts.Single(), config.MaximumEventAge.Single()));
        Assert.Equal(("Q", "WorkLambdaFunction"), (config.OnFailure.Single()!.LogicalId, config.OnSuccess.Single()!.LogicalId));
        Assert.Equal("$LATEST", config.Qualifier.Single());
        Assert.Same(config, Assert.Single(model.InvokeConfigsOf(model.Functions[0])));
        Assert.Empty(Services.ReadFunction("timeout: 5").InvokeConfigs);
    }

    [Theory]
    [InlineData("provisionedConcurrency: 2", "provisioned")]
    [InlineData("snapStart: true", "snapstart")]
    [InlineData("provisionedConcurrency: 0", null)]
    [InlineData("snapStart: false", null)]
    [InlineData("provisionedConcurrency: ~", null)]
    public void Events_are_about_the_alias(string body, string? alias)
    {
        var model = Services.ReadFunction($"{body}, events: [sqs: {{ arn: !GetAtt Q.Arn }}], maximumRetryAttempts: 1");
        var mapping = Assert.Single(model.Mappings);
        Assert.Same(model.Functions[0], model.FunctionOf(mapping));
        var found = mapping.Function.Qualifier is { } id ? Assert.IsType<FunctionAlias>(model.Find(id)).Name.Single() : null;
        Assert.Equal(alias, found);
        Assert.Equal(alias ?? "$LATEST", Assert.Single(model.InvokeConfigs).Qualifier.Single());
    }

    [Theory]
    [InlineData("onError: !GetAtt Q.Arn", "Q")]
    [InlineData("onError: 'arn:aws:sns:eu-west-1:123456789012:t'", "arn:aws:sns:eu-west-1:123456789012:t")]
    [InlineData("timeout: 3", null)]
    public void The_functions_own_dead_letter_target_is_read(string body, string? target) => Assert.Equal(target, Read(body).DeadLetter.Single()?.ToString());

    [Theory]
    [InlineData("reservedConcurrency: 5", 5)]
    [InlineData("reservedConcurrency: 0", 0)]
    public void Reserved_concurrency_is_read(string body, int expected) => Assert.Equal(expected, Read(body).ReservedConcurrency.Single());

    [Fact]
    public void Functions_may_stand_in_a_list_and_in_other_files()
    {
        var model = Services.Read(
            "service: s\nprovider: aws\nfunctions:\n  - a: { handler: h }\n  - ${file(b.yml)}\n  - c: { handler: h }\n    d: ${file(d.yml)}\n    e: ~\n"
        );
        Assert.Equal(["a", "c"], model.Functions.Select(function => function.DisplayName));

        // What stands in the other file may be a mapping of a function that is known.
        Assert.All(model.Functions, function => Assert.True(function.HasUnreadEvents));
        Assert.Equal("'${file(b.yml)}' may attach policies", Assert.Single(model.Roles).WhyIncomplete);
    }
}
