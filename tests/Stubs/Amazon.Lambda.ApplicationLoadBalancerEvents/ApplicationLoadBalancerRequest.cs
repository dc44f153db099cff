namespace Amazon.Lambda.ApplicationLoadBalancerEvents;

/// <summary>A request to an application load balancer.</summary>
public class ApplicationLoadBalancerRequest
{
    public ALBRequestContext RequestContext { get; set; }
    public string Path { get; set; }
    public string HttpMethod { get; set; }
    public IDictionary<string, string> Headers { get; set; }
    public IDictionary<string, IList<string>> MultiValueHeaders { get; set; }
    public IDictionary<string, string> QueryStringParameters { get; set; }
    public IDictionary<string, IList<string>> MultiValueQueryStringParameters { get; set; }
    public string Body { get; set; }
    public bool IsBase64Encoded { get; set; }

    /// <summary>Where the request came in.</summary>
    public class ALBRequestContext
    {
        public ElbInfo Elb { get; set; }
    }

    /// <summary>The load balancer's target group.</summary>
    public class ElbInfo
    {
        public string TargetGroupArn { get; set; }
    }
}
