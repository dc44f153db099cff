using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>The handler's own serializer, bound to the handler's types.</summary>
internal sealed class HandlerSerializer
{
    private static readonly ConcurrentDictionary<(Type Interface, Type Input), Func<object, Stream, object?>> Readers = new();
    private static readonly ConcurrentDictionary<(Type Interface, Type Output), Action<object, object?, Stream>> Writers = new();

    private readonly object? serializer;
    private readonly Func<object, Stream, object?>? read;
    private readonly Action<object, object?, Stream>? write;

    private HandlerSerializer(object? serializer, Func<object, Stream, object?>? read, Action<object, object?, Stream>? write) =>
        (this.serializer, this.read, this.write) = (serializer, read, write);

    /// <summary>The object, for <c>ILambdaContext.Serializer</c>; null if the handler needs none.</summary>
    public object? Instance => serializer;

    /// <summary>Binds a handler to the serializer given, or else to the one that its code declares.</summary>
    /// <param name="function">The function's name, for messages.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="given">The serializer that the test gave, or null.</param>
    /// <param name="deployed">The assembly that the template's handler string names, if it is loaded.</param>
    /// <exception cref="InvalidHandlerException">None is declared, although the handler needs one, or it cannot be made.</exception>
    public static HandlerSerializer For(string function, Delegate handler, HandlerShape shape, object? given, Assembly? deployed)
    {
        var reads = NeedsSerializer(shape.InputType);
        var writes = NeedsSerializer(shape.OutputType);
        if (!reads && !writes)
            return new(given, null, null);
        var serializer = given ?? Declared(function, handler, shape, deployed);
        var type =
            AmazonLambdaCore.SerializerInterfaceOf(serializer)
            ?? throw new InvalidHandlerException($"The '{serializer.GetType()}' class is invalid: it does not implement the 'ILambdaSerializer' interface.");
        return new(
            serializer,
            reads ? Readers.GetOrAdd((type, shape.InputType!), static key => BuildReader(key.Interface, key.Input)) : null,
            writes ? Writers.GetOrAdd((type, shape.OutputType!), static key => BuildWriter(key.Interface, key.Output)) : null
        );
    }

    /// <summary>The handler's input from the event.</summary>
    public object? Read(Stream request) => read is null ? request : read(serializer!, request);

    /// <summary>Writes the handler's output as the response.</summary>
    public void Write(object? output, Stream response)
    {
        if (write is not null)
            write(serializer!, output, response);
        else if (output is Stream stream)
            stream.CopyTo(response);
    }

    private static bool NeedsSerializer(Type? type) => type is not null && !typeof(Stream).IsAssignableFrom(type);

    private static object Declared(string function, Delegate handler, HandlerShape shape, Assembly? deployed)
    {
        var method = handler.Method;
        var assemblies = new[] { method.Module.Assembly, handler.Target?.GetType().Assembly, deployed }.OfType<Assembly>().Distinct().ToArray();
        var type =
            AmazonLambdaCore.SerializerOn(method.CustomAttributes)
            ?? assemblies.Select(assembly => AmazonLambdaCore.SerializerOn(assembly.CustomAttributes)).FirstOrDefault(found => found is not null)
            ?? throw new InvalidHandlerException(
                $"Could not find the LambdaSerializerAttribute on the method '{method.DeclaringType?.FullName}.{method.Name}' or on its assembly "
                    + $"'{string.Join("', '", assemblies.Select(assembly => assembly.GetName().Name))}', which '{shape.InputType ?? shape.OutputType}' needs. "
                    + $"Add [assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))] as in production, or name the one that production uses for '{function}': "
                    + ".WithSerializer(new DefaultLambdaJsonSerializer())"
            );
        try
        {
            return Activator.CreateInstance(type)!;
        }
        catch (MissingMethodException exception)
        {
            throw new InvalidHandlerException($"The indicated serializer '{type}' does not define a public zero-parameter constructor.", exception);
        }
    }

    private static Func<object, Stream, object?> BuildReader(Type serializerInterface, Type input)
    {
        var serializer = Expression.Parameter(typeof(object));
        var stream = Expression.Parameter(typeof(Stream));
        var method = serializerInterface.GetMethod("Deserialize")!.MakeGenericMethod(input);
        var call = Expression.Call(Expression.Convert(serializer, serializerInterface), method, stream);
        return Expression.Lambda<Func<object, Stream, object?>>(Expression.Convert(call, typeof(object)), serializer, stream).Compile();
    }

    private static Action<object, object?, Stream> BuildWriter(Type serializerInterface, Type output)
    {
        var serializer = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(object));
        var stream = Expression.Parameter(typeof(Stream));
        var method = serializerInterface.GetMethod("Serialize")!.MakeGenericMethod(output);
        var call = Expression.Call(Expression.Convert(serializer, serializerInterface), method, Expression.Convert(value, output), stream);
        return Expression.Lambda<Action<object, object?, Stream>>(call, serializer, value, stream).Compile();
    }
}
