using Constructs;

namespace Amazon.CDK.AWS.IAM;

/// <summary>Who can be let do something.</summary>
public interface IGrantable;

public interface IRole : IConstruct, IGrantable
{
    void AddManagedPolicy(IManagedPolicy policy);

    bool AddToPrincipalPolicy(PolicyStatement statement);
}

public interface IManagedPolicy;

public class ManagedPolicy : IManagedPolicy
{
    public static IManagedPolicy FromAwsManagedPolicyName(string managedPolicyName) => new ManagedPolicy();
}

public class PolicyStatementProps
{
    public string[] Actions { get; set; }
    public string[] Resources { get; set; }
}

public class PolicyStatement(PolicyStatementProps props = null)
{
    public string[] Actions => props?.Actions;
}

public class Role(Construct scope, string id) : Resource(scope, id), IRole
{
    public void AddManagedPolicy(IManagedPolicy policy) { }

    public bool AddToPrincipalPolicy(PolicyStatement statement) => true;
}

/// <summary>What came of a grant.</summary>
public class Grant
{
    public bool Success => true;
}
