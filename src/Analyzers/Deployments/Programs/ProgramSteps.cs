namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>
/// The steps that one question about a program may take. What goes in circles, or doubles with each local that it comes through, is given up in time.
/// </summary>
internal sealed class ProgramSteps
{
    private const int Deepest = 100;
    private const int Most = 5_000;

    private int depth;
    private int taken;

    /// <summary>Goes a step further; the first one begins a question, and all that it asks on its way shares the steps.</summary>
    /// <param name="step">The step.</param>
    /// <param name="givenUp">The answer where there are too many.</param>
    public T Into<T>(Func<T> step, T givenUp)
    {
        if (depth == 0)
            taken = 0;
        if (depth == Deepest || taken == Most)
            return givenUp;
        (depth, taken) = (depth + 1, taken + 1);
        try
        {
            return step();
        }
        finally
        {
            depth--;
        }
    }
}
