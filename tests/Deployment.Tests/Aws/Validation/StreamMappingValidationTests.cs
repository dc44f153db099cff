using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Aws.Validation;

public sealed class StreamMappingValidationTests
{
    private static string[] Refused(string properties, string type = "Kinesis", string more = "") =>
        [.. Refusals(properties, type, more).Select(refusal => $"{refusal.RuleId} {refusal.Property} {refusal.ErrorType}: {refusal.Message}")];

    private static IReadOnlyList<Refusal> Refusals(string properties, string type = "Kinesis", string more = "")
    {
        var stream = type switch
        {
            "Kinesis" => "!GetAtt Clicks.Arn",
            "DynamoDB" => "!GetAtt Orders.StreamArn",
            _ => "!GetAtt Queue.Arn",
        };
        var model = Templates.Read(
            "Parameters:\n  Retries: { Type: Number, Default: 10001 }\n  Open: { Type: Number }\n"
                + $"Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        E:\n          Type: {type}\n"
                + $"          Properties: {{ {(type == "SQS" ? "Queue" : "Stream")}: {stream}, {properties} }}\n"
                + "  Clicks: { Type: AWS::Kinesis::Stream }\n  Queue: { Type: AWS::SQS::Queue }\n  Fifo: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true } }\n"
                + "  FifoTopic: { Type: AWS::SNS::Topic, Properties: { FifoTopic: true } }\n  Topic: { Type: AWS::SNS::Topic }\n"
                + "  Orders: { Type: AWS::DynamoDB::Table, Properties: { StreamSpecification: { StreamViewType: NEW_IMAGE } } }\n"
                + more
        );
        return EventSourceMappingValidation.ValidateIn(model, Assert.Single(model.Mappings));
    }

    [Theory]
    [InlineData("Kinesis")]
    [InlineData("DynamoDB")]
    public void Every_setting_of_a_stream_is_accepted_within_its_range(string type)
    {
        Assert.Empty(Refused("StartingPosition: LATEST", type));
        Assert.Empty(
            Refused(
                "StartingPosition: TRIM_HORIZON, BatchSize: 10000, MaximumBatchingWindowInSeconds: 300, MaximumRetryAttempts: 10000, "
                    + "MaximumRecordAgeInSeconds: 604800, BisectBatchOnFunctionError: true, TumblingWindowInSeconds: 900, "
                    + "FunctionResponseTypes: [ReportBatchItemFailures], DestinationConfig: { OnFailure: { Destination: !GetAtt Queue.Arn } }",
                type
            )
        );
        Assert.Empty(
            Refused(
                "StartingPosition: LATEST, ParallelizationFactor: 10, MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1, TumblingWindowInSeconds: 0",
                type
            )
        );
        Assert.Empty(Refused("StartingPosition: LATEST, MaximumRecordAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: !Ref Topic } }", type));
    }

    [Theory]
    [InlineData("Kinesis")]
    [InlineData("DynamoDB")]
    public void P27_a_stream_wants_a_starting_position(string type)
    {
        Assert.Equal(
            [
                "P-27 StartingPosition InvalidParameterValueException: 1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
            ],
            Refused("BatchSize: 5", type)
        );
        Assert.True(Refusals("BatchSize: 5", type)[0].IsRecordedText);
        Assert.Empty(Refused("StartingPosition: !Ref Open", type));
    }

    [Fact]
    public void P28_a_starting_position_is_one_that_there_is()
    {
        Assert.Equal(
            [
                "P-28 StartingPosition ValidationException: 1 validation error detected: Value 'invalid' at 'startingPosition' failed to satisfy constraint: "
                    + "Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]",
            ],
            Refused("StartingPosition: invalid")
        );
        Assert.Empty(Refused("StartingPosition: !If [C, LATEST, invalid]"));
    }

    [Fact]
    public void P29_a_table_cannot_be_read_from_a_time_on()
    {
        Assert.Equal(
            ["P-29 StartingPosition InvalidParameterValueException: Unsupported starting position for arn type: ${Orders.StreamArn}"],
            Refused("StartingPosition: AT_TIMESTAMP", "DynamoDB")
        );
        Assert.Empty(Refused("StartingPosition: AT_TIMESTAMP, StartingPositionTimestamp: 1700000000", "Kinesis"));
        var literal = new EventSourceMapping("m", EventSourceKind.DynamoDb)
        {
            Source = ResourceLink.ToLiteral("arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/1"),
            StartingPosition = Setting.Of("AT_TIMESTAMP"),
        };
        var refusal = Assert.Single(EventSourceMappingValidation.Validate(literal, null));
        Assert.Equal("Unsupported starting position for arn type: arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/1", refusal.Message);
        Assert.True(refusal.IsRecordedText);
    }

