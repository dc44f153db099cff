using System.Net;
using System.Runtime.Versioning;

namespace Amazon.Lambda.Core.ResponseStreaming;

/// <summary>Status and headers that go before the body of a streamed HTTP response.</summary>
[RequiresPreviewFeatures(LambdaResponseStreamFactory.Preview)]
public class HttpResponseStreamPrelude
{
    public HttpStatusCode? StatusCode { get; set; }
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();
    public IDictionary<string, IList<string>> MultiValueHeaders { get; set; } = new Dictionary<string, IList<string>>();
    public IList<string> Cookies { get; set; } = new List<string>();
}
