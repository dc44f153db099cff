namespace Pulumi.Aws;

public sealed class GetRegionResult
{
    internal GetRegionResult() { }

    public string Id => "";
    public string Name => "";
    public string Region => "";
}

public static class GetRegion
{
    public static Output<GetRegionResult> Invoke(InvokeArgs args = null, InvokeOptions options = null) => Output.Create(new GetRegionResult());
}

public sealed class GetCallerIdentityResult
{
    internal GetCallerIdentityResult() { }

    public string AccountId => "";
    public string Arn => "";
}

public static class GetCallerIdentity
{
    public static Output<GetCallerIdentityResult> Invoke(InvokeArgs args = null, InvokeOptions options = null) => Output.Create(new GetCallerIdentityResult());
}

public sealed class GetPartitionResult
{
    internal GetPartitionResult() { }

    public string Partition => "";
}

public static class GetPartition
{
    public static Output<GetPartitionResult> Invoke(InvokeArgs args = null, InvokeOptions options = null) => Output.Create(new GetPartitionResult());
}
