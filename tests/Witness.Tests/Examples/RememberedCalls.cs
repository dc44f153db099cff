using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>
/// The table in which Powertools remembers calls, by the method and its payload as JSON. A call that is known is answered with its first result; a call that fails is forgotten.
/// Each example, an assembly of its own, has its own table. No call is in progress twice at once here, and none expires.
/// </summary>
public static class RememberedCalls
{
    private static readonly ConditionalWeakTable<Assembly, ConcurrentDictionary<string, object?>> Tables = [];

    /// <summary>A call of a method without a result.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="payload">What tells its calls apart.</param>
    /// <param name="body">The method itself.</param>
    public static Task CallAsync(string method, object payload, Func<Task> body) =>
        CallAsync(
            body.Method.Module.Assembly,
            method,
            payload,
            async () =>
            {
                await body();
                return true;
            }
        );

    /// <summary>A call of a method with a result.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="payload">What tells its calls apart.</param>
    /// <param name="body">The method itself.</param>
    public static Task<T> CallAsync<T>(string method, object payload, Func<Task<T>> body) => CallAsync(body.Method.Module.Assembly, method, payload, body);

    private static async Task<T> CallAsync<T>(Assembly example, string method, object payload, Func<Task<T>> body)
    {
        var table = Tables.GetOrCreateValue(example);
        var key = $"{method}#{JsonSerializer.Serialize(payload)}";
        if (table.TryGetValue(key, out var known))
            return (T)known!;
        var result = await body();
        table[key] = result;
        return result;
    }
}
