namespace AtLeastOnce.Stubs.Tests.Api;

/// <summary>Names types as the listings do: keywords for a few, no namespace for the most common ones, dots between nested types.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    private static readonly string[] LeftOutNamespaces = ["System", "System.Collections.Generic", "System.IO", "System.Threading.Tasks"];

    internal static string Of(Type type) =>
        type switch
        {
            { IsByRef: true } => $"ref {Of(type.GetElementType()!)}",
            { IsArray: true } => $"{Of(type.GetElementType()!)}[]",
            { IsGenericParameter: true } => type.Name,
            _ when Keywords.TryGetValue(type, out var keyword) => keyword,
            { IsNested: false } when LeftOutNamespaces.Contains(type.Namespace) => Simple(type),
            _ => Full(type),
        };

    internal static string Full(Type type) =>
        type.DeclaringType is { } outer ? $"{Full(outer)}.{Simple(type)}"
        : type.Namespace is { Length: > 0 } space ? $"{space}.{Simple(type)}"
        : Simple(type);

    private static string Simple(Type type)
    {
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : $"{type.Name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }
}
