namespace Amazon.Lambda.Annotations;

/// <summary>The method is a Lambda function; the source generator writes its template resource.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LambdaFunctionAttribute : Attribute
{
    public string ResourceName { get; set; }
    public uint Timeout { get; set; }
    public uint MemorySize { get; set; }
    public string Role { get; set; }
    public string Policies { get; set; }
    public LambdaPackageType PackageType { get; set; }
}

/// <summary>How the function is deployed.</summary>
public enum LambdaPackageType
{
    Zip,
    Image,
}

/// <summary>What holds for every function of the assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public class LambdaGlobalPropertiesAttribute : Attribute
{
    public bool GenerateMain { get; set; }
    public string Runtime { get; set; }
}

/// <summary>The class registers the services.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class LambdaStartupAttribute : Attribute;

/// <summary>The function is a durable execution. Seconds and days.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public class DurableExecutionAttribute(int executionTimeout) : Attribute
{
    public int RetentionPeriodInDays { get; set; }
    public int ExecutionTimeout { get; } = executionTimeout;
}
