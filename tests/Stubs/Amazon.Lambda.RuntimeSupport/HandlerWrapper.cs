using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Makes one shape of every shape that a handler may have: request in, response out.</summary>
public class HandlerWrapper : IDisposable
{
    private HandlerWrapper(LambdaBootstrapHandler handler) => Handler = handler;

    public LambdaBootstrapHandler Handler { get; private set; }

    public static HandlerWrapper GetHandlerWrapper(Action<Stream, ILambdaContext, MemoryStream> invokeDelegate) =>
        new(request =>
        {
            var output = new MemoryStream();
            invokeDelegate(request.InputStream, request.LambdaContext, output);
            output.Position = 0;
            return Reply(output);
        });

    public static HandlerWrapper GetHandlerWrapper(Func<Task> handler) => new(_ => EmptyAsync(handler()));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task> handler) => new(request => EmptyAsync(handler(request.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        new(request => EmptyAsync(handler(serializer.Deserialize<TInput>(request.InputStream))));

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Task> handler) => new(request => EmptyAsync(handler(request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task> handler) =>
        new(request => EmptyAsync(handler(request.InputStream, request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        new(request => EmptyAsync(handler(serializer.Deserialize<TInput>(request.InputStream), request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Task<Stream>> handler) => new(_ => ReplyAsync(handler()));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task<Stream>> handler) => new(request => ReplyAsync(handler(request.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new(request => ReplyAsync(handler(serializer.Deserialize<TInput>(request.InputStream))));

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Task<Stream>> handler) => new(request => ReplyAsync(handler(request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(request => ReplyAsync(handler(request.InputStream, request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new(request => ReplyAsync(handler(serializer.Deserialize<TInput>(request.InputStream), request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(_ => ReplyAsync(handler(), serializer));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(request => ReplyAsync(handler(request.InputStream), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(request => ReplyAsync(handler(serializer.Deserialize<TInput>(request.InputStream)), serializer));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(request => ReplyAsync(handler(request.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(request => ReplyAsync(handler(request.InputStream, request.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(request => ReplyAsync(handler(serializer.Deserialize<TInput>(request.InputStream), request.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper(Action handler) => new(_ => Empty(() => handler()));

    public static HandlerWrapper GetHandlerWrapper(Action<Stream> handler) => new(request => Empty(() => handler(request.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput> handler, ILambdaSerializer serializer) =>
        new(request => Empty(() => handler(serializer.Deserialize<TInput>(request.InputStream))));

    public static HandlerWrapper GetHandlerWrapper(Action<ILambdaContext> handler) => new(request => Empty(() => handler(request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Action<Stream, ILambdaContext> handler) =>
        new(request => Empty(() => handler(request.InputStream, request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput, ILambdaContext> handler, ILambdaSerializer serializer) =>
        new(request => Empty(() => handler(serializer.Deserialize<TInput>(request.InputStream), request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream> handler) => new(_ => Reply(handler()));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Stream> handler) => new(request => Reply(handler(request.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Stream> handler, ILambdaSerializer serializer) =>
        new(request => Reply(handler(serializer.Deserialize<TInput>(request.InputStream))));

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Stream> handler) => new(request => Reply(handler(request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Stream> handler) =>
        new(request => Reply(handler(request.InputStream, request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, ILambdaContext, Stream> handler, ILambdaSerializer serializer) =>
        new(request => Reply(handler(serializer.Deserialize<TInput>(request.InputStream), request.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<TOutput> handler, ILambdaSerializer serializer) => new(_ => Reply(handler(), serializer));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, TOutput> handler, ILambdaSerializer serializer) =>
        new(request => Reply(handler(request.InputStream), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, TOutput> handler, ILambdaSerializer serializer) =>
        new(request => Reply(handler(serializer.Deserialize<TInput>(request.InputStream)), serializer));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(request => Reply(handler(request.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<Stream, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(request => Reply(handler(request.InputStream, request.LambdaContext), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        new(request => Reply(handler(serializer.Deserialize<TInput>(request.InputStream), request.LambdaContext), serializer));

    public void Dispose() => GC.SuppressFinalize(this);

    private static Task<InvocationResponse> Empty(Action run)
    {
        run();
        return Reply(new MemoryStream(0));
    }

    private static async Task<InvocationResponse> EmptyAsync(Task run)
    {
        await run;
        return new InvocationResponse(new MemoryStream(0));
    }

    private static Task<InvocationResponse> Reply(Stream output) => Task.FromResult(new InvocationResponse(output));

    private static async Task<InvocationResponse> ReplyAsync(Task<Stream> output) => new(await output);

    private static Task<InvocationResponse> Reply<TOutput>(TOutput output, ILambdaSerializer serializer)
    {
        var stream = new MemoryStream();
        serializer.Serialize(output, stream);
        stream.Position = 0;
        return Reply(stream);
    }

    private static async Task<InvocationResponse> ReplyAsync<TOutput>(Task<TOutput> output, ILambdaSerializer serializer) =>
        await Reply(await output, serializer);
}
