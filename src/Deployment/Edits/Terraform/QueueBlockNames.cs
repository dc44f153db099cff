using AtLeastOnce.Deployment.Readers.Terraform.Hcl;
using AtLeastOnce.Deployment.Readers.Terraform.Resources;

namespace AtLeastOnce.Deployment.Edits.Terraform;

/// <summary>Names for queues that are added to a module.</summary>
internal static class QueueBlockNames
{
    private const string FifoEnding = ".fifo";

    // A queue's name has 80 characters at most; of a prefix Terraform needs 26 for itself, and five for .fifo.
    private const int MaximumName = 80;
    private const int MaximumPrefix = 49;

    /// <summary>The name of the block: <c>orders_dead_letter</c> beside <c>orders</c>, <c>orders_dead_letter_queue</c> beside <c>orders_queue</c>.</summary>
    public static string Of(HclFiles files, string beside, QueuePurpose purpose)
    {
        var mark = beside.Contains('-') && !beside.Contains('_') ? "-" : "_";
        var queue = mark + "queue";
        var ending = purpose == QueuePurpose.DeadLetters ? $"{mark}dead{mark}letter" : mark + "failures";
        var wanted =
            purpose == QueuePurpose.DeadLetters && beside.EndsWith(queue, StringComparison.Ordinal)
                ? beside.Substring(0, beside.Length - queue.Length) + ending + queue
                : beside + ending;
        var name = wanted;
        for (var number = 2; files.Declares(TerraformTypes.SqsQueue, name) || files.Declares(TerraformTypes.IamRolePolicy, name); number++)
            name = FormattableString.Invariant($"{wanted}{mark}{number}");
        return name;
    }

    /// <summary>A queue's name with something put behind it, before <c>.fifo</c>; null where the name is no text in quotes, or would get too long.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The name.</param>
    /// <param name="suffix">What to put behind it.</param>
    public static string? WithSuffix(string text, HclExpression? name, string suffix)
    {
        if (name is not HclTemplate || text[name.Start] != '"' || text[name.End - 1] != '"')
            return null;
        var written = text.Substring(name.Start + 1, name.End - name.Start - 2);
        if (written.Length + suffix.Length > MaximumName || written.Length == 0)
            return null;
        var stem = written.EndsWith(FifoEnding, StringComparison.Ordinal) ? written.Substring(0, written.Length - FifoEnding.Length) : written;
        return HclValueWriter.Quoted(stem + suffix + written.Substring(stem.Length));
    }

    /// <summary>What a queue's name begins with, made of the name of a block.</summary>
    public static string PrefixOf(string beside, string suffix)
    {
        var stem = beside.Replace('_', '-');
        var most = MaximumPrefix - suffix.Length - 1;
        return (stem.Length > most ? stem.Substring(0, most) : stem) + suffix + "-";
    }
}
