namespace AtLeastOnce.Runtime.Scheduling;

/// <summary>Ids in AWS's shapes, made from a counter and the seed.</summary>
internal static class Ids
{
    /// <summary>Characters of a GUID.</summary>
    public const int GuidLength = 36;

    /// <summary>A version 4 GUID of the kind and counter.</summary>
    public static Guid Guid(this Choices choices, IdKind kind, long counter)
    {
        var (high, low) = choices.Id(kind, counter);
        return new(
            (uint)(high >> 32),
            (ushort)(high >> 16),
            (ushort)((high & 0x0FFF) | 0x4000),
            (byte)(((low >> 56) & 0x3F) | 0x80),
            (byte)(low >> 48),
            (byte)(low >> 40),
            (byte)(low >> 32),
            (byte)(low >> 24),
            (byte)(low >> 16),
            (byte)(low >> 8),
            (byte)low
        );
    }

    /// <summary>The GUID as AWS writes it.</summary>
    public static string GuidText(this Choices choices, IdKind kind, long counter) => choices.Guid(kind, counter).ToString("D");

    /// <summary>A name of an execution environment, as it ends a log stream: 32 hexadecimal digits.</summary>
    public static string EnvironmentText(this Choices choices, long counter) => choices.Guid(IdKind.Environment, counter).ToString("N");
}
