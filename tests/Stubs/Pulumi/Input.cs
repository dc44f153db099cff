using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What a resource can be given: a value, or one that another resource has once it is deployed.</summary>
public class Input<T>
{
    private protected Input() { }

    public static implicit operator Input<T>(T value) => new();

    public static implicit operator Input<T>(Output<T> value) => new();

    public static implicit operator Output<T>(Input<T> input) => new();
}

/// <summary>A value of one of two types.</summary>
public sealed class InputUnion<T0, T1>
{
    public static implicit operator InputUnion<T0, T1>(T0 value) => new();

    public static implicit operator InputUnion<T0, T1>(T1 value) => new();

    public static implicit operator InputUnion<T0, T1>(Output<T0> value) => new();

    public static implicit operator InputUnion<T0, T1>(Output<T1> value) => new();
}

/// <summary>A list of inputs.</summary>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable
{
    public void Add(params Input<T>[] inputs) { }

    public void Add(InputList<T> inputs) { }

    public void AddRange(InputList<T> inputs) { }

    public InputList<T> Concat(InputList<T> other) => this;

    IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException();

    public static implicit operator InputList<T>(T value) => new();

    public static implicit operator InputList<T>(Output<T> value) => new();

    public static implicit operator InputList<T>(Input<T> value) => new();

    public static implicit operator InputList<T>(T[] values) => new();

    public static implicit operator InputList<T>(Output<T>[] values) => new();

    public static implicit operator InputList<T>(Input<T>[] values) => new();

    public static implicit operator InputList<T>(List<T> values) => new();

    public static implicit operator InputList<T>(List<Output<T>> values) => new();

    public static implicit operator InputList<T>(List<Input<T>> values) => new();

    public static implicit operator InputList<T>(ImmutableArray<T> values) => new();

    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => new();
}

/// <summary>Inputs by key.</summary>
public sealed class InputMap<V> : Input<ImmutableDictionary<string, V>>, IEnumerable
{
    public Input<V> this[string key]
    {
        set { }
    }

    public void Add(string key, Input<V> value) { }

    public void Add(InputMap<V> values) { }

    IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException();

    public static implicit operator InputMap<V>(Dictionary<string, V> values) => new();

    public static implicit operator InputMap<V>(Dictionary<string, Input<V>> values) => new();

    public static implicit operator InputMap<V>(Output<ImmutableDictionary<string, V>> values) => new();
}
