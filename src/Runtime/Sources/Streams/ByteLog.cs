namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>Bytes that lie one after the other in the order in which they were put, as they are read in that order too: a run may hold a million records.</summary>
internal sealed class ByteLog
{
    private const int SmallestChunk = 512;
    private const int LargestChunk = 64 * 1024;

    private byte[] chunk = [];
    private int used;

    /// <summary>Room for as many bytes behind those taken before, to be filled by the caller.</summary>
    public Memory<byte> Take(int length)
    {
        if (chunk.Length - used < length)
            (chunk, used) = (new byte[Math.Max(length, Math.Clamp(chunk.Length * 2, SmallestChunk, LargestChunk))], 0);
        var taken = chunk.AsMemory(used, length);
        used += length;
        return taken;
    }
}
