namespace AtLeastOnce.Runtime.Invocation;

/// <summary>Numbers with leading zeros, written without a text in between.</summary>
internal static class DecimalDigits
{
    private static ReadOnlySpan<byte> Pairs =>
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    /// <summary>Fills the target with the number's last digits.</summary>
    public static void Write(Span<byte> target, ulong value)
    {
        var end = target.Length;
        for (; end >= 2 && value > 0; end -= 2)
        {
            (value, var pair) = Math.DivRem(value, 100);
            Pairs.Slice((int)pair * 2, 2).CopyTo(target[(end - 2)..]);
        }

        target[..end].Fill((byte)'0');
        if (end == 1)
            target[0] += (byte)(value % 10);
    }
}
