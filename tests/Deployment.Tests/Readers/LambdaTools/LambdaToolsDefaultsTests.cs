using System.Globalization;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.LambdaTools;

namespace AtLeastOnce.Deployment.Tests.Readers.LambdaTools;

public sealed class LambdaToolsDefaultsTests
{
    private const string Text = """
        {
          "Information": ["All the command line options for the Lambda command can be specified in this file."],
          "profile": "",
          "region": "eu-west-1",
          "configuration": "Release",
          "function-architecture": "x86_64",
          "function-runtime": "dotnet8",
          "function-memory-size": 512,
          "function-timeout": 30,
          "function-handler": "Orders::Orders.Function::HandleAsync",
          "function-name": "orders",
          "function-role": "arn:aws:iam::123456789012:role/orders",
          "dead-letter-target-arn": "arn:aws:sqs:eu-west-1:123456789012:lost"
        }
        """;

    private static DeploymentModel Read(string text) =>
        LambdaToolsDefaultsReader.Read("src/Orders/aws-lambda-tools-defaults.json", text, TestContext.Current.CancellationToken);

    [Fact]
    public void A_function_is_read_with_its_places()
    {
        var model = Read(Text);
        Assert.True(model.IsTemplate);
        Assert.Empty(model.Problems);
        Assert.Empty(model.Mappings);
        Assert.True(model.NamedTemplate.IsMissing);
        var function = Assert.Single(model.Functions);
        Assert.Equal("orders", function.LogicalId);
        Assert.Equal("orders", function.DisplayName);
        Assert.Equal("Orders::Orders.Function::HandleAsync", function.Handler.Single());
        Assert.Equal((30, 512, "dotnet8"), (function.Timeout.Single(), function.MemorySize.Single(), function.Runtime.Single()));
        Assert.Equal(("\"function-timeout\"", "30"), (function.Timeout.KeyPlace.In(Text), function.Timeout.ValuePlace.In(Text)));
        Assert.Equal("\"function-handler\"", function.Declaration.In(Text));
        Assert.Equal("aws-lambda-tools-defaults.json(9,23)", function.Timeout.Place.ToString());
        Assert.Equal("arn:aws:sqs:eu-west-1:123456789012:lost", function.DeadLetter.Single()!.Literal);
        Assert.Equal("arn:aws:iam::123456789012:role/orders", function.Role.Literal);
        Assert.Equal(".", function.CodeUri.Single());
        Assert.False(function.IsImage);
        Assert.False(function.HasUnreadEvents);
    }

    [Fact]
    public void What_is_left_out_is_not_known()
    {
        var function = Assert.Single(
            Read("""{ "function-handler": "Orders::Orders.Function::Handle", "function-name": "", "dead-letter-target-arn": "" }""").Functions
        );
        Assert.Equal("Orders", function.LogicalId);
        Assert.True(function.Name.IsMissing);
        Assert.Equal(
            [SettingState.Unknown, SettingState.Unknown, SettingState.Unknown],
            new[] { function.Timeout.State, function.MemorySize.State, function.Runtime.State }
        );
        Assert.Equal("what the file leaves out is given on the command line, or stays as it is deployed", function.Timeout.WhyUnknown);
        Assert.True(function.DeadLetter.IsMissing);
        Assert.True(function.Role.IsUnknown);
    }

    [Theory]
    [InlineData("\"package-type\": \"image\"", true)]
    [InlineData("\"package-type\": \"Image\"", true)]
    [InlineData("\"package-type\": \"zip\"", false)]
    [InlineData("\"docker-image-tag\": \"x\"", false)]
    public void The_package_type_tells_images(string entry, bool isImage) =>
        Assert.Equal(isImage, Assert.Single(Read("{ \"function-handler\": \"A::B::C\", " + entry + " }").Functions).IsImage);

    [Fact]
    public void An_image_may_name_its_command_instead_of_a_handler()
    {
        var function = Assert.Single(Read("""{ "package-type": "image", "image-command": "A::B::C" }""").Functions);
        Assert.Equal(["A::B::C"], function.ImageCommand.Single());
        Assert.True(function.Handler.IsMissing);
    }

    [Fact]
    public void A_template_is_named()
    {
        var model = Read("""{ "s3-prefix": "Orders/", "template": "serverless.template", "template-parameters": "" }""");
        Assert.True(model.IsTemplate);
        Assert.Empty(model.Functions);
        Assert.Equal("serverless.template", model.NamedTemplate.Single());
        Assert.True(Read("""{ "function-handler": "A::B::C", "template": "" }""").NamedTemplate.IsMissing);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "profile": "default", "region": "eu-west-1" }""")]
    [InlineData("""{ "Resources": { "Q": { "Type": "AWS::SQS::Queue" } } }""")]
    public void Other_files_are_no_template(string text)
    {
        var model = Read(text);
        Assert.False(model.IsTemplate);
        Assert.Empty(model.Problems);
        Assert.Empty(model.Resources);
    }

    [Theory]
    [InlineData("""{ "function-handler": { "a": 1 } }""")]
    [InlineData("""{ "function-handler": "A::B::C", "function-timeout": "soon" }""")]
    [InlineData("""{ "function-handler": "A::B::C", "function-timeout": [30] }""")]
    public void What_makes_no_sense_is_unknown(string text)
    {
        var function = Assert.Single(Read(text).Functions);
        Assert.Equal(SettingState.Unknown, function.Timeout.State);
        Assert.Empty(Read(text).Problems);
    }

    [Theory]
    [InlineData("{ \"function-handler\": ")]
    [InlineData("{ \"function-handler\": \"A::B::C\" \"x\" }")]
    public void A_broken_file_is_a_problem(string text)
    {
        var model = Read(text);
        Assert.False(model.IsTemplate);
        Assert.StartsWith("It is no valid YAML or JSON", Assert.Single(model.Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_carriage_returns_change_nothing()
    {
        var text = "\uFEFF" + Text.Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal("30", Assert.Single(Read(text).Functions).Timeout.ValuePlace.In(text));
    }

    [Fact]
    public void Every_beginning_is_read()
    {
        for (var length = 0; length <= Text.Length; length++)
        {
            var model = Read(Text[..length]);
            Assert.DoesNotContain(model.Problems, problem => problem.Text.StartsWith("The template cannot be understood", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new("tr-TR");
            Assert.True(Assert.Single(Read("""{ "function-handler": "A::B::C", "package-type": "image" }""").Functions).IsImage);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
