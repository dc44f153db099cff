namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

/// <summary>Templates of a stream <c>OrdersStream</c> or a table <c>OrdersTable</c>, whose mapping <c>Orders</c> feeds <c>OrdersFunction</c>.</summary>
internal static class Streams
{
    /// <summary>A handler of Kinesis that <c>Orders::OrdersFunction::Handle</c> names; its name is mark 0.</summary>
    public const string Handler = """
        using Amazon.Lambda.KinesisEvents;

        public class OrdersFunction
        {
            public StreamsEventResponse {|#0:Handle|}(KinesisEvent batch) => new();
        }
        """;

    /// <summary>The same handler without a mark.</summary>
    public const string PlainHandler = """
        using Amazon.Lambda.KinesisEvents;

        public class OrdersFunction
        {
            public StreamsEventResponse Handle(KinesisEvent batch) => new();
        }
        """;

    /// <summary>Parameters and conditions that tests hang values on.</summary>
    public const string Head = """
        Parameters: { Unknown: { Type: Number }, Given: { Type: Number, Default: -1 }, Three: { Type: Number, Default: 3 }, Days: { Type: Number, Default: 172800 } }
        Conditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }
        """;

    /// <summary>A function with an event of Kinesis.</summary>
    /// <param name="settings">The lines of the mapping's settings; the first stands in line 18, from column 13 on.</param>
    /// <param name="stream">The stream's properties, in braces.</param>
    /// <param name="id">The name of the event.</param>
    public static string Kinesis(string settings, string stream = "{ ShardCount: 1 }", string id = "Orders") =>
        Template("OrdersStream: { Type: AWS::Kinesis::Stream, Properties: " + stream + " }", "Kinesis", "Stream: !GetAtt OrdersStream.Arn", settings, id);

    /// <summary>A function with an event of a table's stream.</summary>
    /// <param name="settings">The lines of the mapping's settings; the first stands in line 18, from column 13 on.</param>
    /// <param name="view">What the stream shows.</param>
    /// <param name="id">The name of the event.</param>
    public static string Table(string settings, string view = "NEW_AND_OLD_IMAGES", string id = "Orders") =>
        Template(
            "OrdersTable: { Type: AWS::DynamoDB::Table, Properties: { KeySchema: [{ AttributeName: id, KeyType: HASH }], StreamSpecification: { StreamViewType: "
                + view
                + " } } }",
            "DynamoDB",
            "Stream: !GetAtt OrdersTable.StreamArn",
            settings,
            id
        );

    private static string Template(string source, string type, string link, string settings, string id) =>
        $$"""
            {{Head}}
            Resources:
              {{source}}
              Failures: { Type: AWS::SQS::Queue }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  MemorySize: 256
                  Events:
                    {{id}}:
                      Type: {{type}}
                      Properties:
                        StartingPosition: LATEST
                        {{link}}
                        {{settings}}
            """;
}
