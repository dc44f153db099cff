namespace Pulumi.Aws.Lambda
{
    using Inputs;

    public class Function : CustomResource
    {
        public Function(string name, FunctionArgs args, CustomResourceOptions options = null)
            : base("aws:lambda/function:Function", name, args, options) { }

        public Output<string> Arn { get; }
        public Output<string> InvokeArn { get; }
        public Output<string> Name { get; }
        public Output<string> QualifiedArn { get; }
        public Output<string> Version { get; }

        public static Function Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class FunctionArgs : ResourceArgs
    {
        public Input<FunctionDeadLetterConfigArgs> DeadLetterConfig { get; set; }
        public Input<FunctionEnvironmentArgs> Environment { get; set; }
        public Input<string> Handler { get; set; }
        public Input<FunctionImageConfigArgs> ImageConfig { get; set; }
        public Input<string> ImageUri { get; set; }
        public Input<int> MemorySize { get; set; }
        public Input<string> Name { get; set; }
        public Input<string> PackageType { get; set; }
        public Input<bool> Publish { get; set; }
        public Input<int> ReservedConcurrentExecutions { get; set; }
        public Input<string> Role { get; set; }
        public InputUnion<string, Runtime> Runtime { get; set; }
        public Input<string> S3Bucket { get; set; }
        public Input<string> S3Key { get; set; }
        public Input<int> Timeout { get; set; }
    }

    public class Alias : CustomResource
    {
        public Alias(string name, AliasArgs args, CustomResourceOptions options = null)
            : base("aws:lambda/alias:Alias", name, args, options) { }

        public Output<string> Arn { get; }
        public Output<string> InvokeArn { get; }
        public Output<string> Name { get; }

        public static Alias Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class AliasArgs : ResourceArgs
    {
        public Input<string> FunctionName { get; set; }
        public Input<string> FunctionVersion { get; set; }
        public Input<string> Name { get; set; }
    }

    public class Permission : CustomResource
    {
        public Permission(string name, PermissionArgs args, CustomResourceOptions options = null)
            : base("aws:lambda/permission:Permission", name, args, options) { }

        public Output<string> StatementId { get; }

        public static Permission Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class PermissionArgs : ResourceArgs
    {
        public Input<string> Action { get; set; }
        public Input<string> Function { get; set; }
        public Input<string> Principal { get; set; }
        public Input<string> Qualifier { get; set; }
        public Input<string> SourceArn { get; set; }
    }

    public readonly struct Runtime
    {
        private readonly string _value;

        private Runtime(string value) => _value = value;

        public static Runtime CustomAL2 { get; } = new("provided.al2");
        public static Runtime CustomAL2023 { get; } = new("provided.al2023");
        public static Runtime Dotnet6 { get; } = new("dotnet6");
        public static Runtime Dotnet8 { get; } = new("dotnet8");
        public static Runtime NodeJS20dX { get; } = new("nodejs20.x");

        public override string ToString() => _value;
    }
}

namespace Pulumi.Aws.Lambda.Inputs
{
    public sealed class FunctionDeadLetterConfigArgs : ResourceArgs
    {
        public Input<string> TargetArn { get; set; }
    }

    public sealed class FunctionEnvironmentArgs : ResourceArgs
    {
        private InputMap<string> _variables;

        public InputMap<string> Variables
        {
            get => _variables ??= new();
            set => _variables = value;
        }
    }

    public sealed class FunctionImageConfigArgs : ResourceArgs
    {
        private InputList<string> _commands;
        private InputList<string> _entryPoints;

        public InputList<string> Commands
        {
            get => _commands ??= new();
            set => _commands = value;
        }

        public InputList<string> EntryPoints
        {
            get => _entryPoints ??= new();
            set => _entryPoints = value;
        }

        public Input<string> WorkingDirectory { get; set; }
    }
}
