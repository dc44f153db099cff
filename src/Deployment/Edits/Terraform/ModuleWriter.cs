using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;
using AtLeastOnce.Deployment.Readers.Terraform.Resources;

namespace AtLeastOnce.Deployment.Edits.Terraform;

/// <summary>Writes changes into the files of a Terraform module.</summary>
internal sealed class ModuleWriter(IReadOnlyList<DeploymentFile> module, DeploymentModel model) : IDeploymentWriter
{
    private static readonly string[] Repetitions = ["count", "for_each"];
    private static readonly string[] MetaArguments = [.. Repetitions, "provider"];

    // In which a resource lies that is not where its provider is; a role's policy lies in none.
    private const string Region = "region";
    private readonly HclFiles files = new(module);

    /// <inheritdoc/>
    public IReadOnlyList<TemplateEdit>? Write(DeploymentChange change)
    {
        if (OnlyBlockOf(change.Resource) is not { } block)
            return null;
        var path = change.Resource.Declaration.Path;
        var queue = change.Queue is { } wanted ? new QueueBlock(files, path, block, wanted) : null;
        var settings = change.Properties.Select(property => (SettingNames.PathOf(Dialect.Terraform, property.Property).Split('.'), property.Value));
        if (new HclBodyEditor(files, path, block, queue?.Arn ?? "").Set([.. settings]) is not { } edits)
            return null;
        if (queue is null)
            return edits;
        var added = queue.Written;
        if (change.Queue!.Sender is { } sender)
        {
            if (OnlyBlockOf(sender) is not { } role || Repetitions.Any(name => role.Body[name] is not null))
                return null;
            added += queue.PolicyOf(role.Labels[1]);
        }

        return [.. edits, new(files.StyleOf(path).Lines.LineEnd(block.Body.End), 0, added) { Path = path }];
    }

    // Of a block that makes several resources, what is right for one may be wrong for others.
    private HclBlock? OnlyBlockOf(Resource resource) =>
        model.Resources.Count(other => other.Declaration == resource.Declaration) == 1 ? files.BlockOf(resource) : null;

    /// <summary>A queue that is added after a block.</summary>
    private sealed class QueueBlock(HclFiles files, string path, HclBlock beside, NewQueue queue)
    {
        private readonly string text = files.TextOf(path);
        private readonly HclStyle style = files.StyleOf(path);
        private readonly string name = QueueBlockNames.Of(files, beside.Labels[1], queue.Purpose);

        /// <summary>Its ARN, as an expression.</summary>
        public string Arn => $"{TerraformTypes.SqsQueue}.{name}{Key}.arn";

        private string Key =>
            beside.Body["count"] is not null ? "[count.index]"
            : beside.Body["for_each"] is not null ? "[each.key]"
            : "";

        private string Step => style.StepOf(beside);

        private HclValueWriter Writer => new(style.Lines.NewLine, Step, Arn);

        /// <summary>The block.</summary>
        public string Written
        {
            get
            {
                List<(string, string)> attributes = [.. Beside([Region]), Name];
                if (queue.IsFifo)
                    attributes.Add(("fifo_queue", "true"));
                attributes.Add(("message_retention_seconds", FormattableString.Invariant($"{Limits.MessageRetentionPeriod.Most}")));
                return Resource(TerraformTypes.SqsQueue, attributes);
            }
        }

        /// <summary>What lets a role send to it.</summary>
        /// <param name="role">The role's name.</param>
        public string PolicyOf(string role)
        {
            var statement = EditValue.Map(
                ("Effect", EditValue.Text("Allow")),
                ("Action", EditValue.Text("sqs:SendMessage")),
                ("Resource", EditValue.NewQueueArn)
            );
            var policy = EditValue.Map(("Version", EditValue.Text("2012-10-17")), ("Statement", EditValue.List(statement)));
            var document = Writer.Attribute(policy, Step);
            return Resource(TerraformTypes.IamRolePolicy, [("role", $"{TerraformTypes.IamRole}.{role}.id"), ("policy", document)]);
        }

        // After the name of what it is for, if that is a plain text; else Terraform makes the rest of the name.
        private (string, string) Name
        {
            get
            {
                var suffix = queue.Purpose == QueuePurpose.DeadLetters ? "-dead-letter" : "-failures";
                var named = queue.Purpose == QueuePurpose.DeadLetters ? QueueBlockNames.WithSuffix(text, beside.Body["name"]?.Value, suffix) : null;
                if (named is not null && !files.Say(named))
                    return ("name", named);
                return ("name_prefix", HclValueWriter.Quoted(QueueBlockNames.PrefixOf(beside.Labels[1], suffix)));
            }
        }

        private string Resource(string type, List<(string, string)> attributes)
        {
            var shared = Beside(MetaArguments);
            var body = shared.Count == 0 ? "" : Writer.Lines(shared, Step) + style.Lines.NewLine;
            return style.Lines.NewLine + style.Lines.NewLine + Writer.Block($"resource \"{type}\" \"{name}\"", "", body + Writer.Lines(attributes, Step));
        }

        // What the block beside it says too.
        private List<(string, string)> Beside(IEnumerable<string> arguments) =>
            [
                .. arguments
                    .Select(argument => beside.Body[argument])
                    .OfType<HclAttribute>()
                    .Select(argument => (argument.Name, text.Substring(argument.Value.Start, argument.Value.End - argument.Value.Start))),
            ];
    }
}
