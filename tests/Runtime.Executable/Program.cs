using AtLeastOnce.Runtime.Executable;

// A function that brings its own Main, as one on a custom runtime: the loop of its runtime, and a handler that does what the bodies of its messages say.
using var runtime = new RuntimeLoop(Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!);
switch (args)
{
    case ["exit"]:
        await Console.Error.WriteLineAsync("no configuration");
        return 3;
    case ["init-error"]:
        await runtime.FailInitAsync("Orders.ConfigurationException", "no table");
        return 1;
    case ["silent"]:
        await Task.Delay(Timeout.Infinite);
        return 0;
    default:
        await runtime.RunAsync(new OrdersHandler(runtime, args));
        return 0;
}
