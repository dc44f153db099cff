using System.Text.Json;
using AtLeastOnce.Runtime.Sources.Calls;

namespace AtLeastOnce.Runtime;

/// <summary>What Lambda answers to a synchronous invocation. A failed function is no exception of the caller: look at <see cref="FunctionError"/> (Y-2).</summary>
/// <typeparam name="T">What the function answers.</typeparam>
public sealed class InvokeResponse<T>
{
    private static readonly JsonSerializerOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    private readonly string function;
    private readonly InvocationAnswer answer;

    internal InvokeResponse(string function, InvocationAnswer answer)
    {
        this.function = function;
        this.answer = answer;
        var isAnswered = answer is { StatusCode: 200, Error: null } && answer.Payload.Length > 0;
        Response = isAnswered ? JsonSerializer.Deserialize<T>(answer.Payload, AnyCase) : default;
    }

    /// <summary>The HTTP status: 200 whether or not the function failed (Y-2), 429 if it was throttled and did not run (Y-3).</summary>
    public int StatusCode => answer.StatusCode;

    /// <summary><c>Unhandled</c> if the function failed; null if it answered, or was throttled.</summary>
    public string? FunctionError => answer.Error is null ? null : "Unhandled";

    /// <summary>The response, or the error with its <c>errorType</c> and <c>errorMessage</c>, as JSON; empty if the function answered nothing.</summary>
    public string Payload => answer.Payload;

    /// <summary>The error's type and message, with its exception; null unless the function failed.</summary>
    public FunctionError? Error => answer.Error;

    /// <summary>AWS's type of error if the call was refused: <c>TooManyRequestsException</c> (Y-3); else null.</summary>
    public string? ErrorType => answer.ThrottledBy is null ? null : "TooManyRequestsException";

    /// <summary>The response; the type's default unless the function answered one.</summary>
    public T? Response { get; }

    /// <summary>The response; throws if the function failed or was throttled.</summary>
    /// <exception cref="InvalidOperationException">It did not answer; the message says why.</exception>
    public T? EnsureSuccess()
    {
        if (answer.ThrottledBy is { } limit)
            throw new InvalidOperationException($"'{function}' was throttled and did not run: {limit} (Y-3).");
        return answer.Error is { } error
            ? throw new InvalidOperationException($"'{function}' failed: {error.Type}: {error.Message} (Y-2).", error.Exception)
            : Response;
    }
}
