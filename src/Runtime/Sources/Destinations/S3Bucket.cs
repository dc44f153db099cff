using System.Globalization;
using System.Text;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime;

/// <summary>An object of a bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Content">Its bytes.</param>
public sealed record S3Object(string Key, ReadOnlyMemory<byte> Content)
{
    /// <summary>The content as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);
}

/// <summary>An S3 bucket.</summary>
/// <param name="name">Its name.</param>
public sealed class S3Bucket(string name) : IDestination
{
    private readonly List<S3Object> objects = [];
    private Simulation? simulation;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public string Arn => $"arn:aws:s3:::{Name}";

    /// <summary>The objects in it, by the time they were put.</summary>
    public IReadOnlyList<S3Object> Objects => objects;

    /// <inheritdoc/>
    void IDestination.Join(Simulation joined) => simulation = joined;

    /// <inheritdoc/>
    void IDestination.Accept(DestinationRecord record)
    {
        var at = simulation!.Options.Start + TimeSpan.FromTicks(record.At);
        var id = simulation.Choices.GuidText(IdKind.DestinationObject, objects.Count);
        var key = string.Create(CultureInfo.InvariantCulture, $"{record.ObjectKeyPrefix}{at:yyyy/MM/dd}/{at:yyyy-MM-dd'T'HH.mm.ss}-{id}");
        objects.Add(new(key, Encoding.UTF8.GetBytes(record.JsonWithPayload)));
    }
}
