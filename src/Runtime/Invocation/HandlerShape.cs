using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>How a handler takes its input and gives its output, found from its delegate.</summary>
internal sealed class HandlerShape
{
    private const string Accepted =
        "Lambda accepts a handler with no parameter, an input, an ILambdaContext, or an input and an ILambdaContext, in that order; it returns nothing, Task, an output "
        + "or Task<output>. Input and output are a Stream or whatever the serializer knows.";

    private static readonly ConcurrentDictionary<Type, HandlerShape> Shapes = new();

    private HandlerShape(
        Type? inputType,
        Type? contextType,
        Type? outputType,
        Func<Delegate, object?, object?, object?> call,
        Func<object?, Task>? work,
        Func<Task, object?>? result
    )
    {
        InputType = inputType;
        ContextType = contextType;
        OutputType = outputType;
        Call = call;
        Work = work;
        Result = result;
    }

    /// <summary>The input's type; null if the handler takes none.</summary>
    public Type? InputType { get; }

    /// <summary>The context interface; null if the handler does not take it.</summary>
    public Type? ContextType { get; }

    /// <summary>The type of the output; null if there is none.</summary>
    public Type? OutputType { get; }

    /// <summary>Whether the handler returns a ValueTask, which becomes the response itself.</summary>
    public bool ReturnsValueTask { get; private init; }

    /// <summary>Calls the handler with input and context; gives the output or the task.</summary>
    public Func<Delegate, object?, object?, object?> Call { get; }

    /// <summary>What is waited for, of what the call gave; null if nothing is.</summary>
    public Func<object?, Task>? Work { get; }

    /// <summary>The output of a finished task.</summary>
    public Func<Task, object?>? Result { get; }

    /// <summary>The shape of a handler.</summary>
    /// <exception cref="InvalidHandlerException">Lambda could not use it.</exception>
    public static HandlerShape Of(Delegate handler)
    {
        Validate(handler);
        return Shapes.GetOrAdd(handler.GetType(), Build);
    }

    private static void Validate(Delegate handler)
    {
        var method = handler.Method;
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false))
        {
            throw new InvalidHandlerException(
                $"The method '{method}' cannot be used as a Lambda Handler because it is an 'async void' method. Handler methods cannot be 'async void'. "
                    + "Please specify a method that is not 'async void'."
            );
        }

        if (method.GetParameters() is [.., var last] && last.IsDefined(typeof(ParamArrayAttribute), inherit: false))
        {
            throw new InvalidHandlerException(
                $"The method '{method}' cannot be used as a Lambda Handler because it is a 'params' method. Please specify a method that does not use 'params'."
            );
        }
    }

    private static HandlerShape Build(Type delegateType)
    {
        var invoke = delegateType.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters();
        var types = Array.ConvertAll(parameters, parameter => parameter.ParameterType);
        var signature = $"{Name(invoke.ReturnType)} ({string.Join(", ", types.Select(Name))})";
        if (Array.Exists(types, type => type.IsByRef || type.IsPointer))
            throw Refused(signature, "it has a parameter by reference");
        if (types.Length > 2)
            throw Refused(signature, "it has more than 2 parameters");
        if (types.Length == 2 && !AmazonLambdaCore.IsContext(types[1]))
            throw Refused(signature, $"it has 2 parameters, but the second one is not of type '{AmazonLambdaCore.ContextName}'");
        var contextType = types is [.., var last] && AmazonLambdaCore.IsContext(last) ? last : null;
        var inputType = types.Length > (contextType is null ? 0 : 1) ? types[0] : null;
        var returned = invoke.ReturnType;
        if (typeof(Delegate).IsAssignableFrom(returned))
        {
            throw Refused(signature, "it returns a delegate: a factory of handlers is written as a lambda expression, () => new Function().HandleAsync");
        }

        var (outputType, work, result) = BuildOutput(returned);
        return new(inputType, contextType, outputType, BuildCall(delegateType, inputType, contextType, returned), work, result)
        {
            ReturnsValueTask = returned == typeof(ValueTask) || ValueTaskOfResult(returned) is not null,
        };
    }

    // As Lambda's runtime does: it waits for a Task and serialises everything else, a ValueTask as well. The property Result of a ValueTask, which a serializer reads, waits.
    private static (Type? OutputType, Func<object?, Task>? Work, Func<Task, object?>? Result) BuildOutput(Type returned)
    {
        if (TaskOfResult(returned) is { } task)
            return (task.GenericTypeArguments[0], AsTask, BuildResult(task));
        if (typeof(Task).IsAssignableFrom(returned))
            return (null, AsTask, null);
        return ValueTaskOfResult(returned) is { } result
            ? (returned, BuildWait(returned), BuildWrapping(result, returned))
            : (returned == typeof(void) ? null : returned, null, null);
    }

    private static InvalidHandlerException Refused(string signature, string why) => new($"The handler '{signature}' cannot be used: {why}. {Accepted}");

    // As Lambda's runtime does: a type derived from Task<T> counts as Task<T>.
    private static Type? TaskOfResult(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
                return type;
        }

        return null;
    }

    private static Func<Delegate, object?, object?, object?> BuildCall(Type delegateType, Type? inputType, Type? contextType, Type returned)
    {
        var handler = Expression.Parameter(typeof(Delegate));
        var input = Expression.Parameter(typeof(object));
        var context = Expression.Parameter(typeof(object));
        List<Expression> arguments = [];
        if (inputType is not null)
            arguments.Add(Expression.Convert(input, inputType));
        if (contextType is not null)
            arguments.Add(Expression.Convert(context, contextType));
        Expression call = Expression.Invoke(Expression.Convert(handler, delegateType), arguments);
        call = returned == typeof(void) ? Expression.Block(call, Expression.Constant(null)) : Expression.Convert(call, typeof(object));
        return Expression.Lambda<Func<Delegate, object?, object?, object?>>(call, handler, input, context).Compile();
    }

    private static Type? ValueTaskOfResult(Type type) =>
        type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>) ? type.GenericTypeArguments[0] : null;

    // A handler that returns null instead of a task fails where it is awaited, as it does in Lambda.
    private static Task AsTask(object? returned) => (Task)returned!;

    private static Func<object?, Task> BuildWait(Type valueTask)
    {
        var parameter = Expression.Parameter(typeof(object));
        var wait = Expression.Call(Expression.Convert(parameter, valueTask), nameof(ValueTask<int>.AsTask), null);
        return Expression.Lambda<Func<object?, Task>>(wait, parameter).Compile();
    }

    private static Func<Task, object?> BuildWrapping(Type result, Type valueTask)
    {
        var parameter = Expression.Parameter(typeof(Task));
        var task = typeof(Task<>).MakeGenericType(result);
        var wrapped = Expression.New(valueTask.GetConstructor([task])!, Expression.Convert(parameter, task));
        return Expression.Lambda<Func<Task, object?>>(Expression.Convert(wrapped, typeof(object)), parameter).Compile();
    }

    private static Func<Task, object?> BuildResult(Type task)
    {
        var parameter = Expression.Parameter(typeof(Task));
        var result = Expression.Property(Expression.Convert(parameter, task), nameof(Task<int>.Result));
        return Expression.Lambda<Func<Task, object?>>(Expression.Convert(result, typeof(object)), parameter).Compile();
    }

    private static string Name(Type type)
    {
        if (type == typeof(void))
            return "void";
        if (!type.IsGenericType)
            return type.Name;
        return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
