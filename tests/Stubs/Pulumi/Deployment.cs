namespace Pulumi;

public sealed class Deployment
{
    private Deployment() { }

    public static Task<int> RunAsync(Action action) => Task.FromResult(0);

    public static Task<int> RunAsync(Func<IDictionary<string, object>> func) => Task.FromResult(0);

    public static Task<int> RunAsync(Func<Task> func) => Task.FromResult(0);

    public static Task<int> RunAsync(Func<Task<IDictionary<string, object>>> func, StackOptions options = null) => Task.FromResult(0);

    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() => Task.FromResult(0);
}

/// <summary>The settings of a stack.</summary>
public sealed class Config
{
    public Config(string name = null) { }

    public string Get(string key) => null;

    public bool? GetBoolean(string key) => null;

    public int? GetInt32(string key) => null;

    public string Require(string key) => "";

    public bool RequireBoolean(string key) => false;

    public int RequireInt32(string key) => 0;
}
