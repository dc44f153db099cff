using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO107TokenExpires;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO107TokenExpiresTests
{
    private const string Sends = """
        public async Task HandleAsync(SQSEvent batch)
        {
            foreach (var message in batch.Records)
                await {|#0:sqs.SendMessageAsync(new SendMessageRequest { MessageGroupId = "orders", MessageDeduplicationId = message.MessageId })|};
        }
        """;

    private static DiagnosticResult Expires(string after, string reckoning) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithArguments("'SendMessage'", "5 min", "OrdersQueue", after, reckoning, "sends the message again", "")
            .IgnoringAdditionalLocations();

    private static Task VerifyAsync(string members, string? queue, DiagnosticResult? expected = null) =>
        Test(members, queue, expected).RunAsync(TestContext.Current.CancellationToken);

    internal static CSharpAnalyzerTest<Rule> Test(string members, string? queue, DiagnosticResult? expected)
    {
        var test = EffectTest.Test<Rule>(expected is null ? members.Replace("{|#0:", "").Replace("|}", "") : members, expected is null ? [] : [expected]);
        if (queue is not null)
        {
            test.TestState.AdditionalFiles.Add(
                (
                    "template.yaml",
                    $$"""
                    Transform: AWS::Serverless-2016-10-31
                    Parameters: { Unknown: { Type: Number }, Visibility: { Type: Number, Default: 180 } }
                    Resources:
                      OrdersQueue:
                        Type: AWS::SQS::Queue
                        Properties: { {{queue}} }
                      OrdersDlq: { Type: AWS::SQS::Queue }
                      OrdersFunction:
                        Type: AWS::Serverless::Function
                        Properties:
                          Handler: Shop::Shop.OrdersFunction::HandleAsync
                          Runtime: dotnet10
                          Events: { Orders: { Type: SQS, Properties: { Queue: !GetAtt OrdersQueue.Arn } } }
                    """
                )
            );
        }

        return test;
    }

    internal static string Redrive(int receives) => $"RedrivePolicy: {{ deadLetterTargetArn: !GetAtt OrdersDlq.Arn, maxReceiveCount: {receives} }}";

    [Fact]
    public Task Visibility_times_receives_outlasts_the_deduplication() =>
        VerifyAsync(Sends, $"VisibilityTimeout: 180, {Redrive(5)}", Expires("12 min", "visibility timeout 180 s × (5 receives − 1)"));

    private const string Terraform = """
        resource "aws_sqs_queue" "orders" {
          visibility_timeout_seconds = 180
          redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.lost.arn, maxReceiveCount = RECEIVES })
        }
        resource "aws_sqs_queue" "lost" {}
        resource "aws_lambda_function" "orders" {
          function_name = "orders"
          handler       = "Shop::Shop.OrdersFunction::HandleAsync"
          runtime       = "dotnet10"
        }
        resource "aws_lambda_event_source_mapping" "orders" {
          event_source_arn = aws_sqs_queue.orders.arn
          function_name    = aws_lambda_function.orders.arn
        }
        """;

    private const string Service = """
        service: shop
        provider: { name: aws, runtime: dotnet10 }
        functions:
          orders:
            handler: Shop::Shop.OrdersFunction::HandleAsync
            events: [{ sqs: { arn: !GetAtt OrdersQueue.Arn } }]
        resources:
          Resources:
            LostQueue: { Type: AWS::SQS::Queue }
            OrdersQueue:
              Type: AWS::SQS::Queue
              Properties:
                VisibilityTimeout: 180
                RedrivePolicy: { deadLetterTargetArn: !GetAtt LostQueue.Arn, maxReceiveCount: RECEIVES }
        """;

    [Theory]
    [InlineData("main.tf", Terraform, "aws_sqs_queue.orders")]
    [InlineData("serverless.yml", Service, "OrdersQueue")]
    public async Task The_queue_counts_in_every_dialect(string path, string text, string queue)
    {
        foreach (var receives in new[] { 5, 2 })
        {
            var expected =
                receives == 2
                    ? null
                    : AnalyzerVerifier<Rule>
                        .Diagnostic()
                        .WithLocation(0)
                        .WithArguments("'SendMessage'", "5 min", queue, "12 min", "visibility timeout 180 s × (5 receives − 1)", "sends the message again", "")
                        .IgnoringAdditionalLocations();
            var test = Test(Sends, queue: null, expected);
            test.TestState.AdditionalFiles.Add((path, text.Replace("RECEIVES", $"{receives}", StringComparison.Ordinal)));
            await test.RunAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public Task Without_a_redrive_policy_the_retention_counts() =>
        VerifyAsync(Sends, "VisibilityTimeout: 60", Expires("4 days", "its retention, as nothing takes the message out"));

    [Fact]
    public Task The_retention_ends_it_sooner() =>
        VerifyAsync(Sends, $"VisibilityTimeout: 3600, MessageRetentionPeriod: 1200, {Redrive(5)}", Expires("20 min", "its retention"));

    [Theory]
    [InlineData(60, 6)]
    [InlineData(30, 3)]
    [InlineData(3600, 1)]
    public Task A_token_that_lasts_is_silent(int visibility, int receives) => VerifyAsync(Sends, $"VisibilityTimeout: {visibility}, {Redrive(receives)}");

    [Fact]
    public Task An_unknown_setting_is_no_evidence() => VerifyAsync(Sends, $"VisibilityTimeout: !Ref Unknown, {Redrive(5)}");

    [Fact]
    public Task A_finding_that_rests_on_a_parameters_default_names_it() =>
        VerifyAsync(
            Sends,
            $"VisibilityTimeout: !Ref Visibility, {Redrive(5)}",
            Expires("12 min", "visibility timeout 180 s × (5 receives − 1), with the default of parameter 'Visibility'")
        );

    [Fact]
    public Task A_parameters_default_under_which_the_token_lasts_is_silent() => VerifyAsync(Sends, $"VisibilityTimeout: !Ref Visibility, {Redrive(2)}");

    [Fact]
    public Task Without_a_mapping_nothing_is_known() => VerifyAsync(Sends, null);

    [Fact]
    public Task A_message_without_token_is_another_rules() =>
        VerifyAsync(Sends.Replace("MessageDeduplicationId = message.MessageId", ""), $"VisibilityTimeout: 180, {Redrive(5)}");

    [Fact]
    public Task A_client_of_the_users_own_is_silent() =>
        VerifyAsync(
            Sends.Replace("sqs.", "new Mine().") + "\npublic class Mine { public Task SendMessageAsync(SendMessageRequest request) => Task.CompletedTask; }",
            "VisibilityTimeout: 60"
        );

    [Fact]
    public Task Incomplete_code_is_silent()
    {
        var test = EffectTest.Test<Rule>(
            "public async Task HandleAsync(SQSEvent batch) { await sqs.SendMessageAsync(new SendMessageRequest { MessageDeduplicationId = "
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
