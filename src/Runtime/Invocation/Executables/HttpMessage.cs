namespace AtLeastOnce.Runtime.Invocation.Executables;

/// <summary>A request as it was read.</summary>
/// <param name="Method">The method, in capitals.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="Headers">Headers and trailers; of several values the last one.</param>
/// <param name="Body">The body; empty if it was longer than what is kept.</param>
/// <param name="BodyLength">The body's length in bytes.</param>
/// <param name="KeepAlive">Whether the connection stays open.</param>
internal sealed record HttpRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, long BodyLength, bool KeepAlive)
{
    /// <summary>A header's value, or null.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}

/// <summary>An answer; its body is JSON.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Reason">The status in words.</param>
/// <param name="Body">The body.</param>
internal sealed record HttpReply(int Status, string Reason, byte[] Body)
{
    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}
