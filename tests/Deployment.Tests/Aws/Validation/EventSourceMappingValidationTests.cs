using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Aws.Validation;

public sealed class EventSourceMappingValidationTests
{
    private static readonly Queue Standard = new("q");
    private static readonly Queue Fifo = new("q") { IsFifo = Setting.Of(true) };

    private static EventSourceMapping Mapping(Action<Builder>? change = null)
    {
        var builder = new Builder();
        change?.Invoke(builder);
        return new("m", EventSourceKind.Sqs)
        {
            BatchSize = builder.BatchSize ?? Setting<int>.Default(10),
            MaximumBatchingWindow = builder.Window ?? Setting<int>.Default(0),
            FunctionResponseTypes = builder.Types ?? Setting<IReadOnlyList<string>>.Default([]),
            MaximumConcurrency = builder.Concurrency ?? Setting<int>.Missing(),
            MinimumPollers = builder.MinimumPollers ?? Setting<int>.Missing(),
            MaximumPollers = builder.MaximumPollers ?? Setting<int>.Missing(),
            Filters = builder.Filters ?? Setting<DeclaredFilters>.Missing(),
        };
    }

    private static Refusal Only(EventSourceMapping mapping, Queue? queue = null) =>
        Assert.Single(EventSourceMappingValidation.Validate(mapping, queue ?? Standard));

    private static void AssertRefused(string rule, string type, string message, string property, Refusal refusal) =>
        Assert.Equal((rule, type, message, property), (refusal.RuleId, refusal.ErrorType, refusal.Message, refusal.Property));

    private static Setting<int> Either(params int[] values) =>
        Setting<int>.Known([.. values.Select(value => new SettingValue<int>(value, Place.None, Provenance.Literal, null))]);

    [Fact]
    public void The_defaults_are_accepted()
    {
        Assert.Empty(EventSourceMappingValidation.ValidateAll(Mapping(), new Function("f"), Standard));
        Assert.Empty(EventSourceMappingValidation.ValidateAll(Mapping(), new Function("f"), Fifo));
        Assert.Empty(EventSourceMappingValidation.ValidateAll(Mapping(), null, null));
    }

    [Theory]
    [InlineData(10_000, 256, "")]
    [InlineData(10_001, 256, "P-1 EventSourceArn 10000")]
    [InlineData(10_000, 257, "P-2 FunctionName 256")]
    public void P1_P2_names_have_a_length(int source, int function, string expected)
    {
        var mapping = new EventSourceMapping("m", EventSourceKind.Sqs)
        {
            Source = ResourceLink.ToLiteral(new('s', source)),
            Function = ResourceLink.ToLiteral(new('f', function)),
        };

        Assert.Equal(
            expected,
            string.Join(
                "; ",
                EventSourceMappingValidation.Validate(mapping, null).Select(refusal => $"{refusal.RuleId} {refusal.Property} {refusal.Message.Split(' ')[^1]}")
            )
        );
    }

