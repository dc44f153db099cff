using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>Turns offsets into places of several files, whose texts are counted one after another.</summary>
internal sealed class FolderMap : PlaceMap
{
    private readonly List<(int Start, int End, TextMap Map)> files = [];
    private int length;

    /// <summary>Adds a file.</summary>
    /// <param name="file">The file.</param>
    /// <returns>What is added to offsets of its text.</returns>
    public int Add(TerraformText file)
    {
        var start = length;
        length = checked(length + file.Text.Length + 1);
        files.Add((start, start + file.Text.Length, new(file.Path, file.Text)));
        return start;
    }

    /// <inheritdoc/>
    public override Place PlaceOf(int start, int end)
    {
        var (low, high) = (0, files.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (files[middle].Start <= start)
                low = middle + 1;
            else
                high = middle;
        }

        if (low == 0)
            return Place.None;
        var (from, to, map) = files[low - 1];
        return map.PlaceOf(start - from, Math.Min(end, to) - from);
    }

    /// <summary>The places of the last file that was added.</summary>
    public TextMap Last => files[files.Count - 1].Map;
}
