namespace AtLeastOnce.Runtime;

public sealed partial class LambdaTestHost
{
    private readonly string? templateName;

    private static string NameOf(SqsQueue queue) => queue.Name;

    private static string NameOf(LambdaFunction function) => function.Name;
}
