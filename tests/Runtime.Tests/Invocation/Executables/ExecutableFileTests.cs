namespace AtLeastOnce.Runtime.Tests.Invocation.Executables;

/// <summary>What cannot be run is refused when it is named.</summary>
public class ExecutableFileTests
{
    [Fact]
    public void A_missing_file_is_refused_with_the_places_that_were_tried()
    {
        var relative = Path.Combine("publish", "bootstrap");
        var exception = Assert.Throws<FileNotFoundException>(() => new LambdaExecutable(relative));

        string[] places = [.. new[] { Path.Combine(AppContext.BaseDirectory, relative), Path.Combine(Environment.CurrentDirectory, relative) }.Distinct()];
        Assert.Equal(
            $"The executable '{relative}' was not found. Is it built before the tests run? Tried:{string.Concat(places.Select(place => $"\n  {place}"))}",
            exception.Message
        );
        Assert.Equal(relative, exception.FileName);
    }

    [Fact]
    public void A_folder_is_no_executable() => Assert.Throws<FileNotFoundException>(() => new LambdaExecutable(AppContext.BaseDirectory));

    [Fact]
    public void A_file_without_permission_is_refused()
    {
        // Windows has no file modes.
        if (OperatingSystem.IsWindows())
            return;
        var file = Path.GetTempFileName();
        File.SetUnixFileMode(file, UnixFileMode.UserRead);

        Assert.Equal(
            $"'{file}' cannot be executed: its file mode has no execute permission. Set it with chmod +x, or name the program that runs it and pass the file as an argument.",
            Assert.Throws<InvalidHandlerException>(() => new LambdaExecutable(file)).Message
        );
        File.Delete(file);
    }

    [Fact]
    public void A_bare_name_is_looked_for_on_the_path() =>
        Assert.Equal("dotnet", Path.GetFileNameWithoutExtension(new LambdaExecutable("dotnet", "X.dll").Path));

    [Fact]
    public void A_relative_path_begins_at_the_tests()
    {
        var executable = new LambdaExecutable("AtLeastOnce.Runtime.Executable.dll", "one", "two");

        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "AtLeastOnce.Runtime.Executable.dll"), executable.Path);
        Assert.Equal(["one", "two"], executable.Arguments);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_scale_is_more_than_zero(double scale)
    {
        using var orders = new Orders();

        Assert.Throws<ArgumentOutOfRangeException>(() => orders.Executable.TimeoutScale = scale);
    }

    [Fact]
    public void A_limit_is_more_than_zero()
    {
        using var orders = new Orders();

        Assert.Throws<ArgumentOutOfRangeException>(() => orders.Executable.StartLimit = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => orders.Executable.StartLimit = TimeSpan.FromDays(2));
    }
}
