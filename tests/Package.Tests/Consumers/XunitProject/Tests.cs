public class Tests
{
    [Xunit.Fact]
    public void Passes() { }
}
