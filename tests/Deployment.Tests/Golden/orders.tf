variable "Batch" {
  type    = number
  default = 20
}

variable "Window" {
  type = number

  validation {
    condition     = contains([5, 10], var.Window)
    error_message = "The window is 5 or 10 seconds."
  }
}

locals {
  always       = "a" == "a"
  shard_counts = { shard = 4 }
}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

resource "aws_lambda_function" "OrdersFunction" {
  function_name                  = "orders"
  runtime                        = "dotnet8"
  timeout                        = 30
  s3_bucket                      = "artifacts"
  s3_key                         = "orders.zip"
  handler                        = "Orders::Orders.Function::HandleAsync"
  memory_size                    = 512
  reserved_concurrent_executions = 20
  role                           = aws_iam_role.OrdersRole.arn
  publish                        = true

  dead_letter_config {
    target_arn = aws_sqs_queue.LostQueue.arn
  }
}

resource "aws_iam_role" "OrdersRole" {
  assume_role_policy = data.aws_iam_policy_document.Assume.json

  inline_policy {
    name = "news"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.NewsTopic.arn },
      ]
    })
  }
}

data "aws_iam_policy_document" "Assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy_attachment" "Logs" {
  role       = aws_iam_role.OrdersRole.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role_policy_attachment" "Kinesis" {
  role       = aws_iam_role.OrdersRole.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole"
}

data "aws_iam_policy_document" "Queues" {
  statement {
    actions   = ["sqs:Receive*", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.OrdersQueue.arn, aws_sqs_queue.PaymentsQueue.arn]
  }

  statement {
    effect    = "Allow"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.LostQueue.arn]
  }
}

resource "aws_iam_role_policy" "Queues" {
  name   = "queues"
  role   = aws_iam_role.OrdersRole.id
  policy = data.aws_iam_policy_document.Queues.json
}

resource "aws_iam_policy" "Table" {
  name   = "table"
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
        "Resource": "${aws_dynamodb_table.OrdersTable.arn}/stream/*"
      }
    }
  EOT
}

resource "aws_iam_role_policy_attachment" "Table" {
  role       = aws_iam_role.OrdersRole.name
  policy_arn = aws_iam_policy.Table.arn
}

resource "aws_lambda_alias" "LiveAlias" {
  name             = "live"
  function_name    = aws_lambda_function.OrdersFunction.function_name
  function_version = aws_lambda_function.OrdersFunction.version
}

resource "aws_lambda_function_event_invoke_config" "OrdersInvokeConfig" {
  function_name                = aws_lambda_function.OrdersFunction.function_name
  qualifier                    = aws_lambda_alias.LiveAlias.name
  maximum_retry_attempts       = 1
  maximum_event_age_in_seconds = 600

  destination_config {
    on_failure {
      destination = aws_sqs_queue.LostQueue.arn
    }

    on_success {
      destination = aws_sns_topic.NewsTopic.arn
    }
  }
}

resource "aws_lambda_event_source_mapping" "Standard" {
  function_name                      = aws_lambda_alias.LiveAlias.arn
  event_source_arn                   = aws_sqs_queue.OrdersQueue.arn
  batch_size                         = var.Batch
  maximum_batching_window_in_seconds = var.Window
  function_response_types            = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = 10
  }

  filter_criteria {
    filter {
      pattern = jsonencode({ body = { kind = ["order"] } })
    }
  }
}

resource "aws_lambda_event_source_mapping" "Fifo" {
  function_name           = aws_lambda_alias.LiveAlias.arn
  event_source_arn        = "arn:aws:sqs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:payments.fifo"
  enabled                 = false
  batch_size              = 5
  function_response_types = ["ReportBatchItemFailures"]

  provisioned_poller_config {
    minimum_pollers = 2
    maximum_pollers = 20
  }
}

