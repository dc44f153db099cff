namespace AtLeastOnce.Runtime.Tests.Hosting;

/// <summary>A host of a template that is written out for one test.</summary>
internal static class TemplateOnDisk
{
    /// <summary>A function, a queue, a stream and a table, which most templates of tests need.</summary>
    public const string Basis = """
        Resources:
          F: { Type: AWS::Lambda::Function, Properties: { Handler: none, Timeout: 3, Role: 'arn:aws:iam::123456789012:role/any' } }
          Q: { Type: AWS::SQS::Queue }
          S: { Type: AWS::Kinesis::Stream, Properties: { ShardCount: 1 } }
          Orders:
            Type: AWS::DynamoDB::Table
            Properties:
              KeySchema: [{ AttributeName: pk, KeyType: HASH }]
              AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
              StreamSpecification: { StreamViewType: NEW_IMAGE }

        """;

    /// <summary>Reads a template.</summary>
    public static LambdaTestHost Load(string template)
    {
        var folder = Directory.CreateTempSubdirectory("template-on-disk-");
        try
        {
            var file = Path.Combine(folder.FullName, "template.yaml");
            File.WriteAllText(file, template);
            return LambdaTestHost.FromTemplate(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Reads a template of the <see cref="Basis"/> and more resources, each line of which is indented by two.</summary>
    public static LambdaTestHost LoadWith(string resources) => Load(Basis + string.Concat(resources.Split('\n').Select(line => $"  {line}\n")));
}
