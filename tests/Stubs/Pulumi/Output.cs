namespace Pulumi;

/// <summary>A value that is known once it is deployed.</summary>
public sealed class Output<T>
{
    internal Output() { }

    public Output<U> Apply<U>(Func<T, U> func) => new();

    public Output<U> Apply<U>(Func<T, Task<U>> func) => new();

    public Output<U> Apply<U>(Func<T, Output<U>> func) => new();
}

public static class Output
{
    public static Output<T> Create<T>(T value) => new();

    public static Output<T> Create<T>(Task<T> value) => new();

    public static Output<T> CreateSecret<T>(T value) => new();

    public static Output<string> Format(FormattableString formattableString) => new();

    public static Output<string> JsonSerialize<T>(Output<T> output, System.Text.Json.JsonSerializerOptions options = null) => new();

    public static Output<(T1, T2)> Tuple<T1, T2>(Input<T1> item1, Input<T2> item2) => new();
}
