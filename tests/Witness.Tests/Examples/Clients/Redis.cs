// What the examples use of StackExchange.Redis, which no package at hand declares: same names, and the signatures as far as they are used.
#pragma warning disable CS1591
namespace StackExchange.Redis;

public enum When
{
    Always,
    Exists,
    NotExists,
}

public interface IDatabase
{
    Task<bool> StringSetAsync(string key, string value, TimeSpan? expiry = null, When when = When.Always);

    Task<bool> KeyDeleteAsync(string key);
}
