using System.Text.Json.Nodes;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>Plans of what is not deployed yet, and of modules.</summary>
public sealed class PlanTests
{
    private static string Resource(string address, string values)
    {
        var (type, name) = (address.Split('.')[^2], address.Split('.')[^1].Split('[')[0]);
        return $$"""{"address":{{JsonValue.Create(address)!.ToJsonString()}},"mode":"managed","type":"{{type}}","name":"{{name}}","values":{{values}} }""";
    }

    private static string Configured(string address, string expressions) =>
        $$"""{"address":"{{address}}","mode":"managed","type":"{{address.Split('.')[0]}}","name":"{{address.Split('.')[1]}}","expressions":{{expressions}} }""";

    private static string Plan(string[] resources, string[] configured, string more = "", string children = "", string calls = "") =>
        $$"""
            {"format_version":"1.2",{{more}}
             "planned_values":{"root_module":{"resources":[{{string.Join(",", resources)}}]{{children}} } },
             "configuration":{"root_module":{"resources":[{{string.Join(",", configured)}}]{{calls}} } } }
            """;

    private static string References(params string[] references) =>
        "{\"references\":" + new JsonArray([.. references.Select(reference => (JsonNode)reference)]).ToJsonString() + "}";

    [Fact]
    public void What_is_known_only_after_it_is_applied_is_followed_by_its_references()
    {
        var model = Modules.ReadPlan(
            Plan(
                [
                    Resource("aws_sqs_queue.dlq", """{"name":"dlq","visibility_timeout_seconds":30}"""),
                    Resource("aws_sqs_queue.q", """{"name":null,"visibility_timeout_seconds":null,"delay_seconds":0,"redrive_policy":null}"""),
                    Resource(
                        "aws_lambda_event_source_mapping.m",
                        """{"batch_size":5,"event_source_arn":null,"function_name":null,"maximum_retry_attempts":0}"""
                    ),
                    Resource("aws_lambda_function.f", """{"function_name":"orders","timeout":10,"role":null}"""),
                ],
                [
                    Configured("aws_sqs_queue.dlq", """{"name":{"constant_value":"dlq"}}"""),
                    Configured(
                        "aws_sqs_queue.q",
                        $$"""{"name":{{References("random_id.x.hex", "random_id.x")}},"visibility_timeout_seconds":{{References("time_static.t.second", "time_static.t")}},"redrive_policy":{{References("aws_sqs_queue.dlq.arn", "aws_sqs_queue.dlq")}} }"""
                    ),
                    Configured(
                        "aws_lambda_event_source_mapping.m",
                        $$"""{"batch_size":{"constant_value":5},"event_source_arn":{{References("aws_sqs_queue.q.arn", "aws_sqs_queue.q")}},"function_name":{{References("aws_lambda_function.f.arn", "aws_lambda_function.f")}} }"""
                    ),
                    Configured(
                        "aws_lambda_function.f",
                        $$"""{"function_name":{"constant_value":"orders"},"timeout":{"constant_value":10},"role":{{References("aws_iam_role.a.arn", "aws_iam_role.a", "aws_iam_role.b.arn", "aws_iam_role.b", "var.x")}} }"""
                    ),
                ]
            )
        );
        var queue = (Queue)model.Find("aws_sqs_queue.q")!;
        Assert.Equal((SettingState.Unknown, SettingState.Unknown), (queue.Name.State, queue.VisibilityTimeout.State));
        Assert.Equal("aws_sqs_queue.dlq", queue.RedrivePolicy.Single()!.DeadLetter.LogicalId);
        Assert.Equal(SettingState.Unknown, queue.RedrivePolicy.Single()!.MaxReceiveCount.State);
        var mapping = Assert.Single(model.Mappings);
        Assert.Equal(("aws_sqs_queue.q", "aws_lambda_function.f"), (mapping.Source.LogicalId, mapping.Function.LogicalId));
        Assert.Equal(5, mapping.BatchSize.Single());
        Assert.True(mapping.MaximumRetryAttempts.IsMissing);
        Assert.True(Assert.Single(model.Functions).Role.IsUnknown);
        Assert.Equal("30 (default)", ((Queue)model.Find("aws_sqs_queue.dlq")!).VisibilityTimeout.ToString());
    }

    [Theory]
    [InlineData("true", "Unknown")]
    [InlineData("false", "Absent")]
    public void Null_is_unknown_where_the_plan_says_so(string isUnknown, string expected)
    {
        var model = Modules.ReadPlan(
            Plan(
                [Resource("aws_sqs_queue.q", """{"visibility_timeout_seconds":null}""")],
                [Configured("aws_sqs_queue.q", $$"""{"visibility_timeout_seconds":{{References("var.x")}} }""")],
                $$"""
                "resource_changes":[{"address":"aws_sqs_queue.q","change":{"after_unknown":{"visibility_timeout_seconds":{{isUnknown}} } } }],
                """
            )
        );
        Assert.Equal(expected, Assert.Single(model.Queues).VisibilityTimeout.State.ToString());
    }

