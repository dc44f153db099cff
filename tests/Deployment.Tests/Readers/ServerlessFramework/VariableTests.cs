using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;

public sealed class VariableTests
{
    private const string Head = """
        service: shop
        custom:
          plain: 45
          quoted: "45"
          none: null
          indirect: ${self:custom.plain}
          twice: ${self:custom.indirect}
          list: [10, 20]
          section: { inner: { deep: 7 } }
          alias: ${self:custom.section}
          circle: ${self:custom.circus}
          circus: ${self:custom.circle}
          itself: ${self:custom.itself}0
          nested: "${self:custom.${self:custom.key}}"
          key: plain
          stages: { dev: 30, prod: 60 }
          stage: ${opt:stage, self:provider.stage}
          other: ${file(other.yml)}
          far: ${ssm:/far}
          flag: false
          loop: { "Fn::Join": ["", ["${self:custom.loop}", "1"]] }
        params:
          default: { size: 5, color: 1 }
          dev: { size: 6 }
          prod: { size: 7 }

        """;

    // The visibility timeout of a queue, written as the given expression.
    private static Setting<int> Visibility(string expression, string provider = "{ name: aws }") =>
        Assert
            .Single(
                Services
                    .Read(
                        $"{Head}provider: {provider}\nresources:\n  Resources:\n    Q:\n      Type: AWS::SQS::Queue\n      Properties:\n        VisibilityTimeout: {expression}\n"
                    )
                    .Queues
            )
            .VisibilityTimeout;

    private static string Values(Setting<int> setting) =>
        setting.State == SettingState.Unknown
            ? "unknown: " + setting.WhyUnknown
            : string.Join(
                " ",
                setting
                    .Values.Select(value => value.Value + (value.Provenance == Provenance.ParameterDefault ? "@" + value.Parameter : ""))
                    .Concat(setting.MayBeMissing ? ["-"] : [])
            );

    [Theory]
    [InlineData("${self:custom.plain}", "45")]
    [InlineData("\"${self:custom.quoted}\"", "45")]
    [InlineData("${self:custom.twice}", "45")]
    [InlineData("${self:custom.list.1}", "20")]
    [InlineData("${self:custom.alias.inner.deep}", "7")]
    [InlineData("${self:custom.nested}", "45")]
    [InlineData("1${self:custom.plain}0", "1450")]
    [InlineData("${ self:custom.plain }", "45")]
    [InlineData("${self:custom.missing, 20}", "20")]
    [InlineData("${self:custom.missing, self:custom.plain}", "45")]
    [InlineData("${self:custom.missing, null, '20'}", "20")]
    [InlineData("${self:custom.none, 20}", "20")]
    [InlineData("${opt:size, 20}", "20@opt:size")]
    [InlineData("${opt:size, '20'}", "20@opt:size")]
    [InlineData("${opt:size, \"20\"}", "20@opt:size")]
    [InlineData("${opt:size, self:custom.plain}", "45@opt:size")]
    [InlineData("${opt:size, opt:length, 20}", "20@opt:size")]
    [InlineData("${opt:size, ${opt:length, 20}}", "20@opt:size")]
    [InlineData("${self:custom.missing, ${self:custom.plain}}", "45")]
    [InlineData("${env:SIZE, 20}", "20@env:SIZE")]
    [InlineData("${ssm:/size, 20}", "20@ssm:/size")]
    [InlineData("${cf:stack.Size, 20}", "20@cf:stack.Size")]
    [InlineData("${cf(eu-west-1):stack.Size, 20}", "20@cf(eu-west-1):stack.Size")]
    [InlineData("${file(size.yml):size, 20}", "20@file(size.yml):size")]
    [InlineData("${self:custom.other.size, 20}", "20@self:custom.other.size")]
    [InlineData("${param:size}", "6@opt:stage")]
    [InlineData("${param:color}", "1@param:color")]
    [InlineData("${param:missing, 20}", "20@param:missing")]
    [InlineData("${self:custom.stages.${sls:stage}}", "30@opt:stage")]
    [InlineData("${self:custom.stages.${self:provider.stage}}", "30@opt:stage")]
    [InlineData("${self:custom.stages.${self:custom.stage}}", "30@opt:stage")]
    [InlineData("${self:custom.stages.${opt:stage, 'prod'}}", "60@opt:stage")]
    [InlineData("${self:custom.stages.${opt:stage}}", "30 60")]
    [InlineData("${self:custom.stages.${opt:stage}, 20}", "30 60 20")]
    [InlineData("${self:custom.stages.${opt:stage, 'test'}, 20}", "20@opt:stage")]
    [InlineData("!If [Never, 1, '${self:custom.plain}']", "1 45")]
    [InlineData("!Sub '${self:custom.plain}0'", "450")]
    [InlineData("!Select [1, ['1', '${self:custom.plain}']]", "45")]
    internal void What_can_be_known_is_known(string expression, string expected) => Assert.Equal(expected, Values(Visibility(expression)));

