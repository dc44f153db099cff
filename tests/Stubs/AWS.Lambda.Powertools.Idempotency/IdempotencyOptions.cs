namespace AWS.Lambda.Powertools.Idempotency;

/// <summary>How a call is told from another, and for how long it is remembered.</summary>
public class IdempotencyOptions
{
    internal IdempotencyOptions() { }

    public string EventKeyJmesPath { get; internal init; }
    public string PayloadValidationJmesPath { get; internal init; }
    public bool ThrowOnNoIdempotencyKey { get; internal init; }
    public bool UseLocalCache { get; internal init; }
    public int LocalCacheMaxItems { get; internal init; }
    public long ExpirationInSeconds { get; internal init; }
    public string HashFunction { get; internal init; }
}

/// <summary>Builds <see cref="IdempotencyOptions"/>; a call is remembered for an hour unless told otherwise.</summary>
public class IdempotencyOptionsBuilder
{
    private TimeSpan _expiration = TimeSpan.FromHours(1);
    private string _eventKeyJmesPath;
    private string _payloadValidationJmesPath;
    private bool _throwOnNoIdempotencyKey;
    private bool _useLocalCache;

    public IdempotencyOptions Build() =>
        new()
        {
            EventKeyJmesPath = _eventKeyJmesPath,
            PayloadValidationJmesPath = _payloadValidationJmesPath,
            ThrowOnNoIdempotencyKey = _throwOnNoIdempotencyKey,
            UseLocalCache = _useLocalCache,
            LocalCacheMaxItems = 256,
            ExpirationInSeconds = (long)_expiration.TotalSeconds,
            HashFunction = "MD5",
        };

    public IdempotencyOptionsBuilder WithEventKeyJmesPath(string eventKeyJmesPath)
    {
        _eventKeyJmesPath = eventKeyJmesPath;
        return this;
    }

    public IdempotencyOptionsBuilder WithUseLocalCache(bool useLocalCache)
    {
        _useLocalCache = useLocalCache;
        return this;
    }

    public IdempotencyOptionsBuilder WithPayloadValidationJmesPath(string payloadValidationJmesPath)
    {
        _payloadValidationJmesPath = payloadValidationJmesPath;
        return this;
    }

    public IdempotencyOptionsBuilder WithThrowOnNoIdempotencyKey(bool throwOnNoIdempotencyKey)
    {
        _throwOnNoIdempotencyKey = throwOnNoIdempotencyKey;
        return this;
    }

    public IdempotencyOptionsBuilder WithExpiration(TimeSpan duration)
    {
        _expiration = duration;
        return this;
    }

    [Obsolete("Only MD5 is supported; the argument is ignored.")]
    public IdempotencyOptionsBuilder WithHashFunction(string hashFunction) => this;
}
