namespace Pulumi.Aws.DynamoDB
{
    using Inputs;

    public class Table : CustomResource
    {
        public Table(string name, TableArgs args = null, CustomResourceOptions options = null)
            : base("aws:dynamoDB/table:Table", name, args, options) { }

        public Output<string> Arn { get; }
        public Output<string> Name { get; }
        public Output<string> StreamArn { get; }

        public static Table Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class TableArgs : ResourceArgs
    {
        private InputList<TableAttributeArgs> _attributes;

        public InputList<TableAttributeArgs> Attributes
        {
            get => _attributes ??= new();
            set => _attributes = value;
        }

        public Input<string> BillingMode { get; set; }
        public Input<string> HashKey { get; set; }
        public Input<string> Name { get; set; }
        public Input<string> RangeKey { get; set; }
        public Input<bool> StreamEnabled { get; set; }
        public Input<string> StreamViewType { get; set; }
        public Input<TableTtlArgs> Ttl { get; set; }
    }
}

namespace Pulumi.Aws.DynamoDB.Inputs
{
    public sealed class TableAttributeArgs : ResourceArgs
    {
        public Input<string> Name { get; set; }
        public Input<string> Type { get; set; }
    }

    public sealed class TableTtlArgs : ResourceArgs
    {
        public Input<string> AttributeName { get; set; }
        public Input<bool> Enabled { get; set; }
    }
}
