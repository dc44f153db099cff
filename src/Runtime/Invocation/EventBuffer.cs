using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>The bytes of an event under construction: a growing buffer that is used again and again, written with what is known to be JSON.</summary>
internal sealed class EventBuffer
{
    private const int ShortText = 512;
    private const int LongestEscape = 6;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(value => (byte)value),
        (byte)'"',
        (byte)'\\',
    ]);

    private byte[] bytes = new byte[8192];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>Starts over.</summary>
    public void Clear() => Length = 0;

    /// <summary>A stream over the bytes, without copying them.</summary>
    public MemoryStream ToStream() => new(bytes, 0, Length, writable: false, publiclyVisible: true);

    /// <summary>Bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> raw)
    {
        raw.CopyTo(Free(raw.Length));
        Length += raw.Length;
    }

    /// <summary>A whole number in digits.</summary>
    public void Write(long value)
    {
        Utf8Formatter.TryFormat(value, Free(20), out var written);
        Length += written;
    }

    /// <summary>A GUID with hyphens.</summary>
    public void Write(Guid value)
    {
        Utf8Formatter.TryFormat(value, Free(36), out var written, 'D');
        Length += written;
    }

    /// <summary>Bytes in lower-case hexadecimal.</summary>
    public void WriteHex(ReadOnlySpan<byte> value)
    {
        var digits = "0123456789abcdef"u8;
        var target = Free(value.Length * 2);
        for (var i = 0; i < value.Length; i++)
        {
            target[i * 2] = digits[value[i] >> 4];
            target[(i * 2) + 1] = digits[value[i] & 0xF];
        }

        Length += value.Length * 2;
    }

    /// <summary>Bytes in Base64.</summary>
    public void WriteBase64(ReadOnlySpan<byte> value)
    {
        Base64.EncodeToUtf8(value, Free(Base64.GetMaxEncodedToUtf8Length(value.Length)), out _, out var written);
        Length += written;
    }

    /// <summary>Room for as many bytes, to be filled by the caller.</summary>
    public Span<byte> Take(int length)
    {
        var target = Free(length)[..length];
        Length += length;
        return target;
    }

    /// <summary>A text with quotes, its quotes, backslashes and control characters escaped; everything else as it is, as AWS writes it.</summary>
    public void WriteString(string value)
    {
        if (value.Length <= ShortText && TryWritePlain(value))
            return;
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        WriteString(utf8.AsSpan(0, Encoding.UTF8.GetBytes(value, utf8)));
        ArrayPool<byte>.Shared.Return(utf8);
    }

    /// <summary>A text in UTF-8 with quotes, escaped.</summary>
    public void WriteString(ReadOnlySpan<byte> value)
    {
        if (value.Length <= ShortText)
        {
            WriteShortString(value);
            return;
        }

        Write("\""u8);
        while (true)
        {
            var next = value.IndexOfAny(Escaped);
            if (next < 0)
                break;
            Write(value[..next]);
            Length += Escape(value[next], Free(LongestEscape));
            value = value[(next + 1)..];
        }

        Write(value);
        Write("\""u8);
    }

    // Ids and keys are plain ASCII as a rule.
    private bool TryWritePlain(string value)
    {
        var target = Free(value.Length + 2);
        target[0] = (byte)'"';
        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            if (character is < ' ' or > '~' or '"' or '\\')
                return false;
            target[i + 1] = (byte)character;
        }

        target[value.Length + 1] = (byte)'"';
        Length += value.Length + 2;
        return true;
    }

    // In a short text, as most JSON bodies are, the next quote is too near for a vectorised search to pay.
    private void WriteShortString(ReadOnlySpan<byte> value)
    {
        var target = Free((value.Length * LongestEscape) + 2);
        var length = 0;
        target[length++] = (byte)'"';
        foreach (var character in value)
        {
            if (character >= 0x20 && character != '"' && character != '\\')
                target[length++] = character;
            else
                length += Escape(character, target[length..]);
        }

        target[length++] = (byte)'"';
        Length += length;
    }

    private static bool IsShort(byte character) => character is (byte)'"' or (byte)'\\' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\b' or (byte)'\f';

    private static int Escape(byte character, Span<byte> target)
    {
        target[0] = (byte)'\\';
        if (!IsShort(character))
        {
            target[1] = (byte)'u';
            Encoding.ASCII.GetBytes(character.ToString("x4", CultureInfo.InvariantCulture), target[2..]);
            return LongestEscape;
        }

        target[1] = character switch
        {
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            _ => character,
        };
        return 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Free(int needed)
    {
        if (bytes.Length - Length < needed)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + needed));
        return bytes.AsSpan(Length);
    }
}