    [Theory]
    [InlineData("ParallelizationFactor: 0", "P-15", "parallelizationFactor", "0", "greater than or equal to 1")]
    [InlineData("ParallelizationFactor: 11", "P-15", "parallelizationFactor", "11", "less than or equal to 10")]
    [InlineData("MaximumRetryAttempts: -2", "P-17", "maximumRetryAttempts", "-2", "greater than or equal to -1")]
    [InlineData("MaximumRetryAttempts: 10001", "P-17", "maximumRetryAttempts", "10001", "less than or equal to 10000")]
    [InlineData("MaximumRetryAttempts: !Ref Retries", "P-17", "maximumRetryAttempts", "10001", "less than or equal to 10000", "Retries")]
    [InlineData("MaximumRecordAgeInSeconds: -2", "P-18", "maximumRecordAgeInSeconds", "-2", "greater than or equal to -1")]
    [InlineData("MaximumRecordAgeInSeconds: 604801", "P-18", "maximumRecordAgeInSeconds", "604801", "less than or equal to 604800")]
    [InlineData("TumblingWindowInSeconds: -1", "P-19b", "tumblingWindowInSeconds", "-1", "greater than or equal to 0")]
    [InlineData("TumblingWindowInSeconds: 901", "P-19b", "tumblingWindowInSeconds", "901", "less than or equal to 900")]
    public void P47_numbers_of_streams_are_in_their_range(string setting, string rule, string name, string value, string constraint, string? parameter = null)
    {
        foreach (var type in new[] { "Kinesis", "DynamoDB" })
        {
            var refusal = Assert.Single(Refusals("StartingPosition: LATEST, " + setting, type));
            Assert.Equal((rule, "ValidationException", parameter), (refusal.RuleId, refusal.ErrorType, refusal.RestsOnParameter));
            Assert.Equal(
                $"1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: Member must have value {constraint}",
                refusal.Message
            );
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    [InlineData(-1, false)]
    public void P25_a_record_age_is_a_minute_at_least(int seconds, bool isRefused) =>
        Assert.Equal(
            isRefused
                ?
                [
                    "P-25 MaximumRecordAgeInSeconds InvalidParameterValueException: MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)",
                ]
                : [],
            Refused($"StartingPosition: LATEST, MaximumRecordAgeInSeconds: {seconds}")
        );

    [Fact]
    public void P40_settings_of_queues_are_refused_for_a_stream()
    {
        const string Settings = "StartingPosition: LATEST, ScalingConfig: { MaximumConcurrency: 1 }, ProvisionedPollerConfig: { MaximumPollers: 1 }";
        string[] expected =
        [
            "P-40 ScalingConfig InvalidParameterValueException: Unsupported 'ScalingConfig' parameter for given event source mapping type.",
            "P-40 ProvisionedPollerConfig InvalidParameterValueException: Unsupported 'ProvisionedPollerConfig' parameter for given event source mapping type.",
        ];
        Assert.Equal(expected, Refused(Settings));
        Assert.Equal(expected, Refused(Settings, "DynamoDB"));
        Assert.Equal(
            [
                "P-40 StartingPositionTimestamp InvalidParameterValueException: Unsupported 'StartingPositionTimestamp' parameter for given event source mapping type.",
            ],
            Refused("StartingPosition: LATEST, StartingPositionTimestamp: 1", "DynamoDB")
        );
    }

    [Theory]
    [InlineData("!GetAtt Fifo.Arn", true)]
    [InlineData("!Ref FifoTopic", true)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:lost.fifo", true)]
    [InlineData("!GetAtt Queue.Arn", false)]
    [InlineData("!Ref Topic", false)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:lost", false)]
    [InlineData("!ImportValue lost", false)]
    public void R48_what_is_given_up_goes_to_no_FIFO_queue_or_topic(string destination, bool isRefused)
    {
        var refusals = Refusals($"StartingPosition: LATEST, DestinationConfig: {{ OnFailure: {{ Destination: {destination} }} }}");
        Assert.Equal(isRefused ? ["R-48"] : [], refusals.Select(refusal => refusal.RuleId));
        Assert.All(refusals, refusal => Assert.False(refusal.IsRecordedText));
    }

    [Fact]
    public void P19_a_destination_has_350_characters_at_most()
    {
        string Arn(int length) => "arn:aws:s3:::" + new string('x', length - 13);
        Assert.Empty(Refused($"StartingPosition: LATEST, DestinationConfig: {{ OnFailure: {{ Destination: '{Arn(350)}' }} }}"));
        Assert.Equal(
            [
                $"P-19 DestinationConfig.OnFailure.Destination ValidationException: 1 validation error detected: Value '{Arn(351)}' at "
                    + "'destinationConfig.onFailure.destination' failed to satisfy constraint: Member must have length less than or equal to 350",
            ],
            Refused($"StartingPosition: LATEST, DestinationConfig: {{ OnFailure: {{ Destination: '{Arn(351)}' }} }}")
        );
    }

    [Fact]
    public void P43_a_table_without_a_stream_has_nothing_to_read()
    {
        var model = Templates.ReadResources(
            """
            F: { Type: AWS::Lambda::Function }
            T: { Type: AWS::DynamoDB::Table }
            M: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt T.StreamArn, FunctionName: !Ref F, StartingPosition: LATEST } }
            """
        );
        var refusal = Assert.Single(EventSourceMappingValidation.ValidateIn(model, model.Mappings[0]));
        Assert.Equal(("P-43", "Stream not found: ${T.StreamArn}", false), (refusal.RuleId, refusal.Message, refusal.IsRecordedText));
    }

    [Fact]
    public void P37_and_P2_both_ends_are_given()
    {
        var model = Templates.ReadResources("M: { Type: AWS::Lambda::EventSourceMapping, Properties: { StartingPosition: LATEST } }");
        Assert.Equal(
            [
                "P-37 Unrecognized event source.",
                "P-2 1 validation error detected: Value null at 'functionName' failed to satisfy constraint: Member must not be null.",
            ],
            EventSourceMappingValidation.ValidateIn(model, model.Mappings[0]).Select(refusal => $"{refusal.RuleId} {refusal.Message}")
        );
        var imported = Templates.ReadResources(
            "M: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !ImportValue a, FunctionName: !ImportValue b } }"
        );
        Assert.Empty(EventSourceMappingValidation.ValidateIn(imported, imported.Mappings[0]));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", SourceAccessConfigurations: [{ Type: VPC_SUBNET, URI: s }]", false)]
    [InlineData(", SourceAccessConfigurations: !Ref AWS::NoValue", false)]
    public void P41_a_cluster_of_ones_own_wants_access(string more, bool isRefused)
    {
        var model = Templates.ReadResources(
            $"M: {{ Type: AWS::Lambda::EventSourceMapping, Properties: {{ SelfManagedEventSource: {{ Endpoints: {{}} }}, FunctionName: f, Topics: [t]{more} }} }}"
        );
        Assert.Equal(
            isRefused ? ["P-41 Required 'sourceAccessConfigurations' parameter is missing."] : [],
            EventSourceMappingValidation.ValidateIn(model, model.Mappings[0]).Select(refusal => $"{refusal.RuleId} {refusal.Message}")
        );
    }

    [Theory]
    [InlineData("Queue.Arn", "!Ref F", "", "P-32")]
    [InlineData("Clicks.Arn", "!Ref F", "", "P-33")]
    [InlineData("Queue.Arn", "!GetAtt F.Arn", "", "P-32")]
    [InlineData("Queue.Arn", "!Ref Live", "", null)]
    [InlineData("Queue.Arn", "!Ref G", "", null)]
    [InlineData("Other.Arn", "!Ref F", "", null)]
    [InlineData("Queue.Arn", "!Ref F", "Condition: C, ", "P-32")]
    public void P32_and_P33_one_mapping_from_a_source_to_a_function(string source, string function, string more, string? rule)
    {
        var model = Templates.ReadResources(
            $$"""
            F: { Type: AWS::Lambda::Function }
            G: { Type: AWS::Lambda::Function }
            Live: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref F, Name: live } }
            Queue: { Type: AWS::SQS::Queue }
            Other: { Type: AWS::SQS::Queue }
            Clicks: { Type: AWS::Kinesis::Stream }
            M1: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt {{(
                source == "Other.Arn" ? "Queue.Arn" : source
            )}}, FunctionName: !Ref F, StartingPosition: LATEST } }
            M2: { {{more}}Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt {{source}}, FunctionName: {{function}}, StartingPosition: LATEST } }
            """
        );
        string[] Duplicates(int i) =>
            [.. EventSourceMappingValidation.ValidateIn(model, model.Mappings[i]).Select(refusal => refusal.RuleId).Where(id => id is "P-32" or "P-33")];
        Assert.Empty(Duplicates(0));
        Assert.Equal(rule is null ? [] : [rule], Duplicates(1));
    }

    [Fact]
    public void P32_one_that_is_deployed_under_a_condition_may_not_be_there()
    {
        var model = Templates.ReadResources(
            """
            F: { Type: AWS::Lambda::Function }
            Q: { Type: AWS::SQS::Queue }
            M1: { Condition: C, Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt Q.Arn, FunctionName: !Ref F } }
            M2: { Condition: D, Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt Q.Arn, FunctionName: !Ref F } }
            """
        );
        Assert.Empty(EventSourceMappingValidation.ValidateIn(model, model.Mappings[1]));
    }

    [Fact]
    public void P32_what_code_says_of_a_mapping_of_the_template_is_no_second_one()
    {
        const string Resources = """
            F: { Type: AWS::Lambda::Function }
            Q: { Type: AWS::SQS::Queue }
            M: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt Q.Arn, FunctionName: !Ref F } }
            """;
        var inCode = Templates.ReadResources(Resources).Mappings[0];

        Assert.Empty(EventSourceMappingValidation.ValidateIn(Templates.ReadResources(Resources), inCode));
    }

    [Fact]
    public void P32_and_P33_are_said_in_the_words_of_AWS()
    {
        Assert.Equal(
            "An event source mapping with SQS arn (\" a \") and function (\" f \") already exists. Please update or delete the existing mapping with UUID u",
            DuplicateMapping.Message(EventSourceKind.Sqs, "a", "f", "u")
        );
        Assert.Equal(
            "The event source arn (\" a \") and function (\" f \") provided mapping already exists. Please update or delete the existing mapping with UUID u",
            DuplicateMapping.Message(EventSourceKind.Kinesis, "a", "f", "u")
        );
    }
}
