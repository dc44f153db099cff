using Constructs;

namespace Amazon.CDK;

/// <summary>The root of the tree.</summary>
public class App() : Construct(null, "");

public interface IStackProps
{
    string StackName { get; }
}

public class StackProps : IStackProps
{
    public string StackName { get; set; }
}

/// <summary>What is deployed in one step.</summary>
public class Stack(Construct scope = null, string id = null, IStackProps props = null) : Construct(scope, id)
{
    public string Account => "";
    public string Region => "";
    public string StackName => props?.StackName;
}

/// <summary>A resource with its own identity.</summary>
public abstract class Resource(Construct scope, string id) : Construct(scope, id);

/// <summary>A resource as CloudFormation has it.</summary>
public abstract class CfnResource(Construct scope, string id) : Construct(scope, id)
{
    public string Ref => "";

    public void AddPropertyOverride(string propertyPath, object value) { }
}

/// <summary>A length of time.</summary>
public class Duration
{
    private readonly TimeSpan time;

    private Duration(TimeSpan time) => this.time = time;

    public static Duration Millis(double amount) => new(TimeSpan.FromMilliseconds(amount));

    public static Duration Seconds(double amount) => new(TimeSpan.FromSeconds(amount));

    public static Duration Minutes(double amount) => new(TimeSpan.FromMinutes(amount));

    public static Duration Hours(double amount) => new(TimeSpan.FromHours(amount));

    public static Duration Days(double amount) => new(TimeSpan.FromDays(amount));

    public static Duration Parse(string duration) => new(System.Xml.XmlConvert.ToTimeSpan(duration));

    public Duration Plus(Duration rhs) => new(time + rhs.time);
}