    [Theory]
    [InlineData("{ name: aws, stage: prod }", "60@opt:stage")]
    [InlineData("{ name: aws, stage: \"${opt:stage, 'prod'}\" }", "60@opt:stage")]
    [InlineData("{ name: aws, stage: \"${opt:stage}\" }", "30 60")]
    public void The_stage_is_that_of_the_provider(string provider, string expected) =>
        Assert.Equal(expected, Values(Visibility("${self:custom.stages.${sls:stage}}", provider)));

    [Theory]
    [InlineData("${opt:size}", "parameter 'opt:size' has no default")]
    [InlineData("1${opt:size}", "parameter 'opt:size' has no default")]
    [InlineData("${env:SIZE}", "'${env:SIZE}' is looked up while deploying")]
    [InlineData("${ssm:/size}", "'${ssm:/size}' is looked up while deploying")]
    [InlineData("${ssm(eu-west-1):/size}", "'${ssm(eu-west-1):/size}' is looked up while deploying")]
    [InlineData("${cf:stack.Size}", "'${cf:stack.Size}' is looked up while deploying")]
    [InlineData("${s3:bucket/key}", "'${s3:bucket/key}' is looked up while deploying")]
    [InlineData("${construct:jobs.queueUrl}", "'${construct:jobs.queueUrl}' is looked up while deploying")]
    [InlineData("${param:missing}", "'${param:missing}' is looked up while deploying")]
    [InlineData("${file(size.yml):size}", "'${file(size.yml):size}' is in another file")]
    [InlineData("${self:custom.other.size}", "'${file(other.yml)}' is in another file")]
    [InlineData("${self:custom.far.size}", "'${ssm:/far}' is looked up while deploying")]
    [InlineData("${self:custom.missing}", "'${self:custom.missing}' has no value in the file")]
    [InlineData("${self:custom.circle}", "its variables refer to one another")]
    [InlineData("${self:custom.itself}", "its variables refer to one another")]
    [InlineData("${self:custom.loop}", "the template is too involved")]
    [InlineData("${self:custom.section}", "it is no text")]
    [InlineData("1${self:custom.section}", "a part of it is no text")]
    [InlineData("${self:custom.flag}", "'false' is no whole number")]
    [InlineData("${aws:region}", "'AWS::Region' is known only when deployed")]
    [InlineData("${AWS::Region}", "'${AWS::Region}' is no whole number")]
    [InlineData("${self:custom.plain", "'${self:custom.plain' is no whole number")]
    [InlineData("${}", "'${}' is no whole number")]
    [InlineData("\\${self:custom.plain}", "'${self:custom.plain}' is no whole number")]
    [InlineData("!Ref Nowhere", "'Nowhere' is not declared in the template")]
    public void What_cannot_be_known_says_why(string expression, string why) => Assert.Equal("unknown: " + why, Values(Visibility(expression)));

    [Fact]
    public void A_syntax_of_its_own_leaves_variables_unknown() =>
        Assert.Equal(
            "unknown: the service has a syntax of its own for variables",
            Values(Visibility("${self:custom.plain}", "{ name: aws, variableSyntax: x }"))
        );

    [Fact]
    public void Null_leaves_the_default() => Assert.Equal("30", Values(Visibility("~")));

    [Fact]
    public void A_value_stands_where_it_is_written()
    {
        var text =
            Head
            + "provider: aws\nresources:\n  Resources:\n    Q: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: \"${self:custom.stages.${sls:stage}}\" } }\n";
        var setting = Assert.Single(Services.Read(text).Queues).VisibilityTimeout;
        Assert.Equal("30", setting.Values[0].Place.In(text));
        Assert.Equal("\"${self:custom.stages.${sls:stage}}\"", setting.ValuePlace.In(text));
        Assert.Equal("opt:stage", setting.RestsOnParameter);
    }

