using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AtLeastOnce.Runtime.Invocation.Executables;

/// <summary>
/// The Lambda Runtime API (2018-06-01) of one execution environment, on a free port of the loopback interface: the process asks for events and posts its answers. Thread-safe.
/// It knows nothing of the host, so that a host that is given up can be collected while its process waits.
/// </summary>
internal sealed class RuntimeApi : IDisposable
{
    private const string Root = "/2018-06-01/runtime/";
    private const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";
    private const string ErrorBodyHeader = "Lambda-Runtime-Function-Error-Body";

    private static readonly HttpReply Accepted = new(202, "Accepted", """{"status":"OK"}"""u8.ToArray());

    private readonly object gate = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly HashSet<Task> connections = [];
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FunctionError> initFailed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RuntimeExchange? current;
    private TaskCompletionSource<RuntimeExchange?>? waiting;

    /// <summary>Opens the endpoint.</summary>
    public RuntimeApi()
    {
        listener.Start();
        Address = listener.LocalEndpoint.ToString()!;
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(AcceptAsync);
        }
    }

    /// <summary>Host and port, as <c>AWS_LAMBDA_RUNTIME_API</c> tells them.</summary>
    public string Address { get; }

    /// <summary>Ends when the process asks for its first event.</summary>
    public Task Asked => asked.Task;

    /// <summary>Ends when the process says that it cannot start.</summary>
    public Task<FunctionError> InitFailed => initFailed.Task;

    /// <summary>Gives the process an event, at once or when it asks.</summary>
    public RuntimeExchange Deliver(RuntimeEvent given)
    {
        lock (gate)
        {
            current = new(given);
            if (waiting is not { } waiter)
                return current;
            waiting = null;
            current.IsDelivered = true;
            waiter.SetResult(current);
            return current;
        }
    }

    /// <summary>Ends when all connections are closed and what came through them is dealt with.</summary>
    public Task DrainedAsync()
    {
        lock (gate)
        {
            return Task.WhenAll(connections);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping.Cancel();
        listener.Dispose();
        lock (gate)
        {
            waiting?.TrySetResult(null);
            waiting = null;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stopping.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    private void Add(Task connection)
    {
        lock (gate)
        {
            connections.RemoveWhere(task => task.IsCompleted);
            connections.Add(connection);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        var stream = new NetworkStream(socket, ownsSocket: true);
        await using var _ = stream.ConfigureAwait(false);
        var connection = new HttpConnection(stream, FunctionErrors.MaximumResponseBytes);
        try
        {
            while (await connection.ReadAsync(stopping.Token).ConfigureAwait(false) is { } request)
            {
                if (!await AnswerAsync(connection, request).ConfigureAwait(false))
                    return;
            }
        }
        catch (InvalidDataException exception)
        {
            await TryWriteAsync(connection, Refusal(400, "Bad Request", "InvalidRequest", exception.Message)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException) { }
    }

    /// <summary>Answers a request; false if the connection is to be closed.</summary>
    private async Task<bool> AnswerAsync(HttpConnection connection, HttpRequest request)
    {
        if (request is not { Method: "GET", Path: Root + "invocation/next" })
        {
            await connection.WriteAsync(Reply(request), request.KeepAlive, stopping.Token).ConfigureAwait(false);
            return request.KeepAlive;
        }

        var (refused, waiter) = Next();
        if (refused is not null)
        {
            await connection.WriteAsync(refused, request.KeepAlive, stopping.Token).ConfigureAwait(false);
            return request.KeepAlive;
        }

        if (await waiter!.Task.ConfigureAwait(false) is not { } exchange)
            return false;
        try
        {
            var reply = new HttpReply(200, "OK", exchange.Event.Body) { Headers = exchange.Event.Headers };
            await connection.WriteAsync(reply, request.KeepAlive, stopping.Token).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Nobody was there to take the event: whoever asks next gets it.
            lock (gate)
            {
                exchange.IsDelivered = false;
            }

            throw;
        }

        return request.KeepAlive;
    }

    private (HttpReply? Refused, TaskCompletionSource<RuntimeExchange?>? Waiter) Next()
    {
        lock (gate)
        {
            if (current is { IsDelivered: true, Answer: null })
                return (WrongState("Running", "Ready"), null);
            if (current is { Answer: not null })
            {
                current.Finish();
                current = null;
            }

            asked.TrySetResult();

            // A client that asks again has given its earlier connection up.
            waiting?.SetResult(null);
            waiting = null;
            var waiter = new TaskCompletionSource<RuntimeExchange?>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (current is null)
            {
                waiting = waiter;
            }
            else
            {
                current.IsDelivered = true;
                waiter.SetResult(current);
            }

            return (null, waiter);
        }
    }

    private HttpReply Reply(HttpRequest request)
    {
        var rest = request.Path.StartsWith(Root, StringComparison.Ordinal) ? request.Path[Root.Length..].Split('/') : [];
        return (request.Method, rest) switch
        {
            ("POST", ["invocation", var id, "response"]) => Answer(id, request, isError: false),
            ("POST", ["invocation", var id, "error"]) => Answer(id, request, isError: true),
            ("POST", ["init", "error"]) => FailInit(request),
            (_, ["invocation", "next"] or ["invocation", _, "response" or "error"] or ["init", "error"]) => Refusal(
                405,
                "Method Not Allowed",
                "MethodNotAllowed",
                $"{request.Path} is not asked with {request.Method}"
            ),
            _ => Refusal(404, "Not Found", "NotFound", $"{request.Path} is no path of the Runtime API 2018-06-01"),
        };
    }

    private HttpReply Answer(string id, HttpRequest request, bool isError)
    {
        lock (gate)
        {
            if (current is not { IsDelivered: true } exchange || exchange.Event.RequestId != id)
                return Refusal(400, "Bad Request", "InvalidRequestID", "Invalid request ID");
            if (exchange.Answer is not null)
                return WrongState("Ready", isError ? "InvocationErrorResponse" : "InvocationResponse");
            if (!isError && request.BodyLength > FunctionErrors.MaximumResponseBytes)
            {
                exchange.Answer = new([], FunctionErrors.ResponseTooLarge(request.BodyLength));
                return Refusal(
                    413,
                    "Payload Too Large",
                    "RequestEntityTooLarge",
                    string.Create(CultureInfo.InvariantCulture, $"Exceeded maximum allowed payload size ({FunctionErrors.MaximumResponseBytes} bytes).")
                );
            }

            // A response that is streamed tells of an error in its trailers.
            exchange.Answer =
                isError ? new([], ErrorOf(request, request.Body))
                : request.Header(ErrorTypeHeader) is null ? new(request.Body, null)
                : new([], ErrorOf(request, FromBase64(request.Header(ErrorBodyHeader))));
            return Accepted;
        }
    }

    private HttpReply FailInit(HttpRequest request)
    {
        lock (gate)
        {
            return !asked.Task.IsCompleted && initFailed.TrySetResult(ErrorOf(request, request.Body)) ? Accepted : WrongState("Ready", "InitError");
        }
    }

    private static FunctionError ErrorOf(HttpRequest request, byte[] body)
    {
        var type = request.Header(ErrorTypeHeader) ?? "Runtime.Unknown";
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return new(Text(json.RootElement, "errorType") ?? type, Text(json.RootElement, "errorMessage") ?? "");
        }
        catch (JsonException) { }

        return new(type, Encoding.UTF8.GetString(body));
    }

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] FromBase64(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return Convert.TryFromBase64String(text ?? "", bytes, out var written) ? bytes[..written] : [];
    }

    private static HttpReply WrongState(string from, string to) =>
        Refusal(403, "Forbidden", "InvalidStateTransition", $"State transition from {from} to {to} failed for runtime. Error: State transition is not allowed");

    private static HttpReply Refusal(int status, string reason, string type, string message) =>
        new(status, reason, Encoding.UTF8.GetBytes(new FunctionError(type, message).ToJson()));

    private async Task TryWriteAsync(HttpConnection connection, HttpReply reply)
    {
        try
        {
            await connection.WriteAsync(reply, keepAlive: false, stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException) { }
    }
}
