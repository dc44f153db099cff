using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Aws.Filters;

/// <summary>An object of a pattern: all its fields must match, and of each <c>$or</c> one alternative.</summary>
internal sealed class PatternObject
{
    /// <summary>The fields; dotted names are taken apart.</summary>
    public Dictionary<string, PatternField> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The alternatives of each <c>$or</c>.</summary>
    public List<IReadOnlyList<PatternObject>> Alternatives { get; } = [];
}

/// <summary>A field of a pattern.</summary>
internal abstract class PatternField;

/// <summary>A field that is an object again.</summary>
internal sealed class InnerField(PatternObject value) : PatternField
{
    /// <summary>The object.</summary>
    public PatternObject Value { get; } = value;
}

/// <summary>A leaf: one of its tests must hold.</summary>
internal sealed class LeafField(IReadOnlyList<string> path, IReadOnlyList<LeafTest> tests) : PatternField
{
    /// <summary>The names from the record down to the leaf, itself included.</summary>
    public IReadOnlyList<string> Path { get; } = path;

    /// <summary>The tests.</summary>
    public IReadOnlyList<LeafTest> Tests { get; } = tests;
}

/// <summary>A test of a leaf.</summary>
/// <param name="matches">Whether a value that is there satisfies it.</param>
/// <param name="only">The only kind of value that can satisfy it; null for every kind.</param>
/// <param name="wantsAbsence">Whether it holds when there is no value at all: <c>exists: false</c>.</param>
internal sealed class LeafTest(Func<JsonValue, bool> matches, JsonKind? only = null, bool wantsAbsence = false)
{
    /// <summary><c>exists: false</c>.</summary>
    public static LeafTest Absent { get; } = new(_ => false, wantsAbsence: true);

    /// <summary>Whether it holds when there is no value at all.</summary>
    public bool WantsAbsence { get; } = wantsAbsence;

    /// <summary>Whether a value that is there, no array and no object, satisfies it.</summary>
    public bool Matches(JsonValue value) => matches(value);

    /// <summary>Whether some value of that kind, no array and no object, may satisfy it.</summary>
    public bool MayMatch(JsonKind kind) => !WantsAbsence && (only is null || only == kind);

    /// <summary>Whether only numbers satisfy it.</summary>
    public bool WantsNumber => only == JsonKind.Number;
}
