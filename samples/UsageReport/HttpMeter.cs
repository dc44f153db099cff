using System.Net.Http.Json;

namespace UsageReport;

/// <summary>The meter behind its HTTP interface.</summary>
public sealed class HttpMeter(HttpClient http) : IMeter
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Usage>> ReadAsync(DateTime from, DateTime until) =>
        await http.GetFromJsonAsync<List<Usage>>($"usage?from={from:O}&until={until:O}") ?? [];
}
