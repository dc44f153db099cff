using System.Linq.Expressions;
using System.Reflection;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>Makes a delegate of a method by its name.</summary>
internal static class HandlerMethod
{
    private const BindingFlags Methods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The method as a delegate of its own shape.</summary>
    /// <exception cref="InvalidHandlerException">There is no such method, or several.</exception>
    public static Delegate Bind(object instance, string name)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var type = instance.GetType();
        var methods = type.GetMethods(Methods).Where(method => !method.IsSpecialName).ToArray();
        var named = methods.Where(method => method.Name == name).ToArray();
        if (named.Length == 0)
        {
            var own = methods.Where(method => method.DeclaringType != typeof(object)).Select(method => method.Name).Distinct().ToArray();
            throw new InvalidHandlerException(Names.Missing("method", name, type.Name, own));
        }

        if (named.Length > 1)
        {
            throw new InvalidHandlerException(
                $"'{type.Name}' has {named.Length} methods '{name}'. Name the one that is the handler with a delegate: (SQSEvent input, ILambdaContext context) => function.{name}(input, context)."
            );
        }

        var method = named[0];
        if (method.IsGenericMethodDefinition)
        {
            throw new InvalidHandlerException(
                $"The method '{method}' cannot be used as a Lambda Handler because it is a generic method. Handler methods cannot be generic. Please specify a non-generic handler method."
            );
        }

        var types = method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).ToArray();
        return method.CreateDelegate(Expression.GetDelegateType(types), method.IsStatic ? null : instance);
    }
}