    [Theory]
    [InlineData("20", "20", "Batch")]
    [InlineData("20", "21", null)]
    [InlineData("20", null, null)]
    public void What_a_variable_keeps_by_default_says_so(string value, string? written, string? variable)
    {
        var model = Modules.ReadPlan(
            Plan(
                [Resource("aws_sqs_queue.q", $$"""{"visibility_timeout_seconds":{{value}} }""")],
                [Configured("aws_sqs_queue.q", $$"""{"visibility_timeout_seconds":{{References("var.Batch")}} }""")],
                $$"""
                "variables":{"Batch":{"value":{{value}} } },
                """,
                calls: $$""","variables":{"Batch":{{(written is null ? "{}" : $$"""{"default":{{written}} }""")}} }"""
            )
        );
        var setting = Assert.Single(model.Queues).VisibilityTimeout;
        Assert.Equal((20, variable), (setting.Single(), setting.RestsOnParameter));
    }

    [Fact]
    public void Modules_are_read_and_links_go_through_them()
    {
        const string Queue = "aws_sqs_queue.this";
        var model = Modules.ReadPlan(
            Plan(
                [Resource("aws_lambda_function.f", """{"function_name":"f"}""")],
                [Configured("aws_lambda_function.f", """{"function_name":{"constant_value":"f"}}""")],
                children: $$"""
                ,"child_modules":[
                  {"address":"module.queue[\"eu\"]","resources":[{{Resource(
                    "module.queue[\"eu\"].aws_sqs_queue.this",
                    """{"visibility_timeout_seconds":90}"""
                )}}]},
                  {"address":"module.consumer","resources":[{{Resource(
                    "module.consumer.aws_lambda_event_source_mapping.m[0]",
                    """{"batch_size":3,"event_source_arn":null,"function_name":null}"""
                )}}]}]
                """,
                calls: $$"""
                ,"module_calls":{
                  "queue":{"expressions":{},"module":{"outputs":{"arn":{"expression":{{References(Queue + ".arn", Queue)}} } },"resources":[{{Configured(
                    Queue,
                    """{"visibility_timeout_seconds":{"constant_value":90}}"""
                )}}]} },
                  "consumer":{"expressions":{"source_arn":{{References(
                    "module.queue[\"eu\"].arn",
                    "module.queue[\"eu\"]",
                    "module.queue"
                )}},"function":{{References("aws_lambda_function.f.arn", "aws_lambda_function.f")}} },
                    "module":{"variables":{"source_arn":{},"function":{} },"resources":[{{Configured(
                    "aws_lambda_event_source_mapping.m",
                    $$"""{"batch_size":{"constant_value":3},"event_source_arn":{{References("var.source_arn")}},"function_name":{{References("var.function")}} }"""
                )}}]} } }
                """
            )
        );
        var mapping = Assert.Single(model.Mappings);
        Assert.Equal("module.consumer.aws_lambda_event_source_mapping.m[0]", mapping.LogicalId);
        Assert.Equal(3, mapping.BatchSize.Single());
        Assert.Equal("module.queue[\"eu\"].aws_sqs_queue.this", model.QueueOf(mapping)!.LogicalId);
        Assert.Equal(90, model.QueueOf(mapping)!.VisibilityTimeout.Single());
        Assert.Equal("aws_lambda_function.f", model.FunctionOf(mapping)!.LogicalId);
    }

    [Theory]
    [InlineData("each.key", "aws_sqs_queue.q[\"a\"]")]
    [InlineData("local.key", null)]
    public void A_reference_to_one_of_several_leads_to_the_one_with_the_same_key(string key, string? expected)
    {
        var model = Modules.ReadPlan(
            Plan(
                [
                    Resource("aws_sqs_queue.q[\"a\"]", "{}"),
                    Resource("aws_sqs_queue.q[\"b\"]", "{}"),
                    Resource("aws_lambda_event_source_mapping.m[\"a\"]", """{"event_source_arn":null}"""),
                ],
                [
                    Configured("aws_sqs_queue.q", "{}"),
                    Configured("aws_lambda_event_source_mapping.m", $$"""{"event_source_arn":{{References("aws_sqs_queue.q", key)}} }"""),
                ]
            )
        );
        Assert.Equal(expected, Assert.Single(model.Mappings).Source.LogicalId);
    }
}
