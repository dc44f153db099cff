namespace AtLeastOnce.Runtime;

/// <summary>What the records of a table's stream show of an item (E-20).</summary>
public enum StreamViewType
{
    /// <summary><c>NEW_AND_OLD_IMAGES</c>: the item before and after.</summary>
    NewAndOldImages,

    /// <summary><c>NEW_IMAGE</c>: the item after.</summary>
    NewImage,

    /// <summary><c>OLD_IMAGE</c>: the item before.</summary>
    OldImage,

    /// <summary><c>KEYS_ONLY</c>: the key.</summary>
    KeysOnly,
}

/// <summary>AWS's names of view types.</summary>
internal static class StreamViewTypes
{
    /// <summary>The name in the API and in events.</summary>
    public static string ToAws(this StreamViewType view) =>
        view switch
        {
            StreamViewType.NewImage => "NEW_IMAGE",
            StreamViewType.OldImage => "OLD_IMAGE",
            StreamViewType.KeysOnly => "KEYS_ONLY",
            StreamViewType.NewAndOldImages => "NEW_AND_OLD_IMAGES",
            _ => throw new ArgumentOutOfRangeException(nameof(view), view, null),
        };
}
