using System.Globalization;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Aws.Json;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fr-FR")]
    [InlineData("ar-SA")]
    public void Reading_matching_validating_and_editing_are_the_same_everywhere(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new(culture);
            const string Text =
                "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      FifoQueue: TRUE\n      VisibilityTimeout: 50000\n      DelaySeconds: -1\n";
            var queue = Assert.Single(Templates.Read(Text).Queues);
            Assert.Equal((true, 50000, -1), (queue.IsFifo.Single(), queue.VisibilityTimeout.Single(), queue.DelaySeconds.Single()));
            Assert.Equal("template.yaml(6,26)", queue.VisibilityTimeout.Place.ToString());
            Assert.Equal("50000", queue.VisibilityTimeout.ToString());
            Assert.Equal(
                ["Invalid value for the parameter VisibilityTimeout.", "Invalid value for the parameter DelaySeconds."],
                QueueValidation.Validate(queue, null).Select(refusal => refusal.Message)
            );
            Assert.True(FilterPattern.TryParse("""{"n":[{"numeric":["=",1.5]}],"i":[{"equals-ignore-case":"TITLE"}]}""", out var pattern, out _));
            Assert.True(pattern.Matches(JsonReader.ReadOrNull("""{"n":15e-1,"i":"title"}""")!));
            var edits = TemplateEdits.SetVisibilityTimeout(new(Text, Templates.Read(Text)), queue, 43200);
            Assert.Equal(Text.Replace("50000", "43200", StringComparison.Ordinal), TemplateEdit.Apply(Text, edits));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
