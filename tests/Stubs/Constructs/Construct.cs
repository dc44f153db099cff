namespace Constructs;

/// <summary>Anything that is in a tree of constructs.</summary>
public interface IConstruct
{
    Node Node { get; }
}

/// <summary>A part of what is deployed, made of others.</summary>
public class Construct(Construct scope, string id) : IConstruct
{
    public Node Node { get; } = new(scope, id);
}

/// <summary>A construct's place in the tree.</summary>
public class Node(IConstruct scope, string id)
{
    public IConstruct DefaultChild { get; set; }
    public string Id { get; } = id;
    public IConstruct Scope { get; } = scope;
}