resource "aws_lambda_event_source_mapping" "Clicks" {
  function_name                      = aws_lambda_alias.LiveAlias.arn
  event_source_arn                   = aws_kinesis_stream_consumer.ClicksReader.arn
  starting_position                  = "AT_TIMESTAMP"
  starting_position_timestamp        = "2023-11-14T22:13:20.5Z"
  batch_size                         = 200
  maximum_batching_window_in_seconds = 1
  parallelization_factor             = 4
  bisect_batch_on_function_error     = true
  maximum_retry_attempts             = 3
  maximum_record_age_in_seconds      = 60 * 60
  tumbling_window_in_seconds         = 0
  function_response_types            = ["ReportBatchItemFailures"]

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.LostQueue.arn
    }
  }
}

resource "aws_lambda_event_source_mapping" "Changes" {
  function_name     = aws_lambda_alias.LiveAlias.arn
  event_source_arn  = aws_dynamodb_table.OrdersTable.stream_arn
  starting_position = "TRIM_HORIZON"
}

resource "aws_sns_topic_subscription" "News" {
  topic_arn           = aws_sns_topic.NewsTopic.arn
  protocol            = "lambda"
  endpoint            = aws_lambda_alias.LiveAlias.arn
  filter_policy_scope = "MessageBody"

  filter_policy = jsonencode({
    kind = ["order", { prefix = "re" }]
    size = [{ numeric = [">", 5] }]
  })

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.LostQueue.arn
  })
}

resource "aws_cloudwatch_event_rule" "Shipped" {
  name           = "shipped"
  event_bus_name = aws_cloudwatch_event_bus.Bus.name
  event_pattern  = <<PATTERN
{
  "source": ["shop"],
  "detail": { "urgent": [true] }
}
PATTERN
}

resource "aws_cloudwatch_event_target" "Shipped" {
  rule           = aws_cloudwatch_event_rule.Shipped.name
  event_bus_name = aws_cloudwatch_event_bus.Bus.name
  arn            = aws_lambda_alias.LiveAlias.arn

  dead_letter_config {
    arn = aws_sqs_queue.LostQueue.arn
  }

  retry_policy {
    maximum_retry_attempts       = 5
    maximum_event_age_in_seconds = 120
  }
}

resource "aws_cloudwatch_event_rule" "Nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
  state               = "DISABLED"
}

resource "aws_cloudwatch_event_target" "Nightly" {
  rule = aws_cloudwatch_event_rule.Nightly.name
  arn  = aws_lambda_alias.LiveAlias.arn
}

resource "aws_sqs_queue" "OrdersQueue" {
  name                       = "orders-queue"
  visibility_timeout_seconds = local.always ? 6 * aws_lambda_function.OrdersFunction.timeout : 60
  message_retention_seconds  = 86400
  delay_seconds              = 5
  receive_wait_time_seconds  = 20

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.LostQueue.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "PaymentsQueue" {
  name                        = "payments.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
  deduplication_scope         = "messageGroup"
  fifo_throughput_limit       = "perMessageGroupId"
  visibility_timeout_seconds  = 180
}

resource "aws_sqs_queue" "LostQueue" {
  name                      = "lost"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue_redrive_allow_policy" "LostQueue" {
  queue_url = aws_sqs_queue.LostQueue.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.OrdersQueue.arn]
  })
}

resource "aws_kinesis_stream" "ClicksStream" {
  name             = "clicks"
  shard_count      = local.shard_counts["shard"]
  retention_period = 48
}

resource "aws_kinesis_stream_consumer" "ClicksReader" {
  name       = "clicks-reader"
  stream_arn = aws_kinesis_stream.ClicksStream.arn
}

resource "aws_dynamodb_table" "OrdersTable" {
  name             = "orders-table"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "customer"
  range_key        = "order"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "customer"
    type = "S"
  }

  attribute {
    name = "order"
    type = "S"
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }
}

resource "aws_s3_bucket" "UploadsBucket" {
  bucket = "uploads"
}

resource "aws_s3_bucket_notification" "Uploads" {
  bucket = aws_s3_bucket.UploadsBucket.id

  lambda_function {
    lambda_function_arn = aws_lambda_alias.LiveAlias.arn
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".csv"
    filter_prefix       = "in/"
  }
}

resource "aws_sns_topic" "NewsTopic" {
  name = "news"
}

resource "aws_cloudwatch_event_bus" "Bus" {
  name = "shop"
}
