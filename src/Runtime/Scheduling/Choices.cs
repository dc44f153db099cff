namespace AtLeastOnce.Runtime.Scheduling;

/// <summary>What a choice of the scheduler is about.</summary>
internal enum ChoicePoint
{
    /// <summary>Which of the visible messages a receive hands out next.</summary>
    ReceiveOrder,

    /// <summary>Which of several mappings on one queue receives.</summary>
    CompetingMapping,

    /// <summary>How many messages a receive hands out.</summary>
    ReceiveSize,

    /// <summary>Whether an invocation is throttled by a fault.</summary>
    Throttle,

    /// <summary>Whether an environment crashes before or after the handler.</summary>
    Crash,

    /// <summary>Whether a deleted message, or a finished batch of a stream, is delivered once more.</summary>
    Duplicate,

    /// <summary>Whether an asynchronous event is delivered once more.</summary>
    DuplicateEvent,

    /// <summary>Whether a function does not come to an end.</summary>
    TimeOut,

    /// <summary>Whether a response is lost.</summary>
    LostResponse,

    /// <summary>Whether an environment crashes at a wrapped call.</summary>
    Effect,

    /// <summary>Whether a batch is cut, and to how many records.</summary>
    BatchCut,

    /// <summary>Whether a message is overtaken, and by which one.</summary>
    Reorder,

    /// <summary>Whether the messages of a batch are deleted too late.</summary>
    LateDelete,

    /// <summary>How many of the records that a stream's poller holds make its next batch.</summary>
    BatchSize,
}

/// <summary>A choice that was made: one of <paramref name="Alternatives"/>.</summary>
/// <param name="Point">What it was about.</param>
/// <param name="Alternatives">How many ways there were.</param>
/// <param name="Taken">Which one was taken, from 0.</param>
internal readonly record struct Choice(ChoicePoint Point, int Alternatives, int Taken);

/// <summary>
/// The one source of everything that is not determined: every choice of the scheduler is drawn here, so that a seed, or a recorded list of choices,
/// replays a run. Choices with a single alternative are not drawn.
/// </summary>
internal sealed class Choices
{
    private const int ProbabilityParts = 1 << 24;

    private readonly ulong seed;
    private readonly List<Choice>? record;
    private readonly IReadOnlyList<Choice> replayed;
    private int position;
    private ulong state;

    /// <summary>Choices drawn from a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="record">Where the choices are recorded, if they are.</param>
    /// <param name="replayed">Choices recorded before, which are made again first; what comes after them is drawn.</param>
    public Choices(int seed, List<Choice>? record = null, IReadOnlyList<Choice>? replayed = null)
    {
        this.seed = Mix((ulong)seed + 0x9E3779B97F4A7C15UL);
        this.record = record;
        this.replayed = replayed ?? [];
        state = this.seed;
    }

    /// <summary>One of <paramref name="alternatives"/> equally likely ways, from 0.</summary>
    public int Below(int alternatives, ChoicePoint point)
    {
        if (alternatives <= 1)
            return 0;
        var drawn = (int)(((UInt128)Draw() * (ulong)alternatives) >> 64);
        return Made(point, alternatives, drawn);
    }

    /// <summary>Whether something of the given probability, 0 to 1, happens.</summary>
    public bool Happens(double probability, ChoicePoint point)
    {
        if (probability <= 0)
            return false;
        if (probability >= 1)
            return true;
        var drawn = (Draw() >> 40) < probability * ProbabilityParts;
        return Made(point, 2, drawn ? 1 : 0) == 1;
    }

    /// <summary>Two words that only this seed and <paramref name="counter"/> give: ids do not hang on the choices made before.</summary>
    public (ulong High, ulong Low) Id(IdKind kind, long counter)
    {
        var origin = seed ^ ((ulong)kind << 56) ^ (ulong)counter;
        return (Mix(origin * 0xD1342543DE82EF95UL + 1), Mix(origin * 0xDA942042E4DD58B5UL + 7));
    }

    // One draw a choice in any case: what follows a replayed part is as if that had been drawn.
    private int Made(ChoicePoint point, int alternatives, int drawn)
    {
        var taken = drawn;
        if (position < replayed.Count)
        {
            var recorded = replayed[position];
            if (recorded.Point != point || recorded.Alternatives != alternatives)
            {
                throw new InvalidOperationException(
                    FormattableString.Invariant(
                        $"The recorded choice {position + 1} was {recorded.Point} with {recorded.Alternatives} alternatives, but the run now makes {point} with {alternatives}: it is another scenario than the one recorded."
                    )
                );
            }

            taken = recorded.Taken;
        }

        position++;
        record?.Add(new(point, alternatives, taken));
        return taken;
    }

    private ulong Draw() => Mix(state += 0x9E3779B97F4A7C15UL);

    // The finaliser of SplitMix64, written out because the framework's seeded Random is not promised to stay the same.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}

/// <summary>What an id names; ids of different kinds never meet.</summary>
internal enum IdKind
{
    Message = 1,
    Request,
    Receipt,
    Environment,
    Mapping,
    DestinationObject,
    AsynchronousRequest,
    TopicMessage,
    Subscription,
    BusEvent,
    BucketRequest,
    Trace,

    Deduplication,

    StreamRecord,
    SequenceNumber,
    Shard,
    Discard,
}
