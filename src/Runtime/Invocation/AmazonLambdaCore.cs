using System.Reflection;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>Amazon.Lambda.Core's types by name: whatever version the code under test references, none is referenced here.</summary>
internal static class AmazonLambdaCore
{
    /// <summary>The context's full name.</summary>
    public const string ContextName = "Amazon.Lambda.Core.ILambdaContext";

    /// <summary>The serializer's full name.</summary>
    public const string SerializerName = "Amazon.Lambda.Core.ILambdaSerializer";

    private const string SerializerAttributeName = "Amazon.Lambda.Core.LambdaSerializerAttribute";

    /// <summary>Whether the type is the context interface.</summary>
    public static bool IsContext(Type type) => type.IsInterface && type.FullName == ContextName;

    /// <summary>The serializer interface that an object implements, or null.</summary>
    public static Type? SerializerInterfaceOf(object serializer) =>
        serializer.GetType().GetInterfaces().FirstOrDefault(type => type.FullName == SerializerName);

    /// <summary>The serializer that an attribute on a method or assembly names, or null.</summary>
    public static Type? SerializerOn(IEnumerable<CustomAttributeData> attributes) =>
        attributes
            .Where(attribute => attribute.AttributeType.FullName == SerializerAttributeName)
            .Select(attribute => attribute.ConstructorArguments is [{ Value: Type type }] ? type : null)
            .FirstOrDefault(type => type is not null);
}
