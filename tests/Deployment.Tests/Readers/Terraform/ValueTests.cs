using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>What expressions can be once they are deployed.</summary>
public sealed class ValueTests
{
    private const string Before = """
        variable "given" { default = 45 }
        variable "open" {}
        variable "none" { default = null }
        variable "stage" { default = "dev" }
        variable "allowed" {
          validation {
            condition     = contains([60, 90], var.allowed)
            error_message = "60 or 90"
          }
        }
        variable "settings" {
          default = { timeout = 50, queues = ["a", "b"] }
        }
        locals {
          base    = 6
          derived = local.base * 10
          stages  = { dev = 30, prod = 180 }
          first   = local.second
          second  = local.first
        }
        data "aws_ssm_parameter" "p" { name = "/timeout" }
        module "m" { source = "./m" }
        resource "aws_lambda_function" "f" { timeout = local.base }
        resource "aws_lambda_function" "g" {}
        """;

    [Theory]
    [InlineData("30", "30")]
    [InlineData("\"30\"", "30")]
    [InlineData("local.derived", "60")]
    [InlineData("local.base * 6 + 4", "40")]
    [InlineData("100 / 4 - 5 % 3", "23")]
    [InlineData("-1 * -30", "30")]
    [InlineData("ceil(30.5)", "31")]
    [InlineData("90 / 60 * 20", "30")]
    [InlineData("max(10, local.derived, 20)", "60")]
    [InlineData("aws_lambda_function.f.timeout * 6", "36")]
    [InlineData("aws_lambda_function.g.timeout * 6", "18")]
    [InlineData("local.stages[\"prod\"]", "180")]
    [InlineData("local.stages.dev", "30")]
    [InlineData("lookup(local.stages, \"test\", 15)", "15")]
    [InlineData("[10, 20][1]", "20")]
    [InlineData("element([10, 20], 3)", "20")]
    [InlineData("length([1, 2, 3])", "3")]
    [InlineData("[for s in [10, 20] : s * 2][1]", "40")]
    [InlineData("{ for k, v in local.stages : upper(k) => v if v > 100 }[\"PROD\"]", "180")]
    [InlineData("merge(local.stages, { dev = 5 }).dev", "5")]
    [InlineData("concat([1], [2])[1]", "2")]
    [InlineData("one([7])", "7")]
    [InlineData("jsondecode(\"{\\\"a\\\":[7]}\").a[0]", "7")]
    [InlineData("tonumber(\"${local.base}0\")", "60")]
    [InlineData("1 < 2 && !(2 == 3) ? 10 : 20", "10")]
    [InlineData("local.base == 6 ? 10 : local.missing", "10")]
    [InlineData("coalesce(null, 25)", "25")]
    [InlineData("null", "30 (default)")]
    [InlineData("var.open ? 10 : 20", "10 | 20")]
    [InlineData("var.open == 5 ? 10 : null", "10 | 30")]
    [InlineData("var.open ? 10 : 10", "10")]
    public void What_is_known_is_worked_out(string expression, string value)
    {
        var setting = Modules.ReadVisibility(expression, Before);
        Assert.Equal(value, setting.ToString());
        Assert.Null(setting.RestsOnParameter);
    }

    [Theory]
    [InlineData("var.given", "45", "given")]
    [InlineData("var.given * 2", "90", "given")]
    [InlineData("var.settings.timeout", "50", "settings")]
    [InlineData("length(var.settings.queues)", "2", "settings")]
    [InlineData("local.stages[var.stage]", "30", "stage")]
    [InlineData("var.stage == \"dev\" ? 40 : 50", "40", "stage")]
    [InlineData("var.none != null ? var.none : 35", "35", "none")]
    public void What_rests_on_a_default_says_so(string expression, string value, string variable)
    {
        var setting = Modules.ReadVisibility(expression, Before);
        Assert.Equal(value, setting.ToString());
        Assert.Equal(variable, setting.RestsOnParameter);
    }

