using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class SamTemplateTests
{
    private static readonly DeploymentModel Model = Templates.Read(Templates.Orders);

    private static Function Function => Assert.Single(Model.Functions);

    private static EventSourceMapping Mapping => Assert.Single(Model.Mappings);

    private static string At(Place place) => place.In(Templates.Orders);

    [Fact]
    public void It_is_a_template_without_problems()
    {
        Assert.True(Model.IsTemplate);
        Assert.Empty(Model.Problems);
        Assert.Equal(Templates.Path, Model.Path);
        Assert.Equal(["OrdersQueue", "OrdersDlq"], Model.Queues.Select(queue => queue.LogicalId));
    }

    [Fact]
    public void A_function_has_its_own_settings()
    {
        Assert.Equal("OrdersFunction", Function.LogicalId);
        Assert.Equal("Orders::Orders.Function::HandleAsync", Function.Handler.Single());
        Assert.Equal("./src/Orders/", Function.CodeUri.Single());
        Assert.Equal(1024, Function.MemorySize.Single());
        Assert.False(Function.MemorySize.IsInherited);
        Assert.True(Function.Name.IsMissing);
        Assert.False(Function.HasUnreadEvents);
        Assert.Equal("OrdersFunction", At(Function.Declaration));
        Assert.StartsWith("OrdersFunction:\n    Type:", At(Function.Whole), StringComparison.Ordinal);
        Assert.EndsWith("Type: HttpApi", At(Function.Whole), StringComparison.Ordinal);
        Assert.StartsWith("CodeUri:", At(Function.PropertiesPlace), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_inherits_from_the_globals()
    {
        Assert.Equal(30, Function.Timeout.Single());
        Assert.True(Function.Timeout.IsInherited);
        Assert.True(Function.Timeout.IsExplicit);
        Assert.Equal("Timeout", At(Function.Timeout.KeyPlace));
        Assert.Equal("30", At(Function.Timeout.ValuePlace));
        Assert.Equal("template.yaml(7,14)", Function.Timeout.Place.ToString());
        Assert.Equal("dotnet8", Function.Runtime.Single());
    }

    [Fact]
    public void A_mapping_has_its_settings_and_places()
    {
        Assert.Equal("Orders", Mapping.DisplayName);
        Assert.Equal("OrdersFunctionOrders", Mapping.LogicalId);
        Assert.Equal(EventSourceKind.Sqs, Mapping.Kind);
        Assert.True(Mapping.IsFunctionEvent);
        Assert.True(Mapping.Enabled.Single());
        Assert.False(Mapping.Enabled.IsExplicit);
        Assert.Equal(20, Mapping.BatchSize.Single());
        Assert.Equal("BatchSize", Mapping.BatchSize.RestsOnParameter);
        Assert.Equal("!Ref BatchSize", At(Mapping.BatchSize.ValuePlace));
        Assert.Equal("20", At(Assert.Single(Mapping.BatchSize.Values).Place));
        Assert.Equal(5, Mapping.MaximumBatchingWindow.Single());
        Assert.True(Mapping.ReportBatchItemFailures.Single());
        Assert.Equal("- ReportBatchItemFailures", At(Mapping.ReportBatchItemFailures.ValuePlace));
        Assert.True(Mapping.MaximumConcurrency.IsMissing);
        Assert.Equal("Orders", At(Mapping.Declaration));
        Assert.Equal("template.yaml(39,9)", Mapping.Declaration.ToString());
    }

    [Fact]
    public void A_filter_has_its_text_and_place()
    {
        var pattern = Assert.Single(Mapping.Filters.Single()!.Patterns);
        Assert.Equal("""{"body":{"kind":["order"]}}""", pattern.Single());
        Assert.Equal("""'{"body":{"kind":["order"]}}'""", At(pattern.ValuePlace));
    }

    [Fact]
    public void Every_written_property_has_a_key_and_a_value()
    {
        Assert.Equal("Queue", At(Mapping.Properties["Queue"].Key));
        Assert.Equal("!GetAtt OrdersQueue.Arn", At(Mapping.Properties["Queue"].Value));
        Assert.Equal("Pattern", At(Mapping.Properties["FilterCriteria.Filters[0].Pattern"].Key));
        Assert.Equal("5", At(Model.Queues[0].Properties["RedrivePolicy.maxReceiveCount"].Value));
        Assert.DoesNotContain("Runtime", Function.Properties.Keys);
    }

    [Fact]
    public void Links_lead_from_resource_to_resource()
    {
        Assert.Same(Model.Queues[0], Model.QueueOf(Mapping));
        Assert.Same(Function, Model.FunctionOf(Mapping));
        Assert.Same(Mapping, Assert.Single(Model.MappingsOf(Function)));
        Assert.Same(Mapping, Assert.Single(Model.MappingsOf(Model.Queues[0])));
        Assert.Empty(Model.MappingsOf(Model.Queues[1]));
        Assert.Same(Model.Queues[1], Model.DeadLetterQueueOf(Model.Queues[0]));
        Assert.Null(Model.DeadLetterQueueOf(Model.Queues[1]));
        Assert.True(Model.IsDeadLetterQueue(Model.Queues[1]));
        Assert.False(Model.IsDeadLetterQueue(Model.Queues[0]));
        Assert.Equal(5, Model.Queues[0].RedrivePolicy.Single()!.MaxReceiveCount.Single());
        Assert.Equal("!GetAtt OrdersDlq.Arn", At(Model.Queues[0].RedrivePolicy.Single()!.DeadLetter.Place));
    }

    [Fact]
    public void What_is_left_out_has_its_documented_default_and_a_place_to_insert_it()
    {
        var queue = Model.Queues[1];
        Assert.Equal(30, queue.VisibilityTimeout.Single());
        Assert.Equal(SettingState.Absent, queue.VisibilityTimeout.State);
        Assert.Equal(Provenance.DocumentedDefault, queue.VisibilityTimeout.Values[0].Provenance);
        Assert.Equal("MessageRetentionPeriod: 1209600", At(queue.VisibilityTimeout.Enclosing));
        Assert.Equal("MessageRetentionPeriod: 1209600", At(queue.VisibilityTimeout.Place));
        Assert.True(queue.RedrivePolicy.IsMissing);
        Assert.Equal(345600, Model.Queues[0].MessageRetentionPeriod.Single());
        Assert.Equal(0, queue.DelaySeconds.Single());
        Assert.Equal(0, queue.ReceiveMessageWaitTime.Single());
        Assert.False(queue.IsFifo.Single());
    }

    [Fact]
    public void A_stream_event_is_a_mapping_too()
    {
        var model = Templates.ReadResources(
            """
            F:
              Type: AWS::Serverless::Function
              Properties:
                Events:
                  Clicks:
                    Type: Kinesis
                    Properties:
                      Stream: !GetAtt Clicks.Arn
                      StartingPosition: LATEST
                      ParallelizationFactor: 4
                      BisectBatchOnFunctionError: true
                      MaximumRetryAttempts: 3
                      MaximumRecordAgeInSeconds: 600
                      TumblingWindowInSeconds: 60
                      DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Lost.Arn } }
                  Table:
                    Type: DynamoDB
                    Properties: { Stream: "arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/1", StartingPosition: LATEST }
            Clicks: { Type: AWS::Kinesis::Stream }
            Lost: { Type: AWS::SQS::Queue }
            """
        );
        var (clicks, table) = (model.Mappings[0], model.Mappings[1]);
        Assert.Equal((EventSourceKind.Kinesis, "Clicks"), (clicks.Kind, clicks.Source.LogicalId));
        Assert.Equal(100, clicks.BatchSize.Single());
        Assert.Equal("LATEST", clicks.StartingPosition.Single());
        Assert.Equal(4, clicks.ParallelizationFactor.Single());
        Assert.True(clicks.BisectBatchOnFunctionError.Single());
        Assert.Equal((3, 600, 60), (clicks.MaximumRetryAttempts.Single(), clicks.MaximumRecordAge.Single(), clicks.TumblingWindow.Single()));
        Assert.Equal("Lost", clicks.OnFailure.Single()!.LogicalId);
        Assert.Equal((EventSourceKind.DynamoDb, "arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/1"), (table.Kind, table.Source.Literal));
        Assert.Null(model.QueueOf(clicks));
    }

    [Theory]
    [InlineData("{ Type: MQ, Properties: { Broker: !GetAtt Broker.Arn, Queues: [q] } }", "Broker", null)]
    [InlineData(
        "{ Type: DocumentDB, Properties: { Cluster: 'arn:aws:rds:eu-west-1:123456789012:cluster:c' } }",
        null,
        "arn:aws:rds:eu-west-1:123456789012:cluster:c"
    )]
    [InlineData("{ Type: MSK, Properties: { Stream: !Ref Broker } }", "Broker", null)]
    [InlineData("{ Type: SelfManagedKafka, Properties: { KafkaBootstrapServers: [a] } }", null, null)]
    public void Other_sources_are_mappings_whose_defaults_differ(string source, string? id, string? literal)
    {
        var model = Templates.Read(
            $"Resources:\n  F: {{ Type: AWS::Serverless::Function, Properties: {{ Events: {{ E: {source} }} }} }}\n  Broker: {{ Type: AWS::AmazonMQ::Broker }}\n"
        );
        var mapping = Assert.Single(model.Mappings);
        Assert.Equal((EventSourceKind.Other, id, literal), (mapping.Kind, mapping.Source.LogicalId, mapping.Source.Literal));
        Assert.Equal(100, mapping.BatchSize.Single());
        Assert.True(mapping.MaximumBatchingWindow.IsMissing);
    }

    [Theory]
    [InlineData("Type: SNS\n          Properties: { Topic: t, SqsSubscription: !Ref Kind }", true)]
    [InlineData("Type: SNS\n          Properties: { Topic: t }", false)]
    [InlineData("Type: !Ref Kind", true)]
    [InlineData("Type: NewThing", true)]
    [InlineData("Type: S3", false)]
    public void Events_that_may_hide_a_mapping_are_said(string body, bool expected)
    {
        var model = Templates.Read($"Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        E:\n          {body}\n");
        Assert.Equal(expected, Assert.Single(model.Functions).HasUnreadEvents);
        Assert.Empty(model.Mappings);
    }

    [Fact]
    public void A_container_image_and_its_build_are_known()
    {
        var model = Templates.ReadResources(
            """
            F:
              Type: AWS::Serverless::Function
              Metadata: { BuildMethod: makefile, DockerTag: x }
              Properties: { PackageType: Image, ReservedConcurrentExecutions: 3, FunctionName: f, DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt D.Arn } }
            D: { Type: AWS::SQS::Queue }
            """
        );
        var function = Assert.Single(model.Functions);
        Assert.True(function.IsImage);
        Assert.True(function.Handler.IsMissing);
        Assert.Equal(
            ("makefile", 3, "f", "D"),
            (function.BuildMethod.Single(), function.ReservedConcurrency.Single(), function.Name.Single(), function.DeadLetter.Single()!.LogicalId)
        );
        Assert.False(function.IsGeneratedByAnnotations);
    }
}