    [Fact]
    public void Texts_that_repeat_each_other_end()
    {
        var lines = Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"  v{i}: \"${{self:custom.v{i + 1}}}${{self:custom.v{i + 1}}}\"\n"));
        var model = Services.Read(
            $"service: s\nprovider: aws\ncustom:\n{string.Concat(lines)}  v30: '1'\nfunctions:\n  f: {{ handler: h, timeout: \"${{self:custom.v0}}\" }}\n"
        );
        Assert.Equal(SettingState.Unknown, Assert.Single(model.Functions).Timeout.State);
    }

    [Fact]
    public void A_large_service_is_read_to_its_end()
    {
        var functions = Enumerable
            .Range(0, 400)
            .Select(i =>
                FormattableString.Invariant($"  f{i}: {{ handler: h, timeout: \"${{self:custom.t.${{sls:stage}}}}\", events: [sqs: !GetAtt Q.Arn] }}\n")
            );
        var model = Services.Read(
            $"service: s\nprovider: aws\ncustom: {{ t: {{ dev: 7 }} }}\nfunctions:\n{string.Concat(functions)}resources: {{ Resources: {{ Q: {{ Type: AWS::SQS::Queue }} }} }}\n"
        );
        Assert.Equal(400, model.Functions.Count(function => function.Timeout.Single() == 7));
        Assert.Equal(400, model.Mappings.Count(mapping => model.QueueOf(mapping) is not null));
    }

    [Fact]
    public void Variables_stand_for_mappings_and_lists()
    {
        var model = Services.Read(
            """
            service: shop
            provider: ${self:custom.provider}
            custom:
              provider: { name: aws, timeout: 9 }
              function: { handler: A::B::C, events: "${self:custom.events}" }
              events: [{ sqs: "${self:custom.queue}" }]
              queue: { arn: "${self:custom.arn}", batchSize: 3 }
              arn: { "Fn::GetAtt": [Q, Arn] }
              properties: { VisibilityTimeout: 54 }
              resources: { Q: { Type: AWS::SQS::Queue, Properties: "${self:custom.properties}" } }
            functions:
              work: ${self:custom.function}
            resources: { Resources: "${self:custom.resources}" }
            """
        );
        Assert.Equal(9, Assert.Single(model.Functions).Timeout.Single());
        var mapping = Assert.Single(model.Mappings);
        Assert.Equal(3, mapping.BatchSize.Single());
        Assert.Equal(54, model.QueueOf(mapping)!.VisibilityTimeout.Single());
        Assert.Equal("work.sqs", mapping.DisplayName);
    }

    [Theory]
    [InlineData("arn:aws:sqs:${aws:region}:${aws:accountId}:orders-${sls:stage}", "orders-${sls:stage}")]
    [InlineData("arn:aws:sqs:${self:provider.region}:${aws:accountId}:${self:service}-orders", "shop-orders")]
    [InlineData("!Sub arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${self:service}-orders", "${self:service}-orders")]
    [InlineData("!Sub \"arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${env:NAME}\"", "${env:NAME}")]
    [InlineData("arn:aws:sqs:${opt:region}:${aws:accountId}:${opt:name}", "${opt:name}")]
    public void An_ARN_of_variables_leads_to_the_queue_of_that_name(string arn, string name)
    {
        var model = Services.Read(
            $"service: shop\nprovider: {{ name: aws, region: eu-west-1 }}\nfunctions:\n  f:\n    handler: h\n    events:\n      - sqs:\n          arn: {arn}\n"
                + $"resources:\n  Resources:\n    Q:\n      Type: AWS::SQS::Queue\n      Properties:\n        QueueName: {name}\n"
        );
        Assert.Equal("Q", Assert.Single(model.Mappings).Source.LogicalId);
    }

    [Theory]
    [InlineData("'${ssm:/queue}'", "'${ssm:/queue}' is looked up while deploying")]
    [InlineData("'${cf:other.QueueArn}'", "'${cf:other.QueueArn}' is looked up while deploying")]
    [InlineData("'${file(arns.yml):queue}'", "'${file(arns.yml):queue}' is in another file")]
    [InlineData("{ 'Fn::ImportValue': queue }", "it is imported from another stack")]
    public void An_ARN_from_elsewhere_is_unknown(string arn, string why)
    {
        var mapping = Services.ReadEvent($"sqs: {{ arn: {arn} }}");
        Assert.Equal(why, mapping.Source.WhyUnknown);
        Assert.Equal(EventSourceKind.Sqs, mapping.Kind);
    }
}
