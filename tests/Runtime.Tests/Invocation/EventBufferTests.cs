using System.Text;
using AtLeastOnce.Runtime.Invocation;

namespace AtLeastOnce.Runtime.Tests.Invocation;

public class EventBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2000)]
    public void Texts_short_and_long_are_escaped_alike(int times)
    {
        const string Piece = "a\"b\\c\n\r\t\b\f\u0001\u001f ä😀/<";
        var text = string.Concat(Enumerable.Repeat(Piece, times));
        var buffer = new EventBuffer();

        buffer.WriteString(text);

        var piece = "a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0001\\u001f ä😀/<";
        Assert.Equal($"\"{string.Concat(Enumerable.Repeat(piece, times))}\"", Encoding.UTF8.GetString(buffer.Written));
        Assert.Equal(text, System.Text.Json.JsonSerializer.Deserialize<string>(buffer.Written));
    }

    [Fact]
    public void A_buffer_grows_and_starts_over()
    {
        var buffer = new EventBuffer();
        for (var i = 0; i < 5000; i++)
            buffer.Write(i);
        Assert.Equal(string.Concat(Enumerable.Range(0, 5000)), Encoding.UTF8.GetString(buffer.Written));

        buffer.Clear();
        buffer.WriteHex([0x0A, 0xFF]);
        buffer.WriteBase64([1, 2, 255]);
        Assert.Equal("0affAQL/", Encoding.UTF8.GetString(buffer.Written));
    }
}
