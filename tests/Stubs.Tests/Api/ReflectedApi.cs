using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Serialization;

namespace AtLeastOnce.Stubs.Tests.Api;

/// <summary>Writes the public API of assemblies in the form of the listings.</summary>
internal static class ReflectedApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What a serializer or the compiler acts on; other attributes are not part of the listings.
    private static readonly Type[] ListedAttributes =
    [
        typeof(AttributeUsageAttribute),
        typeof(DataContractAttribute),
        typeof(DataMemberAttribute),
        typeof(JsonPropertyNameAttribute),
        typeof(JsonConverterAttribute),
        typeof(JsonIgnoreAttribute),
        typeof(JsonExtensionDataAttribute),
    ];

    internal static string Write(params IEnumerable<Assembly> assemblies) => Write(assemblies.SelectMany(assembly => assembly.GetExportedTypes()));

    internal static string Write(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var type in types.OrderBy(TypeNames.Full, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (var member in Members(type))
                text.Append("  ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        var attributes = Attributes(type.CustomAttributes);
        var bases =
            type.IsInterface || type.BaseType == typeof(object) || type.BaseType == typeof(ValueType) || type.IsEnum
                ? type.GetInterfaces()
                : type.GetInterfaces().Prepend(type.BaseType!);
        var listed = string.Join(", ", bases.Where(listedBase => listedBase.IsVisible).Select(TypeNames.Of));
        return $"{attributes}{(attributes == "" ? "" : " ")}{Kind(type)} {TypeNames.Full(type)}{(listed == "" ? "" : $" : {listed}")}";
    }

    private static string Kind(Type type) =>
        type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return [string.Join(", ", Enum.GetNames(type))];

        var constructors = type.GetConstructors().Select(constructor => $"new({Parameters(constructor)})");
        var properties = type.GetProperties(Declared).Select(Property);
        var fields = type.GetFields(Declared).Select(field => $"{(field.IsStatic ? "static " : "")}{TypeNames.Of(field.FieldType)} {field.Name}");
        var methods = type.GetMethods(Declared).Where(method => !method.IsSpecialName).Select(Method);
        return [.. constructors, .. properties, .. fields, .. methods];
    }

    private static string Property(PropertyInfo property)
    {
        var attributes = Attributes(property.CustomAttributes);
        var isStatic = property.GetAccessors(nonPublic: true)[0].IsStatic ? "static " : "";
        var accessors = (property.CanRead ? "get; " : "") + (property.CanWrite ? "set; " : "");
        return $"{attributes}{(attributes == "" ? "" : " ")}{isStatic}{TypeNames.Of(property.PropertyType)} {property.Name} {{ {accessors}}}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeNames.Of))}>" : "";
        return $"{(method.IsStatic ? "static " : "")}{TypeNames.Of(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{TypeNames.Of(parameter.ParameterType)} {parameter.Name}"));

    private static string Attributes(IEnumerable<CustomAttributeData> attributes) =>
        string.Concat(attributes.Where(attribute => ListedAttributes.Contains(attribute.AttributeType)).Select(Attribute));

    private static string Attribute(CustomAttributeData attribute)
    {
        var name = attribute.AttributeType.Name[..^"Attribute".Length];
        var positional = attribute.ConstructorArguments.Select(argument => $"({CastName(argument.ArgumentType)}){Value(argument)}");
        var named = attribute.NamedArguments.Select(argument => $"{argument.MemberName} = {Value(argument.TypedValue)}");
        var arguments = string.Join(", ", positional.Concat(named));
        return arguments == "" ? $"[{name}]" : $"[{name}({arguments})]";
    }

    private static string CastName(Type type) => type.IsEnum ? type.FullName! : type.Name;

    private static string Value(CustomAttributeTypedArgument argument) => argument.Value is Type type ? TypeNames.Full(type) : $"{argument.Value}";
}
