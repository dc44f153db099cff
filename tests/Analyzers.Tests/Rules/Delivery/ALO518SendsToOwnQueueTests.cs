using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.Analyzers.Tests.Rules.Idempotency;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO518SendsToOwnQueue>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO518SendsToOwnQueueTests
{
    private const string ReportIt = "Report the message as failed instead: the queue delivers it again.";
    private const string OtherQueue = "Send what is to follow to a queue of its own.";
    private const string Url = "Environment.GetEnvironmentVariable(\"ORDERS_URL\")";
    private const string Dated = "var dated = JsonSerializer.Deserialize<DatedOrder>(message.Body)!;\n";
    private const string DatedOrder = "public sealed record DatedOrder(string Id, DateTime CreatedAt);";
    private const string Again = "await {|#0:sqs.SendMessageAsync(" + Url + ", message.Body)|};";
    private const string PlainAgain = "await sqs.SendMessageAsync(" + Url + ", message.Body);";

    private static string Template(
        string variable = "ORDERS_URL: !Ref OrdersQueue",
        string mapping = "Enabled: true",
        string head = "Description: Orders",
        string globals = "MemorySize: 256",
        string comment = "# the queue of the orders"
    ) =>
        $$"""
            {{head}}
            Globals:
              Function:
                {{globals}}
            Resources:
              OtherQueue:
                Type: AWS::SQS::Queue
              {{comment}}
              {|#1:OrdersQueue|}:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: orders
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Shop::Shop.OrdersFunction::HandleAsync
                  Runtime: dotnet8
                  Environment:
                    Variables:
                      STAGE: prod
                      {{variable}}
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        {{mapping}}
            """;

    private const string SecondFunction = """

          OtherFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Shop::Shop.OrdersFunction::OtherAsync
              Runtime: dotnet8
              Environment: { Variables: { ORDERS_URL: !Ref OrdersQueue } }
              Events: { Others: { Type: SQS, Properties: { Queue: !GetAtt OrdersQueue.Arn } } }
        """;

    private static DiagnosticResult Sent(string what = "The message is sent again", string instead = ReportIt, string reached = "", string assumption = "") =>
        Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments(what, "OrdersQueue", "HandleAsync", "Orders", instead, reached, assumption);

    private static DiagnosticResult Other() => Sent("A message is sent", OtherQueue).WithSeverity(Info);

    private static CSharpAnalyzerTest<ALO518SendsToOwnQueue> Test(string members, string template, params DiagnosticResult[] expected)
    {
        var test = EffectTest.Test<ALO518SendsToOwnQueue>(members, expected);
        test.TestState.AdditionalFiles.Add(("template.yaml", expected.Length == 0 ? template.Replace("{|#1:OrdersQueue|}", "OrdersQueue") : template));
        return test;
    }

    private static Task VerifyAsync(string statements, string members, string template, params DiagnosticResult[] expected) =>
        Test(EffectTest.Handler(statements, members), template, expected).RunAsync(TestContext.Current.CancellationToken);

    private static Task VerifyAsync(string statements, params DiagnosticResult[] expected) => VerifyAsync(statements, "", Template(), expected);

    [Fact]
    public Task The_message_sent_again_is_a_warning() =>
        VerifyAsync(
            Again,
            Sent()
                .WithSeverity(Warning)
                .WithMessage(
                    "The message is sent again to queue 'OrdersQueue', which feeds 'HandleAsync' itself by mapping 'Orders': the copy is a new message whose receive count starts again, so it never reaches the dead-letter queue, "
                        + "and Lambda drops it after about 16 rounds. Report the message as failed instead: the queue delivers it again."
                )
        );

    [Theory]
    [InlineData("try { await http.GetAsync(order.Id); } catch (Exception) { await {|#0:sqs.SendMessageAsync(" + Url + ", message.Body)|}; }")]
    [InlineData("await {|#0:sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = " + Url + ", MessageBody = message.Body })|};")]
    [InlineData("await {|#0:sqs.SendMessageAsync(new SendMessageRequest(" + Url + ", message.Body))|};")]
    [InlineData("var url = " + Url + " ?? throw new Exception(); await {|#0:sqs.SendMessageAsync(url, message.Body)|};")]
    [InlineData("var url = " + Url + " ?? \"\"; var body = message.Body; await {|#0:sqs.SendMessageAsync(url, body)|};")]
    [InlineData("await {|#0:sqs.SendMessageAsync(" + Url + ", JsonSerializer.Serialize(order))|};")]
    [InlineData("await {|#0:sqs.SendMessageAsync(\"https://sqs.eu-west-1.amazonaws.com/123456789012/orders\", message.Body)|};")]
    [InlineData("await {|#0:sqs.SendMessageAsync(\"orders\", message.Body)|};")]
    [InlineData("var found = await sqs.GetQueueUrlAsync(\"orders\"); await {|#0:sqs.SendMessageAsync(found.QueueUrl, message.Body)|};")]
    public Task However_it_is_written(string statements) => VerifyAsync(statements, Sent());

    [Theory]
    [InlineData("private readonly string url = " + Url + ";")]
    [InlineData("private static readonly string url = " + Url + ";")]
    [InlineData("private const string name = \"orders\"; private readonly string url = name;")]
    [InlineData("private readonly string url; public OrdersFunction() { var read = " + Url + "; url = read; }")]
    [InlineData("private readonly string url; private readonly int size; public OrdersFunction() => (size, url) = (5, " + Url + ");")]
    [InlineData("private string url = \"\"; public OrdersFunction() { url = " + Url + "; }")]
    [InlineData("private string url => " + Url + ";")]
    [InlineData("private string url { get; } = " + Url + ";")]
    public Task Through_a_member_that_nobody_else_sets(string member) =>
        VerifyAsync("await {|#0:sqs.SendMessageAsync(url, message.Body)|};", member, Template(), Sent());

    [Fact]
    public Task Through_methods_on_the_way() =>
        VerifyAsync(
            "await RetryAsync(message.Body, " + Url + ");",
            "private Task RetryAsync(string body, string url) => {|#0:sqs.SendMessageAsync(url, body)|};",
            Template(),
            Sent(reached: " Reached from 'HandleAsync' → 'OrdersFunction.RetryAsync'.")
        );

    [Theory]
    [InlineData("ORDERS_URL: !GetAtt OrdersQueue.QueueUrl")]
    [InlineData("ORDERS_URL: !GetAtt OrdersQueue.QueueName")]
    [InlineData("ORDERS_URL: orders")]
    [InlineData("ORDERS_URL: https://sqs.eu-west-1.amazonaws.com/123456789012/orders")]
    [InlineData("ORDERS_URL: !Sub 'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/orders'")]
    [InlineData("ORDERS_URL: !Sub 'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/${OrdersQueue.QueueName}'")]
    [InlineData("ORDERS_URL: !If [IsProd, !Ref OrdersQueue, !GetAtt OrdersQueue.QueueUrl]")]
    public Task The_variable_leads_to_the_queue(string variable) =>
        VerifyAsync(Again, "", Template(variable, head: "Conditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }"), Sent());

    [Fact]
    public Task A_variable_that_functions_share() =>
        VerifyAsync(Again, "", Template("OTHER: 1", globals: "Environment: { Variables: { ORDERS_URL: !Ref OrdersQueue } }"), Sent());

    [Theory]
    [InlineData("ORDERS_URL: !Ref OtherQueue")]
    [InlineData("ORDERS_URL: !Ref Unknown")]
    [InlineData("ORDERS_URL: !If [IsProd, !Ref OrdersQueue, !Ref OtherQueue]")]
    [InlineData("ORDERS_URL: !If [IsProd, !Ref OrdersQueue, !Ref 'AWS::NoValue']")]
    [InlineData("ORDERS_URL: refunds")]
    [InlineData("ORDERS_URL: !ImportValue Orders")]
    [InlineData("OTHER_URL: !Ref OrdersQueue")]
    public Task Another_queue_or_one_that_is_not_known(string variable) =>
        VerifyAsync(
            PlainAgain,
            "",
            Template(variable, head: "Parameters: { Unknown: { Type: String } }\nConditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }")
        );

    [Theory]
    [InlineData("await sqs.SendMessageAsync(order.Id, message.Body);")]
    [InlineData("await sqs.SendMessageAsync(Environment.GetEnvironmentVariable(order.Id), message.Body);")]
    [InlineData("await sqs.SendMessageAsync(order.Quantity > 1 ? " + Url + " : \"refunds\", message.Body);")]
    [InlineData("await sqs.SendMessageAsync(settable, message.Body);")]
    [InlineData("await sqs.SendMessageAsync(new SendMessageRequest { MessageBody = message.Body });")]
    [InlineData("await mine.SendMessageAsync(" + Url + ", message.Body);")]
    public Task A_queue_that_cannot_be_told_or_no_send(string statements) =>
        VerifyAsync(
            statements,
            "private string settable = "
                + Url
                + ";\npublic void Set(string url) => settable = url;\nprivate readonly Own.IAmazonSQS mine = null!;\npublic static class Own { public interface IAmazonSQS { Task SendMessageAsync(string url, string text); } }",
            Template()
        );

    [Theory]
    [InlineData("await {|#0:sqs.SendMessageAsync(" + Url + ", JsonSerializer.Serialize(order with { Quantity = order.Quantity - 1 }))|};")]
    [InlineData("await {|#0:sqs.SendMessageAsync(" + Url + ", order.Id)|};")]
    [InlineData("await {|#0:sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = " + Url + " })|};")]
    public Task Another_message_may_come_to_an_end_by_itself(string statements) => VerifyAsync(statements, Other());

    [Theory]
    [InlineData("if (order.Quantity < 5) await sqs.SendMessageAsync(" + Url + ", JsonSerializer.Serialize(order with { Quantity = order.Quantity + 1 }));")]
    [InlineData(
        "if (order.Quantity is >= 5) continue;\nawait sqs.SendMessageAsync("
            + Url
            + ", JsonSerializer.Serialize(order with { Quantity = order.Quantity + 1 }));"
    )]
    [InlineData(
        "var tries = message.MessageAttributes.TryGetValue(\"tries\", out var carried) ? int.Parse(carried.StringValue) : 0;\nif (tries >= 5) throw new Exception(\"given up\");\n"
            + "await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = "
            + Url
            + ", MessageBody = message.Body, MessageAttributes = new() { [\"tries\"] = new() { DataType = \"Number\", StringValue = (tries + 1).ToString() } } });"
    )]
    public Task What_the_message_carries_limits_the_rounds(string statements) => VerifyAsync(statements);

    // More than 15 minutes of delay are made of several rounds.
    [Theory]
    [InlineData("if (DateTime.UtcNow - dated.CreatedAt < TimeSpan.FromHours(1)) await sqs.SendMessageAsync(" + Url + ", order.Id);")]
    [InlineData("var age = DateTime.UtcNow - dated.CreatedAt;\nif (age.TotalHours is < 1) await sqs.SendMessageAsync(" + Url + ", order.Id);")]
    [InlineData(
        "if (dated.CreatedAt > DateTime.UtcNow) await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = " + Url + ", MessageBody = message.Body });"
    )]
    [InlineData("if (dated.CreatedAt - DateTime.UtcNow > TimeSpan.Zero) await sqs.SendMessageAsync(" + Url + ", message.Body);")]
    [InlineData("if (order.Quantity > 1 && DateTime.UtcNow < dated.CreatedAt) await sqs.SendMessageAsync(" + Url + ", message.Body);")]
    [InlineData("var now = DateTime.UtcNow;\nif (now >= dated.CreatedAt) continue;\nawait sqs.SendMessageAsync(" + Url + ", message.Body);")]
    public Task The_clock_limits_the_rounds(string statements) => VerifyAsync(Dated + statements, DatedOrder, Template());

    [Theory]
    [InlineData("if (DateTime.UtcNow.Hour < 8) ")]
    [InlineData("if (dated.CreatedAt < DateTime.MaxValue) ")]
    [InlineData("if (DateTime.UtcNow > dated.CreatedAt) ")]
    [InlineData("var age = DateTime.UtcNow - dated.CreatedAt;\nif (!(age.TotalHours < 1)) ")]
    [InlineData("if (dated.CreatedAt.AddHours(1) <= DateTime.UtcNow.AddMinutes(5)) ")]
    [InlineData("if (DateTime.UtcNow < DateTime.UnixEpoch.AddMilliseconds(long.Parse(message.Attributes[\"SentTimestamp\"]))) ")]
    public Task The_clock_alone_does_not_nor_a_time_that_begins_anew_or_is_over(string guard) =>
        VerifyAsync(Dated + guard + Again, DatedOrder, Template(), Sent());

    [Fact]
    public Task A_limit_before_the_method_that_sends() =>
        VerifyAsync(
            "if (order.Quantity < 5) await RetryAsync(order with { Quantity = order.Quantity + 1 });",
            "private Task RetryAsync(Order order) => sqs.SendMessageAsync(" + Url + ", JsonSerializer.Serialize(order));",
            Template()
        );

    [Theory]
    [InlineData("if (order.Quantity > 5) ")]
    [InlineData("if (int.Parse(message.Attributes[\"ApproximateReceiveCount\"]) < 3) ")]
    [InlineData("if (order.Id == \"x\") ")]
    public Task Nothing_that_stays_the_same_limits_the_rounds(string guard) => VerifyAsync(guard + Again, Sent());

    [Theory]
    [InlineData("int.Parse(message.Attributes[\"ApproximateReceiveCount\"]) < 3")]
    [InlineData("long.Parse(message.Attributes[\"SentTimestamp\"]) < 1000")]
    public Task What_SQS_counts_begins_anew(string guard) =>
        VerifyAsync("if (" + guard + ") await {|#0:sqs.SendMessageAsync(" + Url + ", order.Id)|};", Other());

    [Fact]
    public Task A_parameters_default_is_named() =>
        VerifyAsync(
            Again,
            "",
            Template("ORDERS_URL: !Ref Url", head: "Parameters: { Url: { Type: String, Default: orders } }"),
            Sent(assumption: " This holds as long as the deployment keeps the default of parameter 'Url'.")
        );

    [Fact]
    public Task A_queue_that_no_code_can_name() => VerifyAsync(PlainAgain, "", Template("OTHER: 1").Replace("    Properties:\n      QueueName: orders\n", ""));

    [Fact]
    public Task A_queue_without_a_name_by_its_variable() =>
        VerifyAsync(Again, "", Template().Replace("    Properties:\n      QueueName: orders\n", ""), Sent());

    [Fact]
    public Task Two_handlers_that_share_a_send_are_told_once() =>
        Test(
                EffectTest.Handler(
                    "await RetryAsync(message.Body);",
                    "public Task OtherAsync(SQSEvent batch, ILambdaContext context) => RetryAsync(batch.Records[0].Body);\n"
                        + "private Task RetryAsync(string body) => {|#0:sqs.SendMessageAsync("
                        + Url
                        + ", body)|};"
                ),
                Template() + SecondFunction,
                Sent(reached: " Reached from 'HandleAsync' → 'OrdersFunction.RetryAsync'.")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task A_mapping_that_is_switched_off_feeds_nothing() => VerifyAsync(PlainAgain, "", Template(mapping: "Enabled: false"));

    [Fact]
    public Task A_comment_of_the_template_silences_it() =>
        VerifyAsync(PlainAgain, "", Template(comment: "# alo:disable ALO518 the queue is purged every night"));

    [Fact]
    public Task Without_a_template_nothing_is_known_of_the_queue() => EffectTest.VerifyAsync<ALO518SendsToOwnQueue>(EffectTest.Handler(PlainAgain));

    [Fact]
    public Task Without_the_packages_nothing_is_a_handler_by_itself()
    {
        var test = Test(EffectTest.Handler(PlainAgain), Template("OTHER: 1"));
        test.ReferenceAssemblies = References.None;
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("await sqs.SendMessageAsync(" + Url + ", message.")]
    [InlineData("await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = ")]
    [InlineData("await sqs.SendMessageAsync(")]
    public Task Incomplete_code_breaks_nothing(string statements)
    {
        var test = Test(EffectTest.Handler(statements), Template().Replace("{|#1:OrdersQueue|}", "OrdersQueue"));
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        test.DisabledDiagnostics.Add("ALO518");
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
