using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Executable;

/// <summary>Does what the bodies of its messages say.</summary>
internal sealed class OrdersHandler(RuntimeLoop runtime, string[] arguments)
{
    private int calls;

    public async Task<SQSBatchResponse> HandleAsync(SQSEvent input, HttpResponseHeaders headers)
    {
        calls++;
        List<SQSBatchResponse.BatchItemFailure> failures = [];
        foreach (var record in input.Records)
        {
            if (!await WorkAsync(record, headers))
                failures.Add(new() { ItemIdentifier = record.MessageId });
        }

        return new(failures);
    }

    /// <summary>False if the message has failed.</summary>
    private async Task<bool> WorkAsync(SQSEvent.SQSMessage record, HttpResponseHeaders headers)
    {
        var isFirst = record.Attributes["ApproximateReceiveCount"] == "1";
        var id = headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
        switch (record.Body)
        {
            case "fail":
                return false;
            case "throw":
                throw new InvalidOperationException("no stock");
            case "crash" when isFirst:
                await Console.Out.WriteLineAsync("writing the order");
                await Console.Error.WriteLineAsync("disk is full");
                Environment.Exit(7);
                break;
            case "respond and exit" when isFirst:
                await runtime.PostAsync($"invocation/{id}/response", new StringContent("""{"batchItemFailures":[]}"""));
                Environment.Exit(0);
                break;
            case "respond and hang" when isFirst:
                await runtime.PostAsync($"invocation/{id}/response", new StringContent("""{"batchItemFailures":[]}"""));
                Note($"hangs in {Environment.ProcessId}");
                await Task.Delay(Timeout.Infinite);
                break;
            case "hang" when isFirst:
                Note($"hangs in {Environment.ProcessId}");
                await Task.Delay(Timeout.Infinite);
                break;
            case "large" when isFirst:
                var status = await runtime.PostAsync($"invocation/{id}/response", new ByteArrayContent(new byte[7_000_000]));
                Note($"{(int)status}");
                break;
            case "meet":
                // Whoever sits there answers when all have come.
                using (var meeting = new TcpClient())
                {
                    await meeting.ConnectAsync("127.0.0.1", int.Parse(Environment.GetEnvironmentVariable("MEETING")!, CultureInfo.InvariantCulture));
                    _ = await meeting.GetStream().ReadAsync(new byte[1]);
                }

                break;
            case "spawn":
                using (var child = Process.Start(Environment.ProcessPath!, [typeof(OrdersHandler).Assembly.Location, "silent"]))
                    Note($"started {child.Id}");
                break;
            case "tell":
                Tell(headers);
                break;
            default:
                Note($"call {calls} in {Environment.ProcessId}");
                break;
        }

        return true;
    }

    private void Tell(HttpResponseHeaders headers)
    {
        Note($"arguments {string.Join('|', arguments)}");
        foreach (var name in new[] { "Lambda-Runtime-Aws-Request-Id", "Lambda-Runtime-Invoked-Function-Arn", "Lambda-Runtime-Trace-Id" })
            Note($"{name} {string.Join('|', headers.GetValues(name))}");
        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(headers.GetValues("Lambda-Runtime-Deadline-Ms").Single(), CultureInfo.InvariantCulture)
        );
        Note($"in time {deadline > DateTimeOffset.UtcNow && deadline < DateTimeOffset.UtcNow.AddHours(1)}");
        foreach (var name in Environment.GetEnvironmentVariable("TELL")!.Split('|'))
            Note($"{name} {Environment.GetEnvironmentVariable(name)}");
        Note($"folder {Environment.CurrentDirectory}");
    }

    private static void Note(string line)
    {
        if (Environment.GetEnvironmentVariable("JOURNAL") is { } journal)
            File.AppendAllText(journal, line + "\n");
    }
}