    [Fact]
    public void P20_a_batch_above_ten_needs_a_window()
    {
        AssertRefused(
            "P-20",
            "InvalidParameterValueException",
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
            "BatchSize",
            Only(Mapping(m => m.BatchSize = Setting.Of(11)))
        );
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => (m.BatchSize, m.Window) = (Setting.Of(11), Setting.Of(1))), Standard));
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.BatchSize = Setting.Of(10)), Standard));
        Assert.Equal("P-20", Only(Mapping(m => m.BatchSize = Either(20, 30))).RuleId);
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.BatchSize = Either(5, 20)), Standard));
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.BatchSize = Setting<int>.Unknown("it hides")), Standard));
        Assert.Empty(
            EventSourceMappingValidation.Validate(Mapping(m => (m.BatchSize, m.Window) = (Setting.Of(11), Setting<int>.Unknown("it hides"))), Standard)
        );
    }

    [Fact]
    public void P50_a_stream_needs_no_window() =>
        Assert.Empty(
            EventSourceMappingValidation.Validate(
                new("m", EventSourceKind.Kinesis) { StartingPosition = Setting.Of("LATEST"), ParallelizationFactor = Setting.Of(2) },
                null
            )
        );

    [Fact]
    public void P21_a_fifo_queue_takes_no_window()
    {
        var refusal = Only(Mapping(m => (m.BatchSize, m.Window) = (Setting.Of(100), Setting.Of(5))), Fifo);
        AssertRefused("P-21", "InvalidParameterValueException", "Batching window is not supported for FIFO queues", "MaximumBatchingWindowInSeconds", refusal);
        Assert.True(refusal.IsRecordedText);
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.Window = Setting.Of(5)), Standard));
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.Window = Setting.Of(5)), new("q") { IsFifo = Setting<bool>.Unknown("it hides") }));
    }

    [Fact]
    public void P22_a_fifo_queue_takes_no_batch_above_ten()
    {
        var refusal = Only(Mapping(m => m.BatchSize = Setting.Of(11)), Fifo);
        AssertRefused(
            "P-22",
            "InvalidParameterValueException",
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
            "BatchSize",
            refusal
        );
        Assert.False(refusal.IsRecordedText);
        Assert.Equal("P-22", Only(Mapping(m => (m.BatchSize, m.Window) = (Setting.Of(11), Either(0, 5))), Fifo).RuleId);
    }

    [Fact]
    public void P23_the_visibility_timeout_is_not_below_the_function_timeout()
    {
        var function = new Function("f") { Timeout = Setting.Of(180) };
        var refusal = EventSourceMappingValidation.ValidateVisibility(function, new("q") { VisibilityTimeout = Setting.Of(60) })!;
        AssertRefused(
            "P-23",
            "InvalidParameterValueException",
            "Queue visibility timeout: 60 seconds is less than Function timeout: 180 seconds",
            "VisibilityTimeout",
            refusal
        );
        Assert.Equal("InvalidParameterValueException: Queue visibility timeout: 60 seconds is less than Function timeout: 180 seconds", refusal.ToString());
        Assert.Null(EventSourceMappingValidation.ValidateVisibility(function, new("q") { VisibilityTimeout = Setting.Of(180) }));
        Assert.Null(EventSourceMappingValidation.ValidateVisibility(function, new("q") { VisibilityTimeout = Either(60, 180) }));
        Assert.Null(EventSourceMappingValidation.ValidateVisibility(function, new("q") { VisibilityTimeout = Setting<int>.Unknown("it hides") }));
        Assert.Equal("P-23", Assert.Single(EventSourceMappingValidation.ValidateAll(Mapping(), function, Standard)).RuleId);
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(), Standard));
        var several = EventSourceMappingValidation.ValidateVisibility(
            new("f") { Timeout = Either(100, 180) },
            new("q") { VisibilityTimeout = Either(30, 60) }
        )!;
        Assert.Equal("Queue visibility timeout: 60 seconds is less than Function timeout: 100 seconds", several.Message);
    }

    [Fact]
    public void P26_and_P40_stream_settings_are_refused_for_a_queue()
    {
        var mapping = new EventSourceMapping("m", EventSourceKind.Sqs)
        {
            StartingPosition = Setting.Of("LATEST"),
            BisectBatchOnFunctionError = Setting.Of(false),
            MaximumRecordAge = Setting.Of(60),
            MaximumRetryAttempts = Setting.Of(1),
            ParallelizationFactor = Setting.Of(1),
            TumblingWindow = Setting.Of(1),
            OnFailure = Setting.Of(ResourceLink.To("d")),
        };
        Assert.Equal(
            [
                "P-26 StartingPosition is not valid for SQS event sources.",
                "P-40 Unsupported 'BisectBatchOnFunctionError' parameter for given event source mapping type.",
                "P-40 Unsupported 'MaximumRecordAgeInSeconds' parameter for given event source mapping type.",
                "P-40 Unsupported 'MaximumRetryAttempts' parameter for given event source mapping type.",
                "P-40 Unsupported 'ParallelizationFactor' parameter for given event source mapping type.",
                "P-40 Unsupported 'TumblingWindowInSeconds' parameter for given event source mapping type.",
                "P-40 Unsupported 'DestinationConfig' parameter for given event source mapping type.",
            ],
            EventSourceMappingValidation.Validate(mapping, Standard).Select(refusal => $"{refusal.RuleId} {refusal.Message}")
        );
    }

    [Fact]
    public void P39_a_destination_of_success_is_refused_everywhere()
    {
        foreach (var kind in new[] { EventSourceKind.Sqs, EventSourceKind.Kinesis })
        {
            AssertRefused(
                "P-39",
                "InvalidParameterValueException",
                "Unsupported DestinationConfig parameter for given event source mapping type.",
                "DestinationConfig.OnSuccess",
                EventSourceMappingValidation.Validate(new("m", kind) { OnSuccess = Setting.Of(ResourceLink.To("d")) }, null)[0]
            );
        }
    }

    [Theory]
    [InlineData(
        "BatchSize",
        0,
        "P-4",
        "1 validation error detected: Value '0' at 'batchSize' failed to satisfy constraint: Member must have value greater than or equal to 1"
    )]
    [InlineData(
        "BatchSize",
        10001,
        "P-4",
        "1 validation error detected: Value '10001' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000"
    )]
    [InlineData(
        "MaximumBatchingWindowInSeconds",
        -1,
        "P-5",
        "1 validation error detected: Value '-1' at 'maximumBatchingWindowInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 0"
    )]
    [InlineData(
        "MaximumBatchingWindowInSeconds",
        301,
        "P-5",
        "1 validation error detected: Value '301' at 'maximumBatchingWindowInSeconds' failed to satisfy constraint: Member must have value less than or equal to 300"
    )]
    [InlineData(
        "ScalingConfig.MaximumConcurrency",
        1,
        "P-9",
        "1 validation error detected: Value '1' at 'scalingConfig.maximumConcurrency' failed to satisfy constraint: Member must have value greater than or equal to 2"
    )]
    [InlineData(
        "ScalingConfig.MaximumConcurrency",
        1001,
        "P-9",
        "1 validation error detected: Value '1001' at 'scalingConfig.maximumConcurrency' failed to satisfy constraint: Member must have value less than or equal to 1000"
    )]
    [InlineData(
        "ProvisionedPollerConfig.MinimumPollers",
        1,
        "P-10",
        "1 validation error detected: Value '1' at 'provisionedPollerConfig.minimumPollers' failed to satisfy constraint: Member must have value greater than or equal to 2"
    )]
    [InlineData(
        "ProvisionedPollerConfig.MinimumPollers",
        201,
        "P-10",
        "1 validation error detected: Value '201' at 'provisionedPollerConfig.minimumPollers' failed to satisfy constraint: Member must have value less than or equal to 200"
    )]
    [InlineData(
        "ProvisionedPollerConfig.MaximumPollers",
        10001,
        "P-11",
        "1 validation error detected: Value '10001' at 'provisionedPollerConfig.maximumPollers' failed to satisfy constraint: Member must have value less than or equal to 10000"
    )]
    public void P47_numbers_are_in_their_range(string property, int value, string rule, string message)
    {
        var refusal = EventSourceMappingValidation.Validate(Mapping(m => m.Set(property, value)), Standard)[0];
        AssertRefused(rule, "ValidationException", message, property, refusal);
        Assert.False(refusal.IsRecordedText);
    }

    [Theory]
    [InlineData("BatchSize", 1)]
    [InlineData("ScalingConfig.MaximumConcurrency", 2)]
    [InlineData("ScalingConfig.MaximumConcurrency", 1000)]
    [InlineData("MaximumBatchingWindowInSeconds", 300)]
    [InlineData("ProvisionedPollerConfig.MinimumPollers", 2)]
    [InlineData("ProvisionedPollerConfig.MaximumPollers", 2000)]
    public void The_ends_of_a_range_are_accepted(string property, int value) =>
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.Set(property, value)), Standard));

    [Fact]
    public void P46_own_concurrency_and_provisioned_pollers_exclude_each_other()
    {
        var refusal = Only(Mapping(m => (m.Concurrency, m.MinimumPollers) = (Setting.Of(5), Setting.Of(5))));
        Assert.Equal(
            ("P-46", "InvalidParameterValueException", "ScalingConfig.MaximumConcurrency", false),
            (refusal.RuleId, refusal.ErrorType, refusal.Property, refusal.IsRecordedText)
        );
    }

    [Fact]
    public void P8_the_only_response_type_is_reporting_failures()
    {
        AssertRefused(
            "P-8",
            "ValidationException",
            "1 validation error detected: Value '[ReportFailures]' at 'functionResponseTypes' failed to satisfy constraint: "
                + "Member must satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures]]",
            "FunctionResponseTypes",
            Only(Mapping(m => m.Types = Setting.Of<IReadOnlyList<string>>(["ReportFailures"])))
        );
        AssertRefused(
            "P-8",
            "ValidationException",
            "1 validation error detected: Value '[ReportBatchItemFailures, ReportBatchItemFailures]' at 'functionResponseTypes' failed to satisfy constraint: "
                + "Member must have length less than or equal to 1",
            "FunctionResponseTypes",
            Only(Mapping(m => m.Types = Setting.Of<IReadOnlyList<string>>(["ReportBatchItemFailures", "ReportBatchItemFailures"])))
        );
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.Types = Setting.Of<IReadOnlyList<string>>(["ReportBatchItemFailures"])), Standard));
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.Types = Setting.Of<IReadOnlyList<string>>([])), Standard));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("text")]
    [InlineData("{\"a\":")]
    [InlineData("{\"eventSource\":\"aws:sqs\"}")]
    [InlineData("{\"eventSource\":[]}")]
    public void P30_a_bad_pattern_is_refused(string pattern) =>
        AssertRefused(
            "P-30",
            "InvalidParameterValueException",
            "Invalid filter pattern definition.",
            "FilterCriteria.Filters[1].Pattern",
            Only(Mapping(m => m.Filters = Filters("{\"body\":{\"a\":[1]}}", pattern)))
        );

    [Fact]
    public void P30_an_unlisted_operator_is_refused_as_far_as_anyone_knows()
    {
        Assert.False(Only(Mapping(m => m.Filters = Filters("{\"body\":{\"a\":[{\"wildcard\":\"x*\"}]}}"))).IsRecordedText);
        Assert.True(Only(Mapping(m => m.Filters = Filters("null"))).IsRecordedText);
    }

    [Fact]
    public void P31_no_filter_and_P6_up_to_five_are_accepted()
    {
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.Filters = Filters()), Standard));
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.Filters = Filters([.. Enumerable.Repeat("{\"a\":[1]}", 5)])), Standard));
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void P6_more_than_five_filters_need_a_raised_quota(int count, bool raisable)
    {
        var refusal = Only(Mapping(m => m.Filters = Filters([.. Enumerable.Repeat("{\"a\":[1]}", count)])));
        AssertRefused(
            "P-6",
            "ValidationException",
            $"1 validation error detected: Value '{count} filters' at 'filterCriteria.filters' failed to satisfy constraint: Member must have length less than or equal to 5",
            "FilterCriteria.Filters",
            refusal
        );
        Assert.Equal(raisable, refusal.IsRaisableQuota);
    }

    [Fact]
    public void P6_a_pattern_has_4096_characters_at_most()
    {
        var fits = "{\"a\":[\"" + new string('x', 4086) + "\"]}";
        Assert.Equal(4096, fits.Length);
        Assert.Empty(EventSourceMappingValidation.Validate(Mapping(m => m.Filters = Filters(fits)), Standard));
        var longer = fits.Replace("\"a\"", "\"ab\"", StringComparison.Ordinal);
        AssertRefused(
            "P-6",
            "ValidationException",
            $"1 validation error detected: Value '{longer}' at 'filterCriteria.filters.1.member.pattern' failed to satisfy constraint: Member must have length less than or equal to 4096",
            "FilterCriteria.Filters[0].Pattern",
            Only(Mapping(m => m.Filters = Filters(longer)))
        );
    }

    [Fact]
    public void A_refusal_points_at_the_text_and_names_the_parameter_it_hangs_on()
    {
        const string Text =
            "Parameters:\n  Size: { Type: Number, Default: 50 }\nResources:\n  Q: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 10 } }\n"
            + "  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Timeout: 20\n      Events:\n        E:\n          Type: SQS\n          Properties:\n"
            + "            Queue: !GetAtt Q.Arn\n            BatchSize: !Ref Size\n            StartingPosition: LATEST\n";
        var model = Templates.Read(Text);
        var refusals = EventSourceMappingValidation.ValidateAll(model.Mappings[0], model.Functions[0], model.Queues[0]);
        Assert.Equal(
            [("P-26", "StartingPosition", null), ("P-20", "!Ref Size", "Size"), ("P-23", "10", null)],
            refusals.Select(refusal => (refusal.RuleId, refusal.Place.In(Text), refusal.RestsOnParameter))
        );
    }

    private static Setting<DeclaredFilters> Filters(params string[] patterns) => Setting.Of(new DeclaredFilters([.. patterns.Select(Setting.Of)]));

    private sealed class Builder
    {
        public Setting<int>? BatchSize { get; set; }

        public Setting<int>? Window { get; set; }

        public Setting<int>? Concurrency { get; set; }

        public Setting<int>? MinimumPollers { get; set; }

        public Setting<int>? MaximumPollers { get; set; }

        public Setting<IReadOnlyList<string>>? Types { get; set; }

        public Setting<DeclaredFilters>? Filters { get; set; }

        public void Set(string property, int value)
        {
            var setting = Setting.Of(value);
            switch (property)
            {
                case "BatchSize":
                    BatchSize = setting;
                    break;
                case "MaximumBatchingWindowInSeconds":
                    Window = setting;
                    break;
                case "ScalingConfig.MaximumConcurrency":
                    Concurrency = setting;
                    break;
                case "ProvisionedPollerConfig.MinimumPollers":
                    MinimumPollers = setting;
                    break;
                case "ProvisionedPollerConfig.MaximumPollers":
                    MaximumPollers = setting;
                    break;
                default:
                    throw new ArgumentException(property);
            }
        }
    }
}
