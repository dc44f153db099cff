using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class IntrinsicTests
{
    private const string Sections = """
        Parameters:
          WithDefault: { Type: Number, Default: "45" }
          Allowed: { Type: Number, AllowedValues: [10, 20] }
          Open: { Type: Number }
          Stored: { Type: "AWS::SSM::Parameter::Value<String>", Default: /a/b }
          List: { Type: CommaDelimitedList, Default: "1,2" }
          Stage: { Type: String, Default: dev }
          Dynamic: { Type: String, Default: "{{resolve:ssm:/a}}" }
          Region: { Type: String, AllowedValues: [eu, us] }
        Mappings:
          Timeouts:
            dev: { Visibility: 30, Long: 300 }
            prod: { Visibility: 60, Long: 600, Nested: { a: 1 } }
        Conditions:
          IsProd: !Equals [!Ref Stage, prod]
          IsDev: !Not [!Condition IsProd]
          IsOpen: !Equals [!Ref Open, 1]
          Always: !Equals [a, a]
          Never: { "Fn::Not": [{ Condition: Always }] }
          NeverAndOpen: !And [!Condition Never, !Condition IsOpen]
          AlwaysOrOpen: !Or [!Condition IsOpen, !Condition Always]
          OpenAndAlways: !And [!Condition IsOpen, !Condition Always]
          InNoRegion: !Equals [!Ref Region, asia]
          InEu: !Equals [!Ref Region, eu]
          Loop: !Not [!Condition Loop]
          HereIsEu: !Equals [!Ref "AWS::Region", eu-west-1]

        """;

    /// <summary>The possible values, <c>-</c> for the documented default, in the order found.</summary>
    private static string Values(string expression) =>
        Templates.ReadVisibility(expression, Sections) is var setting && setting.State == SettingState.Unknown
            ? setting.ToString()
            : string.Join(
                " ",
                setting.Values.Select(value =>
                    value.Provenance switch
                    {
                        Provenance.DocumentedDefault => "-",
                        Provenance.ParameterDefault => value.Value + "@" + value.Parameter,
                        Provenance.ParameterAllowedValue => value.Value + "?" + value.Parameter,
                        _ => $"{value.Value}",
                    }
                )
            );

    [Theory]
    [InlineData("90", "90")]
    [InlineData("\"90\"", "90")]
    [InlineData("'90'", "90")]
    [InlineData("!!int 90", "90")]
    [InlineData("!!str 90", "90")]
    [InlineData("", "-")]
    [InlineData("~", "-")]
    [InlineData("null", "-")]
    [InlineData("!Ref AWS::NoValue", "-")]
    [InlineData("!Ref 'AWS::NoValue'", "-")]
    [InlineData("{ Ref: AWS::NoValue }", "-")]
    [InlineData("!Ref WithDefault", "45@WithDefault")]
    [InlineData("{ Ref: WithDefault }", "45@WithDefault")]
    [InlineData("!Ref Allowed", "10?Allowed 20?Allowed")]
    [InlineData("!Sub '${WithDefault}'", "45@WithDefault")]
    [InlineData("!Sub '1${Allowed}'", "110?Allowed 120?Allowed")]
    [InlineData("!Sub '${Allowed}${WithDefault}'", "1045@WithDefault 2045@WithDefault")]
    [InlineData("!Sub '${WithDefault}${Allowed}'", "4510@WithDefault 4520@WithDefault")]
    [InlineData("!Sub ['${a}${b}', {a: 1, b: !Ref Allowed}]", "110?Allowed 120?Allowed")]
    [InlineData("{ 'Fn::Sub': '1${WithDefault}' }", "145@WithDefault")]
    [InlineData("{ 'Fn::Sub': ['${x}0', { x: 9 }] }", "90")]
    [InlineData("!Join ['', [1, !Ref WithDefault]]", "145@WithDefault")]
    [InlineData("!Select [1, [10, 20, 30]]", "20")]
    [InlineData("!Select [1, !Split ['-', '10-20-30']]", "20")]
    [InlineData("!Select ['1', !Split ['-', !Sub '5-${WithDefault}']]", "45@WithDefault")]
    [InlineData("{ 'Fn::Select': ['0', { 'Fn::Split': [',', '7,8'] }] }", "7")]
    [InlineData("!Select [1, !Ref List]", "2@List")]
    [InlineData("!Join ['', !Ref List]", "12@List")]
    [InlineData("!Join ['', !Split ['.', '1.2.3']]", "123")]
    [InlineData("!FindInMap [Timeouts, prod, Visibility]", "60")]
    [InlineData("{ 'Fn::FindInMap': [Timeouts, prod, Long] }", "600")]
    [InlineData("!FindInMap [Timeouts, !Ref Stage, Visibility]", "30@Stage")]
    [InlineData("!FindInMap [Timeouts, !Ref Open, Visibility]", "30 60")]
    [InlineData("!FindInMap [Timeouts, !Ref AWS::Region, Visibility]", "30 60")]
    [InlineData("!FindInMap [Timeouts, test, Visibility, { DefaultValue: 5 }]", "5")]
    [InlineData("!If [Always, 10, 20]", "10")]
    [InlineData("!If [Never, 10, 20]", "20")]
    [InlineData("!If [IsProd, 10, 20]", "20@Stage")]
    [InlineData("!If [IsDev, 10, 20]", "10@Stage")]
    [InlineData("{ 'Fn::If': [IsOpen, 10, 20] }", "10 20")]
    [InlineData("!If [IsOpen, 10, 10]", "10")]
    [InlineData("!If [IsOpen, 45, !Ref WithDefault]", "45")]
    [InlineData("!If [IsOpen, !Ref WithDefault, 45]", "45")]
    [InlineData("!If [IsOpen, 10, !Ref AWS::NoValue]", "10 -")]
    [InlineData("!If [IsOpen, !If [Always, 1, 2], !If [InEu, 3, 4]]", "1 3 4")]
    [InlineData("!If [NeverAndOpen, 10, 20]", "20")]
    [InlineData("!If [AlwaysOrOpen, 10, 20]", "10")]
    [InlineData("!If [OpenAndAlways, 10, 20]", "10 20")]
    [InlineData("!If [InNoRegion, 10, 20]", "20?Region")]
    [InlineData("!If [InEu, 10, 20]", "10 20")]
    [InlineData("!If [Loop, 10, 20]", "10 20")]
    [InlineData("!If [HereIsEu, 10, 20]", "10 20")]
    [InlineData("!If [Undeclared, 10, 20]", "10 20")]
    public void What_can_be_known_is_known(string expression, string expected) => Assert.Equal(expected, Values(expression));

    [Theory]
    [InlineData("!Ref Open", "parameter 'Open' has no default")]
    [InlineData("!Sub '${Open}0'", "parameter 'Open' has no default")]
    [InlineData("!Ref Stored", "parameter 'Stored' is looked up in the parameter store")]
    [InlineData("!Ref List", "parameter 'List' is a list")]
    [InlineData("!Ref Nowhere", "'Nowhere' is not declared in the template")]
    [InlineData("!GetAtt Nowhere.Arn", "'Nowhere.Arn' is not declared in the template")]
    [InlineData("!GetAtt Q.Arn", "'Q.Arn' is known only when deployed")]
    [InlineData("!Ref Q", "'Q' is known only when deployed")]
    [InlineData("!Ref AWS::Region", "'AWS::Region' is known only when deployed")]
    [InlineData("!ImportValue x", "it is imported from another stack")]
    [InlineData("{ 'Fn::ImportValue': x }", "it is imported from another stack")]
    [InlineData("!Split [',', '1,2']", "it is the result of Fn::Split")]
    [InlineData("!Select [1, !Split ['-', !Ref Open]]", "its list is known only when deployed")]
    [InlineData("!Select [0, !Cidr [a, 1]]", "its list is the result of Fn::Cidr")]
    [InlineData("!Select [7, !Split ['-', '1-2']]", "it is selected by what is known only when deployed")]
    [InlineData("!Sub '{{resolve:ssm:/${Stage}/x}}'", "it is looked up while deploying")]
    [InlineData("!Sub ['${a}', { a: '{{resolve:secretsmanager:s}}' }]", "it is looked up while deploying")]
    [InlineData("!Join ['', ['{{resolve:ssm:', !Ref Stage, '}}']]", "it is looked up while deploying")]
    [InlineData("!Ref Dynamic", "it is looked up while deploying")]
    [InlineData("{ 'Fn::Length': [1, 2] }", "it is the result of Fn::Length")]
    [InlineData("{ 'Fn::ToJsonString': { a: 1 } }", "it is the result of Fn::ToJsonString")]
    [InlineData("{ 'Fn::GetParam': [a, b, c] }", "it is the result of Fn::GetParam")]
    [InlineData("!FindInMap [Timeouts, prod, Nested]", "it is no text")]
    [InlineData("!Mystery 5", "it is the result of Fn::Mystery")]
    [InlineData("{ 'Fn::Transform': { Name: M } }", "it is the result of Fn::Transform")]
    [InlineData("'{{resolve:ssm:/a}}'", "it is looked up while deploying")]
    [InlineData("!FindInMap [Timeouts, test, Visibility]", "the map has no such entry")]
    [InlineData("!FindInMap [Nowhere, a, b]", "its map is not declared in the template")]
    [InlineData("!Select [!Ref Open, [1, 2]]", "it is selected by what is known only when deployed")]
    [InlineData("!If [IsOpen, 10, !ImportValue x]", "it is imported from another stack")]
    [InlineData("!If [IsOpen, 10]", "it is the result of Fn::If")]
    [InlineData("abc", "'abc' is no whole number")]
    [InlineData("1.5", "'1.5' is no whole number")]
    [InlineData("010", "'010' is no whole number")]
    [InlineData("[1]", "it is no text")]
    [InlineData("{ a: 1 }", "it is no text")]
    public void What_cannot_be_known_says_why(string expression, string why) => Assert.Equal("unknown: " + why, Values(expression));

    [Fact]
    public void A_value_of_a_parameter_points_at_its_default()
    {
        const string Text =
            "Parameters:\n  P: { Type: Number, Default: 45 }\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: !Ref P\n";
        var setting = Assert.Single(Templates.Read(Text).Queues).VisibilityTimeout;
        Assert.Equal("45", setting.Values[0].Place.In(Text));
        Assert.Equal("!Ref P", setting.ValuePlace.In(Text));
        Assert.Equal("P", setting.RestsOnParameter);
    }

    [Fact]
    public void A_branch_points_at_itself()
    {
        const string Text = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: !If [C, 10, 20]\n";
        var setting = Assert.Single(Templates.Read(Text).Queues).VisibilityTimeout;
        Assert.Equal(["10", "20"], setting.Values.Select(value => value.Place.In(Text)));
        Assert.Equal("!If [C, 10, 20]", setting.ValuePlace.In(Text));
        Assert.Null(setting.Single());
        Assert.True(setting.All(value => value < 30));
        Assert.False(setting.All(value => value < 20));
        Assert.True(setting.Any(value => value < 20));
    }

    [Fact]
    public void Nested_settings_pass_through_conditions()
    {
        var model = Templates.ReadResources(
            """
            M:
              Type: AWS::Lambda::EventSourceMapping
              Properties:
                ScalingConfig: !If [C, { MaximumConcurrency: 5 }, !Ref AWS::NoValue]
            """
        );
        var setting = Assert.Single(model.Mappings).MaximumConcurrency;
        Assert.True(setting.MayBeMissing);
        Assert.Equal(5, Assert.Single(setting.Values).Value);
        Assert.False(setting.All(_ => true));
        Assert.Null(setting.Single());
    }

    [Fact]
    public void Texts_that_repeat_each_other_end()
    {
        var repeated = string.Concat(Enumerable.Repeat("${v}", 200));
        var expression = Enumerable.Range(0, 25).Aggregate("1", (inner, _) => $"!Sub [\"{repeated}\", {{v: {inner}}}]");
        Assert.Equal(SettingState.Unknown, Templates.ReadVisibility(expression).State);
    }

    [Theory]
    [InlineData("Transform: MyMacro\n", "the macro 'MyMacro' may rewrite the template")]
    [InlineData("Transform: [AWS::Serverless-2016-10-31, MyMacro]\n", "the macro 'MyMacro' may rewrite the template")]
    [InlineData("Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]\n", null)]
    public void A_macro_over_the_template_leaves_nothing_known(string transform, string? why) =>
        Assert.Equal(why, Templates.ReadVisibility("5", transform).WhyUnknown);

    [Theory]
    [InlineData("Fn::Transform: { Name: M }\n      DelaySeconds: 1", "a macro may set it")]
    [InlineData("DelaySeconds: 1", null)]
    public void A_macro_among_the_properties_may_set_what_is_not_written(string properties, string? why)
    {
        var queue = Assert.Single(Templates.Read($"Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      {properties}\n").Queues);
        Assert.Equal(why, queue.VisibilityTimeout.WhyUnknown);
        Assert.Equal(1, queue.DelaySeconds.Single());
    }

    [Theory]
    [InlineData("    Fn::Transform: { Name: M }\n", "a macro may rewrite the resource")]
    [InlineData("    Properties: !If [C, { VisibilityTimeout: 5 }, {}]\n", "its properties are no mapping")]
    [InlineData("    Properties: { Fn::If: [C, { VisibilityTimeout: 5 }, {}] }\n", "its properties are the result of Fn::If")]
    [InlineData("    Properties: x\n", "its properties are no mapping")]
    [InlineData("", null)]
    [InlineData("    Properties:\n", null)]
    public void A_resource_that_is_made_elsewhere_is_unknown(string body, string? why)
    {
        var queue = Assert.Single(Templates.Read("Resources:\n  Q:\n    Type: AWS::SQS::Queue\n" + body).Queues);
        Assert.Equal(why, queue.VisibilityTimeout.WhyUnknown);
        Assert.Equal(why is null ? 30 : null, queue.VisibilityTimeout.Single());
    }

    [Fact]
    public void A_loop_of_resources_is_passed_over()
    {
        var model = Templates.ReadResources(
            """
            Fn::ForEach::Queues:
              - Name
              - [a, b]
              - Queue${Name}:
                  Type: AWS::SQS::Queue
            Q: { Type: AWS::SQS::Queue }
            F: { Type: AWS::Lambda::Function }
            R: { Type: AWS::IAM::Role }
            """
        );
        Assert.Equal("Q", Assert.Single(model.Queues).LogicalId);
        Assert.Empty(model.Problems);

        // It may have made mappings of the function, and policies of the role.
        Assert.True(Assert.Single(model.Functions).HasUnreadEvents);
        Assert.Equal("what is not read of the template may attach policies", Assert.Single(model.Roles).WhyIncomplete);
    }

    [Theory]
    [InlineData("Never", 0)]
    [InlineData("IsProd", 1)]
    [InlineData("IsOpen", 1)]
    [InlineData("Always", 1)]
    public void A_resource_that_is_never_deployed_is_not_there(string condition, int expected)
    {
        var model = Templates.Read(Sections + $"Resources:\n  Q: {{ Type: AWS::SQS::Queue, Condition: {condition} }}\n");
        Assert.Equal(expected, model.Queues.Count);
        if (expected == 1)
            Assert.Equal(condition, model.Queues[0].Condition);
    }
}
