using Test = AtLeastOnce.Analyzers.Tests.Rules.Idempotency.EffectFixTest<
    AtLeastOnce.Analyzers.Rules.Idempotency.ALO101EffectRepeated,
    AtLeastOnce.CodeFixes.Rules.Idempotency.ALO101EffectRepeatedFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO101EffectRepeatedFixTests
{
    private const string Library = """
        #nullable enable
        using System.Threading.Tasks;

        namespace Amazon.StepFunctions.Model
        {
            public class ExecutionAlreadyExistsException : System.Exception { }
        }

        namespace Amazon.Transcoding
        {
            public class StartJobRequest
            {
                public StartJobRequest() { }

                public StartJobRequest(string file) => File = file;

                public string? File { get; set; }

                public string? ClientRequestToken { get; set; }
            }

            public class RunTaskRequest { public string? ClientToken { get; internal set; } }

            public interface IAmazonTranscoding
            {
                Task<object> StartJobAsync(StartJobRequest request);

                Task<object> RunTaskAsync(RunTaskRequest request);
            }
        }

        namespace Stripe
        {
            public class RequestOptions { public string? IdempotencyKey { get; set; } }

            public class ChargeService
            {
                public Task CreateAsync(object options, RequestOptions? requestOptions = null, System.Threading.CancellationToken cancellationToken = default) => null!;
            }
        }

        namespace Shop
        {
            public interface IPayments
            {
                Task ChargeAsync(string order, string? key = null);
            }

            public static class Lib
            {
                public static readonly Amazon.Transcoding.IAmazonTranscoding Jobs = null!;
                public static readonly Stripe.ChargeService Charges = null!;
                public static readonly IPayments Payments = null!;
            }
        }
        """;

    private const string Request = "new Amazon.Transcoding.StartJobRequest";

    private static readonly (string, string) Payments = (
        "shop.effects.yaml",
        "effects:\n  - name: Charge\n    does: adds\n    types: [Shop.IPayments]\n    methods: [Charge]\n    token: key\n"
    );

    [Theory]
    [InlineData("()", "() { ClientRequestToken = message.MessageId }")]
    [InlineData("(message.Body)", "(message.Body) { ClientRequestToken = message.MessageId }")]
    [InlineData(" { }", " { ClientRequestToken = message.MessageId }")]
    [InlineData(" { File = message.Body }", " { File = message.Body, ClientRequestToken = message.MessageId }")]
    [InlineData(" { File = message.Body, }", " { File = message.Body, ClientRequestToken = message.MessageId }")]
    [InlineData(
        "\n{\n    File = message.Body, // what is read\n}",
        "\n{\n    File = message.Body, // what is read\n    ClientRequestToken = message.MessageId,\n}"
    )]
    [InlineData(
        "\n{\n    File = message.Body // what is read\n}",
        "\n{\n    File = message.Body, // what is read\n    ClientRequestToken = message.MessageId\n}"
    )]
    public Task A_request_gets_its_token_as_it_is_written(string creation, string fixedCreation) =>
        FixesAsync($"await [|Lib.Jobs.StartJobAsync({Request}{creation})|];", $"await Lib.Jobs.StartJobAsync({Request}{fixedCreation});");

    [Fact]
    public Task A_request_that_a_variable_holds() =>
        FixesAsync(
            $"var request = {Request} {{ File = message.Body }};\nrequest.File += \".mov\";\nawait [|Lib.Jobs.StartJobAsync(request)|];",
            $"var request = {Request} {{ File = message.Body, ClientRequestToken = message.MessageId }};\nrequest.File += \".mov\";\nawait Lib.Jobs.StartJobAsync(request);"
        );

    [Fact]
    public Task A_workflow_gets_a_name_whose_second_use_is_a_success() =>
        FixesAsync(
            "await [|steps.StartExecutionAsync(new Amazon.StepFunctions.Model.StartExecutionRequest { Input = message.Body })|];\nlog.LogLine(\"started\");",
            """
            try
            {
                await steps.StartExecutionAsync(new Amazon.StepFunctions.Model.StartExecutionRequest { Input = message.Body, Name = message.MessageId });
            }
            catch (ExecutionAlreadyExistsException)
            {
                // The message was handled before: a duplicate is no failure.
                continue;
            }
            log.LogLine("started");
            """,
            import: "Amazon.StepFunctions.Model"
        );

    [Theory]
    [InlineData(
        "Lib.Charges.CreateAsync(message.Body",
        "Lib.Charges.CreateAsync(message.Body, requestOptions: new RequestOptions { IdempotencyKey = message.MessageId }"
    )]
    [InlineData(
        "Lib.Charges.CreateAsync(message.Body, new Stripe.RequestOptions()",
        "Lib.Charges.CreateAsync(message.Body, new Stripe.RequestOptions() { IdempotencyKey = message.MessageId }"
    )]
    [InlineData(
        "Lib.Charges.CreateAsync(message.Body, cancellationToken: default",
        "Lib.Charges.CreateAsync(message.Body, cancellationToken: default, requestOptions: new RequestOptions { IdempotencyKey = message.MessageId }"
    )]
    public Task A_charge(string call, string fixedCall) =>
        FixesAsync($"await [|{call})|];", $"await {fixedCall});", import: fixedCall.Contains("requestOptions:", StringComparison.Ordinal) ? "Stripe" : null);

    [Fact]
    public Task An_effect_of_the_project_whose_token_is_a_parameter() =>
        Test.FixesAsync(
            EffectTest.Handler("await [|Lib.Payments.ChargeAsync(order.Id)|];"),
            EffectTest.Handler("await Lib.Payments.ChargeAsync(order.Id, key: message.MessageId);"),
            Library,
            Payments
        );

    [Theory]
    [InlineData("await [|dynamo.UpdateItemAsync(new UpdateItemRequest { UpdateExpression = \"ADD n :one\" })|];")]
    [InlineData("await [|http.PostAsync(\"https://shop/orders\", null)|];")]
    [InlineData("await [|Lib.Jobs.RunTaskAsync(new Amazon.Transcoding.RunTaskRequest())|];")]
    [InlineData("foreach (var line in order.Id.Split(','))\n    await [|Lib.Jobs.StartJobAsync(new Amazon.Transcoding.StartJobRequest { File = line })|];")]
    [InlineData(
        "var request = new Amazon.Transcoding.StartJobRequest();\nforeach (var line in order.Id.Split(','))\n{\n    request.File = line;\n    await [|Lib.Jobs.StartJobAsync(request)|];\n}"
    )]
    [InlineData(
        "await [|Lib.Jobs.StartJobAsync(new Amazon.Transcoding.StartJobRequest())|];\nawait [|Lib.Jobs.StartJobAsync(new Amazon.Transcoding.StartJobRequest())|];"
    )]
    [InlineData(
        "var request = new Amazon.Transcoding.StartJobRequest();\nrequest = new Amazon.Transcoding.StartJobRequest(message.Body);\nawait [|Lib.Jobs.StartJobAsync(request)|];"
    )]
    public Task No_place_for_a_token_or_not_once_for_the_message(string statements) =>
        Test.OffersNothingAsync(EffectTest.Handler(statements, EveryClient.Fields), Library);

    [Fact]
    public Task Without_the_record_in_reach() =>
        Test.OffersNothingAsync(
            EffectTest.Handler(
                "await StartAsync(order.Id);",
                $"private Task StartAsync(string file) => [|Lib.Jobs.StartJobAsync({Request} {{ File = file }})|];"
            ),
            Library
        );

    private const string Counting =
        "dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = new List<TransactWriteItem> { new TransactWriteItem { Update = new Update { UpdateExpression = \"ADD n :one\" } } }<> })";

    [Fact]
    public Task A_token_that_is_soon_forgotten_where_nothing_says_how_long_deliveries_go_on() =>
        Test.OffersNothingAsync(EffectTest.Handler($"await [|{Counting.Replace("<>", "")}|];"));

    [Theory]
    [InlineData(60, true)]
    [InlineData(600, false)]
    public Task A_token_that_is_soon_forgotten_where_the_template_says(int visibility, bool lasts) =>
        Test.FixesAsync(
            EffectTest.Handler($"await [|{Counting.Replace("<>", "")}|];"),
            EffectTest.Handler(
                lasts ? $"await {Counting.Replace("<>", ", ClientRequestToken = message.MessageId")};" : $"await [|{Counting.Replace("<>", "")}|];"
            ),
            file: (
                "template.yaml",
                HandlerTest.Template().Replace("VisibilityTimeout: 180", $"VisibilityTimeout: {visibility}").Replace("Timeout: 30", "Timeout: 10")
            )
        );

    private static Task FixesAsync(string statements, string fixedStatements, string? import = null) =>
        Test.FixesAsync(EffectTest.Handler(statements, EveryClient.Fields), EffectTest.Handler(fixedStatements, EveryClient.Fields), Library, import: import);
}
