using System.Net;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>An HTTP response.</summary>
public interface IHttpResult
{
    HttpStatusCode StatusCode { get; }

    Stream Serialize(HttpResultSerializationOptions options);
    IHttpResult AddHeader(string name, string value);
}

/// <summary>An HTTP response, made by the method that is named like its status.</summary>
public class HttpResults : IHttpResult
{
    private HttpResults(HttpStatusCode statusCode) => StatusCode = statusCode;

    public HttpStatusCode StatusCode { get; }

    public static IHttpResult Accepted(object body = null) => NewResult(HttpStatusCode.Accepted, body);

    public static IHttpResult BadGateway() => NewResult(HttpStatusCode.BadGateway);

    public static IHttpResult BadRequest(object body = null) => NewResult(HttpStatusCode.BadRequest, body);

    public static IHttpResult Conflict(object body = null) => NewResult(HttpStatusCode.Conflict, body);

    public static IHttpResult Created(string uri = null, object body = null) => NewResult(HttpStatusCode.Created, body);

    public static IHttpResult Forbid(object body = null) => NewResult(HttpStatusCode.Forbidden, body);

    public static IHttpResult InternalServerError(object body = null) => NewResult(HttpStatusCode.InternalServerError, body);

    public static IHttpResult NotFound(object body = null) => NewResult(HttpStatusCode.NotFound, body);

    public static IHttpResult Ok(object body = null) => NewResult(HttpStatusCode.OK, body);

    public static IHttpResult Redirect(string uri, bool permanent = false, bool preserveMethod = false) =>
        NewResult(
            (permanent, preserveMethod) switch
            {
                (true, true) => HttpStatusCode.PermanentRedirect,
                (true, false) => HttpStatusCode.MovedPermanently,
                (false, true) => HttpStatusCode.TemporaryRedirect,
                (false, false) => HttpStatusCode.Redirect,
            }
        );

    public static IHttpResult ServiceUnavailable(int? delaySeconds = null) => NewResult(HttpStatusCode.ServiceUnavailable);

    public static IHttpResult Unauthorized() => NewResult(HttpStatusCode.Unauthorized);

    public static IHttpResult NewResult(HttpStatusCode statusCode, object body = null) => new HttpResults(statusCode);

    public IHttpResult AddHeader(string name, string value) => this;

    public Stream Serialize(HttpResultSerializationOptions options) =>
        throw new NotSupportedException("A look-alike of Amazon.Lambda.Annotations writes no API Gateway responses.");
}

/// <summary>How an HTTP result is written.</summary>
public class HttpResultSerializationOptions
{
    public ProtocolFormat Format { get; set; }
    public ProtocolVersion Version { get; set; }
    public ILambdaSerializer Serializer { get; set; }

    /// <summary>The kind of API that reads the result.</summary>
    public enum ProtocolFormat
    {
        RestApi,
        HttpApi,
    }

    /// <summary>The format version of that API.</summary>
    public enum ProtocolVersion
    {
        V1,
        V2,
    }
}
