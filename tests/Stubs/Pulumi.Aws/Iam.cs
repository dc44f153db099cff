namespace Pulumi.Aws.Iam
{
    using Inputs;

    public class Role : CustomResource
    {
        public Role(string name, RoleArgs args, CustomResourceOptions options = null)
            : base("aws:iam/role:Role", name, args, options) { }

        public Output<string> Arn { get; }
        public Output<string> Name { get; }

        public static Role Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class RoleArgs : ResourceArgs
    {
        private InputList<RoleInlinePolicyArgs> _inlinePolicies;
        private InputList<string> _managedPolicyArns;

        public Input<string> AssumeRolePolicy { get; set; }

        public InputList<RoleInlinePolicyArgs> InlinePolicies
        {
            get => _inlinePolicies ??= new();
            set => _inlinePolicies = value;
        }

        public InputList<string> ManagedPolicyArns
        {
            get => _managedPolicyArns ??= new();
            set => _managedPolicyArns = value;
        }

        public Input<string> Name { get; set; }
        public Input<string> PermissionsBoundary { get; set; }
    }

    public class RolePolicy : CustomResource
    {
        public RolePolicy(string name, RolePolicyArgs args, CustomResourceOptions options = null)
            : base("aws:iam/rolePolicy:RolePolicy", name, args, options) { }

        public Output<string> Name { get; }

        public static RolePolicy Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class RolePolicyArgs : ResourceArgs
    {
        public Input<string> Name { get; set; }
        public Input<string> Policy { get; set; }
        public Input<string> Role { get; set; }
    }

    public class Policy : CustomResource
    {
        public Policy(string name, PolicyArgs args, CustomResourceOptions options = null)
            : base("aws:iam/policy:Policy", name, args, options) { }

        public Output<string> Arn { get; }
        public Output<string> Name { get; }

        public static Policy Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class PolicyArgs : ResourceArgs
    {
        public Input<string> Name { get; set; }
        public Input<string> PolicyDocument { get; set; }
    }

    public class RolePolicyAttachment : CustomResource
    {
        public RolePolicyAttachment(string name, RolePolicyAttachmentArgs args, CustomResourceOptions options = null)
            : base("aws:iam/rolePolicyAttachment:RolePolicyAttachment", name, args, options) { }

        public Output<string> PolicyArn { get; }

        public static RolePolicyAttachment Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class RolePolicyAttachmentArgs : ResourceArgs
    {
        public Input<string> PolicyArn { get; set; }
        public Input<string> Role { get; set; }
    }
}

namespace Pulumi.Aws.Iam.Inputs
{
    public sealed class RoleInlinePolicyArgs : ResourceArgs
    {
        public Input<string> Name { get; set; }
        public Input<string> Policy { get; set; }
    }
}
