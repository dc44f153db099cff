namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>The <c>Handler</c> setting of a .NET function: <c>Assembly::Namespace.Type::Method</c>, or the assembly's name alone for an executable.</summary>
/// <param name="Assembly">The assembly's simple name.</param>
/// <param name="Type">The type's metadata name; null for an executable.</param>
/// <param name="Method">The method's name; null for an executable.</param>
internal sealed record HandlerString(string Assembly, string? Type, string? Method)
{
    /// <summary>Whether the function runs an executable assembly, whose code names the handler.</summary>
    public bool IsExecutable => Type is null;

    /// <summary>Reads the setting; null when it is neither form.</summary>
    public static HandlerString? Parse(string text)
    {
        var parts = text.Split(["::"], StringSplitOptions.None);
        return parts switch
        {
            [{ Length: > 0 } assembly] when !assembly.Contains(' ') => new(assembly, null, null),
            [{ Length: > 0 } assembly, { Length: > 0 } type, { Length: > 0 } method] => new(assembly, type, method),
            _ => null,
        };
    }
}
