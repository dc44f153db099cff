using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Tests.Labels;

/// <summary>
/// The template that deploys the handlers whose comment says how: <c>// deployed fifo reports batch=5 timeout=30 visibility=180 window=20</c>, where the first word
/// is <c>standard</c>, <c>fifo</c>, <c>kinesis</c> or <c>dynamodb</c>. Of a class it is the method <c>FunctionHandler</c>.
/// </summary>
/// <param name="compilation">The handlers.</param>
internal sealed partial class LabelledDeployment(Compilation compilation) : AdditionalText
{
    /// <inheritdoc/>
    public override string Path => "template.yaml";

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        var template = new StringBuilder("Transform: AWS::Serverless-2016-10-31\nResources:\n  Dlq: { Type: AWS::SQS::Queue }\n");
        foreach (var declaration in LabelledSet.Declarations(compilation))
        {
            if (Deployed().Match(declaration.GetLeadingTrivia().ToString()) is { Success: true } match)
                template.Append(
                    Function(declaration, match.Groups["source"].Value, match.Groups["settings"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                );
        }

        return SourceText.From(template.ToString(), Encoding.UTF8);
    }

    private static string Function(MemberDeclarationSyntax declaration, string source, string[] settings)
    {
        var type = declaration as TypeDeclarationSyntax ?? (TypeDeclarationSyntax)declaration.Parent!;
        var method = (declaration as MethodDeclarationSyntax)?.Identifier.Text ?? "FunctionHandler";
        var name = $"{type.Identifier}{method}";
        var isQueue = source is "standard" or "fifo";
        var queue =
            $"  {name}Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n"
            + (source == "fifo" ? "      FifoQueue: true\n" : "")
            + $"      VisibilityTimeout: {Value("visibility") ?? "5400"}\n"
            + "      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }\n";
        var arn = source switch
        {
            "kinesis" => "Stream: arn:aws:kinesis:eu-west-1:111122223333:stream/orders\n            StartingPosition: LATEST",
            "dynamodb" => "Stream: arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000\n            StartingPosition: LATEST",
            _ => $"Queue: !GetAtt {name}Queue.Arn",
        };
        var kind = source switch
        {
            "kinesis" => "Kinesis",
            "dynamodb" => "DynamoDB",
            _ => "SQS",
        };
        return (isQueue ? queue : "")
            + $"  {name}:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: Labelled::Labelled.{type.Identifier}::{method}\n      Runtime: dotnet10\n"
            + (Value("timeout") is { } timeout ? $"      Timeout: {timeout}\n" : "")
            + $"      Events:\n        Orders:\n          Type: {kind}\n          Properties:\n            {arn}\n"
            + (Value("batch") is { } batch ? $"            BatchSize: {batch}\n" : "")
            + (Value("window") is { } window ? $"            MaximumBatchingWindowInSeconds: {window}\n" : "")
            + (settings.Contains("reports") ? "            FunctionResponseTypes: [ReportBatchItemFailures]\n" : "");

        string? Value(string setting) =>
            settings.Where(text => text.StartsWith(setting + "=", StringComparison.Ordinal)).Select(text => text[(setting.Length + 1)..]).FirstOrDefault();
    }

    [GeneratedRegex(@"// deployed (?<source>standard|fifo|kinesis|dynamodb)(?<settings>.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Deployed();
}
