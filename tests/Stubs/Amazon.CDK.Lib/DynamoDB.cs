using Constructs;

namespace Amazon.CDK.AWS.DynamoDB;

public enum StreamViewType
{
    KEYS_ONLY,
    NEW_IMAGE,
    OLD_IMAGE,
    NEW_AND_OLD_IMAGES,
}

public enum AttributeType
{
    STRING,
    NUMBER,
}

public class Attribute
{
    public string Name { get; set; }
    public AttributeType Type { get; set; }
}

public interface ITable : IConstruct
{
    string TableArn { get; }
    string TableName { get; }
    string TableStreamArn { get; }

    IAM.Grant GrantStreamRead(IAM.IGrantable grantee);
}

public interface ITableProps
{
    string TableName { get; }
}

public class TableProps : ITableProps
{
    public Attribute PartitionKey { get; set; }
    public Attribute SortKey { get; set; }
    public StreamViewType? Stream { get; set; }
    public string TableName { get; set; }
    public string TimeToLiveAttribute { get; set; }
}

public class Table(Construct scope, string id, ITableProps props) : Resource(scope, id), ITable
{
    public string TableArn => "";
    public string TableName => props.TableName;
    public string TableStreamArn => "";

    public IAM.Grant GrantStreamRead(IAM.IGrantable grantee) => new();
}