    [Theory]
    [InlineData("var.open", "parameter 'open' has no default")]
    [InlineData("var.open * 2", "an operand is known only when deployed")]
    [InlineData("var.none", "variable 'none' is null unless it is given")]
    [InlineData("var.missing", "variable 'missing' is not declared here")]
    [InlineData("var.settings.other", "it has no 'other'")]
    [InlineData("local.missing", "'local.missing' is not declared here")]
    [InlineData("local.first", "'local.first' refers to itself")]
    [InlineData("data.aws_ssm_parameter.p.value", "'data.aws_ssm_parameter.p' is looked up while deploying")]
    [InlineData("module.m.timeout", "module 'm' is not read")]
    [InlineData("aws_lambda_function.f.version", "'aws_lambda_function.f.version' is known only when deployed")]
    [InlineData("aws_lambda_function.other.timeout", "'aws_lambda_function.other' is not declared here")]
    [InlineData("file(\"x\")", "it is the result of file()")]
    [InlineData("var.open ? 10 : module.m.timeout", "module 'm' is not read")]
    [InlineData("1 / 0", "an operand is known only when deployed")]
    [InlineData("\"${module.m.a}0\"", "module 'm' is not read")]
    [InlineData("[1]", "it is no text")]
    [InlineData("\"thirty\"", "'thirty' is no whole number")]
    [InlineData("1.5", "'1.5' is no whole number")]
    public void What_cannot_be_known_says_why(string expression, string why)
    {
        var setting = Modules.ReadVisibility(expression, Before);
        Assert.Equal((SettingState.Unknown, why), (setting.State, setting.WhyUnknown));
    }

    [Fact]
    public void Allowed_values_are_all_possible()
    {
        var setting = Modules.ReadVisibility("var.allowed", Before);
        Assert.Equal("60 | 90", setting.ToString());
        Assert.All(setting.Values, value => Assert.Equal((Provenance.ParameterAllowedValue, "allowed"), (value.Provenance, value.Parameter)));
    }

    [Fact]
    public void A_value_has_the_place_where_it_is_written()
    {
        const string Text = "variable \"v\" {\n  default = 45\n}\nresource \"aws_sqs_queue\" \"q\" {\n  visibility_timeout_seconds = var.v\n}\n";
        var setting = Assert.Single(Modules.Read(Text).Queues).VisibilityTimeout;
        Assert.Equal("var.v", setting.ValuePlace.In(Text));
        Assert.Equal("visibility_timeout_seconds", setting.KeyPlace.In(Text));
        Assert.Equal("45", Assert.Single(setting.Values).Place.In(Text));
        Assert.Equal("main.tf(5,32)", setting.Place.ToString());
    }

    [Fact]
    public void Files_of_values_take_the_place_of_defaults_in_terraforms_order()
    {
        const string Main = "variable \"v\" {\n  default = 1\n}\nresource \"aws_sqs_queue\" \"q\" {\n  visibility_timeout_seconds = var.v\n}\n";
        var model = Modules.Read(
            ("m/main.tf", Main),
            ("m/terraform.tfvars", "v = 2\n"),
            ("m/b.auto.tfvars", "v = 4\n"),
            ("m/a.auto.tfvars", "v = 3\n"),
            ("m/prod.tfvars", "v = 5\n")
        );
        var setting = Assert.Single(model.Queues).VisibilityTimeout;
        Assert.Equal(4, setting.Single());
        Assert.Equal("v", setting.RestsOnParameter);
        Assert.Equal("m/b.auto.tfvars", setting.Values[0].Place.Path);
        Assert.Equal("m/main.tf", setting.ValuePlace.Path);
    }

    [Fact]
    public void Overrides_are_laid_over_what_they_are_about()
    {
        var model = Modules.Read(
            ("m/main.tf", "resource \"aws_sqs_queue\" \"q\" {\n  delay_seconds = 1\n  visibility_timeout_seconds = 2\n}\n"),
            ("m/override.tf", "resource \"aws_sqs_queue\" \"q\" {\n  delay_seconds = 7\n}\n"),
            ("m/a_override.tf", "resource \"aws_sqs_queue\" \"none\" {}\n")
        );
        var queue = Assert.Single(model.Queues);
        Assert.Equal((7, 2), (queue.DelaySeconds.Single(), queue.VisibilityTimeout.Single()));
        Assert.Equal("m/override.tf", queue.DelaySeconds.Place.Path);
    }

    [Theory]
    [InlineData("a", "\"${local.a}${local.a}\"")]
    [InlineData("a", "[local.a, local.a]")]
    [InlineData("a", "concat([1], local.a, local.a)")]
    public void Values_that_grow_without_end_are_left(string _, string step)
    {
        var names = Enumerable.Range(1, 400);
        var text =
            "locals {\n  a0 = \"x\"\n"
            + string.Concat(
                names.Select(i =>
                    FormattableString.Invariant(
                        $"  a{i} = {step.Replace("local.a", FormattableString.Invariant($"local.a{i - 1}"), StringComparison.Ordinal)}\n"
                    )
                )
            )
            + "}\n";
        Assert.Equal(SettingState.Unknown, Modules.ReadVisibility("jsonencode(local.a400)", text).State);
        Assert.Equal(SettingState.Unknown, Modules.ReadVisibility("local.a400", text).State);
    }
}
