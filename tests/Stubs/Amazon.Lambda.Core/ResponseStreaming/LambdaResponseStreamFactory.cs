using System.Runtime.Versioning;

namespace Amazon.Lambda.Core.ResponseStreaming;

/// <summary>Starts a streamed response, which needs the Lambda runtime: outside it, both methods throw <see cref="InvalidOperationException"/>.</summary>
[RequiresPreviewFeatures(Preview)]
public class LambdaResponseStreamFactory
{
    internal const string Preview = "Response streaming is a preview of the Lambda runtime client.";

    public static LambdaResponseStream CreateStream() => throw NoRuntime();

    public static LambdaResponseStream CreateHttpStream(HttpResponseStreamPrelude prelude) => throw NoRuntime();

    private static InvalidOperationException NoRuntime() => new("A streamed response needs the Lambda runtime, which is not running here.");
}
