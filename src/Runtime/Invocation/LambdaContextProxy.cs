using System.Reflection;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>An <c>ILambdaContext</c> of whatever version the handler was compiled against; members that are not known here give their type's default.</summary>
internal class LambdaContextProxy : DispatchProxy
{
    private RunningInvocation invocation = null!;
    private object? logger;

    /// <summary>A context of the given interface for an invocation.</summary>
    public static object Create(Type contextType, RunningInvocation invocation)
    {
        var proxy = Create(contextType, typeof(LambdaContextProxy));
        ((LambdaContextProxy)proxy).invocation = invocation;
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name switch
        {
            "get_AwsRequestId" => invocation.AwsRequestId,
            "get_FunctionName" => invocation.Function.Name,
            "get_FunctionVersion" => "$LATEST",
            "get_InvokedFunctionArn" => invocation.Function.Arn,
            "get_MemoryLimitInMB" => invocation.Function.MemorySize,
            "get_LogGroupName" => $"/aws/lambda/{invocation.Function.Name}",
            "get_LogStreamName" => invocation.Environment.LogStreamName,
            "get_RemainingTime" => invocation.RemainingTime,
            "get_TraceId" => invocation.TraceId,
            "get_Serializer" => invocation.Environment.Serializer,
            "get_Logger" => logger ??= LambdaLoggerProxy.Create(targetMethod.ReturnType, invocation),
            _ => targetMethod.ReturnType.IsValueType && targetMethod.ReturnType != typeof(void) ? Activator.CreateInstance(targetMethod.ReturnType) : null,
        };
}

/// <summary>An <c>ILambdaLogger</c> that writes into the history.</summary>
internal class LambdaLoggerProxy : DispatchProxy
{
    private RunningInvocation invocation = null!;

    /// <summary>A logger of the given interface for an invocation.</summary>
    public static object Create(Type loggerType, RunningInvocation invocation)
    {
        var proxy = Create(loggerType, typeof(LambdaLoggerProxy));
        ((LambdaLoggerProxy)proxy).invocation = invocation;
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod!;
        var parameters = method.GetParameters();
        string? level = null,
            message = null;
        Exception? exception = null;
        object?[]? values = null;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Name == "level")
                level = args![i]?.ToString();
            else if (args![i] is string text)
                message = text;
            else if (args[i] is Exception thrown)
                exception = thrown;
            else if (args[i] is object?[] array)
                values = array;
        }

        if (message is null && exception is null)
            return null;
        level ??=
            method.Name.StartsWith("Log", StringComparison.Ordinal) && method.Name is not ("Log" or "LogLine") ? method.Name["Log".Length..] : "Information";
        var line = LogTemplate.Format(message ?? "", values);
        invocation.Log(level, exception is null ? line : $"{line} {exception.GetType().Name}: {exception.Message}".TrimStart());
        return null;
    }
}

/// <summary>Message templates as Lambda's logger takes them: placeholders by name or position, filled in order.</summary>
internal static class LogTemplate
{
    /// <summary>The text with its placeholders filled.</summary>
    public static string Format(string template, object?[]? values)
    {
        if (values is not { Length: > 0 })
            return template;
        var text = new System.Text.StringBuilder();
        var next = 0;
        for (var i = 0; i < template.Length; i++)
        {
            var end = template[i] == '{' ? template.IndexOf('}', i) : -1;
            if (end < 0)
            {
                text.Append(template[i]);
                continue;
            }

            var name = template.AsSpan(i + 1, end - i - 1);
            var index = int.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var position)
                ? position
                : next++;
            text.Append(index < values.Length ? Convert.ToString(values[index], System.Globalization.CultureInfo.InvariantCulture) : template[i..(end + 1)]);
            i = end;
        }

        return text.ToString();
    }
}
