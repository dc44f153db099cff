namespace AtLeastOnce.Runtime.Invocation.Executables;

/// <summary>The function failed with an error that is known already.</summary>
internal sealed class FunctionErrorException(FunctionError error) : Exception(error.Message)
{
    /// <summary>The error.</summary>
    public FunctionError Error { get; } = error;
}
